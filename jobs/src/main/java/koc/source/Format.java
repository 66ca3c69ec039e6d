package koc.source;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a landing file is written; told by its name. */
public enum Format {
    /** A header line, then RFC 4180. */
    CSV(".*\\.csv(\\.gz)?"),
    /** One JSON object a line. */
    JSON_LINES(".*\\.(jsonl|ndjson|json)(\\.gz)?"),
    /** Columns with types of their own. It compresses inside: gzip around the whole file would hide its footer. */
    PARQUET(".*\\.parquet");

    private final String names;

    Format(String names) {
        this.names = names;
    }

    /** The format of a file of this name; empty when the name does not tell. */
    public static Optional<Format> of(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> name.matches(format.names))
                .findFirst();
    }

    /** Whether a file of this name has to be decompressed before it is text. */
    static boolean isGzip(String fileName) {
        return fileName.toLowerCase(Locale.ROOT).endsWith(".gz");
    }
}
