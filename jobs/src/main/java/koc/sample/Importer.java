package koc.sample;

import java.nio.file.Path;
import java.util.List;

/** Converts one public data set to a landing folder. */
public interface Importer {
    /** Its name on the command line. */
    String name();

    /** What it reads, in one line. */
    String description();

    /**
     * Reads the data set and writes a flat landing folder. Every input row becomes an event row; the clean job decides which
     * rows are bad.
     */
    Imported run(Path in, Path out);

    /** The settings that a run on this data set needs, {@code key=value}; none for most. */
    default List<String> settings() {
        return List.of();
    }
}
