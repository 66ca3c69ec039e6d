package koc.source;

import com.typesafe.config.Config;
import java.io.Serializable;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import koc.config.Key;
import koc.config.Range;
import koc.config.SettingsBinder;
import koc.error.KocException;

/**
 * How the files of a source are written.
 *
 * @param encoding name of the encoding of CSV and JSON files, such as {@code UTF-8} or {@code GB18030}; a byte order mark in
 *     a file wins
 * @param delimiter what separates the values of a CSV line: one ASCII character, or the word {@code tab}
 * @param skipLines number of lines before the header of a CSV file
 * @param headerCase how names of columns are compared
 * @param multiLine whether a CSV value may contain line breaks, and a JSON file may be one document of many lines
 * @param everyMultiLine the same for the files of all sources
 */
@Key(SourceFormat.DEFAULT)
public record SourceFormat(
        String encoding,
        String delimiter,
        @Range(min = 0, max = 1000) int skipLines,
        HeaderCase headerCase,
        boolean multiLine,
        @Key("koc.source.multi-line") boolean everyMultiLine)
        implements Serializable {
    private static final String SECTION = "koc.source.format";
    static final String DEFAULT = SECTION + ".default";
    private static final String TAB = "tab";

    public SourceFormat {
        try {
            if (!Charset.forName(encoding).canEncode()) {
                throw new UnsupportedCharsetException(encoding);
            }
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            throw KocException.usage(
                            "configuration koc.source.format: encoding " + encoding,
                            "expected an encoding such as UTF-8, GB18030, GBK, Big5, UTF-16 or ISO-8859-1",
                            "correct it in the file named by --conf or in --set")
                    .causedBy(unknown);
        }
        boolean isOneCharacter = delimiter.length() == 1 && delimiter.charAt(0) < 128;
        if (!delimiter.equals(TAB) && (!isOneCharacter || "\"\r\n\0".contains(delimiter))) {
            throw KocException.usage(
                    "configuration koc.source.format: delimiter '" + delimiter + "'",
                    "expected one ASCII character such as ; or |, or the word tab",
                    "correct it in the file named by --conf or in --set");
        }
    }

    /** The format of the files of a source: its own keys, and the default ones for the rest. */
    public static SourceFormat of(Config config, String source) {
        String section = SECTION + "." + source;
        Config own = config.getConfig(section).withFallback(config.getConfig(DEFAULT));
        return SettingsBinder.bind(config.withValue(section, own.root()), SourceFormat.class, section);
    }

    /** Whether a record may cover several lines. */
    boolean isMultiLine() {
        return multiLine || everyMultiLine;
    }

    /** The delimiter as a byte. */
    byte delimiterByte() {
        return delimiterByte(delimiter);
    }

    /** A delimiter as a byte. */
    static byte delimiterByte(String delimiter) {
        return (byte) (delimiter.equals(TAB) ? '\t' : delimiter.charAt(0));
    }
}
