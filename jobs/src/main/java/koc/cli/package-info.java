/**
 * The edge of the pipeline: what is asked for on the command line, is it sound, and how does it end?
 *
 * <p>The only package that knows the jobs, starts Spark, reads a clock and prints. Reads and writes {@code runs}.
 */
@NullMarked
package koc.cli;

import org.jspecify.annotations.NullMarked;
