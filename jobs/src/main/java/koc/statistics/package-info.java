/**
 * Which formulas do several packages share? Lifts of observed over expected counts (Gamma-Poisson, with one Gamma or two),
 * quantiles, shrunk rates, and confidence intervals of fractions. Tables in and out: none.
 */
@NullMarked
package koc.statistics;

import org.jspecify.annotations.NullMarked;
