package koc.cli;

/** For whom progress is written. */
enum LogFormat {
    /** A person. */
    TEXT,
    /** A log collector: one object a line. */
    JSON
}
