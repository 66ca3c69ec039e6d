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
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import koc.error.KocException;
import koc.spark.RepeatedHashes;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Checks rows against the declaration of the table that they are written to. */
final class Contract {
    private static final Pattern BREACH = Pattern.compile("breach<(\\d+)>(.*?)<breach");
    /** A column and its number in JSON. */
    private static final Pattern NUMBER = Pattern.compile("\"(\\w+)\":[^,}]+");

    /** The error conditions of Delta for a table whose columns differ from those of the rows. */
    private static final Set<String> COLUMN_MISMATCHES = Set.of(
            "DELTA_METADATA_MISMATCH",
            "DELTA_FAILED_TO_MERGE_FIELDS",
            "DELTA_MERGE_INCOMPATIBLE_DATATYPE",
            "DELTA_MISSING_NOT_NULL_COLUMN_VALUE",
            "DELTA_NOT_NULL_COLUMN_NOT_FOUND_IN_STRUCT",
            "DELTA_NOT_NULL_CONSTRAINT_VIOLATED");

    private Contract() {}

    /**
     * Returns the rows with the declared columns in their order. A row that breaks NOT NULL or a check, or that does not
     * satisfy {@code condition}, raises an error during the write, so that nothing is committed.
     *
     * @param condition in SQL, that every row must satisfy
     */
    static Dataset<Row> conform(Table table, Dataset<Row> rows, String condition) {
        TreeSet<String> missing = new TreeSet<>(table.columnNames());
        Arrays.asList(rows.columns()).forEach(missing::remove);
        TreeSet<String> extra = new TreeSet<>(Arrays.asList(rows.columns()));
        table.columnNames().forEach(extra::remove);
        if (!missing.isEmpty() || !extra.isEmpty()) {
            throw KocException.contract(
                    "table " + table + ": missing columns " + missing + ", undeclared columns " + extra,
                    "expected " + table.columnNames() + ", found " + Arrays.asList(rows.columns()),
                    "nothing was written; correct the job '" + table.job() + "'");
        }
        return withGuard(table, rows.to(nullable(table.schema())), condition);
    }

    /** Adds one check of all conditions, which raises an error for a bad row. One check per condition would make plans huge. */
    private static Dataset<Row> withGuard(Table table, Dataset<Row> rows, String condition) {
        List<Column> breaches = new ArrayList<>();
        notNull(table).forEach(name -> breaches.add(col(name).isNull()));
        table.checks().forEach(check -> breaches.add(not(expr(check))));
        breaches.add(not(coalesce(expr(condition), lit(false))));
        Column[] positions = IntStream.range(0, breaches.size())
                .mapToObj(i -> when(breaches.get(i), lit(i)))
                .toArray(Column[]::new);
        Column breach = coalesce(positions);
        // Its position, because texts would more than double the code that Spark compiles for each table.
        Column error = raise_error(concat(lit("breach<"), breach, lit(">"), numbers(table), lit("<breach")));
        // The guard is part of a written column. As a column of its own, the optimizer would drop it.
        StructField first = table.schema().fields()[0];
        return rows.withColumn(
                first.name(), when(breach.isNull(), col(first.name())).otherwise(error.cast(first.dataType())));
    }

    /** The numbers that checks are about, as JSON. Texts are left out, because they may be personal. */
    private static Column numbers(Table table) {
        Column[] numbers = Arrays.stream(table.schema().fields())
                .filter(column -> column.dataType() instanceof NumericType
                        && table.checks().stream().anyMatch(check -> names(check, column.name())))
                .map(column -> col(column.name()))
                .toArray(Column[]::new);
        return numbers.length == 0 ? lit("{}") : to_json(struct(numbers));
    }

    private static List<String> notNull(Table table) {
        return Arrays.stream(table.schema().fields())
                .filter(column -> !column.nullable())
                .map(StructField::name)
                .toList();
    }

    private static boolean names(String check, String column) {
        return Pattern.compile("\\b" + column + "\\b").matcher(check).find();
    }

    /**
     * The condition that a row breaks, with its numbers.
     *
     * @param position of the condition in {@link #withGuard}
     * @param numbers of the row, as JSON
     */
    private static String describe(Table table, int position, String numbers) {
        List<String> notNull = notNull(table);
        if (position < notNull.size()) {
            return notNull.get(position) + " is null although it is declared NOT NULL";
        }
        int index = position - notNull.size();
        if (index == table.checks().size()) {
            return "a row lies outside it";
        }
        String check = table.checks().get(index);
        Matcher number = NUMBER.matcher(numbers);
        String found = number.results()
                .filter(match -> names(check, match.group(1)))
                .map(MatchResult::group)
                .collect(Collectors.joining(","));
        return "expected " + check + (found.isEmpty() ? "" : "; found {" + found + "}");
    }

    /** Runs a write. If a guard stops it, the failure names the broken condition and its numbers. */
    static void explainFailure(Table table, String condition, Runnable write) {
        try {
            write.run();
        } catch (Exception failure) { // Delta's own failures are checked exceptions that Scala does not declare.
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                Matcher breach = BREACH.matcher(String.valueOf(cause.getMessage()));
                if (breach.find()) {
                    throw KocException.contract(
                                    "table " + table + ", " + condition + ": "
                                            + describe(table, Integer.parseInt(breach.group(1)), breach.group(2)),
                                    "the row breaks the declaration of the table",
                                    "nothing was written; correct the job '" + table.job() + "' or its input")
                            .causedBy(failure);
                }
                if (cause instanceof SparkThrowable spark && isColumnMismatch(String.valueOf(spark.getCondition()))) {
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

    /** A condition may have a subclass after a full stop, which is ignored. */
    private static boolean isColumnMismatch(String condition) {
        return COLUMN_MISMATCHES.contains(condition.replaceFirst("\\..*", ""));
    }

    /**
     * Finds a key that more than one of these rows has.
     *
     * @param count the number of rows
     */
    static Optional<String> findDuplicateKey(Table table, Dataset<Row> rows, long count) {
        if (table.key().isEmpty()) {
            return Optional.empty();
        }
        Column[] key = table.key().stream().map(name -> col(name)).toArray(Column[]::new);
        // Hashes are compared first, because they are shorter than keys. Equal hashes almost always mean equal keys.
        if (!RepeatedHashes.anyRepeated(rows.select(xxhash64(key).as("key_hash")), count)) {
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

    /** Finds a key that more than one of these rows has. */
    static Optional<String> findDuplicateKey(Table table, List<Row> rows) {
        int[] key = table.key().stream()
                .mapToInt(name -> table.schema().fieldIndex(name))
                .toArray();
        Set<List<Object>> found = new HashSet<>();
        return rows.stream()
                .map(row -> Arrays.stream(key).mapToObj(row::get).toList())
                .filter(values -> key.length > 0 && !found.add(values))
                .map(List::toString)
                .findFirst();
    }

    /** The same columns, all nullable. */
    static StructType nullable(StructType schema) {
        return new StructType(Arrays.stream(schema.fields())
                .map(field -> new StructField(field.name(), field.dataType(), true, field.metadata()))
                .toArray(StructField[]::new));
    }
}
