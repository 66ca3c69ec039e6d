/**
 * Which landing rows can be trusted, and what became of the others? Tables in: none but its own of earlier arrivals;
 * tables out: events, refunds, users, products, ties, costs, assets, campaigns, rejects, arrival_checks, data_quality.
 */
@NullMarked
package koc.clean;

import org.jspecify.annotations.NullMarked;
