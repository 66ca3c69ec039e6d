package koc.warehouse;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import koc.warehouse.DataFiles.DataFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Counts the rows that are read and written. Spark counts the rows of the same files only once. */
final class RowCounter {
    private final Map<Set<String>, Long> rowsOfFiles;
    private final AtomicLong read = new AtomicLong();
    private final AtomicLong written = new AtomicLong();

    RowCounter() {
        this(new ConcurrentHashMap<>());
    }

    private RowCounter(Map<Set<String>, Long> rowsOfFiles) {
        this.rowsOfFiles = rowsOfFiles;
    }

    /** A counter that starts at zero and keeps the row counts of files that were counted before. */
    RowCounter withNewCounts() {
        return new RowCounter(rowsOfFiles);
    }

    /** Counts the rows of these files, each time they are read. */
    void countRead(List<DataFile> files, Dataset<Row> rows) {
        if (!files.isEmpty()) {
            // Not computeIfAbsent, which would block other threads during the count. Files that are not plain are
            // counted
            // again, because rows may have been deleted from them.
            Long cached = files.stream().allMatch(DataFile::isPlain) ? rowsOfFiles.get(paths(files)) : null;
            long count = cached == null ? rows.count() : cached;
            rowsOfFiles.put(paths(files), count);
            read.addAndGet(count);
        }
    }

    /** Counts rows that were read from outside the warehouse. */
    void countRead(long rows) {
        read.addAndGet(rows);
    }

    void countWritten(List<DataFile> files, long rows) {
        rowsOfFiles.put(paths(files), rows);
        written.addAndGet(rows);
    }

    long rowsRead() {
        return read.get();
    }

    long rowsWritten() {
        return written.get();
    }

    private static Set<String> paths(List<DataFile> files) {
        return files.stream().map(DataFile::path).collect(Collectors.toUnmodifiableSet());
    }
}
