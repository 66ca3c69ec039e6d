package koc.table;

import io.delta.kernel.Snapshot;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.KernelEngineException;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import koc.error.KocException;
import org.apache.hadoop.conf.Configuration;

/**
 * The files that hold a table's rows now, as its Delta log says. Delta Kernel reads the log, in the driver: Delta's own
 * reader runs Spark jobs for it, three for a table that was just written and one more for every read, which in a small
 * warehouse cost more than the rows.
 */
final class DataFiles {
    private final Engine engine;
    private final Map<String, Listed> listed = new ConcurrentHashMap<>();

    DataFiles(Configuration hadoop) {
        this.engine = DefaultEngine.create(hadoop);
    }

    /**
     * A file of rows.
     *
     * @param date the day or arrival of its rows: the value of the table's first partition column
     * @param writtenAt when it was written, as the storage says
     * @param isPlain whether its rows are the table's rows as they stand, in a folder of its date; not so when somebody
     *     switched on deletion vectors, column mapping or random prefixes, which Delta's own reader knows
     */
    record DataFile(String path, LocalDate date, Instant writtenAt, boolean isPlain) {}

    private record Listed(long version, List<DataFile> files) {}

    /** The files of a table's newest version; none when there is no table. */
    List<DataFile> of(Table table, String path) {
        try {
            Snapshot snapshot = io.delta.kernel.Table.forPath(engine, path).getLatestSnapshot(engine);
            Listed known = listed.get(path);
            if (known == null || known.version() != snapshot.getVersion()) {
                known = new Listed(snapshot.getVersion(), files(table, snapshot));
                listed.put(path, known);
            }
            return known.files();
        } catch (TableNotFoundException absent) {
            return List.of();
        } catch (IOException | KernelException | KernelEngineException unreadable) {
            throw KocException.input(
                            "table " + table + ": its log in " + path + " cannot be read",
                            String.valueOf(unreadable.getMessage()),
                            "mend the folder or the right to read it, and run again")
                    .causedBy(unreadable);
        }
    }

    private List<DataFile> files(Table table, Snapshot snapshot) throws IOException {
        boolean isPlain = snapshot.getProtocol().getMinReaderVersion() == 1;
        List<DataFile> files = new ArrayList<>();
        try (CloseableIterator<FilteredColumnarBatch> batches =
                snapshot.getScanBuilder().build().getScanFiles(engine)) {
            while (batches.hasNext()) {
                try (CloseableIterator<Row> rows = batches.next().getRows()) {
                    rows.forEachRemaining(row -> files.add(file(table, row, isPlain)));
                }
            }
        }
        return List.copyOf(files);
    }

    private static DataFile file(Table table, Row row, boolean isPlain) {
        FileStatus status = InternalScanFileUtils.getAddFileStatus(row);
        String date = InternalScanFileUtils.getPartitionValues(row).get(table.dateColumn());
        return new DataFile(
                status.getPath(),
                LocalDate.parse(date),
                Instant.ofEpochMilli(status.getModificationTime()),
                isPlain && status.getPath().contains("/" + table.dateColumn() + "=" + date + "/"));
    }
}
