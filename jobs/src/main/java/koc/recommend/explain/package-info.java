/** Says in words why each product is recommended, and what changed since the previous run. */
@NullMarked
package koc.recommend.explain;

import org.jspecify.annotations.NullMarked;
