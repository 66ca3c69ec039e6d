package koc.warehouse;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import koc.error.KocException;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Holds rows to the declaration of the table they are written to. */
final class Contract {
    private static final Pattern BREACH = Pattern.compile("breach<(.*?)>breach", Pattern.DOTALL);

    /** What Delta says of a table whose columns cannot take the rows. */
    private static final Set<String> OTHER_COLUMNS = Set.of(
            "DELTA_METADATA_MISMATCH",
            "DELTA_FAILED_TO_MERGE_FIELDS",
            "DELTA_MERGE_INCOMPATIBLE_DATATYPE",
            "DELTA_MISSING_NOT_NULL_COLUMN_VALUE",
            "DELTA_NOT_NULL_COLUMN_NOT_FOUND_IN_STRUCT",
            "DELTA_NOT_NULL_CONSTRAINT_VIOLATED");

    private static final long FEW_ROWS = 100_000;

    private Contract() {}

    /**
     * The rows with exactly the declared columns, in order, guarded: a row that breaks NOT NULL or a check, or lies
     * outside the slice, raises an error while it is written, so that nothing is committed.
     *
     * @param slice the condition that every row satisfies
     */
    static Dataset<Row> conform(Table table, Dataset<Row> rows, String slice) {
        TreeSet<String> missing = new TreeSet<>(table.columnNames());
        Arrays.asList(rows.columns()).forEach(missing::remove);
        TreeSet<String> extra = new TreeSet<>(Arrays.asList(rows.columns()));
        table.columnNames().forEach(extra::remove);
        if (!missing.isEmpty() || !extra.isEmpty()) {
            throw KocException.contract(
                    "table " + table + ": missing columns " + missing + ", undeclared columns " + extra,
                    "expected " + table.columnNames() + ", found " + Arrays.asList(rows.columns()),
                    "nothing was written; mend the job '" + table.job() + "'");
        }
        return guarded(table, rows.to(nullable(table.schema())), slice);
    }

    /** The rows, whose first column raises an error where a row breaks a promise: one guard, or plans would be huge. */
    private static Dataset<Row> guarded(Table table, Dataset<Row> rows, String slice) {
        List<Column> breaches = new ArrayList<>();
        for (StructField column : table.schema().fields()) {
            if (!column.nullable()) {
                breaches.add(when(col(column.name()).isNull(), column.name() + " is null where a value is promised"));
            }
        }
        for (String check : table.checks()) {
            breaches.add(when(not(expr(check)), "expected " + check));
        }
        breaches.add(when(not(coalesce(expr(slice), lit(false))), "a row lies outside it"));
        Column breach = coalesce(breaches.toArray(Column[]::new));
        Column[] all = table.columnNames().stream().map(name -> col(name)).toArray(Column[]::new);
        Column error =
                raise_error(concat(lit("breach<"), breach, lit("; found "), to_json(struct(all)), lit(">breach")));
        // The guard rides on a column that is written, or the optimizer would drop it.
        StructField first = table.schema().fields()[0];
        return rows.withColumn(
                first.name(), when(breach.isNull(), col(first.name())).otherwise(error.cast(first.dataType())));
    }

    /** Runs a write; when a guard stopped it, says which promise broke and in which row. */
    static void explainingFailure(Table table, String slice, Runnable write) {
        try {
            write.run();
        } catch (Exception failure) { // Delta's own failures are checked exceptions that Scala does not declare.
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                Matcher breach = BREACH.matcher(String.valueOf(cause.getMessage()));
                if (breach.find()) {
                    throw KocException.contract(
                                    "table " + table + ", " + slice + ": " + breach.group(1),
                                    "the row does not keep what the table promises its readers",
                                    "nothing was written; mend the job '" + table.job() + "' or its input")
                            .causedBy(failure);
                }
                if (cause instanceof SparkThrowable spark && isOfOtherColumns(String.valueOf(spark.getCondition()))) {
                    throw KocException.input(
                                    "table " + table + ": the warehouse has other columns than this version writes",
                                    String.valueOf(cause.getMessage()),
                                    WarehouseFormat.REMEDY)
                            .causedBy(failure);
                }
            }
            throw failure;
        }
    }

    /** A condition may name one of several kinds after a full stop. */
    private static boolean isOfOtherColumns(String condition) {
        return OTHER_COLUMNS.contains(condition.replaceFirst("\\..*", ""));
    }

    /**
     * A key that more than one of these rows has, if there is one.
     *
     * @param count how many rows these are
     */
    static Optional<String> duplicateKey(Table table, Dataset<Row> rows, long count) {
        if (table.key().isEmpty()) {
            return Optional.empty();
        }
        Column[] key = table.key().stream().map(name -> col(name)).toArray(Column[]::new);
        // Hashes first: eight bytes a row to move instead of the key, and two rows with one hash are all but sure to be
        // it.
        Dataset<Row> hashes = rows.select(xxhash64(key).as("key_hash"));
        // A few rows are compared by one task: a shuffle would cost more than all else.
        boolean isSuspect = !(count > FEW_ROWS ? hashes : hashes.coalesce(1))
                .groupBy("key_hash")
                .agg(count(lit(1)).as("rows_with_hash"))
                .where("rows_with_hash > 1")
                .isEmpty();
        if (!isSuspect) {
            return Optional.empty();
        }
        return rows
                .groupBy(key)
                .agg(count(lit(1)).as("rows_with_key"))
                .where("rows_with_key > 1")
                .limit(1)
                .select(to_json(struct(key)))
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .findFirst();
    }

    /** A key that more than one of these rows has, if there is one. */
    static Optional<String> duplicateKey(Table table, List<Row> rows) {
        int[] key = table.key().stream()
                .mapToInt(name -> table.schema().fieldIndex(name))
                .toArray();
        Set<List<Object>> seen = new HashSet<>();
        return rows.stream()
                .map(row -> Arrays.stream(key).mapToObj(row::get).toList())
                .filter(values -> key.length > 0 && !seen.add(values))
                .map(List::toString)
                .findFirst();
    }

    /** The same columns, each of which may be null. */
    static StructType nullable(StructType schema) {
        return new StructType(Arrays.stream(schema.fields())
                .map(field -> new StructField(field.name(), field.dataType(), true, field.metadata()))
                .toArray(StructField[]::new));
    }
}
