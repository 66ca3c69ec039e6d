package koc.clean;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import koc.rules.Invitations;
import koc.source.LandingReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * Converts landing rows to the types of their table, and checks each row by itself.
 *
 * <p>Grain: landing row -> the same row, with the columns of its source's table, {@link #FILE}, {@link Verdict#COLUMN},
 * and the columns that {@link #raw} needs.
 */
final class RowChecks {
    /** The file of the row, below the landing folder. */
    static final String FILE = "file";
    /** Prefix of the columns with the values as they landed. */
    static final String LANDED = "landed_";
    /**
     * A flat source also has rows for later runs, up to this many years after the last day. Later times, such as 9999-12-31,
     * are how systems write that they do not know.
     */
    private static final int MAX_YEARS_AFTER_LAST_DAY = 10;

    private final Source source;
    private final StructType landed;
    private final ValueFormat format;
    private final TypeConversion conversion;
    private final LocalDate epoch;
    /** The last day that can be right. */
    private final Column lastPossibleDay;

    private RowChecks(
            Source source, StructType landed, ValueFormat format, LocalDate epoch, @Nullable LocalDate lastDay) {
        this.source = source;
        this.landed = landed;
        this.format = format;
        this.epoch = epoch;
        this.lastPossibleDay =
                lastDay == null ? col(LandingReader.ARRIVED) : lit(lastDay.plusYears(MAX_YEARS_AFTER_LAST_DAY));
        this.conversion = new TypeConversion(source, format);
    }

    /**
     * The same rows with typed columns and a verdict.
     *
     * @param landed a part of what {@link LandingReader} read
     * @param format how values are written in the files
     * @param epoch the first day on which anything can have happened
     * @param lastDay for a flat source the last day that counts: later rows get {@link Verdict#LATER}. Null for a source
     *     that lands day by day: its rows are rejected when they happened after their arrival
     */
    static Dataset<Row> check(
            Dataset<Row> landed, Source source, ValueFormat format, LocalDate epoch, @Nullable LocalDate lastDay) {
        RowChecks checks = new RowChecks(source, landed.schema(), format, epoch, lastDay);
        Set<String> columns = Set.of(landed.columns());
        Column verdict = RowRules.verdict(source, columns, epoch, lastDay);
        return checks.withTypedColumns(checks.strip(landed)).select(checks.outputs(columns, verdict));
    }

    /** No rows, with the columns of {@link #check}. */
    static Dataset<Row> withoutRows(Dataset<Row> emptyTable, Source source) {
        Dataset<Row> rows = emptyTable;
        for (String name : extraColumns(source)) {
            DataType type = name.equals(LandingReader.COVERED) ? DataTypes.IntegerType : DataTypes.StringType;
            rows = rows.withColumn(name, lit(null).cast(type));
        }
        return rows;
    }

    /** The row as it landed: its text when malformed, else its columns as JSON, without surrounding blanks. */
    static Column raw(Source source) {
        Column[] columns = source.landed().stream()
                .map(field -> landedText(source, field).as(field.name()))
                .toArray(Column[]::new);
        return coalesce(col(LandingReader.MALFORMED), to_json(struct(columns)));
    }

    /** The text that landed; the typed value as text where {@link #keptText} left out an equal text. */
    private static Column landedText(Source source, StructField field) {
        if (!keepsLandedText(source, field)) {
            return col(field.name());
        }
        Column text = col(LANDED + field.name());
        boolean mayBeDropped =
                !(field.dataType() instanceof ArrayType) && !source.defaults().containsKey(field.name());
        return mayBeDropped ? coalesce(text, col(field.name()).cast(DataTypes.StringType)) : text;
    }

    /** The text that landed in a column. */
    static Column landedText(Source source, String column) {
        return landedText(source, source.table().column(column));
    }

    /**
     * The columns of {@link #check}, of rows with typed columns. They are one step: rows are wide, and each step copies them.
     *
     * @param columns the columns of the source that are in the files
     */
    private Column[] outputs(Set<String> columns, Column verdict) {
        Column isAccepted = verdict.isNull();
        List<Column> outputs = new ArrayList<>();
        source.table().columnNames().forEach(name -> outputs.add(withDefault(name)));
        for (String name : List.of(FILE, LandingReader.MALFORMED, LandingReader.COVERED)) {
            outputs.add(col(name));
        }
        outputs.add(verdict.as(Verdict.COLUMN));
        outputs.add(when(isAccepted, remarks(columns)).as(Remarks.COLUMN));
        source.landed().stream()
                .filter(field -> keepsLandedText(source, field))
                .forEach(field -> outputs.add(keptText(field, isAccepted).as(LANDED + field.name())));
        return outputs.toArray(Column[]::new);
    }

    private static List<String> extraColumns(Source source) {
        List<String> names = new ArrayList<>(
                List.of(FILE, LandingReader.MALFORMED, LandingReader.COVERED, Verdict.COLUMN, Remarks.COLUMN));
        source.landed().stream()
                .filter(field -> keepsLandedText(source, field))
                .forEach(field -> names.add(LANDED + field.name()));
        return names;
    }

    /** Whether the text that landed is kept in landed_*, because the typed value may differ from it. */
    private static boolean keepsLandedText(Source source, StructField field) {
        return !(field.dataType() instanceof StringType)
                || source.defaults().containsKey(field.name())
                || source.words().containsKey(field.name());
    }

    /** The landing columns without surrounding blanks, as landed_*; an empty text becomes null. */
    private Dataset<Row> strip(Dataset<Row> rows) {
        List<Column> columns = new ArrayList<>();
        columns.add(col(LandingReader.ARRIVED));
        columns.add(col(LandingReader.MALFORMED));
        columns.add(col(LandingReader.COVERED));
        columns.add(col(LandingReader.FILE).as(FILE));
        for (StructField field : source.landed()) {
            columns.add(filled(field).as(LANDED + field.name(), Metadata.empty()));
        }
        return rows.select(columns.toArray(Column[]::new));
    }

    /** The stripped value of a column; where there is none, the one that settings give. */
    private Column filled(StructField field) {
        String name = field.name();
        Column value = stripped(field);
        String constant = format.constantsOf(source).get(name);
        if (constant != null) {
            return coalesce(value, lit(constant).try_cast(typeOf(name)));
        }
        boolean isComposed = format.filledColumns(source).contains(name) && typeOf(name) instanceof StringType;
        return isComposed ? coalesce(value, eventId()) : value;
    }

    private Column stripped(StructField field) {
        String name = field.name();
        if (!isLanded(name)) {
            return lit(null).cast(DataTypes.StringType);
        }
        StructField from = landed.apply(name);
        return LandingReader.isFiltered(from) ? col(name) : conversion.strip(col(name), field, from.dataType());
    }

    /** The values that identify an event, joined with slashes; null if it has none of them. */
    private Column eventId() {
        List<Column> parts = format.eventId().stream()
                .map(name -> filled(source.table().column(name)).cast(DataTypes.StringType))
                .toList();
        Column[] texts = parts.stream().map(part -> coalesce(part, lit(""))).toArray(Column[]::new);
        return when(coalesce(parts.toArray(Column[]::new)).isNotNull(), concat_ws("/", texts));
    }

    /**
     * Adds the columns of the table, converted from landed_*; null where nothing landed, or where a value that the row does
     * not need cannot be read or cannot be right. A date before the epoch cannot be right: 1970-01-01 is how systems write
     * that they do not know.
     */
    private Dataset<Row> withTypedColumns(Dataset<Row> stripped) {
        Map<String, Column> typed = new LinkedHashMap<>();
        source.landed().forEach(field -> typed.put(field.name(), possible(field)));
        if (source == Source.EVENTS) {
            Column one = lit(Objects.requireNonNull(source.defaults().get("quantity")));
            Column quantity = coalesce(Objects.requireNonNull(typed.get("quantity")), one);
            Column amount = round(quantity.multiply(Objects.requireNonNull(typed.get("unit_price"))), 2);
            typed.put("day", to_date(Objects.requireNonNull(typed.get("occurred_at"))));
            typed.put("amount", amount.try_cast(source.table().column("amount").dataType()));
        }
        List<Column> columns = new ArrayList<>(List.of(col("*")));
        typed.forEach((name, value) -> columns.add(value.as(name)));
        return stripped.select(columns.toArray(Column[]::new));
    }

    private Column possible(StructField field) {
        Column typed = typed(field);
        if (source.mustBeReadable().contains(field.name())) {
            return typed;
        }
        if (isTime(field)) {
            Column day = to_date(typed);
            Column isPossible = day.geq(lit(epoch));
            return when(isLeftOutInFuture(field) ? isPossible.and(day.leq(lastPossibleDay)) : isPossible, typed);
        }
        Number minimum = source.minAmounts().get(field.name());
        if (minimum != null) {
            return when(
                            isLeftOutAsNegative(field, minimum),
                            lit(source.valuesOfNegative().get(field.name())))
                    .otherwise(typed);
        }
        List<Integer> range = source.ranges().get(field.name());
        // Spark would copy every row once more for between, to evaluate the value once.
        return range == null ? typed : when(typed.geq(range.get(0)).and(typed.leq(range.get(1))), typed);
    }

    /** Whether a value is below its minimum, and does not reject the row. */
    private Column isLeftOutAsNegative(StructField field, Number minimum) {
        Column isNegative = coalesce(typed(field).lt(lit(minimum)), lit(false));
        return RowRules.typesRejectedIfNegative(source, field.name())
                .map(types -> isNegative.and(
                        not(typed(source.table().column("event_type")).isin(types.toArray()))))
                .orElse(isNegative);
    }

    private boolean isLeftOutInFuture(StructField field) {
        return source.leavesOutFuture()
                && source.happenedAt().filter(field.name()::equals).isPresent();
    }

    private Column typed(StructField field) {
        return conversion.convert(col(LANDED + field.name()), field, typeOf(field.name()));
    }

    private static boolean isTime(StructField field) {
        return field.dataType() instanceof TimestampType || field.dataType() instanceof DateType;
    }

    /** What is to be said about an accepted row, as {@link Remarks} describes it. */
    private Column remarks(Set<String> columns) {
        List<Column> conditions = new ArrayList<>();
        List<Column> remarks = new ArrayList<>();
        for (StructField field : source.landed()) {
            String name = field.name();
            Column condition = null;
            Column remark = lit(Remarks.unread(RejectReason.BAD_TYPE, name));
            boolean isInvitation = name.equals(Source.INVITATION);
            if (Source.isId(name) || isInvitation) {
                condition = IdCheck.looksRounded(isInvitation ? Invitations.inviter() : col(name));
                remark = lit(Remarks.IDS_LOOK_ROUNDED);
            } else if (!source.mustBeReadable().contains(name)) {
                Column isLeftOut = col(name).isNull();
                Number minimum = source.minAmounts().get(name);
                if (source.valuesOfNegative().containsKey(name) && minimum != null) {
                    isLeftOut = isLeftOut.or(isLeftOutAsNegative(field, minimum));
                }
                condition = col(LANDED + name).isNotNull().and(isLeftOut);
                Column impossible = whyImpossible(field);
                if (impossible != null) {
                    remark = when(typed(field).isNotNull(), impossible).otherwise(remark);
                }
            }
            if (condition != null && columns.contains(name)) {
                conditions.add(condition);
                remarks.add(when(condition, remark));
            }
        }
        return conditions.stream()
                .reduce(Column::or)
                .map(any -> when(any, Remarks.join(remarks)))
                .orElseGet(() -> lit(null).cast(DataTypes.StringType));
    }

    /** The remark on a value that was read and left out; null if that is no remark of its own. */
    private @Nullable Column whyImpossible(StructField field) {
        String name = field.name();
        if (source.minAmounts().containsKey(name)) {
            return lit(Remarks.unread(RejectReason.NEGATIVE_AMOUNT, name));
        }
        if (!isTime(field)) {
            return null;
        }
        Column beforeEpoch = lit(Remarks.unread(RejectReason.BEFORE_EPOCH, name));
        return isLeftOutInFuture(field)
                ? when(to_date(typed(field)).lt(lit(epoch)), beforeEpoch)
                        .otherwise(Remarks.unread(RejectReason.FUTURE, name))
                : beforeEpoch;
    }

    /** A column of the table; where it has no value, its default. */
    private Column withDefault(String name) {
        Object value = source.defaults().get(name);
        if (value == null) {
            return col(name);
        }
        Column fallback = lit(value);
        Object unreadable = source.defaultsOfUnreadable().get(name);
        if (unreadable != null) {
            fallback = when(col(LANDED + name).isNotNull(), lit(unreadable)).otherwise(fallback);
        }
        return coalesce(col(name), fallback)
                .cast(source.table().column(name).dataType())
                .as(name);
    }

    /**
     * The value that landed as text, for the tables of rejects and of values left out. The text is left out of accepted rows
     * whose value landed in the type of the table and is there: it would say the same, and formatting takes long.
     */
    private Column keptText(StructField field, Column isAccepted) {
        DataType type = typeOf(field.name());
        Column value = col(LANDED + field.name());
        if (type instanceof StringType) {
            return value;
        }
        Column text = type instanceof ArrayType ? to_json(value) : value.cast(DataTypes.StringType);
        boolean isSameText = type.equals(field.dataType())
                && !(type instanceof ArrayType)
                && !source.defaults().containsKey(field.name());
        return isSameText ? when(not(isAccepted.and(col(field.name()).eqNullSafe(value))), text) : text;
    }

    private boolean isLanded(String column) {
        return Arrays.asList(landed.fieldNames()).contains(column);
    }

    private DataType typeOf(String column) {
        return isLanded(column)
                ? TypeConversion.strippedType(landed.apply(column).dataType())
                : DataTypes.StringType;
    }
}
