/**
 * Splits history into a past that the model learns from and a holdout that it has to predict. The holdout is the latest
 * days, or a random fifth of all pairs of user and product when there are too few purchases.
 */
@NullMarked
package koc.recommend.split;

import org.jspecify.annotations.NullMarked;
