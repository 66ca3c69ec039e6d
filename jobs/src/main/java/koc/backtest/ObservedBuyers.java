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

/** Counts who bought what in each KOC's pool after a cutoff. */
final class ObservedBuyers {
    static final String PURCHASE = "purchase";

    private final HoldoutWindow window;
    private final double repurchaseDueFraction;

    /**
     * Counts the buyers of one window.
     *
     * @param repurchaseDueFraction fraction of the use cycle after which an owner is due to repurchase
     */
    ObservedBuyers(HoldoutWindow window, double repurchaseDueFraction) {
        this.window = window;
        this.repurchaseDueFraction = repurchaseDueFraction;
    }

    /**
     * Purchases as positive units and refunds as negative units: user_id, product_id, day, known_on, units.
     *
     * <p>{@code day} is the day of the purchase, for its refund too. {@code known_on} is the day on which the purchase or the
     * refund was recorded. When another event type counts as buying, each event is one unit and refunds are ignored.
     *
     * @param events all events
     * @param refunds all refunds; a refund without a matching purchase is ignored
     * @param targetEvent the event type that counts as buying
     */
    static Dataset<Row> unitChanges(Dataset<Row> events, Dataset<Row> refunds, String targetEvent) {
        if (targetEvent.equals(PURCHASE)) {
            return KeptPurchases.computeUnitChanges(events, refunds);
        }
        return events.where(col("event_type")
                        .equalTo(targetEvent)
                        .and(col("product_id").isNotNull()))
                .select(
                        col("user_id"),
                        col("product_id"),
                        col("day"),
                        col("day").as("known_on"),
                        lit(1L).as("units"));
    }

    /**
     * Counts the buyers of each product in each pool in two ways; lists are evaluated by both.
     *
     * <ul>
     *   <li>{@code first_purchases}: members whose first purchase ever of the product lies in the window, refunded or not. It is
     *       0 for a product that nobody had bought by the cutoff, because a recommender trained on purchases cannot
     *       recommend it.
     *   <li>{@code observed_buyers}: the buyers that {@code expected_buyers} forecasts. On the cutoff they did not own the
     *       product, or were due to repurchase it ({@link RepurchaseCycle#isDue}). They bought it in the window, and did
     *       not refund it up to the end of the window.
     * </ul>
     *
     * For example, a member bought rice 40 days before the cutoff, and rice lasts 30 days. If they buy it in the window, they
     * are an observed buyer, and it is no first purchase. A member who buys their first kettle and returns it counts in
     * first_purchases only.
     *
     * @param pools koc_id, user_id on the cutoff
     * @param unitChanges as {@link #unitChanges} returns them; changes known after the end of the window are ignored
     * @param products product_profile of the cutoff
     * @return one row per KOC and product that a member bought in the window: koc_id, product_id, first_purchases, observed_buyers
     */
    Dataset<Row> count(Dataset<Row> pools, Dataset<Row> unitChanges, Dataset<Row> products) {
        Dataset<Row> purchases = summarizePurchases(unitChanges);
        Dataset<Row> soldBefore = purchases
                .where(col("first_purchase_on").leq(lit(window.cutoff())))
                .select(col("product_id"), lit(true).as("is_sold_before"))
                .distinct();
        Dataset<Row> buyers = purchases
                .where(col("last_purchase_on").gt(lit(window.cutoff())))
                .join(
                        products.select("product_id", "is_consumable", "use_cycle_days"),
                        new String[] {"product_id"},
                        "left")
                .join(soldBefore, new String[] {"product_id"}, "left")
                .select(
                        col("user_id"),
                        col("product_id"),
                        isFirstPurchase().as("is_first_purchase"),
                        isObservedBuyer().as("is_observed"));
        return pools.join(buyers, new String[] {"user_id"}, "inner")
                .groupBy("koc_id", "product_id")
                .agg(
                        count_if(col("is_first_purchase")).as("first_purchases"),
                        count_if(col("is_observed")).as("observed_buyers"));
    }

    /**
     * Unit changes -> one row per user and product: first_purchase_on, last_purchase_on, owned_units on the cutoff,
     * last_bought_on (last purchase up to the cutoff that was kept), kept_units of purchases in the window.
     */
    private Dataset<Row> summarizePurchases(Dataset<Row> unitChanges) {
        Column cutoff = lit(window.cutoff());
        Column isBefore = col("day").leq(cutoff);
        return unitChanges
                .where(col("known_on").leq(lit(window.lastDay())))
                .groupBy("user_id", "product_id", "day")
                .agg(
                        max(col("units").gt(0)).as("is_bought"),
                        sum("units").as("units"),
                        sum(when(col("known_on").leq(cutoff), col("units"))).as("known_units"))
                .groupBy("user_id", "product_id")
                .agg(
                        min(when(col("is_bought"), col("day"))).as("first_purchase_on"),
                        max(when(col("is_bought"), col("day"))).as("last_purchase_on"),
                        sum(when(isBefore, col("known_units"))).as("owned_units"),
                        max(when(isBefore.and(col("known_units").gt(0)), col("day")))
                                .as("last_bought_on"),
                        sum(when(isBefore, 0L).otherwise(col("units"))).as("kept_units"));
    }

    private Column isFirstPurchase() {
        return col("first_purchase_on").gt(lit(window.cutoff())).and(coalesce(col("is_sold_before"), lit(false)));
    }

    private Column isObservedBuyer() {
        return coalesce(col("owned_units"), lit(0L))
                .leq(0)
                .or(RepurchaseCycle.isDue(window.cutoff(), repurchaseDueFraction))
                .and(col("kept_units").gt(0));
    }
}
