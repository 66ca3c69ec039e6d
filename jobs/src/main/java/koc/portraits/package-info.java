/**
 * Who are our users? Reads user_features, user_categories, user_category_days and user_tags; writes the model
 * (portrait_models, portrait_votes, portrait_scaling, portrait_centres) and everybody's place in it (portraits,
 * user_portraits, holdout_portraits, portrait_transitions).
 */
@NullMarked
package koc.portraits;

import org.jspecify.annotations.NullMarked;
