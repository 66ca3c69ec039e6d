package koc.recommend;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Who has what: purchases less what was given back. */
final class Holdings {
    private Holdings() {}

    /**
     * What each user bought and kept.
     *
     * <p>Grain: user_product_days in, one row per user and product out: user_id, product_id, last_bought_on (the last
     * day of which something was kept; null when only sums over days are above zero). A product of which all was given
     * back is not held.
     */
    static Dataset<Row> of(Dataset<Row> userProductDays) {
        return userProductDays
                .where("units <> 0 OR refunded_units <> 0")
                // One exchange serves both sums: by day first, for a refund may arrive after its purchase.
                .repartition(col("user_id"), col("product_id"))
                .groupBy("user_id", "product_id", "day")
                .agg(sum(col("units").minus(col("refunded_units"))).as("kept_units"))
                .groupBy("user_id", "product_id")
                .agg(
                        sum("kept_units").as("kept_units"),
                        max(when(col("kept_units").gt(0), col("day"))).as("last_bought_on"))
                .where("kept_units > 0")
                .select("user_id", "product_id", "last_bought_on");
    }

    /** How many products each user has: user_id, products_held. */
    static Dataset<Row> counted(Dataset<Row> holdings) {
        return holdings.groupBy("user_id").agg(count(lit(1)).as("products_held"));
    }

    /**
     * Who has which of the offers, and whether they need it again.
     *
     * <p>A durable, and a consumable whose cycle is unknown, is never needed again; a consumable is due again
     * {@code repurchaseShare} of its cycle after the last purchase. With .8 and a cycle of 30 days, who bought 24 days
     * ago is due, who bought 23 days ago is not.
     *
     * @param holdings user_id, product_id, last_bought_on
     * @param offers product_id, product_number, is_consumable, use_cycle_days
     * @return user_id, product_number, is_due
     */
    static Dataset<Row> ofOffers(Dataset<Row> holdings, Dataset<Row> offers, LocalDate day, double repurchaseShare) {
        Column due = col("is_consumable")
                .and(datediff(lit(day), col("last_bought_on"))
                        .geq(col("use_cycle_days").multiply(repurchaseShare)));
        return holdings.join(
                        offers.select("product_id", "product_number", "is_consumable", "use_cycle_days"),
                        new String[] {"product_id"},
                        "inner")
                .select(
                        col("user_id"),
                        col("product_number"),
                        coalesce(due, lit(false)).as("is_due"));
    }
}
