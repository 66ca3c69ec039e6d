package koc.source;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Splits a line of CSV in UTF-8 into its values, as RFC 4180 describes. A quote within a value that does not begin with a
 * quote is text, and so is a value whose closing quote is not followed by a delimiter.
 */
final class CsvLine {
    private static final byte QUOTE = '"';

    private final byte delimiter;

    /** The values of the last line; null for an empty value. */
    private @Nullable UTF8String[] values = new UTF8String[16];

    private int size;
    private boolean isOpen;
    private boolean hasStrayQuote;

    CsvLine(byte delimiter) {
        this.delimiter = delimiter;
    }

    /** Splits a line. */
    CsvLine split(byte[] line) {
        size = 0;
        isOpen = false;
        hasStrayQuote = false;
        int begin = 0;
        while (begin <= line.length && !isOpen) {
            int end = begin < line.length && line[begin] == QUOTE ? quoted(line, begin) : plain(line, begin);
            begin = end + 1;
        }
        return this;
    }

    /** Adds the plain value that begins here, and returns its end. */
    private int plain(byte[] line, int begin) {
        int end = begin;
        while (end < line.length && line[end] != delimiter) {
            end++;
        }
        add(line, begin, end);
        return end;
    }

    /** Adds the quoted value that begins here, and returns its end. */
    private int quoted(byte[] line, int begin) {
        int at = begin + 1;
        boolean hasDoubled = false;
        while (at < line.length) {
            if (line[at] != QUOTE) {
                at++;
            } else if (at + 1 < line.length && line[at + 1] == QUOTE) {
                hasDoubled = true;
                at += 2;
            } else {
                int after = afterBlanks(line, at + 1);
                if (after < line.length && line[after] != delimiter) {
                    hasStrayQuote = true;
                    return plain(line, begin);
                }
                if (hasDoubled) {
                    byte[] text = withoutDoubledQuotes(line, begin + 1, at);
                    add(text, 0, text.length);
                } else {
                    add(line, begin + 1, at);
                }
                return after;
            }
        }
        isOpen = true;
        return at;
    }

    private int afterBlanks(byte[] line, int from) {
        int at = from;
        while (at < line.length && line[at] == ' ' && delimiter != ' ') {
            at++;
        }
        return at;
    }

    private static byte[] withoutDoubledQuotes(byte[] line, int begin, int end) {
        byte[] text = new byte[end - begin];
        int length = 0;
        for (int at = begin; at < end; at++) {
            text[length++] = line[at];
            if (line[at] == QUOTE) {
                at++;
            }
        }
        return Arrays.copyOf(text, length);
    }

    private void add(byte[] bytes, int begin, int end) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = begin == end ? null : UTF8String.fromBytes(bytes, begin, end - begin);
    }

    /** Number of its values. */
    int size() {
        return size;
    }

    /** One of its values; null for an empty one. */
    @Nullable
    UTF8String value(int index) {
        return values[index];
    }

    /** Whether it ends within a quoted value. */
    boolean isOpen() {
        return isOpen;
    }

    /** Whether a quoted value has text behind its closing quote. */
    boolean hasStrayQuote() {
        return hasStrayQuote;
    }

    /** Whether a line has no value: nothing but delimiters, quotes, tabs and blanks of every width. */
    static boolean isBlank(byte[] line, byte delimiter) {
        int at = 0;
        while (at < line.length) {
            byte one = line[at];
            int length = one < 0 ? lengthOfBlank(line, at) : 1;
            if (length == 0 || (one >= 0 && one != delimiter && one != QUOTE && one != ' ' && one != '\t')) {
                return false;
            }
            at += length;
        }
        return true;
    }

    /** The number of bytes of the blank outside of ASCII that begins here, such as the wide one of Chinese; 0 without one. */
    private static int lengthOfBlank(byte[] line, int at) {
        // Every blank of Unicode has two or three bytes in UTF-8.
        int length = Math.min((line[at] & 0xff) < 0xE0 ? 2 : 3, line.length - at);
        String character = new String(line, at, length, StandardCharsets.UTF_8);
        return character.length() == 1 && Character.isSpaceChar(character.charAt(0)) ? length : 0;
    }
}
