/**
 * Where does sample data come from? Writes landing folders: synthetic ones with their planted truth
 * ({@link koc.sample.Generator}), and public data sets in the format of the pipeline ({@link koc.sample.Importers}). Plain Java:
 * reads and writes no tables.
 */
@NullMarked
package koc.sample;

import org.jspecify.annotations.NullMarked;
