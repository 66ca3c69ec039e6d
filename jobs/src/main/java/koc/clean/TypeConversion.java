package koc.clean;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import koc.rules.CategoryPath;
import koc.source.TextFilter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Converts the landing values of one source to the types of their table. A value that cannot be converted becomes null, never
 * an error.
 *
 * <p>Values in the usual form are read by Spark's casts. Only other values reach the functions that know the formats of the
 * settings, because these take longer.
 */
final class TypeConversion {
    /**
     * A day, optionally with a time and an offset. Looser texts must not reach Spark's cast: it reads {@code 12:30} as today
     * at 12:30, and the result would depend on the clock.
     */
    static final String ISO_8601 =
            "\\d{4}-\\d{2}-\\d{2}([T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?( ?(Z|[+-]\\d{2}(:?\\d{2})?))?)?";

    /** A number with at least a hundred decimals. It must not reach Spark's cast, which would need memory for all of them. */
    static final String TOO_MANY_DECIMALS = "[eE]-0*[1-9]\\d{2,}$";

    private static final int MINUTES = "2024-02-29T12:30".length();

    /** Wide enough for every whole number, with enough decimals to see whether a number is whole. */
    static final DecimalType WIDE_DECIMAL = DataTypes.createDecimalType(38, 4);

    private final Source source;
    private final ValueFormat format;
    private final TextCleaning cleaning;
    private final DateText dates;
    private final NumberText numbers;

    TypeConversion(Source source, ValueFormat format) {
        this.source = source;
        this.format = format;
        this.cleaning = new TextCleaning(format.nullValues());
        this.dates = new DateText(format.dates());
        this.numbers =
                new NumberText(format.numbers().decimal(), format.numbers().thousands(), format.currency());
    }

    /** The type of a column after {@link #strip}: bytes are read as text. */
    static DataType strippedType(DataType from) {
        return from instanceof BinaryType ? DataTypes.StringType : from;
    }

    /**
     * The value without what surrounds it, null when nothing remains. Only texts and numbers that are infinite or not a number change.
     *
     * @param to the declared column
     */
    Column strip(Column landed, StructField to, DataType from) {
        if (strippedType(from) instanceof StringType) {
            TextCleaning.Kind kind = kind(source, to);
            TextCleaning clean = cleaning;
            return text(text -> clean.clean(kind, text), landed.cast(DataTypes.StringType));
        }
        // Spark takes what is not a number for more than infinite.
        return isFloating(from) ? when(abs(landed).lt(Double.POSITIVE_INFINITY), landed) : landed;
    }

    /** Strips the texts of a column as {@link #strip} does, but faster: while they are read. */
    TextFilter textFilter(StructField to) {
        TextCleaning.Kind kind = kind(source, to);
        TextCleaning clean = cleaning;
        return text -> clean.clean(kind, text);
    }

    /** How the texts of a column are cleaned. */
    static TextCleaning.Kind kind(Source source, StructField to) {
        if (Source.isId(to.name())) {
            return TextCleaning.Kind.ID;
        }
        if (to.name().equals(Source.INVITATION)) {
            return TextCleaning.Kind.INVITATION;
        }
        boolean isFreeText = to.dataType() instanceof StringType && !hasWords(source, to);
        return isFreeText || to.dataType() instanceof ArrayType ? TextCleaning.Kind.TEXT : TextCleaning.Kind.CODE;
    }

    /**
     * The value in the type that its table declares, or null.
     *
     * @param landed as {@link #strip} returns it
     * @param from as {@link #strippedType} returns it
     */
    Column convert(Column landed, StructField field, DataType from) {
        DataType to = field.dataType();
        if (to instanceof StringType) {
            return string(landed, field, from);
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
        if (to.equals(DataTypes.BooleanType)) {
            return isNumberOrBoolean(from) ? landed.try_cast(to) : flag(text(landed, from), field);
        }
        if (to instanceof DecimalType) {
            return isNumberOrBoolean(from) ? landed.try_cast(to) : number(text(landed, from), to);
        }
        return wholeNumber(landed, from, to);
    }

    private Column string(Column landed, StructField field, DataType from) {
        Column text = text(landed, from);
        if (hasWords(source, field)) {
            return translated(text, field);
        }
        if (isFloating(from) || from instanceof DecimalType) {
            TextCleaning clean = cleaning;
            return text(number -> clean.clean(TextCleaning.Kind.ID, number), text);
        }
        boolean isPath = field.name().equals("category");
        if (isPath && !format.categorySeparator().equals(CategoryPath.SEPARATOR)) {
            String separator = "\\s*" + Pattern.quote(format.categorySeparator()) + "\\s*";
            Column levels = regexp_replace(text, "^(" + separator + ")+|(" + separator + ")+$", "");
            return CategoryPath.normalize(regexp_replace(levels, separator, CategoryPath.SEPARATOR));
        }
        return text;
    }

    /** A required word that has no meaning stays, so that the row is rejected with it; an optional one becomes null. */
    private Column translated(Column text, StructField field) {
        Set<String> allowed = source.words().getOrDefault(field.name(), Set.of());
        WordText words = new WordText(format.wordsOf(source, field.name()));
        Column translated = source.mustBeReadable().contains(field.name())
                ? text(words::translate, text)
                : text(words::translateOrNull, text);
        return when(text.isin(allowed.toArray()), text).otherwise(translated);
    }

    private Column flag(Column text, StructField field) {
        WordText words = new WordText(format.wordsOf(source, field.name()));
        return coalesce(
                text(words::translateOrNull, text).try_cast(DataTypes.BooleanType),
                text.try_cast(DataTypes.BooleanType));
    }

    private static boolean hasWords(Source source, StructField field) {
        return field.dataType() instanceof StringType && source.words().containsKey(field.name());
    }

    private static Column text(UDF1<String, String> function, Column text) {
        return when(text.isNotNull(), udf(function, DataTypes.StringType).apply(text));
    }

    private static boolean isNumberOrBoolean(DataType from) {
        return from instanceof NumericType || from.equals(DataTypes.BooleanType);
    }

    private static boolean isFloating(DataType from) {
        return from instanceof DoubleType || from instanceof FloatType;
    }

    private static Column text(Column landed, DataType from) {
        return from instanceof StringType ? landed : landed.cast(DataTypes.StringType);
    }

    private Column instant(Column landed, DataType from) {
        if (from instanceof TimestampType || from instanceof TimestampNTZType || from instanceof DateType) {
            return landed.cast(DataTypes.TimestampType);
        }
        Column text = text(landed, from);
        // ISO 8601 allows an offset right after the minutes; Spark's cast does not.
        Column withSeconds = concat(substring(text, 1, MINUTES), lit(":00"), substring(text, MINUTES + 1, MINUTES));
        Column instant =
                coalesce(text.try_cast(DataTypes.TimestampType), withSeconds.try_cast(DataTypes.TimestampType));
        return coalesce(
                when(text.rlike("^" + ISO_8601 + "$"), instant),
                text(dates::toIso, text).try_cast(DataTypes.TimestampType));
    }

    private Column number(Column text, DataType to) {
        Column formatted = text(numbers::toPlain, text).try_cast(to);
        // Most numbers have no exponent, so that the pattern is seldom asked.
        Column isTooSmall = text.contains("-").and(text.rlike(TOO_MANY_DECIMALS));
        return format.numbers().isPlain() ? coalesce(when(not(isTooSmall), text.try_cast(to)), formatted) : formatted;
    }

    /** A number without remainder is whole, because spreadsheets and data frames write 2 as 2.0. */
    private Column wholeNumber(Column landed, DataType from, DataType to) {
        if (isNumberOrBoolean(from)) {
            return whole(landed.try_cast(WIDE_DECIMAL), to);
        }
        Column text = text(landed, from);
        Column exact = whole(number(text, WIDE_DECIMAL), to);
        return format.numbers().isPlain() ? coalesce(text.try_cast(to), exact) : exact;
    }

    private static Column whole(Column exact, DataType to) {
        return when(exact.equalTo(floor(exact)), exact).try_cast(to);
    }

    private static Column labels(Column landed, DataType from) {
        if (from instanceof ArrayType) {
            return nonEmpty(landed.cast(DataTypes.createArrayType(DataTypes.StringType)));
        }
        Column text = text(landed, from);
        Column fromJson = from_json(text, DataTypes.createArrayType(DataTypes.StringType), Map.of());
        return nonEmpty(when(text.startsWith("["), fromJson).otherwise(split(text, "[;；]")));
    }

    private static Column nonEmpty(Column labels) {
        Column present = filter(transform(labels, label -> trim(label)), label -> label.notEqual(""));
        return when(size(present).gt(lit(0)), present);
    }
}
