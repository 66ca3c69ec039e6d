package koc.publish;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import koc.spark.Parallel;
import koc.warehouse.Dictionary;
import koc.warehouse.PublishedNumbers;
import koc.warehouse.Table;
import koc.warehouse.Warehouse;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Writes the tables of one run to a folder: one folder of Parquet for each table, and dictionary.md. */
final class RunWriter {
    private final Warehouse warehouse;
    private final FileSystem files;
    private final int rowsPerFile;

    RunWriter(Warehouse warehouse, FileSystem files, int rowsPerFile) {
        this.warehouse = warehouse;
        this.files = files;
        this.rowsPerFile = rowsPerFile;
    }

    /** Writes these tables of the day to the folder; their numbers of rows. */
    SortedMap<String, Long> write(List<Table> published, LocalDate day, Path folder) throws IOException {
        Map<String, Long> counts = new ConcurrentHashMap<>();
        Parallel.run(published.stream()
                .map(table -> (Runnable) () -> counts.put(table.name(), write(table, day, folder)))
                .toArray(Runnable[]::new));
        PublishedRun.writeText(files, new Path(folder, "dictionary.md"), Dictionary.markdown(published));
        return new TreeMap<>(counts);
    }

    /** Writes one table; its number of rows. */
    private long write(Table table, LocalDate day, Path folder) {
        Warehouse counting = warehouse.withNewRowCounts();
        Dataset<Row> rows = counting.read(table, day);
        long count = counting.rowsRead();
        warehouse.countRowsRead(count);
        Path tableFolder = new Path(folder, table.name());
        sorted(table, rows, count)
                .write()
                .option("compression", "zstd")
                .option("mapreduce.fileoutputcommitter.marksuccessfuljobs", "false")
                .parquet(tableFolder.toString());
        try {
            removeChecksums(tableFolder);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return count;
    }

    /**
     * The declared columns with their comments, rounded ({@link PublishedNumbers}) and sorted by key, in as many partitions as
     * there will be files.
     */
    private Dataset<Row> sorted(Table table, Dataset<Row> rows, long count) {
        Column[] key = table.key().stream().map(name -> col(name)).toArray(Column[]::new);
        int partitions = (int) Math.max(1, (count + rowsPerFile - 1) / rowsPerFile);
        Dataset<Row> declared = PublishedNumbers.round(table, rows);
        return (partitions == 1 ? declared.coalesce(1) : declared.repartitionByRange(partitions, key))
                .sortWithinPartitions(key);
    }

    /** Deletes the hidden checksum files that Hadoop writes next to every file on a local disk: readers do not need them. */
    void removeChecksums(Path folder) throws IOException {
        if (!files.getUri().getScheme().equals("file")) {
            return;
        }
        FileSystem disk = FileSystem.getLocal(files.getConf()).getRawFileSystem();
        for (FileStatus file : disk.listStatus(folder)) {
            if (file.isFile() && file.getPath().getName().endsWith(".crc")) {
                disk.delete(file.getPath(), false);
            }
        }
    }
}
