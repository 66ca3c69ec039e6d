/**
 * What should each KOC recommend next, and to whom in its pool?
 *
 * <p>In: {@code ties}, {@code users}, {@code user_product_days}, {@code user_category_days}, {@code portraits},
 * {@code user_portraits}, {@code product_portrait_fit}, {@code product_profile}, and {@code koc_recommendations} of
 * the day before. Out: {@code koc_pool_mix} and {@code koc_recommendations}.
 */
@NullMarked
package koc.recommend;

import org.jspecify.annotations.NullMarked;
