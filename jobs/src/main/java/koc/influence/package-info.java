/**
 * Who of the KOCs really moves whom? Reads events, refunds, users, products, ties and the portraits before the holdout;
 * writes tie_strengths, purchase_credits, koc_influence, influence_priors and koc_flags.
 */
@NullMarked
package koc.influence;

import org.jspecify.annotations.NullMarked;
