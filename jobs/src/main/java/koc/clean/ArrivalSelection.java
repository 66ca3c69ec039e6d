package koc.clean;

import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import koc.error.KocException;
import koc.source.Landing;
import koc.source.SourceFolder;

/** Selects the arrivals of each source that a run cleans. */
final class ArrivalSelection {
    private final CleanRun cleanRun;
    private final ArrivalCounts earlierCounts;

    /** @param earlierCounts the counts of earlier runs; arrivals in them have been cleaned */
    ArrivalSelection(CleanRun cleanRun, ArrivalCounts earlierCounts) {
        this.cleanRun = cleanRun;
        this.earlierCounts = earlierCounts;
    }

    /** The arrivals of every source that has files in the landing folder. */
    Map<Source, SourceArrivals> select() {
        Map<Source, SourceArrivals> selected = new EnumMap<>(Source.class);
        Landing landing = landing();
        for (Source source : Source.values()) {
            Optional<SourceFolder> folder = landing.source(source.folder())
                    .filter(found -> !found.files().isEmpty());
            if (folder.isPresent()) {
                selected.put(source, select(source, folder.get()));
            } else if (source.isRequired()) {
                throw KocException.input(
                        "landing " + cleanRun.run().landing() + "/" + source.folder() + ": no files",
                        "events, users and products are required",
                        "land CSV, JSON Lines or Parquet files there");
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
        return arrivals;
    }
}
