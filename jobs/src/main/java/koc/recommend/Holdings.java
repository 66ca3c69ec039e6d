package koc.recommend;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import koc.rules.RepurchaseCycle;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Who has what, now and as of the day before the period that is learned from. */
final class Holdings {
    private Holdings() {}

    /**
     * Who has what: purchases less what was given back.
     *
     * <p>Grain: user_product_days in, one row per user and product out: user_id, product_number, kept_units and
     * last_bought_on (the last day of which something was kept; null when only sums over days are above zero) up to the
     * day; earlier_units and earlier_bought_on the same of what is earlier than the window, and window_units in it.
     *
     * @param products product_id, product_number
     * @param isEarlier whether a day, or a user and product, is earlier than the window
     */
    static Dataset<Row> of(
            Dataset<Row> userProductDays, Dataset<Row> products, Column isEarlier, LocalDate day, Interest interest) {
        return userProductDays
                .where(interest.happened().and(col("day").leq(lit(day))))
                // One exchange serves both sums: by day first, for a refund may arrive after its purchase.
                .repartition(col("user_id"), col("product_id"))
                .groupBy("user_id", "product_id", "day")
                .agg(sum(interest.kept()).as("kept"))
                .groupBy("user_id", "product_id")
                .agg(
                        sum("kept").as("kept_units"),
                        max(when(col("kept").gt(0), col("day"))).as("last_bought_on"),
                        coalesce(sum(when(isEarlier, col("kept"))), lit(0L)).as("earlier_units"),
                        max(when(isEarlier.and(col("kept").gt(0)), col("day"))).as("earlier_bought_on"),
                        coalesce(sum(when(isEarlier, lit(0L)).otherwise(col("kept"))), lit(0L))
                                .as("window_units"))
                .join(products.select("product_id", "product_number"), new String[] {"product_id"}, "inner")
                .drop("product_id");
    }

    /** What is held now: user_id, product_number, last_bought_on. A product of which all was given back is not held. */
    static Dataset<Row> now(Dataset<Row> history) {
        return history.where("kept_units > 0").select("user_id", "product_number", "last_bought_on");
    }

    /** The same as of the day before the window. */
    static Dataset<Row> earlier(Dataset<Row> history) {
        return history.where("earlier_units > 0")
                .select(
                        col("user_id"),
                        col("product_number"),
                        col("earlier_bought_on").as("last_bought_on"));
    }

    /** What was bought and kept in the window, whether held before or not: user_id, product_number. */
    static Dataset<Row> inWindow(Dataset<Row> history) {
        return history.where("window_units > 0").select("user_id", "product_number");
    }

    /**
     * Adds whether a repurchase is due ({@link RepurchaseCycle#isDue}), and how much it counts.
     *
     * @param holdings with product_number and last_bought_on
     * @param products product_number, is_consumable, use_cycle_days
     * @return holdings with is_due and due_weight ({@link RepurchaseCycle#weight})
     */
    static Dataset<Row> withDue(
            Dataset<Row> holdings, Dataset<Row> products, LocalDate day, RecommendSettings settings) {
        return holdings.join(
                        products.select("product_number", "is_consumable", "use_cycle_days"),
                        new String[] {"product_number"},
                        "inner")
                .withColumn("is_due", RepurchaseCycle.isDue(day, settings.repurchaseDueFraction()))
                .withColumn(
                        "due_weight",
                        RepurchaseCycle.weight(day, settings.repurchaseDueFraction(), settings.overdueHalfLife()))
                .drop("is_consumable", "use_cycle_days");
    }
}
