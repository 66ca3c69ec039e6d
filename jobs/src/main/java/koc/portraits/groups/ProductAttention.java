package koc.portraits.groups;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import koc.rules.DayWindow;
import koc.rules.KeptPurchases;
import koc.spark.ExactSums;
import koc.tables.Frame;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How much of a user's attention goes to each product and to each group of products: purchases not refunded, plus .2
 * (default) per sign of interest, in 365 days.
 */
public final class ProductAttention {
    /** Attention to products. */
    public static final Frame PRODUCTS = Frame.named("product_attention")
            .grain("one row per user and product")
            .columns("""
                    user_id    STRING COMMENT 'Identifier of the user',
                    product_id STRING COMMENT 'Identifier of the product',
                    weight     DOUBLE COMMENT 'Attention, above 0'""");

    private static final int DAYS = 365;

    private ProductAttention() {}

    /**
     * Arrived x day x user x product grain -> user x product grain: {@link #PRODUCTS}.
     *
     * @param productDays user_product_days
     * @param asOf last day that counts
     * @param interestWeight weight of a sign of interest, compared with 1 for a purchase
     */
    public static Dataset<Row> compute(Dataset<Row> productDays, LocalDate asOf, double interestWeight) {
        return productDays
                .where(col("day").between(lit(DayWindow.first(asOf, DAYS)), lit(asOf)))
                .groupBy("user_id", "product_id")
                .agg(weight(lit(true), interestWeight).as("weight"))
                .where("weight > 0");
    }

    /**
     * {@link #PRODUCTS} -> user x group grain: attention to each group, as user_categories has it for categories. Products
     * without a group are left out.
     *
     * @param groups product_id, group_id
     */
    public static Dataset<Row> byGroup(Dataset<Row> productAttention, Dataset<Row> groups) {
        return productAttention
                .join(broadcast(groups), new String[] {"product_id"}, "inner")
                .groupBy(
                        col("user_id"),
                        concat(lit(ProductGroups.PREFIX), col("group_id")).as("category"))
                .agg(ExactSums.sum(col("weight")).as("weight"));
    }

    /** The attention of the rows that satisfy a condition, as an aggregate of user_product_days. */
    static Column weight(Column condition, double interestWeight) {
        return purchases(condition)
                .plus(coalesce(sum(when(condition, col("interest"))), lit(0L)).multiply(interestWeight));
    }

    /** Purchases not refunded among the rows that satisfy a condition, as an aggregate of user_product_days. */
    static Column purchases(Column condition) {
        return greatest(coalesce(sum(when(condition, KeptPurchases.lines())), lit(0L)), lit(0L))
                .cast("double");
    }
}
