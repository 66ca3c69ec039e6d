/**
 * How do marketers read one complete run, and never half of one?
 *
 * <p>Tables in: every table that is declared published, of the run date, and the optional sources. Out: the folder {@code
 * published}, plain Parquet with a data dictionary, and {@code run.json}: the row counts of the run and what it found.
 */
@NullMarked
package koc.publish;

import org.jspecify.annotations.NullMarked;
