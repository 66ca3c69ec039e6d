package koc.clean;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * Reads single rows as the clean job reads them, without Spark: with the same functions for blanks, dates, numbers and words.
 * It judges a row by itself; duplicates and products that do not exist are not found.
 */
public final class RowReader {
    private static final Pattern ISO_8601 = Pattern.compile(TypeConversion.ISO_8601);
    private static final TextCleaning ANY_VALUE = new TextCleaning(List.of());
    private static final int DATE_LENGTH = "2024-02-29".length();
    private static final int MINUTES_LENGTH = "2024-02-29T12:30".length();

    private final Source source;
    private final ValueFormat format;
    private final TextCleaning cleaning;
    private final DateText dates;
    private final NumberText numbers;
    private final Map<String, WordText> words = new HashMap<>();

    public RowReader(Source source, ValueFormat format) {
        this.source = source;
        this.format = format;
        this.cleaning = new TextCleaning(format.nullValues());
        this.dates = new DateText(format.dates());
        this.numbers =
                new NumberText(format.numbers().decimal(), format.numbers().thousands(), format.currency());
        source.words().keySet().forEach(column -> words.put(column, new WordText(format.wordsOf(source, column))));
    }

    /** The value without what surrounds it; null if it stands for no value. */
    public @Nullable String strip(String column, @Nullable String landed) {
        if (Source.isId(column)) {
            return cleaning.id(landed);
        }
        DataType type = type(column);
        boolean isFreeText = type instanceof ArrayType || (type instanceof StringType && !words.containsKey(column));
        return isFreeText ? cleaning.text(landed) : cleaning.code(landed);
    }

    /** The value as the table has it, as a text; null if there is none or it cannot be read. */
    public @Nullable String read(String column, @Nullable String landed) {
        String text = strip(column, landed);
        if (text == null) {
            return null;
        }
        DataType type = type(column);
        if (type instanceof TimestampType || type instanceof DateType) {
            return isIso(text) ? text : dates.toIso(text);
        }
        if (words.containsKey(column)) {
            return readWord(column, text);
        }
        if (type instanceof StringType || type instanceof ArrayType) {
            return text;
        }
        String number = number(text);
        boolean isWhole = type.equals(DataTypes.IntegerType) || type.equals(DataTypes.LongType);
        if (number == null
                || (isWhole && new BigDecimal(number).stripTrailingZeros().scale() > 0)) {
            return null;
        }
        List<Integer> range = source.ranges().get(column);
        boolean isInRange = range == null
                || (new BigDecimal(number).compareTo(BigDecimal.valueOf(range.get(0))) >= 0
                        && new BigDecimal(number).compareTo(BigDecimal.valueOf(range.get(1))) <= 0);
        return isInRange ? number : null;
    }

    private @Nullable String readWord(String column, String text) {
        String word = Objects.requireNonNull(words.get(column)).translateOrNull(text);
        if (word == null && type(column).equals(DataTypes.BooleanType)) {
            return Set.of("t", "y", "1").contains(text)
                    ? "true"
                    : Set.of("f", "n", "0").contains(text) ? "false" : null;
        }
        return word;
    }

    private @Nullable String number(String text) {
        if (format.numbers().isPlain()) {
            try {
                return new BigDecimal(text).toPlainString();
            } catch (NumberFormatException other) {
                return numbers.toPlain(text);
            }
        }
        return numbers.toPlain(text);
    }

    /** A value without blanks and quotes around it. */
    public static String withoutQuotes(String landed) {
        String text = ANY_VALUE.code(landed);
        return text == null ? "" : text;
    }

    /** Whether a text is a date or time in ISO 8601, which needs no setting. */
    public static boolean isIso(String text) {
        if (!ISO_8601.matcher(text).matches()) {
            return false;
        }
        try {
            LocalDate unusedDay = LocalDate.parse(text.substring(0, DATE_LENGTH));
            if (text.length() >= MINUTES_LENGTH) {
                LocalTime unusedTime = LocalTime.parse(text.substring(DATE_LENGTH + 1, MINUTES_LENGTH));
            }
            return true;
        } catch (DateTimeException wrong) {
            return false;
        }
    }

    /**
     * Why the row would be rejected, such as {@code missing_field (user_id)}; empty for an accepted row.
     *
     * @param landed the value of each column as it landed
     */
    public Optional<String> problem(UnaryOperator<@Nullable String> landed) {
        Map<String, String> constants = format.constantsOf(source);
        Set<String> filled = format.filledColumns(source);
        String type = source == Source.EVENTS ? read("event_type", orConstant("event_type", landed, constants)) : null;
        for (String column : source.required()) {
            if (strip(column, orConstant(column, landed, constants)) == null && !filled.contains(column)) {
                return Optional.of("missing_field (" + column + ")");
            }
        }
        if (type != null) {
            for (List<String> anyOf : RowRules.needed(type)) {
                if (anyOf.stream().allMatch(column -> strip(column, orConstant(column, landed, constants)) == null)) {
                    return Optional.of("missing_field (" + anyOf.get(0) + ")");
                }
            }
        }
        for (StructField field : source.landed()) {
            String column = field.name();
            String value = orConstant(column, landed, constants);
            boolean isNeeded = source.mustBeReadable().contains(column)
                    || (type != null && RowRules.needed(type).contains(List.of(column)));
            if (isNeeded && strip(column, value) != null && read(column, value) == null) {
                return Optional.of(
                        (column.equals("event_type") ? "unknown_event_type (" : "bad_type (") + column + ")");
            }
        }
        return Optional.empty();
    }

    private @Nullable String orConstant(
            String column, UnaryOperator<@Nullable String> landed, Map<String, String> constants) {
        String value = landed.apply(column);
        return strip(column, value) == null ? constants.get(column) : value;
    }

    private DataType type(String column) {
        return source.table().column(column).dataType();
    }
}
