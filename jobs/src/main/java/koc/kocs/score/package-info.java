/** The named components of a KOC's score, its rank, and the reasons. */
@NullMarked
package koc.kocs.score;

import org.jspecify.annotations.NullMarked;
