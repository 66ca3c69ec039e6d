package koc.clean;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import koc.source.LandingFile;
import koc.source.SourceFolder;
import koc.tables.CleanTables;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** The files of each arrival when it was cleaned: the rows of the table arrival_files. */
final class ArrivalFiles {
    private final Map<Source, Map<LocalDate, Map<String, State>>> bySource = new EnumMap<>(Source.class);

    /** What tells two versions of a file apart. */
    private record State(long bytes, Instant modified) {}

    /** The files that earlier runs cleaned. */
    static ArrivalFiles read(Warehouse warehouse) {
        ArrivalFiles files = new ArrivalFiles();
        for (Row row : warehouse
                .readUpTo(CleanTables.ARRIVAL_FILES, CleanRun.LAST_DATE)
                .select("source", "arrived", "file", "bytes", "modified_at")
                .collectAsList()) {
            Source.named(row.getString(0)).ifPresent(source -> files.bySource
                    .computeIfAbsent(source, any -> new HashMap<>())
                    .computeIfAbsent(row.getDate(1).toLocalDate(), any -> new HashMap<>())
                    .put(
                            row.getString(2),
                            new State(row.getLong(3), row.getTimestamp(4).toInstant())));
        }
        return files;
    }

    /** Writes the files of the cleaned arrivals to the table arrival_files, in place of its rows of these arrivals. */
    static void write(Warehouse warehouse, Collection<SourceArrivals> cleaned, LocalDate flatArrival) {
        List<Row> rows = new ArrayList<>();
        for (SourceArrivals arrivals : cleaned) {
            for (LandingFile file : arrivals.files()) {
                LocalDate arrived = file.arrived() == null ? flatArrival : file.arrived();
                rows.add(RowFactory.create(
                        arrivals.source().folder(),
                        Date.valueOf(arrived),
                        file.name(),
                        file.bytes(),
                        Timestamp.from(file.modified())));
            }
        }
        warehouse.write(CleanTables.ARRIVAL_FILES, rows, ArrivalCounts.replacedRows(cleaned));
    }

    /**
     * The cleaned arrivals of a source whose files are others by now, each with the names of these files. An arrival without
     * any file in the landing folder has been archived, and counts as unchanged.
     */
    NavigableMap<LocalDate, Set<String>> changed(Source source, SourceFolder folder) {
        NavigableMap<LocalDate, Set<String>> changed = new TreeMap<>();
        Map<LocalDate, Map<String, State>> earlier = bySource.getOrDefault(source, Map.of());
        for (LocalDate arrival : folder.arrivals()) {
            Map<String, State> before = earlier.get(arrival);
            if (before != null) {
                Set<String> names = differences(before, folder.filesOf(Set.of(arrival)));
                if (!names.isEmpty()) {
                    changed.put(arrival, names);
                }
            }
        }
        return changed;
    }

    private static Set<String> differences(Map<String, State> before, List<LandingFile> now) {
        Set<String> names = new TreeSet<>(before.keySet());
        for (LandingFile file : now) {
            if (new State(file.bytes(), file.modified()).equals(before.get(file.name()))) {
                names.remove(file.name());
            } else {
                names.add(file.name());
            }
        }
        return names;
    }
}
