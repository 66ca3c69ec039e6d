package koc.rules;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.sum;

import koc.tables.Frame;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Judges the products that people tried themselves. A KOC lends their name only to products that they approve.
 *
 * <p>A product is blocked for a person who complained about it, returned it, or gave it one or two stars. They approve
 * it if it is not blocked, and they kept a purchase or gave it four or five stars. Three stars are neutral.
 */
public final class ProductUse {
    /** What {@link #judge} returns. */
    public static final Frame PRODUCT_USE = Frame.named("product_use")
            .grain("one row per user and product that they bought, reviewed or complained about")
            .columns("""
                    user_id        STRING NOT NULL COMMENT 'User id',
                    product_id     STRING NOT NULL COMMENT 'Product',
                    uses           BIGINT NOT NULL COMMENT 'Days with a kept purchase, and reviews of four or five stars',
                    complaints     BIGINT NOT NULL COMMENT 'Complaints about the product',
                    refunded_units DECIMAL(38,3) NOT NULL COMMENT 'Units returned',
                    bad_reviews    BIGINT NOT NULL COMMENT 'Reviews of one or two stars',
                    is_blocked     BOOLEAN NOT NULL COMMENT 'Whether there is a complaint, a return or a bad review',
                    is_approved    BOOLEAN NOT NULL COMMENT 'Whether there is a use, and the product is not blocked'""");

    private ProductUse() {}

    /**
     * Arrival x day x user x product grain -> {@link #PRODUCT_USE}.
     *
     * <p>Worked: a product bought on two days and given five stars has three uses. With one complaint it is blocked,
     * whatever its uses. A product bought once and given three stars has one use and is approved.
     *
     * @param userProductDays user_product_days of all arrivals up to the day
     */
    public static Dataset<Row> judge(Dataset<Row> userProductDays) {
        Column isBlocked = col("complaints")
                .gt(0)
                .or(col("refunded_units").gt(0))
                .or(col("bad_reviews").gt(0));
        return userProductDays
                .where("units > 0 OR refunded_units > 0 OR reviews > 0 OR complaints > 0")
                // By day first: a refund arrives later than its purchase.
                .groupBy("user_id", "product_id", "day")
                .agg(
                        sum("units").as("units"),
                        sum("refunded_units").as("refunded_units"),
                        sum("good_reviews").as("good_reviews"),
                        sum("bad_reviews").as("bad_reviews"),
                        sum("complaints").as("complaints"))
                .groupBy("user_id", "product_id")
                .agg(
                        count_if(KeptPurchases.units().gt(0))
                                .plus(sum("good_reviews"))
                                .as("uses"),
                        sum("complaints").as("complaints"),
                        sum("refunded_units").as("refunded_units"),
                        sum("bad_reviews").as("bad_reviews"))
                .withColumn("is_blocked", isBlocked)
                .withColumn("is_approved", col("uses").gt(0).and(isBlocked.equalTo(false)));
    }
}
