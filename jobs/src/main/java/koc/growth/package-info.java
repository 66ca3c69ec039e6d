/**
 * Where are KOCs missing, and how does each pool grow?
 *
 * <p>Reads events, users, products and ties, and what the features, influence and kocs jobs wrote. Writes
 * county_coverage, county_next_kocs, koc_funnel, acquisition_leads, group_health, mentor_pairs and content_to_repost.
 * Start with {@link koc.growth.GrowthJob}; {@code GrowthReports} names each report and its inputs.
 */
@NullMarked
package koc.growth;

import org.jspecify.annotations.NullMarked;
