/**
 * Who really moves whom? What is seen of every KOC becomes named components, a score and a rank with reasons, and, with
 * the thresholds of the day, a level and its events.
 *
 * <p>Reads users, events, user_days, user_product_days, user_features, tie_strengths, purchase_credits, koc_influence,
 * koc_flags and its own rows of the previous day; writes koc_ranking, koc_pipeline and level_events.
 */
@NullMarked
package koc.influence;

import org.jspecify.annotations.NullMarked;
