/** Who really moves whom? */
@NullMarked
package koc.influence;

import org.jspecify.annotations.NullMarked;
