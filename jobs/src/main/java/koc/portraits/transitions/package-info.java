/** What became of each portrait since the previous run, after MONIC. */
@NullMarked
package koc.portraits.transitions;

import org.jspecify.annotations.NullMarked;
