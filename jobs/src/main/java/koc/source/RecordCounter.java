package koc.source;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.Arrays;

/**
 * Counts the records of a CSV or JSON file character by character. It shares no code with the reader, so that a fault of the
 * reader shows as a difference.
 */
final class RecordCounter {
    private final boolean isCsv;
    /** Whether each object is a record; otherwise each line. */
    private final boolean countsObjects;

    private final int delimiter;
    private final Charset charset;
    private int linesToSkip;

    private int[] line = new int[256];
    private int lineLength;
    private boolean isBlank = true;
    /** Bytes outside of ASCII, and what follows them, in a value of a line that is blank so far. */
    private final ByteArrayOutputStream undecided = new ByteArrayOutputStream();

    private boolean endedWithReturn;
    private int[] header = new int[0];
    private boolean hasHeader;
    /** Whether the line so far equals the beginning of the header. */
    private boolean isLikeHeader;

    private int depth;
    private boolean isQuoted;
    private boolean isEscaped;
    private long objectsOfLine;

    private long records;
    private long blankRows;
    private long repeatedHeaders;

    /** @param charset the encoding of bytes that are taken */
    RecordCounter(Format format, SourceFormat source, Charset charset) {
        this.isCsv = format == Format.CSV;
        this.countsObjects = !isCsv && !source.isMultiLine();
        this.delimiter = source.delimiterByte();
        this.charset = charset;
        this.linesToSkip = isCsv ? source.skipLines() : 0;
    }

    /** Takes the next bytes, each of which is a character. */
    void take(byte[] bytes, int length) {
        int next = 0;
        while (next < length) {
            if (needsOnlyLineBreak()) {
                int end = lineBreak(bytes, next, length);
                lineLength += end - next;
                next = end;
            }
            if (next < length) {
                take(bytes[next]);
                next++;
            }
        }
    }

    /** Whether the rest of the line makes no difference: it is a row, whatever follows. */
    private boolean needsOnlyLineBreak() {
        return lineLength > 0 && !isBlank && !countsObjects && !(isCsv && (!hasHeader || isLikeHeader));
    }

    private static int lineBreak(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != '\n' && bytes[at] != '\r') {
            at++;
        }
        return at;
    }

    /** Takes the next character; a byte, below 0 outside of ASCII, where the signs of the format are single bytes. */
    void take(int character) {
        if (character == '\n' || character == '\r') {
            if (character == '\r' || !endedWithReturn) {
                endLine();
            }
            endedWithReturn = character == '\r';
            return;
        }
        endedWithReturn = false;
        if (isCsv) {
            findValue(character);
            compareWithHeader(character);
        } else {
            isBlank &=
                    character == ' ' || character == '\t' || character == '[' || character == ']' || character == ',';
            if (countsObjects) {
                findObject(character);
            }
        }
        lineLength++;
    }

    private void findValue(int character) {
        if (character == delimiter || character == '"' || character == ' ' || character == '\t') {
            decide();
        } else if (isBlank && (character < 0 || undecided.size() > 0)) {
            // The second byte of a wide blank may be the sign @, as in Big5.
            undecided.write(character);
        } else {
            isBlank &= character > 127 && Character.isSpaceChar(character);
        }
    }

    /** Finds out whether the undecided bytes are blanks. */
    private void decide() {
        if (undecided.size() > 0) {
            isBlank &= undecided.toString(charset).chars().allMatch(Character::isSpaceChar);
            undecided.reset();
        }
    }

    private void compareWithHeader(int character) {
        if (hasHeader) {
            isLikeHeader &= lineLength < header.length && header[lineLength] == character;
        } else {
            if (lineLength == line.length) {
                line = Arrays.copyOf(line, 2 * lineLength);
            }
            line[lineLength] = character;
        }
    }

    private void findObject(int character) {
        if (isEscaped) {
            isEscaped = false;
        } else if (isQuoted) {
            isEscaped = character == '\\';
            isQuoted = character != '"';
        } else if (character == '"') {
            isQuoted = true;
        } else if (character == '{') {
            objectsOfLine += depth == 0 ? 1 : 0;
            depth++;
        } else if (character == '}' && depth > 0) {
            depth--;
        }
    }

    private void endLine() {
        decide();
        if (linesToSkip > 0) {
            linesToSkip--;
        } else if (isBlank) {
            blankRows += isCsv && lineLength > 0 ? 1 : 0;
        } else if (isCsv && !hasHeader) {
            header = Arrays.copyOf(line, lineLength);
            hasHeader = true;
        } else if (isCsv && isLikeHeader && lineLength == header.length) {
            repeatedHeaders++;
        } else {
            records += countsObjects ? Math.max(1, objectsOfLine) : 1;
        }
        lineLength = 0;
        isBlank = true;
        isLikeHeader = true;
        objectsOfLine = 0;
        depth = 0;
        isQuoted = false;
        isEscaped = false;
    }

    /** The counts; call it at the end of the file. */
    RecordCount end() {
        if (lineLength > 0) {
            endLine();
        }
        return new RecordCount(records, blankRows, repeatedHeaders);
    }
}
