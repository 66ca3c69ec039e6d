/**
 * How do marketers read one complete run, and never half of one?
 *
 * <p>Tables in: every table that is declared published, of the run date. Out: the folder {@code published}, plain Parquet
 * with a data dictionary and the row counts of the run.
 */
@NullMarked
package koc.publish;

import org.jspecify.annotations.NullMarked;
