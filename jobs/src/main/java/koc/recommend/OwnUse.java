package koc.recommend;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.sum;

import koc.rules.KeptPurchases;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What KOCs use themselves, and what they were disappointed by. */
final class OwnUse {
    private OwnUse() {}

    /**
     * A KOC's own dealings with each product: {@code loyalty = 1 - .5^(days on which it bought it and kept it + good reviews)}; so 0
     * without, .5 bought once, .75 bought twice or bought once and liked.
     *
     * <p>{@code is_disappointed}: the KOC reviewed it with one or two stars, or gave back all that it bought.
     *
     * @param userProductDays user_product_days up to the day
     * @param kocs koc_id, koc_number
     * @param products product_id, product_number
     * @return koc_number, product_number, uses (days on which it bought it and kept it, and good reviews), loyalty,
     *     is_disappointed
     */
    static Dataset<Row> of(Dataset<Row> userProductDays, Dataset<Row> kocs, Dataset<Row> products) {
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
