package koc.clean;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads dates and times in given formats, tried in order, and writes them as ISO 8601. */
public final class DateText implements Serializable {
    private static final long serialVersionUID = 1;

    private static final String EPOCH_SECONDS = "epoch-seconds";
    private static final String EPOCH_MILLIS = "epoch-millis";
    private static final String EPOCH_MICROS = "epoch-micros";
    private static final String EXCEL_SERIAL = "excel-serial";

    /** A part of a pattern: a text, in quotes or not, or letters of one kind. A text ends at a bracket. */
    private static final Pattern PATTERN_PART =
            Pattern.compile("(?<text>(?:'[^']*'|[^A-Za-z'\\[\\]])+)|(?<letter>[A-Za-z])\\k<letter>*");
    /** What names a time zone. In a text of a pattern it would be read over. */
    private static final Pattern ZONE_IN_TEXT = Pattern.compile(
            "(?<!\\p{L})(?:Z|UTC|GMT)(?!\\p{L})|\\+\\d|-\\d\\d:?\\d\\d(?!\\d)", Pattern.CASE_INSENSITIVE);
    /** Letters of a pattern that read an offset or the name of a region. */
    private static final String ZONE_LETTERS = "XxZOV";

    private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?([eE]\\+?\\d{1,2})?");
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
    private static final BigDecimal SECONDS_OF_DAY = BigDecimal.valueOf(86_400);
    /** The years in which an epoch number must lie, so that another number is not taken for one: 1990 to 2100. */
    private static final long MIN_EPOCH = Instant.parse("1990-01-01T00:00:00Z").getEpochSecond();

    private static final long MAX_EPOCH = Instant.parse("2100-01-01T00:00:00Z").getEpochSecond();
    /** Day 0 of Excel's dates. From 1900-03-01 on they count from here, because Excel believes in 1900-02-29. */
    private static final LocalDate EXCEL_DAY_0 = LocalDate.of(1899, 12, 30);

    private static final int MIN_EXCEL_DAY = 61;
    private static final int MAX_EXCEL_DAY = 99_999;

    private final ArrayList<String> formats;
    private transient List<Function<String, @Nullable String>> readers;

    /**
     * Of a time with an offset or the name of a region, the instant is read. A date without a time stays as it is written,
     * whatever its offset.
     *
     * @param formats {@code epoch-seconds}, {@code epoch-millis}, {@code epoch-micros}, {@code excel-serial} or patterns
     *     of {@link DateTimeFormatter} without {@link #unreadableZone}
     */
    public DateText(List<String> formats) {
        this.formats = new ArrayList<>(formats);
        this.readers = readers(formats);
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        readers = readers(formats);
    }

    /**
     * The first reading of a text as ISO 8601, or null: {@code 2026/1/8 9:30} becomes {@code 2026-01-08T09:30}, and {@code
     * 1767865800} becomes {@code 2026-01-08T09:50:00Z}.
     */
    public @Nullable String toIso(@Nullable String text) {
        if (text == null) {
            return null;
        }
        for (Function<String, @Nullable String> reader : readers) {
            String iso = reader.apply(text);
            if (iso != null) {
                return iso;
            }
        }
        return null;
    }

    private static List<Function<String, @Nullable String>> readers(List<String> formats) {
        List<Function<String, @Nullable String>> readers = new ArrayList<>();
        for (String format : formats) {
            switch (format) {
                case EPOCH_SECONDS -> readers.add(text -> epoch(text, BigDecimal.ONE));
                case EPOCH_MILLIS -> readers.add(text -> epoch(text, THOUSAND));
                case EPOCH_MICROS -> readers.add(text -> epoch(text, MILLION));
                case EXCEL_SERIAL -> readers.add(DateText::excel);
                default -> {
                    readers.add(pattern(format, Locale.ENGLISH));
                    readers.add(pattern(format, Locale.CHINESE));
                }
            }
        }
        return readers;
    }

    /** The part of a pattern that stands for a time zone which cannot be read for sure; null if there is none. */
    static @Nullable String unreadableZone(String pattern) {
        Matcher part = PATTERN_PART.matcher(pattern);
        while (part.find()) {
            String text = part.group("text");
            boolean isUnreadable = text == null
                    ? part.group().startsWith("z") || part.group().startsWith("v")
                    : ZONE_IN_TEXT.matcher(text.replace("'", "")).find() && !isBesideZone(pattern, part);
            if (isUnreadable) {
                return part.group().strip();
            }
        }
        return null;
    }

    /** Whether the zone is read right before or after this text, as after 'GMT' in {@code 'GMT'Z}. */
    private static boolean isBesideZone(String pattern, Matcher text) {
        return isZoneLetter(pattern, text.start() - 1) || isZoneLetter(pattern, text.end());
    }

    private static boolean isZoneLetter(String pattern, int at) {
        return at >= 0 && at < pattern.length() && ZONE_LETTERS.indexOf(pattern.charAt(at)) >= 0;
    }

    private static Function<String, @Nullable String> pattern(String format, Locale locale) {
        // The year of a strict date is u: y is the year of an era, which no file names.
        String withoutEra = format.replaceAll("y(?=(?:[^']*'[^']*')*[^']*$)", "u");
        DateTimeFormatter formatter = new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(withoutEra)
                .toFormatter(locale)
                .withResolverStyle(ResolverStyle.STRICT);
        return text -> {
            try {
                TemporalAccessor read =
                        formatter.parseBest(text, ZonedDateTime::from, LocalDateTime::from, LocalDate::from);
                // Spark reads years of four digits; others are slips.
                int year = read.get(ChronoField.YEAR);
                boolean isReadable = year >= 0 && year <= 9999;
                return isReadable ? format(read) : null;
            } catch (DateTimeException other) {
                return null;
            }
        };
    }

    private static String format(TemporalAccessor read) {
        // Spark reads an offset only after seconds, which toString leaves out when they are 0.
        return read instanceof ZonedDateTime time
                ? DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time)
                : read.toString();
    }

    private static @Nullable String epoch(String text, BigDecimal unitsInSecond) {
        if (!NUMBER.matcher(text).matches()) {
            return null;
        }
        BigDecimal millis = new BigDecimal(text).multiply(THOUSAND).divide(unitsInSecond, 0, RoundingMode.DOWN);
        BigDecimal seconds = millis.divide(THOUSAND, 0, RoundingMode.DOWN);
        return seconds.compareTo(BigDecimal.valueOf(MIN_EPOCH)) < 0
                        || seconds.compareTo(BigDecimal.valueOf(MAX_EPOCH)) > 0
                ? null
                : Instant.ofEpochMilli(millis.longValueExact()).toString();
    }

    /** The fraction of the day is rounded to seconds, because Excel writes few decimals. */
    private static @Nullable String excel(String text) {
        if (!NUMBER.matcher(text).matches()) {
            return null;
        }
        BigDecimal serial = new BigDecimal(text);
        if (serial.compareTo(BigDecimal.valueOf(MIN_EXCEL_DAY)) < 0
                || serial.compareTo(BigDecimal.valueOf(MAX_EXCEL_DAY)) > 0) {
            return null;
        }
        long seconds = serial.multiply(SECONDS_OF_DAY)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
        return EXCEL_DAY_0.atStartOfDay().plusSeconds(seconds).toString();
    }
}
