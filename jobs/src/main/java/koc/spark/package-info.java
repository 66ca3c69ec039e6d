/** Spark idioms that every job shares: sums that do not depend on the order of rows. */
@NullMarked
package koc.spark;

import org.jspecify.annotations.NullMarked;
