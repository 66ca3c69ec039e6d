package koc.sample;

/** Writes values as RFC 4180 requires. */
final class Csv {
    private Csv() {}

    /** Appends a value, in quotes if necessary. */
    static void append(StringBuilder line, String value) {
        boolean isQuoted = false;
        for (int i = 0; i < value.length() && !isQuoted; i++) {
            char letter = value.charAt(i);
            isQuoted = letter == ',' || letter == '"' || letter == '\n' || letter == '\r';
        }
        if (!isQuoted) {
            line.append(value);
            return;
        }
        line.append('"');
        for (int i = 0; i < value.length(); i++) {
            char letter = value.charAt(i);
            if (letter == '"') {
                line.append('"');
            }
            line.append(letter);
        }
        line.append('"');
    }
}
