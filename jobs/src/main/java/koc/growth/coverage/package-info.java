/** How well do KOCs cover each county, and which KOC should be activated next? */
@NullMarked
package koc.growth.coverage;

import org.jspecify.annotations.NullMarked;
