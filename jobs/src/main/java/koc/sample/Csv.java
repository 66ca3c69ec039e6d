package koc.sample;

/** Values as RFC 4180 wants them. */
final class Csv {
    private Csv() {}

    /** Appends a value, quoted when it has to be. */
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
