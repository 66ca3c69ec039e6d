/**
 * Who really moves whom, who is ranked how for it, and where are KOCs missing? What is seen of every KOC becomes credit,
 * influence and named components, a score with reasons, and, with the thresholds of the day, a level and its events; then
 * the coverage of counties, the funnel of every KOC, its leads and mentors.
 *
 * <p>Reads users, events, refunds, products, ties, user_days, user_product_days, user_features, user_categories,
 * portrait_exposures, its own ranking of the previous day and its own pipeline of all earlier days; writes the tables of
 * {@code InfluenceTables}, {@code KocTables} and {@code ReachTables}.
 */
@NullMarked
package koc.influence;

import org.jspecify.annotations.NullMarked;
