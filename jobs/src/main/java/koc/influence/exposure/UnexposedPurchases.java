package koc.influence.exposure;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.try_element_at;

import koc.tables.Frame;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Purchases without exposure to a share, and the first two of them per user and category. Exposure is known in the
 * period only: all purchases before it count as unexposed.
 */
public final class UnexposedPurchases {
    public static final Frame PURCHASES = Frame.named("unexposed_purchases")
            .grain("one row per user, product and day with an unexposed purchase")
            .columns("""
                    user_id     STRING COMMENT 'The buyer',
                    portrait_id STRING COMMENT 'Portrait of the buyer',
                    product_id  STRING COMMENT 'Product bought',
                    category    STRING COMMENT 'Category of the product',
                    day_offset  INT COMMENT 'Day of the purchase, counted from the first day of the period; below 0 before it'""");

    public static final Frame EARLIEST_PURCHASES = Frame.named("earliest_unexposed_purchases")
            .grain("one row per user and category with an unexposed purchase")
            .columns("""
                    user_id                STRING COMMENT 'The buyer',
                    portrait_id            STRING COMMENT 'Portrait of the buyer',
                    category               STRING COMMENT 'The category',
                    first_purchase_offset  INT COMMENT 'Day of the first unexposed purchase, counted as day_offset',
                    second_purchase_offset INT COMMENT 'Day of the second one, counted likewise; the largest integer when there is none'""");

    private UnexposedPurchases() {}

    /**
     * Selects {@link #PURCHASES}, before the period too.
     *
     * @param purchases {@link PurchaseExposure#PURCHASES}
     * @param exposedPurchases {@link PurchaseExposure#EXPOSED_PURCHASES}
     * @param users {@link PoolMembers#USERS}
     */
    public static Dataset<Row> select(Dataset<Row> purchases, Dataset<Row> exposedPurchases, Dataset<Row> users) {
        return purchases
                .join(exposedPurchases.select("event_id").distinct(), new String[] {"event_id"}, "left_anti")
                .join(users.select("user_id", "portrait_id"), new String[] {"user_id"}, "inner")
                .select("user_id", "portrait_id", "product_id", "category", "day_offset")
                .distinct();
    }

    /** Turns {@link #PURCHASES} into {@link #EARLIEST_PURCHASES}. */
    public static Dataset<Row> selectEarliest(Dataset<Row> purchases) {
        Column offsets = sort_array(col("offsets"));
        return purchases
                .groupBy("user_id", "portrait_id", "category")
                .agg(collect_list("day_offset").as("offsets"))
                .select(
                        col("user_id"),
                        col("portrait_id"),
                        col("category"),
                        element_at(offsets, 1).as("first_purchase_offset"),
                        coalesce(try_element_at(offsets, lit(2)), lit(Integer.MAX_VALUE))
                                .as("second_purchase_offset"));
    }

    /**
     * Number of days from one day to another, both included, on which the user had one earlier purchase of the
     * category.
     */
    public static Column daysAfterOnePurchase(Column from, Column to) {
        return greatest(
                lit(0),
                least(col("second_purchase_offset"), to).minus(greatest(col("first_purchase_offset"), from.minus(1))));
    }

    /** Number of days from one day to another, both included, on which the user had two or more earlier purchases. */
    public static Column daysAfterMorePurchases(Column from, Column to) {
        return greatest(lit(0), to.minus(greatest(col("second_purchase_offset"), from.minus(1))));
    }
}
