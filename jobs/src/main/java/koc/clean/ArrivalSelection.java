package koc.clean;

import static koc.source.Advice.INSPECT;

import java.time.LocalDate;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import koc.error.KocException;
import koc.source.Landing;
import koc.source.SourceFolder;

/** Selects the arrivals of each source that a run cleans. */
final class ArrivalSelection {
    /** Number of changed files that a note names. */
    private static final int NAMED_FILES = 3;

    private final CleanRun cleanRun;
    private final ArrivalCounts earlierCounts;
    private final ArrivalFiles earlierFiles;

    /**
     * @param earlierCounts the counts of earlier runs; arrivals in them have been cleaned
     * @param earlierFiles the files of these arrivals when they were cleaned
     */
    ArrivalSelection(CleanRun cleanRun, ArrivalCounts earlierCounts, ArrivalFiles earlierFiles) {
        this.cleanRun = cleanRun;
        this.earlierCounts = earlierCounts;
        this.earlierFiles = earlierFiles;
    }

    /** The arrivals of every source that has files in the landing folder. */
    Map<Source, SourceArrivals> select() {
        Map<Source, SourceArrivals> selected = new EnumMap<>(Source.class);
        Landing landing = landing();
        for (Source source : Source.values()) {
            Optional<SourceFolder> folder = landing.source(
                            source.folder(), cleanRun.settings().pathOf(source))
                    .filter(found -> !found.files().isEmpty());
            if (folder.isPresent()) {
                selected.put(source, select(source, folder.get()));
            } else if (source.isRequired()) {
                throw KocException.input(
                        "landing " + cleanRun.run().landing() + "/"
                                + cleanRun.settings().pathOf(source) + ": no files",
                        "events, users and products are required",
                        "land CSV, JSON Lines or Parquet files there; if the files are elsewhere in the landing folder: "
                                + INSPECT);
            } else {
                cleanRun.note(source.folder() + ": no files in the landing folder; the table " + source.table()
                        + " has nothing new");
            }
        }
        return selected;
    }

    private Landing landing() {
        String folder = cleanRun.run().landing();
        if (folder == null) {
            throw KocException.usage(
                    "clean: no landing folder",
                    "expected a folder that contains one folder for each source",
                    "name it with --landing");
        }
        return Landing.at(folder, cleanRun.warehouse().spark().sessionState().newHadoopConf());
    }

    private SourceArrivals select(Source source, SourceFolder folder) {
        NavigableSet<LocalDate> cleaned = earlierCounts.arrivals(source);
        SourceArrivals arrivals = SourceArrivals.select(
                source, folder, cleanRun.day(), cleanRun.run().from(), cleaned);
        if (source.isRequired()
                && arrivals.files().isEmpty()
                && cleaned.headSet(cleanRun.day(), true).isEmpty()) {
            throw KocException.input(
                    "landing " + folder.path() + ": nothing arrived up to " + cleanRun.day(),
                    "found arrivals " + folder.arrivals(),
                    "land an arrival, or run a later --date");
        }
        return withChanged(arrivals);
    }

    /** The same arrivals, with cleaned ones whose files have changed if the settings say so; otherwise tells about these. */
    private SourceArrivals withChanged(SourceArrivals arrivals) {
        NavigableMap<LocalDate, Set<String>> changed = new TreeMap<>(
                earlierFiles.changed(arrivals.source(), arrivals.folder()).headMap(cleanRun.day(), true));
        changed.keySet().removeAll(arrivals.days());
        if (changed.isEmpty()) {
            return arrivals;
        }
        boolean recleans = cleanRun.settings().recleansChangedArrivals();
        cleanRun.note(arrivals.source().folder() + ": files of the arrivals " + changed.keySet()
                + " have changed since these were cleaned: " + someFiles(changed.values())
                + (recleans
                        ? "; the arrivals are cleaned again"
                        : "; to clean them again, add --from " + changed.firstKey() + " to bin/koc run, or set"
                                + " koc.clean.reclean-changed-arrivals = true"));
        return recleans ? arrivals.with(changed.navigableKeySet()) : arrivals;
    }

    private static String someFiles(Collection<Set<String>> names) {
        List<String> all = names.stream().flatMap(Set::stream).toList();
        String some = all.stream().limit(NAMED_FILES).collect(Collectors.joining(", "));
        return all.size() > NAMED_FILES ? some + " and " + (all.size() - NAMED_FILES) + " more" : some;
    }
}
