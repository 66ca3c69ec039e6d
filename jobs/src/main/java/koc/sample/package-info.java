/**
 * Where does data to try the pipeline on come from? Writes landing folders: generated ones with their truth beside them
 * ({@link koc.sample.Generator}), and known public data sets in the pipeline's own form ({@link koc.sample.Importers}).
 * Plain Java: reads and writes no tables.
 */
@NullMarked
package koc.sample;

import org.jspecify.annotations.NullMarked;
