/**
 * The command line: which command was given, are its options valid, and how did it end?
 *
 * <p>The only package that uses the jobs, starts Spark, reads a clock and prints. Reads and writes {@code runs}.
 */
@NullMarked
package koc.cli;

import org.jspecify.annotations.NullMarked;
