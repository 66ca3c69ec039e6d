/**
 * Which product suits whom, and may it be recommended? Reads user_product_days, user_portraits, holdout_portraits and
 * products; writes category_portrait_fit, product_portrait_fit, product_profile and fit_priors.
 */
@NullMarked
package koc.fit;

import org.jspecify.annotations.NullMarked;
