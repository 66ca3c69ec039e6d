package koc.source;

/** Removes what stands around a text and does not belong to it: blanks, invisible marks and quotes. */
public final class SurroundingMarks {
    private static final String OPENING_QUOTES = "\"'`“”„‘’‚«»‹›「『＂＇";
    /** For each opening quote those that may close it: German texts close with the quote that opens English ones. */
    private static final String[] CLOSING_QUOTES = {
        "\"", "'", "`", "”", "”", "“”", "’", "’", "‘’", "»", "«", "›", "‹", "」", "』", "＂", "＇"
    };

    private SurroundingMarks() {}

    /** The text without blanks at its ends: white space, control characters and invisible marks of Unicode. */
    public static String stripBlanks(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** The text without one pair of quotes around it. A quote at one end only belongs to the text. */
    public static String stripQuotes(String text) {
        int last = text.length() - 1;
        int quote = last < 1 ? -1 : OPENING_QUOTES.indexOf(text.charAt(0));
        boolean isQuoted = quote >= 0 && CLOSING_QUOTES[quote].indexOf(text.charAt(last)) >= 0;
        return isQuoted ? text.substring(1, last) : text;
    }

    /** The text without any blanks and quotes around it, however many there are. */
    static String strip(String text) {
        int length = text.length();
        if (length > 0 && isLetterOrDigit(text.charAt(0)) && isLetterOrDigit(text.charAt(length - 1))) {
            return text;
        }
        String outer = stripBlanks(text);
        String inner = stripQuotes(outer);
        return inner.equals(outer) ? outer : strip(inner);
    }

    private static boolean isBlank(char character) {
        if (character > ' ' && character < 0x7f) {
            return false;
        }
        int type = Character.getType(character);
        // Format characters are the zero-width and direction marks, such as U+200B, U+2060 and U+FEFF.
        return Character.isWhitespace(character)
                || Character.isSpaceChar(character)
                || type == Character.CONTROL
                || type == Character.FORMAT;
    }

    /** Whether a character is a letter or digit of ASCII. */
    public static boolean isLetterOrDigit(char character) {
        return (character >= '0' && character <= '9')
                || (character >= 'A' && character <= 'Z')
                || (character >= 'a' && character <= 'z');
    }
}
