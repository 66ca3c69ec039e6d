/**
 * Which KOCs matter most, and at which level does each stand? Reads events, users, products, what features and influence wrote,
 * koc_ranking of the previous day and koc_lifecycle of all earlier days; writes koc_ranking, koc_lifecycle and level_events.
 */
@NullMarked
package koc.kocs;

import org.jspecify.annotations.NullMarked;
