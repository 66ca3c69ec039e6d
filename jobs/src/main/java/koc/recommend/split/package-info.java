/**
 * Splits history into a past that features are computed from, and a holdout whose purchases are the training labels.
 * The holdout is the latest days, or a random fifth of all pairs of user and product when there are too few purchases.
 */
@NullMarked
package koc.recommend.split;

import org.jspecify.annotations.NullMarked;
