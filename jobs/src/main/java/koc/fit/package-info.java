/**
 * Which product suits which portrait, and may it be recommended?
 *
 * <p>Tables in: user_product_days, portraits, user_portraits, holdout_portraits, products. Tables out:
 * category_portrait_fit, product_portrait_fit, product_profile, fit_priors.
 */
@NullMarked
package koc.fit;

import org.jspecify.annotations.NullMarked;
