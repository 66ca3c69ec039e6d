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

/** Counts the rows that are read and written; the rows of the same files are counted by Spark once. */
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

    /** A counter that begins at zero and knows the files that were counted before. */
    RowCounter fromZero() {
        return new RowCounter(rowsOfFiles);
    }

    /** Counts the rows of these files as read; they count each time they are read. */
    void countRead(List<DataFile> files, Dataset<Row> rows) {
        if (!files.isEmpty()) {
            // Not computeIfAbsent: a count runs for a while, and others would wait for it. Files that are not plain may
            // since have lost rows.
            Long known = files.stream().allMatch(DataFile::isPlain) ? rowsOfFiles.get(paths(files)) : null;
            long count = known == null ? rows.count() : known;
            rowsOfFiles.put(paths(files), count);
            read.addAndGet(count);
        }
    }

    /** Counts rows that were read from elsewhere. */
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
