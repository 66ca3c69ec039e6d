/**
 * How do marketers read a whole run, and never half of one?
 *
 * <p>In: every table that is declared published, of the run's day. Out: {@code published/} as plain Parquet, with a data
 * dictionary and the counts of the run.
 */
@NullMarked
package koc.publish;

import org.jspecify.annotations.NullMarked;
