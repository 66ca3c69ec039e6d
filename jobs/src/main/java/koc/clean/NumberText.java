package koc.clean;

import java.io.Serializable;
import java.util.Currency;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import koc.source.SurroundingMarks;
import org.jspecify.annotations.Nullable;

/**
 * Reads numbers as people write them: with the sign of the currency, separators of thousands and a decimal comma. A text that
 * can be read in two ways is not read: without a separator of thousands, {@code 1,234} gives null.
 */
public final class NumberText implements Serializable {
    private static final long serialVersionUID = 1;

    /** Signs of currencies besides their ISO 4217 codes. */
    private static final Map<String, Set<String>> SIGNS = Map.of(
            "CNY", Set.of("¥", "￥", "元", "RMB", "CN¥", "人民币"),
            "JPY", Set.of("¥", "￥", "円", "JP¥"),
            "USD", Set.of("$", "US$", "＄"),
            "HKD", Set.of("$", "HK$"),
            "TWD", Set.of("$", "NT$"),
            "SGD", Set.of("$", "S$"),
            "EUR", Set.of("€"),
            "GBP", Set.of("£"),
            "KRW", Set.of("₩"),
            "INR", Set.of("₹"));

    private final HashSet<String> signs;
    private final char decimal;
    private final String thousands;
    private final Pattern grouped;
    private final Pattern plain;

    /**
     * @param decimal the decimal separator, a point or a comma
     * @param thousands the separator of thousands; empty when numbers have none, a blank for any kind of blank
     * @param currency the currency whose sign may stand before or after the number; any other sign is not read
     */
    public NumberText(String decimal, String thousands, Currency currency) {
        this.decimal = decimal.charAt(0);
        this.thousands = thousands;
        String separator = thousands.isBlank() ? "[\\p{Z}\\s]" : Pattern.quote(thousands);
        String fraction = "(" + Pattern.quote(decimal) + "\\d+)?";
        this.grouped = Pattern.compile("\\d{1,3}(" + separator + "\\d{3})+" + fraction);
        this.plain = Pattern.compile("\\d+" + fraction + "|" + Pattern.quote(decimal) + "\\d+");
        this.signs = new HashSet<>(SIGNS.getOrDefault(currency.getCurrencyCode(), Set.of()));
        this.signs.add(currency.getCurrencyCode());
    }

    /** The number with a point and nothing else, or null: {@code ¥1,299.50} becomes {@code 1299.50}. */
    public @Nullable String toPlain(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String number = withoutSign(text);
        boolean isNegative = false;
        if (number.startsWith("(") && number.endsWith(")")) {
            isNegative = true;
            number = withoutSign(number.substring(1, number.length() - 1));
        } else if (number.startsWith("-") || number.startsWith("−") || number.startsWith("+")) {
            isNegative = number.charAt(0) != '+';
            number = withoutSign(number.substring(1));
        } else if (number.endsWith("-")) {
            isNegative = true;
            number = withoutSign(number.substring(0, number.length() - 1));
        }
        String plainNumber = ungroup(number);
        return plainNumber == null ? null : (isNegative ? "-" : "") + plainNumber;
    }

    private @Nullable String ungroup(String number) {
        if (!thousands.isEmpty() && grouped.matcher(number).matches()) {
            String separator = thousands.isBlank() ? "[\\p{Z}\\s]" : Pattern.quote(thousands);
            return number.replaceAll(separator, "").replace(decimal, '.');
        }
        return plain.matcher(number).matches() ? number.replace(decimal, '.') : null;
    }

    private String withoutSign(String text) {
        String number = SurroundingMarks.stripBlanks(text);
        String upper = number.toUpperCase(Locale.ROOT);
        String found = "";
        for (String sign : signs) {
            if (sign.length() > found.length() && (upper.startsWith(sign) || upper.endsWith(sign))) {
                found = sign;
            }
        }
        if (found.isEmpty()) {
            return number;
        }
        return SurroundingMarks.stripBlanks(
                upper.startsWith(found)
                        ? number.substring(found.length())
                        : number.substring(0, number.length() - found.length()));
    }
}
