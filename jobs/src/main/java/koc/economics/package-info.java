/**
 * What is a user worth, and does a KOC pay? Values users by their orders and margin, and compares what KOCs cost with
 * the value of the customers they bring.
 *
 * <p>Tables in: user_product_days, user_days, user_features, products, users, costs, rejects, commission_ledger,
 * reward_grants, competition, team_bonus, purchase_credits, koc_influence, koc_ranking, user_portraits. Tables out:
 * user_value, value_models, value_holdout, koc_economics, economics_summary.
 */
@NullMarked
package koc.economics;

import org.jspecify.annotations.NullMarked;
