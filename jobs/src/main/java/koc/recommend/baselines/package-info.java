/** Simpler recommenders and lists without single steps, for a backtest to compare with. */
@NullMarked
package koc.recommend.baselines;

import org.jspecify.annotations.NullMarked;
