package koc.source;

/**
 * Finds the objects in JSON text, byte by byte, by their braces outside of quotes. What stands between objects may only be
 * the signs of an array.
 */
final class JsonText {
    private int depth;
    private boolean isQuoted;
    private boolean isEscaped;

    /** Whether the text so far ends within an object. */
    boolean isInObject() {
        return depth > 0;
    }

    /**
     * Takes the next byte.
     *
     * @return whether an object begins (1), ends (-1), or neither (0) with it
     */
    int next(byte one) {
        if (isEscaped) {
            isEscaped = false;
        } else if (isQuoted) {
            isEscaped = one == '\\';
            isQuoted = one != '"';
        } else if (one == '"') {
            isQuoted = true;
        } else if (one == '{') {
            depth++;
            return depth == 1 ? 1 : 0;
        } else if (one == '}' && depth > 0) {
            depth--;
            return depth == 0 ? -1 : 0;
        }
        return 0;
    }

    /** Ends a line. A quoted text ends too: no line break may stand in it, so its quote was a stray one. */
    void endLine() {
        isQuoted = false;
        isEscaped = false;
    }

    /** Whether a byte may stand between objects: a blank, or a sign of the array that they are in. */
    static boolean isSeparator(byte one) {
        return one == ' ' || one == '\t' || one == '\r' || one == '\n' || one == '[' || one == ']' || one == ',';
    }

    /** Whether a line has no object and nothing else: only what may stand between objects. */
    static boolean isBlank(byte[] line) {
        for (byte one : line) {
            if (!isSeparator(one)) {
                return false;
            }
        }
        return true;
    }
}
