package koc.recommend.split;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import koc.recommend.RecommendSettings;
import koc.recommend.TargetEvent;
import koc.rules.RepurchaseCycle;
import koc.tables.Frame;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Which products each user owns: now, and as of the day before the holdout period. With another target event than
 * purchase, a user "owns" the products that they have, for example, viewed.
 */
public final class Ownership {
    /** What {@link #summarise} returns. */
    public static final Frame HISTORY = Frame.named("history")
            .grain("one row per user and product the user ever bought")
            .columns("""
            user_id        STRING COMMENT 'User',
            kept_units     DECIMAL(38,3) COMMENT 'Units bought and not returned, up to the end of the history',
            last_bought_on DATE COMMENT 'Last day with a kept unit; null when there is none',
            past_units     DECIMAL(38,3) COMMENT 'kept_units of the past',
            past_bought_on DATE COMMENT 'last_bought_on of the past',
            holdout_units  DECIMAL(38,3) COMMENT 'kept_units of the holdout',
            product_number INT COMMENT 'Number of the product'""");

    /** What {@link #selectCurrent} and {@link #selectBeforeHoldout} return. */
    public static final Frame OWNED = Frame.named("owned")
            .grain("one row per user and product the user owns")
            .columns("""
            user_id        STRING COMMENT 'User',
            product_number INT COMMENT 'Number of the product',
            last_bought_on DATE COMMENT 'Last day with a kept unit'""");

    private Ownership() {}

    /**
     * Sums each user's kept units of each product: purchases less returns. Returns {@link #HISTORY}.
     *
     * @param products product_id, product_number
     * @param isPast whether a row of user_product_days belongs to the past, and not to the holdout
     * @param day the last day of the history: the run date, or the last day of an earlier holdout
     */
    public static Dataset<Row> summarise(
            Dataset<Row> userProductDays, Dataset<Row> products, Column isPast, LocalDate day, TargetEvent event) {
        return userProductDays
                .where(event.isPresent().and(col("day").leq(lit(day))))
                // Both groupings use one exchange. Days are summed first, because a refund may arrive later than its
                // purchase.
                .repartition(col("user_id"), col("product_id"))
                .groupBy("user_id", "product_id", "day")
                .agg(sum(event.units()).as("kept"))
                .groupBy("user_id", "product_id")
                .agg(
                        sum("kept").as("kept_units"),
                        max(when(col("kept").gt(0), col("day"))).as("last_bought_on"),
                        coalesce(sum(when(isPast, col("kept"))), lit(0L)).as("past_units"),
                        max(when(isPast.and(col("kept").gt(0)), col("day"))).as("past_bought_on"),
                        coalesce(sum(when(isPast, lit(0L)).otherwise(col("kept"))), lit(0L))
                                .as("holdout_units"))
                .join(products.select("product_id", "product_number"), new String[] {"product_id"}, "inner")
                .drop("product_id");
    }

    /**
     * What users own at the end of the history: {@link #OWNED}. Users do not own a product of which they returned all.
     */
    public static Dataset<Row> selectCurrent(Dataset<Row> history) {
        return history.where("kept_units > 0").select("user_id", "product_number", "last_bought_on");
    }

    /** What users owned before the holdout; with a random one, what they own without its pairs: {@link #OWNED}. */
    public static Dataset<Row> selectBeforeHoldout(Dataset<Row> history) {
        return history.where("past_units > 0")
                .select(
                        col("user_id"),
                        col("product_number"),
                        col("past_bought_on").as("last_bought_on"));
    }

    /** What users bought and kept in the holdout: user_id, product_number. They may have owned it before. */
    public static Dataset<Row> selectBoughtInHoldout(Dataset<Row> history) {
        return history.where("holdout_units > 0").select("user_id", "product_number");
    }

    /**
     * Adds is_due, whether a repurchase is due ({@link RepurchaseCycle#isDue}), and overdue_factor, how much it counts
     * ({@link RepurchaseCycle#overdueFactor}).
     *
     * @param owned {@link #OWNED}
     * @param products product_number, is_consumable, use_cycle_days
     */
    public static Dataset<Row> withDue(
            Dataset<Row> owned, Dataset<Row> products, LocalDate day, RecommendSettings settings) {
        return owned.join(
                        products.select("product_number", "is_consumable", "use_cycle_days"),
                        new String[] {"product_number"},
                        "inner")
                .withColumn("is_due", RepurchaseCycle.isDue(day, settings.repurchaseDueFraction()))
                .withColumn(
                        "overdue_factor",
                        RepurchaseCycle.overdueFactor(
                                day, settings.repurchaseDueFraction(), settings.overdueHalfLife()))
                .drop("is_consumable", "use_cycle_days");
    }
}
