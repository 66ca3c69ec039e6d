package koc.source;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The format of a landing file, found from its name. */
public enum Format {
    /** CSV as in RFC 4180, with a header line. */
    CSV(".*\\.csv(\\.gz)?"),
    /** One JSON object per line. */
    JSON_LINES(".*\\.(jsonl|ndjson|json)(\\.gz)?"),
    /** Parquet. It compresses its columns itself; gzip around the whole file would hide its footer. */
    PARQUET(".*\\.parquet");

    private final String namePattern;

    Format(String namePattern) {
        this.namePattern = namePattern;
    }

    /** The format of a file with this name; empty when the name has no known ending. */
    public static Optional<Format> fromName(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> name.matches(format.namePattern))
                .findFirst();
    }

    /** Whether a file with this name is compressed with gzip. */
    static boolean isGzip(String fileName) {
        return fileName.toLowerCase(Locale.ROOT).endsWith(".gz");
    }
}
