/**
 * Where are KOCs missing, and how does a pool grow? Reads events, users, products, ties, what features, influence and kocs
 * wrote; writes county_coverage, county_next_kocs, koc_funnel, acquisition_leads, group_health, mentor_pairs and
 * content_to_repost.
 */
@NullMarked
package koc.growth;

import org.jspecify.annotations.NullMarked;
