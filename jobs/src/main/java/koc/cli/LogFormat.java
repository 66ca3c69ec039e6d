package koc.cli;

/** The reader for whom progress is written. */
enum LogFormat {
    /** A person. */
    TEXT,
    /** A log collector: one JSON object per line. */
    JSON
}
