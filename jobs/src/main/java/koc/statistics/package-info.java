/**
 * Distributions, intervals and fits that more than one domain uses, each formula once: counts against expectations
 * (Gamma-Poisson, one Gamma or two), quantiles, and intervals of fractions.
 */
@NullMarked
package koc.statistics;

import org.jspecify.annotations.NullMarked;
