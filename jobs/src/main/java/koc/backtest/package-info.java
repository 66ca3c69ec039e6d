/**
 * Do recommendations made in the past tell what the pools bought next, and better than simpler ways to recommend?
 *
 * <p>In, from a warehouse that was rebuilt as of each cutoff: {@code koc_recommendations}, {@code koc_challengers},
 * {@code koc_pool_mix}, {@code koc_ranking}, {@code product_profile}, {@code ties}, {@code users}; and {@code events} and
 * {@code refunds} up to the end of the horizon after it.
 * Out: {@code backtest_kocs}, {@code backtest_results}, {@code backtest_differences}, {@code backtest_calibration}, a page
 * to read, and the verdict of the gate.
 */
@NullMarked
package koc.backtest;

import org.jspecify.annotations.NullMarked;
