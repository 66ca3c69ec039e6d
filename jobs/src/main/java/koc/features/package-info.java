/**
 * Who is every user, as of a day? Reads events, refunds, users and products; writes user_days, user_product_days,
 * user_category_days (daily sums, by arrival), user_features, user_categories and user_tags.
 */
@NullMarked
package koc.features;

import org.jspecify.annotations.NullMarked;
