package koc.sample;

import java.nio.file.Path;

/** Brings one known public data set into the form of a landing folder. */
public interface Importer {
    /** The word by which it is asked for. */
    String name();

    /** What it reads, in one line. */
    String description();

    /**
     * Reads the data set and writes a flat landing folder. Every row in is an event row out: what is wrong with a row is
     * for the cleaning to say.
     */
    Imported run(Path in, Path out);
}
