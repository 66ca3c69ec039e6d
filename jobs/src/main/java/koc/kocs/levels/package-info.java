/** Which level has a KOC, what happened to it, and what is missing for the next? */
@NullMarked
package koc.kocs.levels;

import org.jspecify.annotations.NullMarked;
