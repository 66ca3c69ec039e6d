package koc.clean;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring_index;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import koc.source.LandingReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of a landing row without looking at another one.
 *
 * <p>Grain: landing row in, the same row out, with the columns of its source's table in their types, {@link #FILE},
 * {@link #VERDICT}, and what {@link #raw} needs.
 */
final class RowChecks {
    /** The file of the row, below the landing folder. */
    static final String FILE = "file";
    /** Null when nothing is wrong; {@link #LATER}; or the reason, a colon, and the field at fault, if one is. */
    static final String VERDICT = "verdict";
    /** The verdict on a row of a flat source that comes true after the run's day. */
    static final String LATER = "later";

    private static final Set<String> EVENT_TYPES = Set.of(
            "view",
            "click",
            "favorite",
            "cart",
            "purchase",
            "refund",
            "share",
            "share_open",
            "inquiry",
            "reply",
            "review",
            "complaint",
            "post",
            "join",
            "leave",
            "mute",
            "attend",
            "train");
    private static final Set<String> ABOUT_SOMETHING =
            Set.of("view", "click", "favorite", "share", "share_open", "inquiry");
    private static final Set<String> ABOUT_A_PRODUCT = Set.of("cart", "purchase", "refund", "review");
    private static final Set<String> WITH_A_PRICE = Set.of("purchase", "refund");
    private static final Set<String> WITH_A_RATING = Set.of("review");

    private static final String LANDED = "landed_";

    private final Source source;
    private final StructType landed;
    private Column verdict = when(col(LandingReader.MALFORMED).isNotNull(), lit(code(RejectReason.MALFORMED, "")));

    private RowChecks(Source source, StructType landed) {
        this.source = source;
        this.landed = landed;
    }

    /**
     * Landing rows, typed and judged one by one.
     *
     * @param landed a part of what {@link LandingReader} read
     * @param epoch the first day on which anything can have happened
     * @param lastDay for a flat source, the last day that counts: what comes after it is {@link #LATER}; null for a
     *     source that lands day by day, where what happens after its arrival is wrong
     */
    static Dataset<Row> check(Dataset<Row> landed, Source source, LocalDate epoch, @Nullable LocalDate lastDay) {
        RowChecks checks = new RowChecks(source, landed.schema());
        return checks.shown(checks.typed(checks.stripped(landed)).withColumn(VERDICT, checks.verdict(epoch, lastDay)));
    }

    /** No rows, with the columns that {@link #check} gives. */
    static Dataset<Row> none(Dataset<Row> emptyTable, Source source) {
        Dataset<Row> rows = emptyTable;
        for (String name : origins(source)) {
            rows = rows.withColumn(name, lit(null).cast(DataTypes.StringType));
        }
        return rows;
    }

    /** The row as it landed: its text when malformed, else its columns as JSON, less blanks around them. */
    static Column raw(Source source) {
        Column[] columns = source.landed().stream()
                .map(field -> (differs(source, field) ? landedText(source, field) : col(field.name())).as(field.name()))
                .toArray(Column[]::new);
        return coalesce(col(LandingReader.MALFORMED), to_json(struct(columns)));
    }

    /** What landed, or what it became when that reads the same and the text was therefore not kept. */
    private static Column landedText(Source source, StructField field) {
        Column text = col(LANDED + field.name());
        boolean mayBeLeftOut =
                !(field.dataType() instanceof ArrayType) && !source.defaults().containsKey(field.name());
        return mayBeLeftOut ? coalesce(text, col(field.name()).cast(DataTypes.StringType)) : text;
    }

    /** The reason out of a verdict. */
    static Column reason(Column verdict) {
        return substring_index(verdict, ":", 1);
    }

    /** The field out of a verdict; null when no field is at fault. */
    static Column field(Column verdict) {
        return nullif(substring_index(verdict, ":", -1), lit(""));
    }

    /** A verdict. */
    static String code(RejectReason reason, String field) {
        return reason.code() + ":" + field;
    }

    private static Column[] outputs(Source source) {
        return Stream.concat(source.table().columnNames().stream(), origins(source).stream())
                .map(name -> col(name))
                .toArray(Column[]::new);
    }

    private static List<String> origins(Source source) {
        List<String> names = new ArrayList<>(List.of(FILE, LandingReader.MALFORMED, VERDICT));
        source.landed().stream()
                .filter(field -> differs(source, field))
                .forEach(field -> names.add(LANDED + field.name()));
        return names;
    }

    /** Whether the value in the table is not the text that landed. */
    private static boolean differs(Source source, StructField field) {
        return !(field.dataType() instanceof StringType) || source.defaults().containsKey(field.name());
    }

    /** Each landing column without blanks: an empty text is no value. */
    private Dataset<Row> stripped(Dataset<Row> rows) {
        List<Column> columns = new ArrayList<>();
        columns.add(col(LandingReader.ARRIVED));
        columns.add(col(LandingReader.MALFORMED));
        columns.add(col(LandingReader.FILE).as(FILE));
        for (StructField field : source.landed()) {
            String name = field.name();
            Column value = isLanded(name) ? Typing.stripped(col(name), typeOf(name)) : lit(null);
            columns.add((isLanded(name) ? value : value.cast(DataTypes.StringType)).as(LANDED + name));
        }
        return rows.select(columns.toArray(Column[]::new));
    }

    /** The columns of the table, beside those they were read from. */
    private Dataset<Row> typed(Dataset<Row> stripped) {
        List<Column> columns = new ArrayList<>(List.of(col("*")));
        for (StructField field : source.landed()) {
            Column landedValue = col(LANDED + field.name());
            Column typed = Typing.typed(landedValue, typeOf(field.name()), field.dataType());
            Object fallback = source.defaults().get(field.name());
            // A value that cannot be read stays null, to be judged; only an absent one gets its default.
            columns.add((fallback == null
                            ? typed
                            : when(landedValue.isNull(), lit(fallback)).otherwise(typed))
                    .as(field.name()));
        }
        Dataset<Row> typed = stripped.select(columns.toArray(Column[]::new));
        if (source != Source.EVENTS) {
            return typed;
        }
        DataType money = source.table().column("amount").dataType();
        return typed.withColumn("day", to_date(col("occurred_at")))
                .withColumn(
                        "amount",
                        round(col("quantity").multiply(col("unit_price")), 2).try_cast(money));
    }

    /**
     * What landed as text, whatever its type, for it is only shown from here on. Of a sound row whose value landed in the
     * very type of its table no text is kept: it would say the same, and is long in the making.
     */
    private Dataset<Row> shown(Dataset<Row> judged) {
        Dataset<Row> rows = judged;
        for (StructField field : source.landed()) {
            DataType type = typeOf(field.name());
            if (differs(source, field) && !(type instanceof StringType)) {
                Column value = col(LANDED + field.name());
                Column text = type instanceof ArrayType ? to_json(value) : value.cast(DataTypes.StringType);
                boolean saysTheSame = type.equals(field.dataType())
                        && !(type instanceof ArrayType)
                        && !source.defaults().containsKey(field.name());
                rows = rows.withColumn(
                        LANDED + field.name(), saysTheSame ? when(col(VERDICT).isNotNull(), text) : text);
            }
        }
        return rows.select(outputs(source));
    }

    private boolean isLanded(String column) {
        return Arrays.asList(landed.fieldNames()).contains(column);
    }

    private DataType typeOf(String column) {
        return isLanded(column) ? landed.apply(column).dataType() : DataTypes.StringType;
    }

    private static Column isPresent(String column) {
        return col(LANDED + column).isNotNull();
    }

    /** The first of these that applies. The order is that of {@link RejectReason}. */
    private Column verdict(LocalDate epoch, @Nullable LocalDate lastDay) {
        Optional<Column> happenedOn = source.happened().map(column -> to_date(col(column)));
        if (lastDay != null) {
            happenedOn.ifPresent(day -> verdict = verdict.when(day.gt(lit(lastDay)), lit(LATER)));
        }
        missingFields();
        badTypes();
        negativeAmounts();
        source.happened().ifPresent(column -> {
            Column day = to_date(col(column));
            if (lastDay == null) {
                reject(day.gt(col(LandingReader.ARRIVED)), RejectReason.FUTURE, column);
            }
            reject(day.lt(lit(epoch)), RejectReason.BEFORE_EPOCH, column);
        });
        return verdict;
    }

    private void reject(Column condition, RejectReason reason, String field) {
        verdict = verdict.when(condition, lit(code(reason, field)));
    }

    private void missingFields() {
        source.required().forEach(column -> reject(not(isPresent(column)), RejectReason.MISSING_FIELD, column));
        if (source == Source.EVENTS) {
            Column aboutNothing = not(isPresent("product_id")).and(not(isPresent("content_id")));
            reject(isOf(ABOUT_SOMETHING).and(aboutNothing), RejectReason.MISSING_FIELD, "product_id");
            reject(isOf(ABOUT_A_PRODUCT).and(not(isPresent("product_id"))), RejectReason.MISSING_FIELD, "product_id");
            reject(isOf(WITH_A_PRICE).and(not(isPresent("unit_price"))), RejectReason.MISSING_FIELD, "unit_price");
            reject(isOf(WITH_A_RATING).and(not(isPresent("rating"))), RejectReason.MISSING_FIELD, "rating");
        }
        if (source == Source.CAMPAIGNS) {
            Column aboutNothing = Stream.of("product_id", "category", "brand")
                    .map(column -> not(isPresent(column)))
                    .reduce(Column::and)
                    .orElseThrow();
            reject(aboutNothing, RejectReason.MISSING_FIELD, "product_id");
        }
    }

    private void badTypes() {
        for (StructField field : source.landed()) {
            boolean canFail = !(field.dataType() instanceof StringType || field.dataType() instanceof ArrayType);
            if (canFail && isLanded(field.name())) {
                Column unreadable = col(field.name()).isNull().and(isPresent(field.name()));
                reject(unreadable, RejectReason.BAD_TYPE, field.name());
            }
        }
        for (StructField field : source.landed()) {
            Column value = col(field.name());
            List<Integer> scale = source.scales().get(field.name());
            if (scale != null) {
                Column outside = not(value.between(lit(scale.get(0)), lit(scale.get(1))));
                reject(outside, RejectReason.BAD_TYPE, field.name());
            }
            Set<String> words = source.vocabulary().get(field.name());
            if (words != null) {
                reject(not(value.isin(words.toArray())), RejectReason.BAD_TYPE, field.name());
            }
        }
        if (source == Source.EVENTS) {
            Column tooLarge = col("amount").isNull().and(col("unit_price").isNotNull());
            reject(tooLarge, RejectReason.BAD_TYPE, "unit_price");
            reject(not(isOf(EVENT_TYPES)), RejectReason.UNKNOWN_EVENT_TYPE, "event_type");
        }
        if (source == Source.CAMPAIGNS) {
            reject(col("ends_on").lt(col("starts_on")), RejectReason.BAD_TYPE, "ends_on");
        }
    }

    private void negativeAmounts() {
        for (StructField field : source.landed()) {
            Integer least = source.minAmounts().get(field.name());
            if (least != null) {
                reject(col(field.name()).lt(lit(least)), RejectReason.NEGATIVE_AMOUNT, field.name());
            }
        }
    }

    private static Column isOf(Set<String> types) {
        return col("event_type").isin(types.toArray());
    }
}
