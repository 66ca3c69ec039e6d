/**
 * What does a person want to know first about a KOC, a county or a user? Puts the answers of the other jobs side by side,
 * one row for each, and computes little that is new: the sentence about the next product, and the money of a county.
 *
 * <p>Tables in: koc_ranking, koc_lifecycle, county_coverage, koc_pool_mix, koc_recommendations, koc_economics,
 * commission_statement, user_portraits, user_features, user_tags, user_value, tie_strengths, product_portrait_fit,
 * product_profile, user_product_days, users. Tables out: koc_card, county_card, user_card.
 */
@NullMarked
package koc.cards;

import org.jspecify.annotations.NullMarked;
