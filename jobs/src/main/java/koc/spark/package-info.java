/** How the jobs use Spark: the session, the only cache, the only threads, and sums that do not depend on the order of rows. */
@NullMarked
package koc.spark;

import org.jspecify.annotations.NullMarked;
