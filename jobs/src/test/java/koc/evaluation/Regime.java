package koc.evaluation;

import java.nio.file.Path;
import java.time.LocalDate;

/**
 * A kind of data that brands have: how to make a landing folder of it, and what to predict.
 *
 * @param name short name, such as mega-product
 * @param description what is special about it
 * @param cutoff last day of the past
 * @param event the type of event whose first occurrence by a member counts, such as purchase
 * @param landing writes the landing folder
 */
record Regime(String name, String description, LocalDate cutoff, String event, Writer landing) {
    /** Writes a landing folder. */
    @FunctionalInterface
    interface Writer {
        /** Writes into a new folder; equal seeds give equal files. */
        void write(Path landing, int seed);
    }
}
