/**
 * Who is each user as of a day, and what do they like?
 *
 * <p>Reads events, refunds, users and products. Writes sums by day and arrival (user_days, user_product_days,
 * user_category_days), and from them the features of every user (user_features), their attention by category
 * (user_categories) and their tags (user_tags).
 *
 * <p>Features are computed as of two dates: the run date, and the last day before the holdout. Portraits are fitted on the
 * second, so that the days on which fit is measured stay unseen.
 */
@NullMarked
package koc.features;

import org.jspecify.annotations.NullMarked;
