/**
 * Which landing rows are valid, and why were the others rejected?
 *
 * <p>Tables in: only its own tables of earlier arrivals. Tables out: events, refunds, users, products, ties, costs,
 * assets, campaigns, rejects, arrival_checks, data_quality.
 */
@NullMarked
package koc.clean;

import org.jspecify.annotations.NullMarked;
