package koc.sample;

/** Turns the numbers of the generator into identifiers of the landing folder; all ids of a kind have the same length. */
final class Ids {
    private final int userDigits;
    private final int productDigits;
    private final int eventDigits;

    Ids(GeneratorOptions options) {
        userDigits = digits(options.users());
        productDigits = digits(options.products() + 1000L);
        eventDigits = digits(options.events() * 2);
    }

    String user(int user) {
        return padded('u', userDigits, user + 1L);
    }

    String product(int product) {
        return padded('p', productDigits, product + 1L);
    }

    /** A product that is not in the catalogue. */
    String orphan(int number) {
        return padded('q', productDigits, number % 1000L);
    }

    String event(long number) {
        return padded('e', eventDigits, number);
    }

    String group(int koc) {
        return "g" + (koc + 1);
    }

    private static int digits(long max) {
        return Long.toString(max).length();
    }

    private static String padded(char kind, int digits, long number) {
        char[] text = new char[digits + 1];
        text[0] = kind;
        long rest = number;
        for (int i = digits; i > 0; i--) {
            text[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
        return new String(text);
    }
}
