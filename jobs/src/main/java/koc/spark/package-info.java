/** How the jobs use Spark: the session, the only cache of computed data sets, and the only threads. */
@NullMarked
package koc.spark;

import org.jspecify.annotations.NullMarked;
