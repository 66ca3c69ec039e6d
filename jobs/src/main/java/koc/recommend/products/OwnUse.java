package koc.recommend.products;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.sum;

import koc.rules.KeptPurchases;
import koc.tables.Frame;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Computes which products each KOC uses, and which ones disappointed them. */
public final class OwnUse {
    /** What {@link #compute} returns. */
    public static final Frame OWN_USE = Frame.named("own_use")
            .grain("one row per KOC and product that they bought, returned or reviewed")
            .columns("""
            koc_number      INT COMMENT 'Number of the KOC',
            product_number  INT COMMENT 'Number of the product',
            uses            BIGINT COMMENT 'Days with a kept purchase, and good reviews',
            loyalty         DOUBLE COMMENT '1 - .5^uses, 0..1',
            is_disappointed BOOLEAN COMMENT 'Whether the KOC reviewed it with one or two stars, or returned all units'""");

    private OwnUse() {}

    /**
     * Counts each KOC's uses of each product: days with a kept purchase, and good reviews. {@code loyalty = 1 - .5^uses}: 0
     * without any, .5 when bought once, .75 when bought twice, or bought once and reviewed well.
     *
     * @param userProductDays user_product_days up to the day
     * @param kocs koc_id, koc_number
     * @param products product_id, product_number
     * @return {@link #OWN_USE}
     */
    public static Dataset<Row> compute(Dataset<Row> userProductDays, Dataset<Row> kocs, Dataset<Row> products) {
        return userProductDays
                .where("units > 0 OR refunded_units > 0 OR reviews > 0")
                .join(kocs.select(col("koc_id").as("user_id"), col("koc_number")), new String[] {"user_id"}, "inner")
                .join(products.select("product_id", "product_number"), new String[] {"product_id"}, "inner")
                // By day first: a refund arrives later than its purchase.
                .groupBy("koc_number", "product_number", "day")
                .agg(
                        sum("units").as("units"),
                        sum("refunded_units").as("refunded_units"),
                        sum("reviews").as("reviews"),
                        sum("bad_reviews").as("bad_reviews"))
                .groupBy("koc_number", "product_number")
                .agg(
                        sum("units").as("units"),
                        sum("refunded_units").as("refunded_units"),
                        sum("bad_reviews").as("bad_reviews"),
                        sum(col("reviews").minus(col("bad_reviews"))).as("good_reviews"),
                        count_if(KeptPurchases.units().gt(0)).as("days"))
                .withColumn("uses", col("days").plus(col("good_reviews")))
                .select(
                        col("koc_number"),
                        col("product_number"),
                        col("uses"),
                        lit(1.0).minus(pow(lit(0.5), col("uses"))).as("loyalty"),
                        col("bad_reviews")
                                .gt(0)
                                .or(col("units").gt(0).and(KeptPurchases.units().leq(0)))
                                .as("is_disappointed"));
    }
}
