package koc.clean;

import static koc.clean.RowChecks.FILE;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.get_json_object;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_timestamp;
import static org.apache.spark.sql.functions.unix_seconds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import koc.source.LineSearch;
import koc.tables.CleanTables;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * Says why the rows of a source are rejected: the most frequent reasons, with a file, what was expected and found, and the
 * setting that helps. Values of people are not shown; the table rejects has them.
 */
final class RejectExplanation {
    /** Reasons named in a message, the most frequent ones. */
    private static final int REPORTED_REASONS = 3;
    /** Words named in a message. */
    private static final int REPORTED_WORDS = 8;
    /** A word of fixed meaning, not a name or a number that slipped into its column. */
    private static final String WORD = "^[\\p{L}_ -]{1,20}$";
    /** The largest offset of a time zone from UTC, in hours. */
    private static final double MAX_ZONE_HOURS = 14;

    private static final double SECONDS_OF_HOUR = 3600;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final CleanRun cleanRun;
    private final SourceArrivals arrivals;
    private final Dataset<Row> rejects;

    /** @param arrivals the arrivals of a source; their rejected rows must have been written */
    RejectExplanation(CleanRun cleanRun, SourceArrivals arrivals) {
        this.cleanRun = cleanRun;
        this.arrivals = arrivals;
        this.rejects = cleanRun.warehouse()
                .readUpTo(CleanTables.REJECTS, CleanRun.LAST_DATE)
                .where(arrivals.replacedRowsOfSource())
                .where(col("reason").notEqual(RejectReason.DUPLICATE.code()));
    }

    /** The most frequent reasons, one sentence each. */
    String mostFrequentReasons() {
        return rejects
                .groupBy("reason", "field")
                .agg(
                        count(lit(1)).as("rows"),
                        min(struct(col(FILE), col("raw"))).as("sample"))
                .orderBy(col("rows").desc(), col("reason"), col("field"))
                .limit(REPORTED_REASONS)
                .select("reason", "field", "rows", "sample.file", "sample.raw")
                .collectAsList()
                .stream()
                .map(row -> sentence(
                        RejectReason.valueOf(row.getString(0).toUpperCase(Locale.ROOT)),
                        row.isNullAt(1) ? "" : row.getString(1),
                        row.getLong(2),
                        row.getString(3),
                        row.getString(4)))
                .collect(Collectors.joining(" | "));
    }

    private String sentence(RejectReason reason, String field, long rows, String file, String raw) {
        return String.format(
                Locale.ROOT,
                "%s%s in %,d rows, as in %s%s: %s",
                reason.code(),
                field.isEmpty() ? "" : " (" + field + ")",
                rows,
                file,
                line(reason, field, file, raw),
                explain(reason, field, file));
    }

    /** The line of a rejected row in its file, for messages; empty for Parquet, and where several lines are possible. */
    private String line(RejectReason reason, String field, String file, String raw) {
        Source source = arrivals.source();
        ValueFormat format = cleanRun.formats().of(source);
        OptionalLong line = arrivals.files().stream()
                .filter(landed -> landed.name().equals(file))
                .map(landed -> new LineSearch(
                        landed,
                        source.schema(cleanRun.settings().namesIn(source), format),
                        cleanRun.fileFormats().of(source),
                        cleanRun.warehouse().spark().sessionState().newHadoopConf()))
                .map(search -> {
                    if (reason == RejectReason.MALFORMED) {
                        return search.lineOf(raw);
                    }
                    String column = tellingColumn(source, reason, field);
                    String value = column.isEmpty() ? null : fieldOf(raw, column);
                    if (column.isEmpty() || (value == null && !column.equals(field))) {
                        return OptionalLong.empty();
                    }
                    RowReader reader = new RowReader(source, format);
                    return search.lineOf(column, landed -> Objects.equals(reader.strip(column, landed), value));
                })
                .findFirst()
                .orElseGet(OptionalLong::empty);
        return line.isPresent() ? ", line " + line.getAsLong() : "";
    }

    /**
     * The column whose value tells the rejected row from sound ones; empty if none does. The rejected field does if every
     * row with this value is rejected: every event needs a user, but a view needs no price, and may have a wrong one.
     */
    static String tellingColumn(Source source, RejectReason reason, String field) {
        return switch (reason) {
            case MISSING_FIELD ->
                source.required().contains(field) ? field : source.idColumn().orElse("");
            case ORPHAN_PRODUCT -> source.idColumn().orElse("");
            case CONFLICTING_ID, DUPLICATE, ROBOT -> "";
            // The end of a campaign may be before its own start, and after that of another one.
            case BAD_TYPE ->
                source.mustBeReadable().contains(field) && !field.equals("ends_on")
                        ? field
                        : source.idColumn().orElse("");
            case NEGATIVE_AMOUNT ->
                source.mustBeReadable().contains(field)
                        ? field
                        : source.idColumn().orElse("");
            case MALFORMED, UNKNOWN_EVENT_TYPE, FUTURE, BEFORE_EPOCH -> field;
        };
    }

    private static @Nullable String fieldOf(String json, String field) {
        try {
            JsonNode value = JSON.readTree(json).get(field);
            return value == null || value.isNull() ? null : value.asText();
        } catch (IOException notJson) {
            return null;
        }
    }

    private String explain(RejectReason reason, String field, String file) {
        Source source = arrivals.source();
        Dataset<Row> rows = rejects.where(
                col("reason").equalTo(reason.code()).and(col("field").eqNullSafe(field.isEmpty() ? null : field)));
        return switch (reason) {
            case MALFORMED -> MalformedLines.explain(rows, source, file);
            case MISSING_FIELD ->
                "expected a value; if the files call this column otherwise, set koc.source.columns." + source.folder()
                        + "." + field;
            case BAD_TYPE, UNKNOWN_EVENT_TYPE -> found(rows, field, file) + expected(field);
            case NEGATIVE_AMOUNT -> "expected at least " + source.minAmounts().get(field);
            case FUTURE -> future(rows, field);
            case BEFORE_EPOCH ->
                "expected a day from koc.clean.epoch = " + cleanRun.settings().epoch() + " on";
            case CONFLICTING_ID -> "expected one row for each " + field;
            case ORPHAN_PRODUCT ->
                "expected a product_id that is in products; check that both write ids alike and that"
                        + " products is complete";
            case ROBOT ->
                "expected at most koc.clean.robot.actions-per-hour = "
                        + cleanRun.settings().robot().actionsPerHour() + " actions an hour";
            case DUPLICATE -> "expected each row once";
        };
    }

    /** The words in a column of fixed words; the shape of a sample in any other. */
    private String found(Dataset<Row> rows, String field, String file) {
        Column value = get_json_object(col("raw"), "$." + field);
        if (arrivals.source().words().containsKey(field)) {
            String words = rows
                    .groupBy(value.as("word"))
                    .agg(count(lit(1)).as("rows"))
                    .where(col("word").rlike(WORD).and(col("rows").gt(1)))
                    .orderBy(col("rows").desc(), col("word"))
                    .limit(REPORTED_WORDS)
                    .collectAsList()
                    .stream()
                    .map(row -> row.getString(0))
                    .collect(Collectors.joining(", "));
            if (!words.isEmpty()) {
                return "found " + words + "; ";
            }
        }
        Row sample = rows.where(col(FILE).equalTo(file)).agg(min(value)).head();
        return sample.isNullAt(0) ? "" : "found the form " + ValueShape.of(sample.getString(0)) + "; ";
    }

    private String expected(String field) {
        Source source = arrivals.source();
        ValueFormat format = cleanRun.formats().of(source);
        String section = ValueFormat.SECTION + "." + source.folder();
        DataType type = source.table().column(field).dataType();
        Set<String> words = source.words().get(field);
        if (field.equals("until")) {
            return "expected a day that is not before since";
        }
        if (field.equals("ends_on")) {
            return "expected a day that is not before starts_on, in a form such as 2026-01-20 or one of "
                    + format.dates();
        }
        if (words != null) {
            boolean isFlag = type instanceof BooleanType;
            return "expected " + (isFlag ? "true or false" : "one of " + new TreeSet<>(words))
                    + "; give your words a meaning with " + section + ".words." + field;
        }
        if (type instanceof TimestampType || type instanceof DateType) {
            return "expected ISO 8601, such as 2026-01-20T14:17:08, or one of " + format.dates()
                    + "; add your format to " + section + ".dates";
        }
        if (type instanceof ArrayType) {
            return "expected texts";
        }
        List<Integer> range = source.ranges().get(field);
        return "expected a number" + (range == null ? "" : " from " + range.get(0) + " to " + range.get(1))
                + ", with "
                + (format.numbers().thousands().isEmpty()
                        ? "nothing"
                        : "'" + format.numbers().thousands() + "'")
                + " between thousands, '" + format.numbers().decimal() + "' before decimals, and at most a sign of "
                + format.currency() + "; set " + section + ".numbers or koc.currency";
    }

    /** Names the time zone when all rows lie so early on the next day that another zone explains them. */
    private String future(Dataset<Row> rows, String field) {
        Source source = arrivals.source();
        Column happenedAt = new TypeConversion(source, cleanRun.formats().of(source))
                .convert(
                        get_json_object(col("raw"), "$." + field),
                        source.table().column(field),
                        DataTypes.StringType)
                .cast(DataTypes.TimestampType);
        Column nextDay = to_timestamp(date_add(col("arrived"), 1).cast(DataTypes.StringType));
        Row last = rows.agg(
                        count(lit(1)),
                        count(happenedAt),
                        max(unix_seconds(happenedAt).minus(unix_seconds(nextDay))))
                .head();
        String expected = "expected a time up to the end of the day of arrival";
        if (last.getLong(0) != last.getLong(1) || last.getLong(2) >= MAX_ZONE_HOURS * SECONDS_OF_HOUR) {
            return expected;
        }
        return String.format(
                Locale.ROOT,
                "%s; all lie in the first %.0f hours of the next day, so days of arrival seem to be counted in another time"
                        + " zone than koc.zone = %s; set koc.zone",
                expected,
                Math.ceil((last.getLong(2) + 1) / SECONDS_OF_HOUR),
                cleanRun.settings().zone());
    }
}
