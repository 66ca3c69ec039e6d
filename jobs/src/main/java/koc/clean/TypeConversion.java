package koc.clean;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/** Converts landing values to the types of their tables. A value that cannot be converted becomes null, never an error. */
final class TypeConversion {
    /**
     * A day, optionally with a time and an offset. Looser texts must not reach Spark's cast: it reads {@code 12:30} as today
     * at 12:30, and the result would depend on the clock.
     */
    private static final String ISO_8601 =
            "\\d{4}-\\d{2}-\\d{2}([T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?( ?(Z|[+-]\\d{2}(:?\\d{2})?))?)?";

    private static final int MINUTES = "2024-02-29T12:30".length();

    /** Wide enough for every whole number, with enough decimals to see whether a number is whole. */
    private static final DataType WIDE_DECIMAL = DataTypes.createDecimalType(38, 4);

    private TypeConversion() {}

    /** Text without surrounding blanks, null when nothing remains; values of other types unchanged. */
    static Column strip(Column landed, DataType from) {
        return from instanceof StringType ? nullif(trim(landed), lit("")) : landed;
    }

    /**
     * The value in the type that its table declares, or null.
     *
     * @param landed as {@link #strip} returns it
     */
    static Column convert(Column landed, DataType from, DataType to) {
        if (to instanceof StringType) {
            return text(landed, from);
        }
        if (to instanceof TimestampType) {
            return instant(landed, from);
        }
        if (to instanceof DateType) {
            return instant(landed, from).cast(to);
        }
        if (to instanceof ArrayType) {
            return labels(landed, from);
        }
        if (to instanceof DecimalType || to.equals(DataTypes.BooleanType)) {
            return (isNumberOrBoolean(from) ? landed : text(landed, from)).try_cast(to);
        }
        return wholeNumber(landed, from, to);
    }

    private static boolean isNumberOrBoolean(DataType from) {
        return from instanceof NumericType || from.equals(DataTypes.BooleanType);
    }

    private static Column text(Column landed, DataType from) {
        return from instanceof StringType ? landed : landed.cast(DataTypes.StringType);
    }

    private static Column instant(Column landed, DataType from) {
        if (from instanceof TimestampType || from instanceof TimestampNTZType || from instanceof DateType) {
            return landed.cast(DataTypes.TimestampType);
        }
        Column text = text(landed, from);
        // ISO 8601 allows an offset right after the minutes; Spark's cast does not.
        Column withSeconds = concat(substring(text, 1, MINUTES), lit(":00"), substring(text, MINUTES + 1, MINUTES));
        Column instant =
                coalesce(text.try_cast(DataTypes.TimestampType), withSeconds.try_cast(DataTypes.TimestampType));
        return when(text.rlike("^" + ISO_8601 + "$"), instant);
    }

    /** A number without remainder is whole, because spreadsheets and data frames write 2 as 2.0. */
    private static Column wholeNumber(Column landed, DataType from, DataType to) {
        Column text = isNumberOrBoolean(from) ? landed : text(landed, from);
        Column exact = text.try_cast(WIDE_DECIMAL);
        Column withoutRemainder = when(exact.equalTo(floor(exact)), exact).try_cast(to);
        return isNumberOrBoolean(from) ? withoutRemainder : coalesce(text.try_cast(to), withoutRemainder);
    }

    private static Column labels(Column landed, DataType from) {
        if (from instanceof ArrayType) {
            return nonEmpty(landed.cast(DataTypes.createArrayType(DataTypes.StringType)));
        }
        Column text = text(landed, from);
        Column fromJson = from_json(text, DataTypes.createArrayType(DataTypes.StringType), Map.of());
        return nonEmpty(when(text.startsWith("["), fromJson).otherwise(split(text, ";")));
    }

    private static Column nonEmpty(Column labels) {
        Column present = filter(transform(labels, label -> trim(label)), label -> label.notEqual(""));
        return when(size(present).gt(lit(0)), present);
    }
}
