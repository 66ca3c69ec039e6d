/**
 * How much does each KOC really influence purchases, beyond what the members of their pool would have bought anyway?
 *
 * <p>Reads events, rejects, refunds, users, products, ties, user_days and holdout_portraits. Writes tie_strengths,
 * purchase_credits, koc_influence, influence_priors and koc_flags. docs/models/influence.md explains the model.
 */
@NullMarked
package koc.influence;

import org.jspecify.annotations.NullMarked;
