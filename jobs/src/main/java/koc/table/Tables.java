package koc.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;

import io.delta.tables.DeltaTable;
import io.delta.tables.DeltaTableBuilder;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import koc.error.KocException;
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
    private final SparkSession spark;
    private final String warehouse;
    private final Map<String, Long> rowsOfSlice = new HashMap<>();
    private final Set<String> existing = new HashSet<>();
    private final Set<String> written = new HashSet<>();
    private long rowsRead;
    private long rowsWritten;
    private BiPredicate<LocalDate, String> hasRun = (day, job) -> false;

    /** The warehouse in this folder, any path that Hadoop's file systems know. */
    public Tables(SparkSession spark, String warehouse) {
        this.spark = spark;
        this.warehouse = warehouse.replaceAll("(?<=.)/+$", "");
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
        String slice = onDay(table, day);
        if (exists(table)) {
            Dataset<Row> rows = load(table).where(slice);
            if (countRead(table, slice, rows) > 0
                    || written.contains(table.name() + ":" + slice)
                    || hasRun.test(day, table.job())) {
                return rows;
            }
        }
        throw KocException.input(
                "table " + table + ", " + day + ": no such day in " + path(table),
                "the job '" + table.job() + "' has not run for it",
                "run it first: koc " + table.job() + " --date " + day);
    }

    /** The rows of this day and of every day before it; empty when there are none. */
    public Dataset<Row> readUpTo(Table table, LocalDate day) {
        String slice = table.dateColumn() + " <= DATE'" + day + "'";
        if (!exists(table)) {
            return empty(table);
        }
        Dataset<Row> rows = load(table).where(slice);
        countRead(table, slice, rows);
        return rows;
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
        return previousDay(table, day)
                .map(previous -> load(table).where(onDay(table, previous)))
                .orElseGet(() -> empty(table));
    }

    /** The latest day before this one that the table holds rows of. */
    public Optional<LocalDate> previousDay(Table table, LocalDate day) {
        if (!exists(table)) {
            return Optional.empty();
        }
        Row latest = load(table)
                .where(col(table.dateColumn()).lt(lit(day)))
                .agg(max(table.dateColumn()))
                .head();
        return latest.isNullAt(0)
                ? Optional.empty()
                : Optional.of(latest.getDate(0).toLocalDate());
    }

    /** When each day up to this one was last written, as the storage says: columns of the date and {@code written_at}. */
    public Dataset<Row> writeTimes(Table table, LocalDate day) {
        if (!exists(table)) {
            return empty(table)
                    .select(col(table.dateColumn()), lit(null).cast("timestamp").as("written_at"));
        }
        return load(table)
                .where(col(table.dateColumn()).leq(lit(day)))
                .groupBy(table.dateColumn())
                .agg(max("_metadata.file_modification_time").as("written_at"));
    }

    /** No rows, with the table's columns. */
    public Dataset<Row> empty(Table table) {
        return spark.createDataFrame(List.of(), Contract.nullable(table.schema()));
    }

    /** Whether the table has ever been written. */
    public boolean exists(Table table) {
        if (!existing.contains(table.name()) && DeltaTable.isDeltaTable(spark, path(table))) {
            existing.add(table.name());
        }
        return existing.contains(table.name());
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
        if (exists(table) && !load(table).where(onDay(table, day)).isEmpty()) {
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
        long count = replace(table, rows, condition);
        Contract.duplicateKey(table, load(table).where(condition)).ifPresent(key -> {
            DeltaTable delta = DeltaTable.forPath(spark, path(table));
            long version = delta.history(1).select("version").head().getLong(0);
            delta.restoreToVersion(version - 1);
            throw KocException.contract(
                    "table " + table + ", " + condition + ": more than one row with the key " + key,
                    "the declaration promises one row for each (" + String.join(", ", table.key()) + ")",
                    "the table is as it was before; mend the job '" + table.job() + "' or its input");
        });
        return count;
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
        return replace(table, spark.createDataFrame(rows, Contract.nullable(table.schema())), condition);
    }

    private long replace(Table table, Dataset<Row> rows, String condition) {
        Dataset<Row> declared = Contract.conform(table, rows, condition);
        boolean isNew = !exists(table);
        if (isNew) {
            create(table);
        }
        Observation counted = new Observation();
        DataFrameWriter<Row> writer = declared.observe(counted, count(lit(1)).as("rows"))
                .write()
                .format("delta")
                .option("userMetadata", "koc " + table.job() + " " + condition);
        // Nothing can be in the way in a table that was made a moment ago.
        Contract.explainingFailure(table, condition, () -> (isNew
                        ? writer.mode("append")
                        : writer.mode("overwrite").option("replaceWhere", condition))
                .save(path(table)));
        long count = rowsOf(counted);
        rowsWritten += count;
        written.add(table.name() + ":" + condition);
        rowsOfSlice.keySet().removeIf(slice -> slice.startsWith(table.name() + ":"));
        rowsOfSlice.put(table.name() + ":" + condition, count);
        return count;
    }

    /** Rows read since the counts were last reset; a slice counts each time it is read. */
    public long rowsRead() {
        return rowsRead;
    }

    /** Rows written since the counts were last reset. */
    public long rowsWritten() {
        return rowsWritten;
    }

    /** Begins to count again, for the next job. */
    public void resetCounts() {
        rowsRead = 0;
        rowsWritten = 0;
    }

    /** Counts rows that a job reads from outside the warehouse. */
    public void countRowsRead(long rows) {
        rowsRead += rows;
    }

    private long countRead(Table table, String slice, Dataset<Row> rows) {
        long count = rowsOfSlice.computeIfAbsent(table.name() + ":" + slice, any -> rows.count());
        rowsRead += count;
        return count;
    }

    private static long rowsOf(Observation counted) {
        try {
            return ((Number) counted.getAsJava().getOrDefault("rows", 0L)).longValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private Dataset<Row> load(Table table) {
        return spark.read().format("delta").load(path(table));
    }

    private static String onDay(Table table, LocalDate day) {
        return table.dateColumn() + " = DATE'" + day + "'";
    }

    private void create(Table table) {
        DeltaTableBuilder builder = DeltaTable.createIfNotExists(spark)
                .location(path(table))
                .comment(table.description())
                .partitionedBy(table.partitioning().toArray(String[]::new));
        for (StructField column : table.schema().fields()) {
            builder = builder.addColumn(DeltaTable.columnBuilder(spark, column.name())
                    .dataType(column.dataType())
                    .nullable(column.nullable())
                    .comment(column.getComment().getOrElse(() -> ""))
                    .build());
        }
        builder.execute();
    }
}
