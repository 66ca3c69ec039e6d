package koc.clean;

import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import koc.source.LandingFile;
import koc.source.SourceFolder;
import org.jspecify.annotations.Nullable;

/**
 * The arrivals of one source that a run cleans.
 *
 * @param source the source
 * @param folder its files
 * @param days its arrivals, in order; a flat source has one, the run's day
 */
record SourceArrivals(Source source, SourceFolder folder, NavigableSet<LocalDate> days) {
    SourceArrivals {
        days = Collections.unmodifiableNavigableSet(new TreeSet<>(days));
    }

    /**
     * Selects what a run for a day cleans: that day, earlier arrivals that no run has cleaned, and every arrival from
     * {@code from} on.
     *
     * @param cleaned the arrivals that earlier runs cleaned
     */
    static SourceArrivals select(
            Source source,
            SourceFolder folder,
            LocalDate day,
            @Nullable LocalDate from,
            NavigableSet<LocalDate> cleaned) {
        NavigableSet<LocalDate> days = new TreeSet<>(List.of(day));
        if (!folder.isFlat()) {
            folder.arrivals().headSet(day, true).stream()
                    .filter(arrival -> !cleaned.contains(arrival))
                    .forEach(days::add);
            if (from != null && !from.isAfter(day)) {
                days.addAll(folder.arrivals().subSet(from, true, day, true));
                // Rows of an arrival whose folder was removed are deleted: the warehouse follows the landing.
                days.addAll(cleaned.subSet(from, true, day, true));
            }
        }
        return new SourceArrivals(source, folder, days);
    }

    /** The same source with these arrivals added. */
    SourceArrivals with(NavigableSet<LocalDate> more) {
        NavigableSet<LocalDate> union = new TreeSet<>(days);
        union.addAll(more);
        return new SourceArrivals(source, folder, union);
    }

    /** The files of these arrivals. */
    List<LandingFile> files() {
        return folder.filesOf(days);
    }

    /** SQL condition for the rows of the source's own table that are replaced; all rows when the source is flat. */
    String replacedRows() {
        return folder.isFlat() ? "TRUE" : "arrived IN (" + dates() + ")";
    }

    /** SQL condition for the rows that are replaced in a table of all sources. */
    String replacedRowsOfSource() {
        String isOfSource = "source = '" + source.folder() + "'";
        return folder.isFlat() ? isOfSource : "(" + isOfSource + " AND " + replacedRows() + ")";
    }

    private String dates() {
        return days.stream().map(day -> "DATE'" + day + "'").collect(Collectors.joining(", "));
    }
}
