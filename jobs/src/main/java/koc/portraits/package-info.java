/**
 * Which groups of similar users (portraits) does the brand have, and who belongs to which?
 *
 * <p>Reads products, user_features, user_categories, user_category_days, user_product_days and user_tags. Writes the model
 * (portrait_models, portrait_votes, portrait_scaling, portrait_centres), groups of products (product_groups), the portraits and their members (portraits, user_portraits,
 * holdout_portraits), and how both changed since the previous run (portrait_transitions).
 *
 * <p>{@link koc.portraits.PortraitsJob} either keeps the previous model or fits a new one on a sample
 * ({@link koc.portraits.fit.PortraitClustering}), assigns every user to the nearest centre
 * ({@link koc.portraits.assign.PortraitAssignment}), matches new portraits to old ones
 * ({@link koc.portraits.transitions.ClusterTransitions}) and names them ({@link koc.portraits.names.PortraitNames}). The document
 * docs/models/portraits.md describes the model with a worked example.
 */
@NullMarked
package koc.portraits;

import org.jspecify.annotations.NullMarked;
