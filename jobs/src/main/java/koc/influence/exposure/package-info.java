/** Who is exposed to which share on which days, and what do the exposed buy? */
@NullMarked
package koc.influence.exposure;

import org.jspecify.annotations.NullMarked;
