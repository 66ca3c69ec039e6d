package koc.warehouse;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;

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
import koc.error.KocException;
import koc.warehouse.DataFiles.DataFile;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The warehouse: one Delta table per declaration, read as of a day and written one day at a time.
 *
 * <p>A write checks the rows against the table's declaration. Missing and extra columns are errors before anything runs.
 * Nulls and failed checks stop the write before it commits. If the written rows have duplicate keys, the write is undone.
 *
 * <p>Each job gets a view that is limited to the tables it declares ({@link #limitedTo}).
 */
public final class Warehouse {
    private final TableStorage storage;
    private final TableWriter writer;
    private final Set<String> written;
    private final RowCounter counter;
    private final Optional<TableAccess> access;
    private JobHistory runHistory = (day, job) -> false;

    /**
     * Opens the warehouse in this folder, any path that Hadoop supports.
     *
     * @throws KocException when another version of this program made it
     */
    public Warehouse(SparkSession spark, String warehouse) {
        this.storage = new TableStorage(spark, warehouse);
        this.writer = new TableWriter(storage);
        this.written = ConcurrentHashMap.newKeySet();
        this.counter = new RowCounter();
        this.access = Optional.empty();
    }

    private Warehouse(Warehouse other, Optional<TableAccess> access) {
        this.storage = other.storage;
        this.writer = other.writer;
        this.written = other.written;
        this.counter = other.counter.withNewCounts();
        this.access = access;
        this.runHistory = other.runHistory;
    }

    /** The same warehouse with row counts that start at zero. */
    public Warehouse withNewRowCounts() {
        return new Warehouse(this, access);
    }

    /**
     * The same warehouse for one job, with row counts that start at zero. Reading or writing a table that the job does not
     * declare throws an {@link IllegalStateException}.
     */
    public Warehouse limitedTo(TableAccess declared) {
        return new Warehouse(this, Optional.of(declared));
    }

    /** Sets the record of which jobs have run. It tells a day without rows from a day for which the job has not run. */
    public void useRunHistory(JobHistory history) {
        this.runHistory = history;
    }

    /** Whether a job has succeeded for a day, and no job before it has run again since. */
    public boolean hasCompleted(LocalDate day, String job) {
        return runHistory.hasRun(day, job);
    }

    /** What the jobs that have run for a day said: their notes by job, in the order of the jobs. */
    public Map<String, List<String>> notes(LocalDate day) {
        return runHistory.notes(day);
    }

    public SparkSession spark() {
        return storage.spark();
    }

    /** The warehouse's folder. */
    public String folder() {
        return storage.folder();
    }

    /** The folder of one table. */
    public String path(Table table) {
        return storage.path(table);
    }

    /** The rows of this day. If the table was never written for it, the error names the job to run. */
    public Dataset<Row> read(Table table, LocalDate day) {
        access.ifPresent(declared -> declared.requireRead(table, day));
        List<DataFile> files = storage.files(table, day::equals);
        if (!files.isEmpty()
                || written.contains(table.name() + ":" + Slice.of(table, day))
                || (storage.exists(table) && runHistory.hasRun(day, table.job()))) {
            return loadAndCount(table, files);
        }
        throw KocException.input(
                "table " + table + ", " + day + ": no such day in " + path(table),
                "the job '" + table.job() + "' has not run for it",
                "run it first: koc " + table.job() + " --date " + day);
    }

    /** The rows of this day and of all days before it; empty if there are none. */
    public Dataset<Row> readUpTo(Table table, LocalDate day) {
        access.ifPresent(declared -> declared.requireReadUpTo(table));
        return loadAndCount(table, storage.files(table, date -> !date.isAfter(day)));
    }

    /** All rows, which are not counted as read; empty if there are none. For tables that are no input of a job. */
    public Dataset<Row> readAll(Table table) {
        access.ifPresent(declared -> declared.requireReadUpTo(table));
        return storage.load(table, storage.files(table, any -> true));
    }

    /**
     * One row per key as of this day: the row that arrived last among those up to the day.
     *
     * @param table a table whose key is the arrival and at least one other column
     */
    public Dataset<Row> readLatest(Table table, LocalDate day) {
        access.ifPresent(declared -> declared.requireReadUpTo(table));
        List<DataFile> files = storage.files(table, date -> !date.isAfter(day));
        Dataset<Row> rows = loadAndCount(table, files);
        if (files.stream().map(DataFile::date).distinct().count() <= 1) {
            // One arrival, such as that of a flat landing folder, has one row per key. Grouping would sort all rows.
            return rows;
        }
        Column[] key = table.key().stream()
                .filter(name -> !name.equals(table.dateColumn()))
                .map(name -> col(name))
                .toArray(Column[]::new);
        Column[] columns = table.columnNames().stream().map(name -> col(name)).toArray(Column[]::new);
        return rows.groupBy(key)
                .agg(max_by(struct(columns), col(table.dateColumn())).as("latest"))
                .select("latest.*");
    }

    /** The rows of the latest day before this one; empty if the table has no such day. */
    public Dataset<Row> readPrevious(Table table, LocalDate day) {
        Optional<LocalDate> previous = previousDay(table, day);
        return storage.load(table, storage.files(table, date -> previous.filter(date::equals)
                .isPresent()));
    }

    /** The latest day before this one with rows in the table. */
    public Optional<LocalDate> previousDay(Table table, LocalDate day) {
        access.ifPresent(declared -> declared.requireReadUpTo(table));
        return storage.files(table, date -> date.isBefore(day)).stream()
                .map(DataFile::date)
                .max(Comparator.naturalOrder());
    }

    /** When each day up to this one was last written, according to the storage. Days without rows are left out. */
    public SortedMap<LocalDate, Instant> writeTimes(Table table, LocalDate day) {
        access.ifPresent(declared -> declared.requireReadUpTo(table));
        SortedMap<LocalDate, Instant> times = new TreeMap<>();
        for (DataFile file : storage.files(table, date -> !date.isAfter(day))) {
            times.merge(file.date(), file.writtenAt(), (one, other) -> one.isAfter(other) ? one : other);
        }
        return times;
    }

    /** A data set without rows that has the table's columns. */
    public Dataset<Row> empty(Table table) {
        return storage.empty(table);
    }

    /** Whether the table exists, with or without rows. */
    public boolean exists(Table table) {
        return storage.exists(table);
    }

    /** Replaces the rows of one day, all or nothing. Returns the number of rows written. */
    public long write(Table table, LocalDate day, Dataset<Row> rows) {
        return write(table, rows, Slice.of(table, day));
    }

    /** Replaces the rows of these days, all or nothing. Returns the number of rows written. */
    public long write(Table table, List<LocalDate> days, Dataset<Row> rows) {
        return write(table, rows, Slice.of(table, days));
    }

    /** Deletes the rows of one day, if there are any. */
    public void clear(Table table, LocalDate day) {
        access.ifPresent(declared -> declared.requireWrite(table));
        if (!storage.files(table, day::equals).isEmpty()) {
            write(table, day, List.of());
        }
    }

    /** Replaces all rows of the table, all or nothing. */
    public void writeAll(Table table, Dataset<Row> rows) {
        write(table, rows, "TRUE");
    }

    /**
     * Replaces the rows that satisfy the condition, all or nothing.
     *
     * @param condition in SQL, over partition columns; every new row must satisfy it
     * @return the number of rows written
     */
    public long write(Table table, Dataset<Row> rows, String condition) {
        return write(table, rows, Slice.ofAnyDate(condition));
    }

    private long write(Table table, Dataset<Row> rows, Slice slice) {
        access.ifPresent(declared -> declared.requireWrite(table));
        return record(table, slice, writer.write(table, rows, slice));
    }

    /** Replaces the rows of one day by rows that the driver made. Returns the number of rows written. */
    public long write(Table table, LocalDate day, List<Row> rows) {
        return write(table, rows, Slice.of(table, day));
    }

    /**
     * Replaces the rows that satisfy the condition by a few rows that the driver made, all or nothing. Their keys are
     * compared in the driver before anything is written.
     *
     * @param rows with the declared columns, in order
     * @return the number of rows written
     */
    public long write(Table table, List<Row> rows, String condition) {
        return write(table, rows, Slice.ofAnyDate(condition));
    }

    private long write(Table table, List<Row> rows, Slice slice) {
        access.ifPresent(declared -> declared.requireWrite(table));
        return record(table, slice, writer.write(table, rows, slice));
    }

    private long record(Table table, Slice slice, TableWriter.Written result) {
        written.add(table.name() + ":" + slice);
        counter.countWritten(result.files(), result.rows());
        return result.rows();
    }

    /** Rows read through this object. Rows that are read twice count twice. */
    public long rowsRead() {
        return counter.rowsRead();
    }

    /** Rows written through this object. */
    public long rowsWritten() {
        return counter.rowsWritten();
    }

    /** Counts rows that a job reads from outside the warehouse. */
    public void countRowsRead(long rows) {
        counter.countRead(rows);
    }

    private Dataset<Row> loadAndCount(Table table, List<DataFile> files) {
        Dataset<Row> rows = storage.load(table, files);
        counter.countRead(files, rows);
        return rows;
    }
}
