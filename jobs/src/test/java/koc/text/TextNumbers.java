package koc.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;

/**
 * What is wrong with a sentence, compared with the values of its row: it is too long, has too many numbers, or a number that no
 * column has when it is rounded to as many decimals. Digits in names are not numbers.
 */
public final class TextNumbers {
    static final int MAX_LENGTH = 160;
    static final int MAX_NUMBERS = 4;

    /** How far a published value with 4 decimals is from the value of which a text tells. */
    private static final BigDecimal PUBLISHED_ROUNDING = new BigDecimal("0.00005");

    /** A date, or a number with its sign, thousands separators, decimals and percent sign. */
    private static final Pattern NUMBER = Pattern.compile("\\d{4}-\\d{2}-\\d{2}|-?\\d+(?:,\\d{3})*(?:\\.\\d+)?%?");

    private TextNumbers() {}

    /**
     * The faults of a sentence, in words; none when it is right.
     *
     * @param text of the sentence
     * @param names that it may contain, as in the columns of its row: they are also found shortened ({@link ShortName})
     * @param values of the columns of its row
     */
    public static List<String> faults(String text, Collection<String> names, Collection<?> values) {
        List<String> faults = new ArrayList<>();
        int length = text.codePointCount(0, text.length());
        if (length > MAX_LENGTH) {
            faults.add(length + " characters: " + text);
        }
        List<String> numbers = numbers(text, names);
        if (numbers.size() > MAX_NUMBERS) {
            faults.add(numbers.size() + " numbers: " + text);
        }
        numbers.stream()
                .filter(number -> values.stream().noneMatch(value -> isRounded(number, value)))
                .forEach(number -> faults.add("no column is " + number + ": " + text));
        return faults;
    }

    /**
     * The faults of a sentence in a row; none when it is right, or null.
     *
     * @param column of the sentence
     * @param names that it may contain: of the row's columns, or of other tables
     */
    public static List<String> faults(Row row, String column, String... names) {
        String text = row.getAs(column);
        List<String> columns = List.of(row.schema().fieldNames());
        List<String> inText = Stream.of(names)
                .map(name -> columns.contains(name) ? row.<String>getAs(name) : name)
                .filter(Objects::nonNull)
                .toList();
        List<Object> values = IntStream.range(0, row.size())
                .mapToObj(row::get)
                .filter(Objects::nonNull)
                .toList();
        return text == null
                ? List.of()
                : faults(text, inText, values).stream()
                        .map(fault -> column + ": " + fault)
                        .toList();
    }

    /** The numbers of a sentence, in order, without those in names. */
    static List<String> numbers(String text, Collection<String> names) {
        String rest = text;
        for (String name : forms(names)) {
            rest = rest.replace(name, " ");
        }
        Matcher matcher = NUMBER.matcher(rest);
        List<String> numbers = new ArrayList<>();
        while (matcher.find()) {
            numbers.add(matcher.group());
        }
        return numbers;
    }

    /** The names with a digit and how they look when they are shortened, the longest first. */
    private static Set<String> forms(Collection<String> names) {
        Set<String> forms = new TreeSet<>(
                Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        names.stream()
                .filter(name -> name.chars().anyMatch(Character::isDigit))
                // A number alone could hide a number of the sentence.
                .filter(name -> !NUMBER.matcher(name).matches())
                .flatMap(TextNumbers::shortened)
                .filter(form -> form.chars().anyMatch(Character::isDigit))
                .forEach(forms::add);
        return forms;
    }

    /** The name, and how it looks in at most 80 characters or fewer. */
    private static Stream<String> shortened(String name) {
        String line = ShortName.of(name, MAX_LENGTH);
        return Stream.concat(
                Stream.of(name, line),
                Stream.iterate(5, length -> length <= 80, length -> length + 1)
                        .map(length -> ShortName.of(line, length)));
    }

    /** Whether the number is this value, rounded to the decimals of the number; 12% is the fraction .12. */
    static boolean isRounded(String number, Object value) {
        if (value instanceof Date || value instanceof LocalDate) {
            return number.equals(value.toString());
        }
        if (!(value instanceof Number) || number.matches("\\d{4}-\\d{2}-\\d{2}")) {
            return false;
        }
        if (value instanceof Double fraction && !Double.isFinite(fraction)) {
            return false;
        }
        boolean isPercent = number.endsWith("%");
        BigDecimal quoted = new BigDecimal(number.replace(",", "").replace("%", ""));
        BigDecimal exact = new BigDecimal(value.toString());
        BigDecimal scaled = isPercent ? exact.movePointRight(2) : exact;
        // Published values are rounded before: 2.49996 is "2" in a text, and 2.5 in its column.
        BigDecimal slack = isPercent ? PUBLISHED_ROUNDING.movePointRight(2) : PUBLISHED_ROUNDING;
        return Stream.of(scaled, scaled.add(slack), scaled.subtract(slack))
                .anyMatch(near ->
                        near.setScale(quoted.scale(), RoundingMode.HALF_UP).compareTo(quoted) == 0);
    }
}
