/** Scores the candidates of each KOC and re-ranks them into a list that suits the pool. */
@NullMarked
package koc.recommend.rank;

import org.jspecify.annotations.NullMarked;
