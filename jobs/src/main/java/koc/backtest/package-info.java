/**
 * Did the pools buy what was recommended, and would a simple baseline have done as well?
 *
 * <p>Reads from a warehouse that was rebuilt as of each cutoff: {@code koc_recommendations}, {@code baseline_recommendations},
 * {@code koc_pool_mix}, {@code koc_ranking}, {@code product_profile}, {@code ties} and {@code users}. Reads {@code events} and
 * {@code refunds} up to the end of the window after the cutoff. Writes {@code backtest_kocs}, {@code backtest_results},
 * {@code backtest_comparisons} and {@code backtest_calibration}.
 *
 * <p>{@link koc.backtest.Backtest} evaluates, {@link koc.backtest.TextReport} and {@link koc.backtest.HtmlReport} show the
 * results, and {@link koc.backtest.PublicationGate} stops a run that loses to popularity.
 */
@NullMarked
package koc.backtest;

import org.jspecify.annotations.NullMarked;
