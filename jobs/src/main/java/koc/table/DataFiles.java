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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import koc.error.KocException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * The files that hold a table's rows now, as its Delta log says. Delta Kernel reads the log, in the driver: Delta's own
 * reader runs Spark jobs for it, three for a table that was just written and one more for every read, which in a small
 * warehouse cost more than the rows.
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
     * A file of rows.
     *
     * @param date the day or arrival of its rows: the value of the table's first partition column
     * @param writtenAt when it was written, as the storage says
     * @param isPlain whether its rows are the table's rows as they stand, in a folder of its date; not so when somebody
     *     switched on deletion vectors, column mapping or random prefixes, which Delta's own reader knows
     */
    record DataFile(String path, LocalDate date, Instant writtenAt, boolean isPlain) {}

    private record Listed(long version, List<DataFile> files, Set<String> columns) {}

    /** Whether there is a table in this folder. */
    boolean exist(String path) {
        if (listed.containsKey(path)) {
            return true;
        }
        try {
            return io.delta.kernel.Table.forPath(engine, path)
                            .getLatestSnapshot(engine)
                            .getVersion()
                    >= 0;
        } catch (TableNotFoundException absent) {
            return false;
        }
    }

    /** The files below a folder whose names begin so, whether or not they are part of a table. */
    List<FileStatus> named(String path, String beginning) {
        try {
            Path folder = new Path(path);
            FileSystem storage = folder.getFileSystem(hadoop);
            List<FileStatus> files = new ArrayList<>();
            if (storage.exists(folder)) {
                RemoteIterator<LocatedFileStatus> all = storage.listFiles(folder, true);
                while (all.hasNext()) {
                    FileStatus file = all.next();
                    if (file.getPath().getName().startsWith(beginning)) {
                        files.add(file);
                    }
                }
            }
            return files;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Removes files that are no part of a table. */
    void delete(List<FileStatus> files) {
        try {
            for (FileStatus file : files) {
                file.getPath().getFileSystem(hadoop).delete(file.getPath(), false);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Makes a table of these files of its folder. */
    void begin(Table table, String path, List<FileStatus> files) {
        FirstCommit.of(engine, table, path, files);
    }

    /** The files of a table's newest version; none when there is no table. */
    List<DataFile> of(Table table, String path) {
        return listed(table, path).map(Listed::files).orElse(List.of());
    }

    /** The columns of a table's newest version: another version of this program may have declared others. */
    Set<String> columns(Table table, String path) {
        return listed(table, path).map(Listed::columns).orElse(Set.of());
    }

    private Optional<Listed> listed(Table table, String path) {
        try {
            Snapshot snapshot = io.delta.kernel.Table.forPath(engine, path).getLatestSnapshot(engine);
            Listed known = listed.get(path);
            if (known == null || known.version() != snapshot.getVersion()) {
                known = new Listed(
                        snapshot.getVersion(),
                        files(table, snapshot),
                        Set.copyOf(snapshot.getSchema().fieldNames()));
                listed.put(path, known);
            }
            return Optional.of(known);
        } catch (TableNotFoundException absent) {
            return Optional.empty();
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
        io.delta.kernel.utils.FileStatus status = InternalScanFileUtils.getAddFileStatus(row);
        String date = InternalScanFileUtils.getPartitionValues(row).get(table.dateColumn());
        return new DataFile(
                status.getPath(),
                LocalDate.parse(date),
                Instant.ofEpochMilli(status.getModificationTime()),
                isPlain && status.getPath().contains("/" + table.dateColumn() + "=" + date + "/"));
    }
}
