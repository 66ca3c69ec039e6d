package koc.warehouse;

import io.delta.kernel.Snapshot;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.MapValue;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import koc.error.KocException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Lists the current data files of a table from its Delta log. Delta Kernel reads the log in the driver. Delta's Spark
 * reader would run three Spark jobs for a table that was just written, and one for every read. In a small warehouse they
 * take longer than the rows.
 */
final class DataFiles {
    private final Configuration hadoop;
    private final Engine engine;
    private final Map<String, Listed> listed = new ConcurrentHashMap<>();

    DataFiles(Configuration hadoop) {
        this.hadoop = hadoop;
        this.engine = DefaultEngine.create(hadoop);
    }

    /**
     * A data file.
     *
     * @param date the day or arrival of its rows: the value of the table's first partition column
     * @param size in bytes, as the log has it
     * @param writtenAt when it was written, as the storage recorded it
     * @param isPlain whether plain Parquet readers see the table's rows in this file, in a folder of its date. Otherwise the
     *     table uses deletion vectors, column mapping or random prefixes, and only Delta's reader reads it correctly
     */
    record DataFile(String path, LocalDate date, long size, Instant writtenAt, boolean isPlain) {}

    private record Listed(long version, List<DataFile> files) {}

    /** Whether this folder contains a table. */
    boolean isTable(String path) {
        if (listed.containsKey(path)) {
            return true;
        }
        try {
            requireSoundLog(path);
            return latest(path).getVersion() >= 0;
        } catch (TableNotFoundException absent) {
            return false;
        } catch (IOException | RuntimeException unreadable) {
            throw damaged(path, unreadable);
        }
    }

    /** The files of a table's newest version; none if there is no table. */
    List<DataFile> list(Table table, String path) {
        try {
            Snapshot snapshot = latest(path);
            Listed cached = listed.get(path);
            if (cached == null || cached.version() != snapshot.getVersion()) {
                requireSoundLog(path);
                cached = new Listed(snapshot.getVersion(), files(table, path, snapshot));
                listed.put(path, cached);
            }
            return cached.files();
        } catch (TableNotFoundException absent) {
            return List.of();
        } catch (IOException | RuntimeException unreadable) {
            throw damaged(path, unreadable);
        }
    }

    private void requireSoundLog(String path) throws IOException {
        Optional<String> empty = LogCheck.findEmptyEntry(hadoop, path);
        if (empty.isPresent()) {
            throw DamagedTable.log(path, "its entry " + empty.get() + " is empty");
        }
    }

    /** Delta Kernel has no exception for a damaged log: it throws what its parsers throw. */
    private static KocException damaged(String path, Exception cause) {
        if (cause instanceof KocException known) {
            return known;
        }
        return DamagedTable.log(
                        path,
                        String.valueOf(cause.getMessage()).lines().findFirst().orElse("a file is damaged or missing"))
                .causedBy(cause);
    }

    private Snapshot latest(String path) {
        return io.delta.kernel.Table.forPath(engine, path).getLatestSnapshot(engine);
    }

    private List<DataFile> files(Table table, String path, Snapshot snapshot) throws IOException {
        boolean isUnmapped = snapshot.getTableProperties()
                .getOrDefault("delta.columnMapping.mode", "none")
                .equals("none");
        List<DataFile> files = new ArrayList<>();
        try (CloseableIterator<FilteredColumnarBatch> batches =
                snapshot.getScanBuilder().build().getScanFiles(engine)) {
            while (batches.hasNext()) {
                try (CloseableIterator<Row> rows = batches.next().getRows()) {
                    rows.forEachRemaining(row -> files.add(file(table, path, row, isUnmapped)));
                }
            }
        }
        return List.copyOf(files);
    }

    /** A row of the list of files, which has the columns that {@link io.delta.kernel.Scan#getScanFiles} documents. */
    private static DataFile file(Table table, String path, Row row, boolean isUnmapped) {
        Row added = row.getStruct(row.getSchema().indexOf("add"));
        // The path is a URI, usually relative to the folder of the table.
        Path within = new Path(URI.create(added.getString(column(added, "path"))));
        String file = new Path(new Path(path), within).toString();
        String date = value(added.getMap(column(added, "partitionValues")), table.dateColumn());
        return new DataFile(
                file,
                LocalDate.parse(date),
                added.getLong(column(added, "size")),
                Instant.ofEpochMilli(added.getLong(column(added, "modificationTime"))),
                isUnmapped
                        && added.isNullAt(column(added, "deletionVector"))
                        && file.contains("/" + table.dateColumn() + "=" + date + "/"));
    }

    private static int column(Row row, String name) {
        return row.getSchema().indexOf(name);
    }

    private static String value(MapValue values, String key) {
        for (int i = 0; i < values.getSize(); i++) {
            if (values.getKeys().getString(i).equals(key)) {
                return values.getValues().getString(i);
            }
        }
        throw new IllegalStateException("a file of the table has no partition value of " + key);
    }
}
