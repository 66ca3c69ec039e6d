package koc.warehouse;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import koc.error.KocException;
import koc.warehouse.DataFiles.DataFile;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The warehouse: one Delta table a declaration, read as of a day and written a day at a time.
 *
 * <p>A write keeps the rows to the table's declaration. Missing and extra columns are found before anything runs. Nulls and
 * broken checks stop the write before it commits. Duplicate keys are found in what was written, and the write is undone.
 *
 * <p>A job gets a view that is limited to the tables it declares ({@link #limitedTo}).
 */
public final class Warehouse {
    private final TableStorage storage;
    private final TableWriter writer;
    private final Set<String> written;
    private final RowCounter counter;
    private final Optional<TableAccess> access;
    private BiPredicate<LocalDate, String> hasRun = (day, job) -> false;

    /**
     * The warehouse in this folder, any path that Hadoop's file systems know.
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

    private Warehouse(Warehouse known, Optional<TableAccess> access) {
        this.storage = known.storage;
        this.writer = known.writer;
        this.written = known.written;
        this.counter = known.counter.fromZero();
        this.access = access;
        this.hasRun = known.hasRun;
    }

    /** The same warehouse, which counts the rows that are read and written through it from zero. */
    public Warehouse counting() {
        return new Warehouse(this, access);
    }

    /**
     * The same warehouse for one job: it counts rows from zero, and reading or writing a table that the job does not declare
     * throws an {@link IllegalStateException}.
     */
    public Warehouse limitedTo(TableAccess declared) {
        return new Warehouse(this, Optional.of(declared));
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
        return storage.spark();
    }

    /** The warehouse's folder. */
    public String warehouse() {
        return storage.folder();
    }

    /** The folder of one table. */
    public String path(Table table) {
        return storage.path(table);
    }

    /** The rows of exactly this day; a table that was never written for the day is an error that names its job. */
    public Dataset<Row> read(Table table, LocalDate day) {
        access.ifPresent(declared -> declared.requireRead(table, day));
        List<DataFile> files = storage.files(table, day::equals);
        if (!files.isEmpty()
                || written.contains(table.name() + ":" + onDay(table, day))
                || (storage.exists(table) && hasRun.test(day, table.job()))) {
            return counted(table, files);
        }
        throw KocException.input(
                "table " + table + ", " + day + ": no such day in " + path(table),
                "the job '" + table.job() + "' has not run for it",
                "run it first: koc " + table.job() + " --date " + day);
    }

    /** The rows of this day and of every day before it; empty when there are none. */
    public Dataset<Row> readUpTo(Table table, LocalDate day) {
        access.ifPresent(declared -> declared.requireReadUpTo(table));
        return counted(table, storage.files(table, date -> !date.isAfter(day)));
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
        return storage.load(table, storage.files(table, date -> previous.filter(date::equals)
                .isPresent()));
    }

    /** The latest day before this one that the table holds rows of. */
    public Optional<LocalDate> previousDay(Table table, LocalDate day) {
        access.ifPresent(declared -> declared.requireReadUpTo(table));
        return storage.files(table, date -> date.isBefore(day)).stream()
                .map(DataFile::date)
                .max(Comparator.naturalOrder());
    }

    /** When each day up to this one that the table holds rows of was last written, as the storage recorded it. */
    public SortedMap<LocalDate, Instant> writeTimes(Table table, LocalDate day) {
        access.ifPresent(declared -> declared.requireReadUpTo(table));
        SortedMap<LocalDate, Instant> times = new TreeMap<>();
        for (DataFile file : storage.files(table, date -> !date.isAfter(day))) {
            times.merge(file.date(), file.writtenAt(), (one, other) -> one.isAfter(other) ? one : other);
        }
        return times;
    }

    /** No rows, with the table's columns. */
    public Dataset<Row> empty(Table table) {
        return storage.empty(table);
    }

    /** Whether the table is there, with or without rows. */
    public boolean exists(Table table) {
        return storage.exists(table);
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
        access.ifPresent(declared -> declared.requireWrite(table));
        if (!storage.files(table, day::equals).isEmpty()) {
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
        access.ifPresent(declared -> declared.requireWrite(table));
        return noted(table, condition, writer.write(table, rows, condition));
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
        access.ifPresent(declared -> declared.requireWrite(table));
        return noted(table, condition, writer.write(table, rows, condition));
    }

    private long noted(Table table, String condition, TableWriter.Written done) {
        written.add(table.name() + ":" + condition);
        counter.countWritten(done.files(), done.rows());
        return done.rows();
    }

    /** Rows read through this; a slice counts each time it is read. */
    public long rowsRead() {
        return counter.rowsRead();
    }

    /** Rows written through this. */
    public long rowsWritten() {
        return counter.rowsWritten();
    }

    /** Counts rows that a job reads from outside the warehouse. */
    public void countRowsRead(long rows) {
        counter.countRead(rows);
    }

    private Dataset<Row> counted(Table table, List<DataFile> files) {
        Dataset<Row> rows = storage.load(table, files);
        counter.countRead(files, rows);
        return rows;
    }

    private static String onDay(Table table, LocalDate day) {
        return table.dateColumn() + " = DATE'" + day + "'";
    }
}
