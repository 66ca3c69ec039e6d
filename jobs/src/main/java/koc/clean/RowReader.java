package koc.clean;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
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
    private static final Pattern TOO_MANY_DECIMALS = Pattern.compile(TypeConversion.TOO_MANY_DECIMALS);
    private static final TextCleaning ANY_VALUE = new TextCleaning(List.of());
    private static final int DATE_LENGTH = "2024-02-29".length();
    private static final int MINUTES_LENGTH = "2024-02-29T12:30".length();
    private static final Pattern OFFSET = Pattern.compile("(Z|[+-]\\d{2}(:?\\d{2})?)$");

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
        return cleaning.clean(TypeConversion.kind(source, source.table().column(column)), landed);
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
        BigDecimal exact = exactNumber(text);
        BigDecimal number = exact == null ? null : rounded(exact, type);
        if (number == null) {
            return null;
        }
        List<Integer> range = source.ranges().get(column);
        boolean isInRange = range == null
                || (number.compareTo(BigDecimal.valueOf(range.get(0))) >= 0
                        && number.compareTo(BigDecimal.valueOf(range.get(1))) <= 0);
        return isInRange ? number.stripTrailingZeros().toPlainString() : null;
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

    /** The number as its column has it; null if it is too large, or not whole where it must be. */
    private static @Nullable BigDecimal rounded(BigDecimal number, DataType type) {
        DecimalType to = type instanceof DecimalType decimal ? decimal : TypeConversion.WIDE_DECIMAL;
        // Asked before rounding: written out, 9E999999999 does not fit into memory.
        if ((long) number.precision() - number.scale() > to.precision() - to.scale()) {
            return null;
        }
        BigDecimal rounded = number.setScale(to.scale(), RoundingMode.HALF_UP);
        return rounded.precision() <= to.precision() && fits(rounded, type) ? rounded : null;
    }

    /** Whether a rounded number can be a value of the type: any decimal, or an integer that is not too large. */
    private static boolean fits(BigDecimal number, DataType type) {
        if (type instanceof DecimalType) {
            return true;
        }
        int bytes = type.defaultSize();
        return number.stripTrailingZeros().scale() <= 0 && number.toBigInteger().bitLength() < Byte.SIZE * bytes;
    }

    private @Nullable BigDecimal exactNumber(String text) {
        if (TOO_MANY_DECIMALS.matcher(text).find()) {
            return null;
        }
        if (format.numbers().isPlain()) {
            try {
                return new BigDecimal(text);
            } catch (NumberFormatException other) {
                // A text with the sign of a currency, or none at all.
            }
        }
        String plain = numbers.toPlain(text);
        return plain == null ? null : new BigDecimal(plain);
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
                String time = OFFSET.matcher(text.substring(DATE_LENGTH + 1)).replaceFirst("");
                LocalTime unusedTime = LocalTime.parse(time.strip());
            }
            ZoneOffset unusedOffset = offset(text);
            return true;
        } catch (DateTimeException wrong) {
            return false;
        }
    }

    /** The offset in a text of ISO 8601; null if it has none. */
    private static @Nullable ZoneOffset offset(String iso) {
        Matcher offset = OFFSET.matcher(iso);
        return iso.length() > MINUTES_LENGTH && offset.find() ? ZoneOffset.of(offset.group()) : null;
    }

    /**
     * Why the row would be rejected, such as {@code missing_field (user_id)}; empty for an accepted row. Whether it happened
     * after its arrival is not asked.
     *
     * @param landed the value of each column as it landed
     * @param epoch the first day on which anything can have happened
     * @param zone time zone of days
     */
    public Optional<String> problem(UnaryOperator<@Nullable String> landed, LocalDate epoch, ZoneId zone) {
        UnaryOperator<@Nullable String> values = withConstants(landed);
        String type = source == Source.EVENTS ? read("event_type", values.apply("event_type")) : null;
        return Stream.<Supplier<@Nullable String>>of(
                        () -> missingField(values, type),
                        () -> badType(values, type),
                        () -> contradiction(values, epoch, zone),
                        () -> negativeAmount(values, type),
                        () -> beforeEpoch(values, epoch, zone))
                .map(Supplier::get)
                .flatMap(Stream::ofNullable)
                .findFirst();
    }

    private UnaryOperator<@Nullable String> withConstants(UnaryOperator<@Nullable String> landed) {
        Map<String, String> constants = format.constantsOf(source);
        return column -> {
            String value = landed.apply(column);
            return strip(column, value) == null ? constants.get(column) : value;
        };
    }

    private @Nullable String missingField(UnaryOperator<@Nullable String> values, @Nullable String type) {
        Set<String> filled = format.filledColumns(source);
        for (String column : source.required()) {
            if (strip(column, values.apply(column)) == null && !filled.contains(column)) {
                return problem(RejectReason.MISSING_FIELD, column);
            }
        }
        List<List<String>> needed = source == Source.CAMPAIGNS
                ? List.of(RowRules.CAMPAIGN_SUBJECTS)
                : type == null ? List.of() : RowRules.needed(type);
        for (List<String> anyOf : needed) {
            if (anyOf.stream().allMatch(column -> strip(column, values.apply(column)) == null)) {
                return problem(RejectReason.MISSING_FIELD, anyOf.get(0));
            }
        }
        return null;
    }

    private @Nullable String badType(UnaryOperator<@Nullable String> values, @Nullable String type) {
        for (StructField field : source.landed()) {
            String column = field.name();
            String value = values.apply(column);
            if (isNeeded(column, type) && strip(column, value) != null && read(column, value) == null) {
                return problem(
                        column.equals("event_type") ? RejectReason.UNKNOWN_EVENT_TYPE : RejectReason.BAD_TYPE, column);
            }
        }
        return null;
    }

    private boolean isNeeded(String column, @Nullable String type) {
        return source.mustBeReadable().contains(column)
                || (type != null
                        && RowRules.typesThatNeed(source, column)
                                .filter(types -> types.contains(type))
                                .isPresent());
    }

    private boolean isRejectedIfNegative(String column, @Nullable String type) {
        return source.mustBeReadable().contains(column)
                || (type != null
                        && RowRules.typesRejectedIfNegative(source, column)
                                .filter(types -> types.contains(type))
                                .isPresent());
    }

    private @Nullable String contradiction(UnaryOperator<@Nullable String> values, LocalDate epoch, ZoneId zone) {
        return switch (source) {
            case TIES -> endsBefore(values, "since", "until", epoch, zone);
            case CAMPAIGNS -> endsBefore(values, "starts_on", "ends_on", epoch, zone);
            case EVENTS -> tooLargeAmount(values);
            case USERS, PRODUCTS, COSTS, ASSETS -> null;
        };
    }

    private @Nullable String tooLargeAmount(UnaryOperator<@Nullable String> values) {
        String type = read("event_type", values.apply("event_type"));
        String price = read("unit_price", values.apply("unit_price"));
        if (price == null || !isNeeded("unit_price", type)) {
            return null;
        }
        String quantity = read("quantity", values.apply("quantity"));
        BigDecimal amount =
                quantity == null ? new BigDecimal(price) : new BigDecimal(price).multiply(new BigDecimal(quantity));
        return rounded(amount, type("amount")) == null ? problem(RejectReason.BAD_TYPE, "unit_price") : null;
    }

    private @Nullable String endsBefore(
            UnaryOperator<@Nullable String> values, String begin, String end, LocalDate epoch, ZoneId zone) {
        LocalDate first = possibleDay(begin, values.apply(begin), epoch, zone);
        LocalDate last = possibleDay(end, values.apply(end), epoch, zone);
        return first != null && last != null && last.isBefore(first) ? problem(RejectReason.BAD_TYPE, end) : null;
    }

    private @Nullable String negativeAmount(UnaryOperator<@Nullable String> values, @Nullable String type) {
        for (StructField field : source.landed()) {
            String column = field.name();
            Number minimum = source.minAmounts().get(column);
            if (minimum != null && isRejectedIfNegative(column, type)) {
                String number = read(column, values.apply(column));
                if (number != null && new BigDecimal(number).compareTo(new BigDecimal(minimum.toString())) < 0) {
                    return problem(RejectReason.NEGATIVE_AMOUNT, column);
                }
            }
        }
        return null;
    }

    private @Nullable String beforeEpoch(UnaryOperator<@Nullable String> values, LocalDate epoch, ZoneId zone) {
        String column = source.happenedAt().orElse("");
        LocalDate day = column.isEmpty() ? null : possibleDay(column, values.apply(column), epoch, zone);
        return day != null && day.isBefore(epoch) ? problem(RejectReason.BEFORE_EPOCH, column) : null;
    }

    /** The day of a date or time; null if there is none, or if it is left out because it lies before the epoch. */
    private @Nullable LocalDate possibleDay(String column, @Nullable String landed, LocalDate epoch, ZoneId zone) {
        String iso = read(column, landed);
        if (iso == null) {
            return null;
        }
        LocalDate day = day(iso, zone);
        return day.isBefore(epoch) && !source.mustBeReadable().contains(column) ? null : day;
    }

    private static LocalDate day(String iso, ZoneId zone) {
        LocalDate day = LocalDate.parse(iso.substring(0, DATE_LENGTH));
        ZoneOffset offset = offset(iso);
        return offset == null
                ? day
                : day.atTime(LocalTime.parse(iso.substring(DATE_LENGTH + 1, MINUTES_LENGTH)))
                        .atOffset(offset)
                        .atZoneSameInstant(zone)
                        .toLocalDate();
    }

    private static String problem(RejectReason reason, String column) {
        return reason.code() + " (" + column + ")";
    }

    private DataType type(String column) {
        return source.table().column(column).dataType();
    }
}
