/**
 * Which product suits whom, and may it be recommended? Reads user_product_days, user_portraits, portrait_exposures and
 * products; writes category_segment_fit, product_segment_fit, product_profile and fit_priors.
 */
@NullMarked
package koc.fit;

import org.jspecify.annotations.NullMarked;
