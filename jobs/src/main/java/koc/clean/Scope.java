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
 * The arrivals of a source that a run cleans.
 *
 * @param source the source
 * @param folder its files
 * @param days its arrivals, in order: for a flat source the run's day alone
 */
record Scope(Source source, SourceFolder folder, NavigableSet<LocalDate> days) {
    Scope {
        days = Collections.unmodifiableNavigableSet(new TreeSet<>(days));
    }

    /**
     * What a run for a day cleans: that day, earlier arrivals that have not been cleaned, and all from {@code from} on.
     *
     * @param cleaned the arrivals that have been cleaned before
     */
    static Scope of(
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
                // An arrival whose folder is gone is replaced with nothing: the warehouse follows the landing.
                days.addAll(cleaned.subSet(from, true, day, true));
            }
        }
        return new Scope(source, folder, days);
    }

    /** The same source with these arrivals too. */
    Scope with(NavigableSet<LocalDate> more) {
        NavigableSet<LocalDate> all = new TreeSet<>(days);
        all.addAll(more);
        return new Scope(source, folder, all);
    }

    /** The files of these arrivals. */
    List<LandingFile> files() {
        return folder.filesOf(days);
    }

    /** The rows of the source's own table that these arrivals replace: all of them when the source is flat. */
    String slice() {
        return folder.isFlat() ? "TRUE" : "arrived IN (" + dates() + ")";
    }

    /** The rows that these arrivals replace in a table of all sources. */
    String sliceOfSource() {
        String ofSource = "source = '" + source.folder() + "'";
        return folder.isFlat() ? ofSource : "(" + ofSource + " AND " + slice() + ")";
    }

    private String dates() {
        return days.stream().map(day -> "DATE'" + day + "'").collect(Collectors.joining(", "));
    }
}
