package koc.clean;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import koc.rules.Invitations;
import koc.source.SurroundingMarks;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Removes what surrounds a landing value: blanks of every kind, and for all but free text also quotes. Pure functions of one
 * text; null and the texts that stand for no value give null.
 */
final class TextCleaning implements Serializable {
    private static final long serialVersionUID = 1;

    /** Excel's way to keep a number as text: {@code ="007"}. */
    private static final Pattern FORMULA = Pattern.compile("=\\s*\"(.*)\"", Pattern.DOTALL);

    /** The user who invited another one, as acquired_via names them: {@code koc:} and an identifier. */
    private static final Pattern INVITER =
            Pattern.compile("koc[\\s\\p{Z}]*[:：](.*)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** Marks before a number that keep a spreadsheet from changing it. */
    private static final String TEXT_MARKS = "'`";

    /** A whole number written with decimals: {@code 10000052.0}. */
    private static final Pattern WHOLE_WITH_DECIMALS = Pattern.compile("(-?\\d+)\\.0+");
    /** A number with an exponent. {@code 1e10} and {@code 3E12} do not count: product codes look like that. */
    private static final Pattern WITH_EXPONENT =
            Pattern.compile("-?(\\d)(?:\\.(\\d+)(?:[eE]\\+?)|(?:[eE]\\+))(\\d{1,3})");
    /** The largest whole number up to which a double holds every whole number: 2^53. */
    private static final BigDecimal LARGEST_EXACT = new BigDecimal(1L << 53);

    private final HashSet<String> nullValues;
    private final HashSet<UTF8String> nullBytes = new HashSet<>();
    private final int longestNull;

    /** How the texts of a column are cleaned. */
    enum Kind {
        TEXT,
        CODE,
        ID,
        INVITATION
    }

    /** @param nullValues texts that stand for no value, compared without the blanks around them */
    TextCleaning(Collection<String> nullValues) {
        this.nullValues = new HashSet<>(nullValues);
        nullValues.forEach(text -> nullBytes.add(UTF8String.fromString(text)));
        this.longestNull =
                nullBytes.stream().mapToInt(UTF8String::numBytes).max().orElse(0);
    }

    /** The text as {@link #text}, {@link #code} or {@link #id} returns it. */
    @Nullable
    String clean(Kind kind, @Nullable String landed) {
        return switch (kind) {
            case TEXT -> text(landed);
            case CODE -> code(landed);
            case ID -> id(landed);
            case INVITATION -> invitation(landed);
        };
    }

    /** The same for a text in UTF-8. Most texts are clean, which is seen without decoding them. */
    @Nullable
    UTF8String clean(Kind kind, UTF8String landed) {
        return isClean(kind, landed) ? landed : UTF8String.fromString(clean(kind, landed.toString()));
    }

    /** Whether a text is surely clean: it begins and ends with visible ASCII, and nothing in it is to be changed. */
    private boolean isClean(Kind kind, UTF8String text) {
        int length = text.numBytes();
        if (length == 0 || !isVisible(text.getByte(length - 1)) || isNull(text, length)) {
            return false;
        }
        byte first = text.getByte(0);
        return switch (kind) {
            case TEXT -> isVisible(first) && first != '=';
            case CODE -> SurroundingMarks.isLetterOrDigit((char) first);
            case ID -> SurroundingMarks.isLetterOrDigit((char) first) && !(first <= '9' && mayHaveDecimals(text));
            case INVITATION -> false;
        };
    }

    private boolean isNull(UTF8String text, int length) {
        return length <= longestNull && nullBytes.contains(text);
    }

    private static boolean isVisible(byte one) {
        return one > ' ' && one < 0x7f;
    }

    /** Whether an identifier has a point or a plus sign, without which no number has decimals or an exponent. */
    private static boolean mayHaveDecimals(UTF8String text) {
        for (int i = 0; i < text.numBytes(); i++) {
            byte one = text.getByte(i);
            if (one == '.' || one == '+') {
                return true;
            }
        }
        return false;
    }

    /** Free text without surrounding blanks. Quotes stay, because they may belong to a title. */
    @Nullable
    String text(@Nullable String landed) {
        if (landed == null) {
            return null;
        }
        return orNull(withoutFormula(SurroundingMarks.stripBlanks(landed)));
    }

    /** A number, date or word without surrounding blanks and quotes. */
    @Nullable
    String code(@Nullable String landed) {
        return landed == null ? null : orNull(unquote(landed));
    }

    /**
     * An identifier without surrounding blanks and quotes. A whole number that was written as a decimal number is written as a
     * whole number, as long as it is exact: {@code 10000052.0} and {@code 1.0000052E7} become {@code 10000052}.
     *
     * <p>A number that lost digits stays in the form {@code 1.23457E+17}, for {@link IdCheck} to find.
     */
    @Nullable
    String id(@Nullable String landed) {
        String id = code(landed);
        return id == null ? null : wholeNumber(id);
    }

    /** A channel as free text, or {@code koc:} and the identifier of a user, which is cleaned as other identifiers are. */
    private @Nullable String invitation(@Nullable String landed) {
        String code = code(landed);
        Matcher inviter = INVITER.matcher(code == null ? "" : code);
        if (!inviter.matches()) {
            return text(landed);
        }
        String id = id(inviter.group(1));
        return id == null ? null : Invitations.INVITED_BY + id;
    }

    private static String wholeNumber(String id) {
        int length = id.length();
        char first = id.charAt(0);
        boolean mayBeNumber = (first >= '0' && first <= '9') || first == '-';
        if (length < 3 || !mayBeNumber) {
            return id;
        }
        Matcher decimals = WHOLE_WITH_DECIMALS.matcher(id);
        if (decimals.matches()) {
            return decimals.group(1);
        }
        Matcher exponent = WITH_EXPONENT.matcher(id);
        if (!exponent.matches()) {
            return id;
        }
        String fraction = exponent.group(2) == null ? "" : exponent.group(2);
        BigDecimal value = new BigDecimal(id);
        boolean isWhole = value.stripTrailingZeros().scale() <= 0;
        // A spreadsheet writes E+ and as many digits as its cell shows; Java and Parquet write all digits and no plus.
        boolean hasAllDigits = id.indexOf('+') < 0 || fraction.length() >= Integer.parseInt(exponent.group(3));
        return isWhole && hasAllDigits && value.abs().compareTo(LARGEST_EXACT) <= 0
                ? value.toBigInteger().toString()
                : id.replaceFirst("[eE]\\+?", "E+");
    }

    private @Nullable String orNull(String text) {
        return text.isEmpty() || nullValues.contains(text) ? null : text;
    }

    private static String unquote(String landed) {
        String text = SurroundingMarks.stripBlanks(landed);
        while (!text.isEmpty() && !SurroundingMarks.isLetterOrDigit(text.charAt(0))) {
            String inner = SurroundingMarks.stripBlanks(withoutQuotes(withoutFormula(text)));
            if (inner.equals(text)) {
                return text;
            }
            text = inner;
        }
        return text;
    }

    private static String withoutFormula(String text) {
        if (text.isEmpty() || text.charAt(0) != '=') {
            return text;
        }
        Matcher formula = FORMULA.matcher(text);
        return formula.matches() ? SurroundingMarks.stripBlanks(formula.group(1)) : text;
    }

    private static String withoutQuotes(String text) {
        String inner = SurroundingMarks.stripQuotes(text);
        boolean hasMark = inner.equals(text) && text.length() > 1 && TEXT_MARKS.indexOf(text.charAt(0)) >= 0;
        return hasMark ? text.substring(1) : inner;
    }
}
