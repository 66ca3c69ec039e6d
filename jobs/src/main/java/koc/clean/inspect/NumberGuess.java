package koc.clean.inspect;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import koc.clean.NumberText;
import koc.clean.ValueFormat.Numbers;
import org.jspecify.annotations.Nullable;

/**
 * How the numbers of a source seem to be written.
 *
 * @param numbers separators
 * @param currency the currency whose sign they have
 * @param read number of values that are read so
 * @param total number of values
 * @param question what is ambiguous; null if nothing is
 */
record NumberGuess(
        Numbers numbers,
        Currency currency,
        long read,
        long total,
        @Nullable String question) {
    private static final List<Numbers> FORMATS = List.of(
            new Numbers(".", ""),
            new Numbers(".", ","),
            new Numbers(",", "."),
            new Numbers(",", " "),
            new Numbers(".", " "),
            new Numbers(".", "'"),
            new Numbers(".", "’"),
            new Numbers(",", ""));
    private static final List<String> CURRENCIES =
            List.of("CNY", "USD", "EUR", "GBP", "JPY", "HKD", "TWD", "SGD", "KRW", "INR");
    private static final double ENOUGH = 0.98;

    /**
     * The format of these values, of which it looks at some.
     *
     * @param configured the format of the configuration; if it is not the default, it answers what is ambiguous
     * @param expected the currency of the configuration
     * @param named the only currency that a column of the files names; null for none
     */
    static NumberGuess of(List<String> all, Numbers configured, Currency expected, @Nullable Currency named) {
        List<String> values = SourceSample.some(all);
        Set<Currency> currencies = new LinkedHashSet<>();
        currencies.add(named == null ? expected : named);
        CURRENCIES.forEach(code -> currencies.add(Currency.getInstance(code)));
        List<NumberGuess> best = new ArrayList<>();
        for (Currency currency : currencies) {
            NumberGuess guess = ofCurrency(values, configured, currency);
            if (best.isEmpty() && guess.rate() >= ENOUGH) {
                return guess;
            }
            if (best.isEmpty() || guess.read() > best.get(0).read()) {
                best.clear();
                best.add(guess);
            } else if (guess.read() == best.get(0).read()) {
                best.add(guess);
            }
        }
        NumberGuess first = best.get(0);
        boolean isExpected = first.currency().equals(named == null ? expected : named);
        if (best.size() > 1 && !isExpected) {
            List<Currency> possible = best.stream().map(NumberGuess::currency).toList();
            return new NumberGuess(
                    first.numbers(),
                    expected,
                    first.read(),
                    first.total(),
                    "amounts such as " + unread(values, first.numbers(), expected) + " may be of " + possible
                            + "; set koc.currency");
        }
        return first;
    }

    private static String unread(List<String> values, Numbers numbers, Currency currency) {
        return values.stream()
                .filter(value -> read(value, numbers, currency) == null)
                .findFirst()
                .orElse("");
    }

    private static NumberGuess ofCurrency(List<String> values, Numbers configured, Currency currency) {
        long most = -1;
        Numbers best = FORMATS.get(0);
        Numbers rival = null;
        for (Numbers format : FORMATS) {
            long reads = count(values, format, currency);
            if (reads > most) {
                most = reads;
                best = format;
                rival = null;
            } else if (reads == most && differ(values, best, format, currency)) {
                rival = format;
            }
        }
        if (!configured.isPlain() && count(values, configured, currency) == most) {
            return new NumberGuess(configured, currency, most, values.size(), null);
        }
        String question = rival == null
                ? null
                : "numbers such as " + firstDifferent(values, best, rival, currency) + " may have " + describe(best)
                        + " or " + describe(rival) + "; set numbers";
        return new NumberGuess(best, currency, most, values.size(), question);
    }

    private static long count(List<String> values, Numbers format, Currency currency) {
        return values.stream()
                .filter(value -> read(value, format, currency) != null)
                .count();
    }

    private static String describe(Numbers numbers) {
        return "decimal = \"" + numbers.decimal() + "\" and thousands = \"" + numbers.thousands() + "\"";
    }

    private static boolean differ(List<String> values, Numbers one, Numbers other, Currency currency) {
        return !firstDifferent(values, one, other, currency).isEmpty();
    }

    private static String firstDifferent(List<String> values, Numbers one, Numbers other, Currency currency) {
        return values.stream()
                .filter(value -> {
                    BigDecimal first = read(value, one, currency);
                    BigDecimal second = read(value, other, currency);
                    return first != null && second != null && first.compareTo(second) != 0;
                })
                .findFirst()
                .orElse("");
    }

    private static @Nullable BigDecimal read(String value, Numbers numbers, Currency currency) {
        try {
            if (numbers.isPlain()) {
                return new BigDecimal(value);
            }
        } catch (NumberFormatException other) {
            // It may have a sign of the currency.
        }
        String plain = new NumberText(numbers.decimal(), numbers.thousands(), currency).toPlain(value);
        return plain == null ? null : new BigDecimal(plain);
    }

    /** Fraction of values that are read, or would be if the question were answered. */
    double rate() {
        return total == 0 ? 0 : (double) read / total;
    }
}
