/**
 * How far does each KOC really move people? Reads events, refunds, users, products, ties and holdout_portraits; writes
 * tie_strengths, purchase_credits, koc_influence, influence_priors and koc_flags.
 */
@NullMarked
package koc.influence;

import org.jspecify.annotations.NullMarked;
