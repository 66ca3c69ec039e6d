/** How do jobs use Spark? The session, the cache, the threads, and sums that do not depend on the order of rows. */
@NullMarked
package koc.spark;

import org.jspecify.annotations.NullMarked;
