package koc.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;

import io.delta.tables.DeltaTable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koc.error.KocException;
import koc.table.DataFiles.DataFile;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;

/**
 * The warehouse: one Delta table a declaration, read as of a day and written a day at a time.
 *
 * <p>A write holds the rows to the table's declaration. Missing and extra columns are found before anything runs;
 * nulls and broken checks stop the write before it commits; duplicate keys are found in what was written, which is
 * then restored to what it was.
 */
public final class Tables {
    private static final int MOST_NAMED_FILES = 32;
    /** How many tables this process has begun: a name for the files of each. */
    private static final AtomicLong BEGUN = new AtomicLong();

    private final SparkSession spark;
    private final String warehouse;
    private final DataFiles dataFiles;
    private final Map<Set<String>, Long> rowsOfFiles;
    private final Set<String> written;
    private final AtomicLong rowsRead = new AtomicLong();
    private final AtomicLong rowsWritten = new AtomicLong();
    private BiPredicate<LocalDate, String> hasRun = (day, job) -> false;

    /** The warehouse in this folder, any path that Hadoop's file systems know. */
    public Tables(SparkSession spark, String warehouse) {
        this.spark = spark;
        this.dataFiles = new DataFiles(spark.sparkContext().hadoopConfiguration());
        this.warehouse = warehouse.replaceAll("(?<=.)/+$", "");
        this.rowsOfFiles = new ConcurrentHashMap<>();
        this.written = ConcurrentHashMap.newKeySet();
    }

    private Tables(Tables known) {
        this.spark = known.spark;
        this.dataFiles = known.dataFiles;
        this.warehouse = known.warehouse;
        this.rowsOfFiles = known.rowsOfFiles;
        this.written = known.written;
        this.hasRun = known.hasRun;
    }

    /** The same warehouse, which counts the rows that are read and written through it from zero: for one job. */
    public Tables counting() {
        return new Tables(this);
    }

    /** Tells a day for which a job ran and found nothing from a day for which it has not run. */
    public void knowingRuns(BiPredicate<LocalDate, String> jobHasRun) {
        this.hasRun = jobHasRun;
    }

    /** Whether a job has ended well for a day, and nothing before it has run again since. */
    public boolean hasRun(LocalDate day, String job) {
        return hasRun.test(day, job);
    }

    public SparkSession spark() {
        return spark;
    }

    /** The warehouse's folder. */
    public String warehouse() {
        return warehouse;
    }

    /** The folder of one table. */
    public String path(Table table) {
        return warehouse + "/" + table.name();
    }

    /** The rows of exactly this day; a table that was never written for the day is an error that names its job. */
    public Dataset<Row> read(Table table, LocalDate day) {
        List<DataFile> files = filesOf(table, day::equals);
        if (!files.isEmpty()
                || written.contains(table.name() + ":" + onDay(table, day))
                || (exists(table) && hasRun.test(day, table.job()))) {
            return counted(table, files);
        }
        throw KocException.input(
                "table " + table + ", " + day + ": no such day in " + path(table),
                "the job '" + table.job() + "' has not run for it",
                "run it first: koc " + table.job() + " --date " + day);
    }

    /** The rows of this day and of every day before it; empty when there are none. */
    public Dataset<Row> readUpTo(Table table, LocalDate day) {
        return counted(table, filesOf(table, date -> !date.isAfter(day)));
    }

    /**
     * One row a key as of this day: of the rows that arrived up to it with the same key, the one that arrived last.
     *
     * @param table keyed by its arrival and the key
     */
    public Dataset<Row> readLatest(Table table, LocalDate day) {
        Column[] key = table.key().stream()
                .filter(name -> !name.equals(table.dateColumn()))
                .map(name -> col(name))
                .toArray(Column[]::new);
        Column[] all = table.columnNames().stream().map(name -> col(name)).toArray(Column[]::new);
        return readUpTo(table, day)
                .groupBy(key)
                .agg(max_by(struct(all), col(table.dateColumn())).as("latest"))
                .select("latest.*");
    }

    /** The rows of the latest day before this one that the table holds; empty when there is none. */
    public Dataset<Row> readPrevious(Table table, LocalDate day) {
        Optional<LocalDate> previous = previousDay(table, day);
        return load(table, filesOf(table, date -> previous.filter(date::equals).isPresent()));
    }

    /** The latest day before this one that the table holds rows of. */
    public Optional<LocalDate> previousDay(Table table, LocalDate day) {
        return filesOf(table, date -> date.isBefore(day)).stream()
                .map(DataFile::date)
                .max(Comparator.naturalOrder());
    }

    /** When each day up to this one that the table holds rows of was last written, as the storage says. */
    public SortedMap<LocalDate, Instant> writeTimes(Table table, LocalDate day) {
        SortedMap<LocalDate, Instant> times = new TreeMap<>();
        for (DataFile file : filesOf(table, date -> !date.isAfter(day))) {
            times.merge(file.date(), file.writtenAt(), (one, other) -> one.isAfter(other) ? one : other);
        }
        return times;
    }

    /** No rows, with the table's columns. */
    public Dataset<Row> empty(Table table) {
        return spark.createDataFrame(List.of(), Contract.nullable(table.schema()));
    }

    /** Whether the table has ever been written. */
    public boolean exists(Table table) {
        return dataFiles.exist(path(table));
    }

    /** Replaces exactly the rows of one day, all or nothing; the rows written. */
    public long write(Table table, LocalDate day, Dataset<Row> rows) {
        return write(table, rows, onDay(table, day));
    }

    /** Replaces exactly the rows of these days, all or nothing; the rows written. */
    public long write(Table table, List<LocalDate> days, Dataset<Row> rows) {
        String dates = days.stream().map(day -> "DATE'" + day + "'").collect(Collectors.joining(", "));
        return write(table, rows, table.dateColumn() + " IN (" + dates + ")");
    }

    /** Removes the rows of one day, if it has any. */
    public void clear(Table table, LocalDate day) {
        if (!filesOf(table, day::equals).isEmpty()) {
            write(table, day, List.of());
        }
    }

    /** Replaces every row of the table, all or nothing. */
    public void writeAll(Table table, Dataset<Row> rows) {
        write(table, rows, "TRUE");
    }

    /**
     * Replaces the rows for which the condition holds, all or nothing.
     *
     * @param condition in SQL, over partition columns; every new row must satisfy it
     * @return the rows written
     */
    public long write(Table table, Dataset<Row> rows, String condition) {
        if (!exists(table)) {
            return begin(table, rows, condition, true);
        }
        List<DataFile> replaced = replace(table, rows, condition);
        Contract.duplicateKey(table, load(table, replaced), rowsOf(replaced)).ifPresent(key -> {
            DeltaTable delta = DeltaTable.forPath(spark, path(table));
            long version = delta.history(1).select("version").head().getLong(0);
            delta.restoreToVersion(version - 1);
            throw KocException.contract(
                    "table " + table + ", " + condition + ": more than one row with the key " + key,
                    "the declaration promises one row for each (" + String.join(", ", table.key()) + ")",
                    "the table is as it was before; mend the job '" + table.job() + "' or its input");
        });
        return rowsOf(replaced);
    }

    /** Replaces exactly the rows of one day by rows that were made in the driver; the rows written. */
    public long write(Table table, LocalDate day, List<Row> rows) {
        return write(table, rows, onDay(table, day));
    }

    /**
     * Replaces the rows for which the condition holds by rows that were made in the driver, all or nothing. They are few:
     * their keys are compared here, before anything is written.
     *
     * @param rows with the declared columns, in order
     * @return the rows written
     */
    public long write(Table table, List<Row> rows, String condition) {
        Contract.duplicateKey(table, rows).ifPresent(key -> {
            throw KocException.contract(
                    "table " + table + ", " + condition + ": more than one row with the key " + key,
                    "the declaration promises one row for each (" + String.join(", ", table.key()) + ")",
                    "nothing was written; mend the job '" + table.job() + "'");
        });
        Dataset<Row> made = spark.createDataFrame(rows, Contract.nullable(table.schema()));
        return exists(table) ? rowsOf(replace(table, made, condition)) : begin(table, made, condition, false);
    }

    /**
     * Writes the first rows of a table: the files, then, when they hold, the one commit that makes the table of them.
     *
     * @param comparesKeys whether the keys of what was written are still to be compared
     * @return the rows written
     */
    private long begin(Table table, Dataset<Row> rows, String condition, boolean comparesKeys) {
        // What a run that was stopped has left in the folder is no part of the table: its files have other names.
        String name = "part-" + spark.sparkContext().applicationId() + "-" + BEGUN.incrementAndGet();
        Observation counted = new Observation();
        DataFrameWriter<Row> writer = Contract.conform(table, rows, condition)
                .observe(counted, count(lit(1)).as("rows"))
                .write()
                .mode("append")
                .option("mapreduce.output.basename", name)
                .option("mapreduce.fileoutputcommitter.marksuccessfuljobs", "false")
                .partitionBy(table.partitioning().toArray(String[]::new));
        Contract.explainingFailure(table, condition, () -> writer.parquet(path(table)));
        List<FileStatus> files = dataFiles.named(path(table), name + "-");
        try {
            if (comparesKeys) {
                requireKeys(table, files, rowsOf(counted));
            }
            dataFiles.begin(table, path(table), files);
        } catch (KocException broken) {
            dataFiles.delete(files);
            throw broken;
        }
        return noteWritten(table, condition, filesOf(table, any -> true), counted);
    }

    private void requireKeys(Table table, List<FileStatus> files, long count) {
        if (files.isEmpty()) {
            return;
        }
        String[] paths = files.stream().map(file -> file.getPath().toString()).toArray(String[]::new);
        Contract.duplicateKey(table, parquet(table, paths), count).ifPresent(key -> {
            throw KocException.contract(
                    "table " + table + ": more than one row with the key " + key,
                    "the declaration promises one row for each (" + String.join(", ", table.key()) + ")",
                    "nothing was written; mend the job '" + table.job() + "' or its input");
        });
    }

    /** Writes the rows in place of those that fulfil the condition; the files in which they now lie. */
    private List<DataFile> replace(Table table, Dataset<Row> rows, String condition) {
        Dataset<Row> declared = Contract.conform(table, rows, condition);
        Set<String> before = paths(filesOf(table, any -> true));
        Observation counted = new Observation();
        DataFrameWriter<Row> writer = declared.observe(counted, count(lit(1)).as("rows"))
                .write()
                .format("delta")
                .mode("overwrite")
                .option("replaceWhere", condition)
                .option("mergeSchema", lacksColumns(table))
                .option("userMetadata", "koc " + table.job() + " " + condition);
        Contract.explainingFailure(table, condition, () -> writer.save(path(table)));
        List<DataFile> added = filesOf(table, any -> true).stream()
                .filter(file -> !before.contains(file.path()))
                .toList();
        noteWritten(table, condition, added, counted);
        return added;
    }

    /**
     * Whether the warehouse is of an earlier version, and gets columns that came since: null in the rows it has, so they must
     * be columns that may be null.
     */
    private boolean lacksColumns(Table table) {
        Set<String> there = dataFiles.columns(table, path(table));
        List<StructField> lacking = Stream.of(table.schema().fields())
                .filter(column -> !there.contains(column.name()))
                .toList();
        for (StructField column : lacking) {
            if (!column.nullable()) {
                throw Contract.otherColumns(
                        table, "no column " + column.name() + " in " + path(table) + ", which is never null");
            }
        }
        return !lacking.isEmpty();
    }

    private long noteWritten(Table table, String condition, List<DataFile> added, Observation counted) {
        long rows = rowsOf(counted);
        written.add(table.name() + ":" + condition);
        rowsOfFiles.put(paths(added), rows);
        rowsWritten.addAndGet(rows);
        return rows;
    }

    /** Rows read through this; a slice counts each time it is read. */
    public long rowsRead() {
        return rowsRead.get();
    }

    /** Rows written through this. */
    public long rowsWritten() {
        return rowsWritten.get();
    }

    /** Counts rows that a job reads from outside the warehouse. */
    public void countRowsRead(long rows) {
        rowsRead.addAndGet(rows);
    }

    private Dataset<Row> counted(Table table, List<DataFile> files) {
        Dataset<Row> rows = load(table, files);
        if (!files.isEmpty()) {
            // Not computeIfAbsent: a count runs for a while, and others would wait for it. Files that are not plain may
            // since have lost rows.
            Long known = files.stream().allMatch(DataFile::isPlain) ? rowsOfFiles.get(paths(files)) : null;
            long count = known == null ? rows.count() : known;
            rowsOfFiles.put(paths(files), count);
            rowsRead.addAndGet(count);
        }
        return rows;
    }

    private long rowsOf(List<DataFile> files) {
        return files.isEmpty() ? 0 : rowsOfFiles.getOrDefault(paths(files), 0L);
    }

    private static long rowsOf(Observation counted) {
        try {
            return ((Number) counted.getAsJava().getOrDefault("rows", 0L)).longValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private List<DataFile> filesOf(Table table, Predicate<LocalDate> dates) {
        return dataFiles.of(table, path(table)).stream()
                .filter(file -> dates.test(file.date()))
                .toList();
    }

    private static Set<String> paths(List<DataFile> files) {
        return files.stream().map(DataFile::path).collect(Collectors.toUnmodifiableSet());
    }

    private Dataset<Row> load(Table table, List<DataFile> files) {
        if (files.isEmpty()) {
            return empty(table);
        }
        // Spark asks the storage about every file that is named: for many, Delta's own index is quicker.
        if (files.size() > MOST_NAMED_FILES || !files.stream().allMatch(DataFile::isPlain)) {
            List<LocalDate> dates =
                    files.stream().map(DataFile::date).distinct().toList();
            return spark.read()
                    .format("delta")
                    .load(path(table))
                    .where(col(table.dateColumn()).isInCollection(dates))
                    .to(Contract.nullable(table.schema()));
        }
        return parquet(table, files.stream().map(DataFile::path).toArray(String[]::new));
    }

    private Dataset<Row> parquet(Table table, String[] paths) {
        Column[] columns = table.columnNames().stream().map(name -> col(name)).toArray(Column[]::new);
        return spark.read()
                .schema(Contract.nullable(table.schema()))
                .option("basePath", path(table))
                // The files are named one by one: a bracket in a folder's name is no pattern.
                .option("__globPaths__", "false")
                .parquet(paths)
                .select(columns);
    }

    private static String onDay(Table table, LocalDate day) {
        return table.dateColumn() + " = DATE'" + day + "'";
    }
}
