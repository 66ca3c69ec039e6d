package koc.backtest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import koc.rules.KeptPurchases;
import koc.rules.RepurchaseCycle;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What the pools did after a cutoff. */
final class Outcome {
    private static final String PURCHASE = "purchase";

    private Outcome() {}

    /**
     * Who of each pool bought what within the horizon, counted in the two ways that lists are judged by; forecasts go by
     * the second.
     *
     * <ul>
     *   <li>{@code relevance}: the members whose first purchase ever of the product lies in the horizon, given
     *       back or not; 0 where nobody at all had bought the product by the cutoff: no recommender that learns from
     *       purchases could know it.
     *   <li>{@code observed_buyers}: the same that {@code expected_buyers} are a forecast of: the members who
     *       did not have the product on the cutoff, or had it and were due to repurchase ({@link RepurchaseCycle#isDue}),
     *       and bought it in the horizon and kept it, as far as is known at the end of the horizon.
     * </ul>
     *
     * For example: who bought rice 40 days before the cutoff, with a cycle of 30 days, and buys it again after it is an
     * observed buyer and not relevant; who buys a kettle for the first time and gives it back is relevant and no observed
     * buyer.
     *
     * @param pools koc_id, user_id on the cutoff
     * @param moves as {@link #moves} returns them; what is known only after the end of the horizon is left out
     * @param products product_profile of the cutoff
     * @param repurchaseShare share of the use cycle after which an owner needs it again
     * @return one row per KOC and product that a member bought in the horizon: koc_id, product_id, relevance,
     *     observed_buyers
     */
    static Dataset<Row> buyers(
            Dataset<Row> pools, Dataset<Row> moves, Dataset<Row> products, Cutoff cutoff, double repurchaseShare) {
        Column isEarlier = col("day").leq(lit(cutoff.day()));
        Dataset<Row> days = moves.where(col("known_on").leq(lit(cutoff.last())))
                .groupBy("user_id", "product_id", "day")
                .agg(
                        max(col("units").gt(0)).as("is_bought"),
                        sum("units").as("units"),
                        sum(when(col("known_on").leq(lit(cutoff.day())), col("units")))
                                .as("known_units"));
        Dataset<Row> bought = days.groupBy("user_id", "product_id")
                .agg(
                        min(when(col("is_bought"), col("day"))).as("first_on"),
                        max(when(col("is_bought"), col("day"))).as("last_on"),
                        sum(when(isEarlier, col("known_units"))).as("held_units"),
                        max(when(isEarlier.and(col("known_units").gt(0)), col("day")))
                                .as("last_bought_on"),
                        sum(when(isEarlier, 0L).otherwise(col("units"))).as("kept_units"));
        Dataset<Row> known = bought.where(col("first_on").leq(lit(cutoff.day())))
                .select(col("product_id"), lit(true).as("is_known"))
                .distinct();
        Column isNew = col("first_on").gt(lit(cutoff.day())).and(coalesce(col("is_known"), lit(false)));
        Column isExpected = coalesce(col("held_units"), lit(0L))
                .leq(0)
                .or(RepurchaseCycle.isDue(cutoff.day(), repurchaseShare))
                .and(col("kept_units").gt(0));
        Dataset<Row> after = bought.where(col("last_on").gt(lit(cutoff.day())))
                .join(
                        products.select("product_id", "is_consumable", "use_cycle_days"),
                        new String[] {"product_id"},
                        "left")
                .join(known, new String[] {"product_id"}, "left")
                .select(col("user_id"), col("product_id"), isNew.as("is_new"), isExpected.as("is_expected"));
        return pools.join(after, new String[] {"user_id"}, "inner")
                .groupBy("koc_id", "product_id")
                .agg(
                        count_if(col("is_new")).as("relevance"),
                        count_if(col("is_expected")).as("observed_buyers"));
    }

    /**
     * Units bought and refunded, as {@link KeptPurchases#unitChanges} returns them. For other interest than purchases,
     * the same columns with one unit an event.
     *
     * @param events all events
     * @param refunds all refunds; what is matched to no purchase takes nothing back
     * @param interest the type of event that counts as a purchase
     */
    static Dataset<Row> moves(Dataset<Row> events, Dataset<Row> refunds, String interest) {
        if (interest.equals(PURCHASE)) {
            return KeptPurchases.unitChanges(events, refunds);
        }
        return events.where(
                        col("event_type").equalTo(interest).and(col("product_id").isNotNull()))
                .select(
                        col("user_id"),
                        col("product_id"),
                        col("day"),
                        col("day").as("known_on"),
                        lit(1L).as("units"));
    }
}
