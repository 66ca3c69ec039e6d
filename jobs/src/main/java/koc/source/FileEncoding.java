package koc.source;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * The encoding of a text file, which turns its lines into UTF-8.
 *
 * @param charset how its characters are written
 * @param markBytes length of the byte order mark at its start, 0 without one
 * @param unitBytes length of a line break: 2 in UTF-16, 4 in UTF-32, else 1
 */
record FileEncoding(Charset charset, int markBytes, int unitBytes) {
    /** Enough bytes to see every byte order mark. */
    static final int MARK_BYTES = 4;

    private static final Charset UTF_32LE = Charset.forName("UTF-32LE");
    private static final Charset UTF_32BE = Charset.forName("UTF-32BE");

    /** The encoding of a file of this character set, with a byte order mark of this length. */
    static FileEncoding of(Charset charset, int markBytes) {
        String name = charset.name();
        return new FileEncoding(charset, markBytes, name.startsWith("UTF-16") ? 2 : name.startsWith("UTF-32") ? 4 : 1);
    }

    /**
     * The encoding that the byte order mark names, else the expected one. UTF-16 and UTF-32 without a mark are big-endian, as
     * in Java.
     *
     * @param start the first bytes of the file
     */
    static FileEncoding of(byte[] start, String expected) {
        if (startsWith(start, 0xEF, 0xBB, 0xBF)) {
            return of(StandardCharsets.UTF_8, 3);
        } else if (startsWith(start, 0xFF, 0xFE, 0, 0)) {
            return of(UTF_32LE, 4);
        } else if (startsWith(start, 0, 0, 0xFE, 0xFF)) {
            return of(UTF_32BE, 4);
        } else if (startsWith(start, 0xFF, 0xFE)) {
            return of(StandardCharsets.UTF_16LE, 2);
        } else if (startsWith(start, 0xFE, 0xFF)) {
            return of(StandardCharsets.UTF_16BE, 2);
        }
        Charset charset = Charset.forName(expected);
        return switch (charset.name()) {
            case "UTF-16" -> of(StandardCharsets.UTF_16BE, 0);
            case "UTF-32" -> of(UTF_32BE, 0);
            // Exporters that say GB2312 mean its supersets.
            case "GB2312" -> of(Charset.forName("GB18030"), 0);
            default -> of(charset, 0);
        };
    }

    private static boolean startsWith(byte[] start, int... mark) {
        if (start.length < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if (start[i] != (byte) mark[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether the byte of a line break that tells it from others comes first. */
    boolean isLittleEndian() {
        return charset.name().endsWith("LE");
    }

    /** Whether a line has the same bytes in UTF-8, if it is valid. */
    boolean isUtf8() {
        return charset.equals(StandardCharsets.UTF_8);
    }

    /** The line in UTF-8; null if it has bytes that are invalid in this encoding, or the character NUL. */
    byte @Nullable [] toUtf8(byte[] line) {
        boolean isAscii = true;
        boolean hasNul = false;
        for (byte one : line) {
            isAscii &= one > 0;
            hasNul |= one == 0;
        }
        if (isAscii && unitBytes == 1) {
            return line;
        }
        if (hasNul && unitBytes == 1) {
            return null;
        }
        if (isUtf8()) {
            return UTF8String.fromBytes(line).isValid() ? line : null;
        }
        try {
            CharBuffer text = decoder(CodingErrorAction.REPORT).decode(ByteBuffer.wrap(line));
            if (unitBytes > 1 && text.toString().indexOf('\0') >= 0) {
                return null;
            }
            return text.toString().getBytes(StandardCharsets.UTF_8);
        } catch (CharacterCodingException invalid) {
            return null;
        }
    }

    /** The line for people to read: what cannot be shown becomes U+FFFD. */
    String readable(byte[] line) {
        try {
            return decoder(CodingErrorAction.REPLACE)
                    .decode(ByteBuffer.wrap(line))
                    .toString()
                    .replace('\0', '\uFFFD');
        } catch (CharacterCodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private CharsetDecoder decoder(CodingErrorAction onError) {
        return charset.newDecoder().onMalformedInput(onError).onUnmappableCharacter(onError);
    }
}
