package koc.fit;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_diff;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.median;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.List;
import koc.tables.Frame;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Sums up what is recorded of each product: buyers, refunds, complaints and reviews. */
final class ProductTotals {
    /** One row a product: the columns of {@link #sumByProduct}. */
    static final Frame PRODUCT_TOTALS =
            Frame.named("product_totals").grain("one row per product").columns("""
                    product_id STRING NOT NULL COMMENT 'Product',
                    buyers BIGINT NOT NULL COMMENT 'Users who bought and kept it',
                    repeat_buyers BIGINT NOT NULL COMMENT 'Buyers who kept purchases of several days',
                    first_purchases BIGINT NOT NULL COMMENT 'Buyers whose first kept purchase is in the window',
                    purchase_lines BIGINT COMMENT 'Purchases',
                    refunded_lines BIGINT COMMENT 'Purchases refunded, in whole or in part',
                    units DECIMAL(38,3) COMMENT 'Units bought',
                    gross_spend DECIMAL(38,2) COMMENT 'Money spent, refunds not subtracted',
                    complaints BIGINT COMMENT 'Complaints',
                    reviews BIGINT COMMENT 'Reviews',
                    rating_sum BIGINT COMMENT 'Sum of stars',
                    bad_reviews BIGINT COMMENT 'Reviews with one or two stars',
                    gap_days DOUBLE COMMENT 'Median days between kept purchases of a repeat buyer'""");

    /** The counts among them, which are 0 for a product without any record. */
    static final List<String> COUNTS = List.of(
            "buyers",
            "repeat_buyers",
            "first_purchases",
            "purchase_lines",
            "refunded_lines",
            "complaints",
            "reviews",
            "rating_sum",
            "bad_reviews");

    private ProductTotals() {}

    /**
     * User x product grain -> product grain ({@link #PRODUCT_TOTALS}).
     *
     * <p>A repeat buyer kept purchases of several days: one whose second purchase was given back is none. gap_days is the
     * median over repeat buyers of their mean number of days between purchases. first_purchases counts the
     * buyers whose first kept purchase is in the window.
     *
     * @param userProducts rows of {@link PurchaseHistory#USER_PRODUCTS}
     */
    static Dataset<Row> sumByProduct(Dataset<Row> userProducts, LocalDate lastDayBeforeWindow) {
        Column isBuyer = col("kept_units").gt(0);
        Column isRepeatBuyer = isBuyer.and(col("kept_days").gt(1));
        Column isFirstPurchase = isBuyer.and(col("first_day").gt(lit(lastDayBeforeWindow)));
        Column gap = date_diff(col("last_day"), col("first_day"))
                .cast("double")
                .divide(greatest(lit(1L), col("kept_days").minus(1)));
        return userProducts
                .groupBy("product_id")
                .agg(
                        count(when(isBuyer, 1)).as("buyers"),
                        count(when(isRepeatBuyer, 1)).as("repeat_buyers"),
                        count(when(isFirstPurchase, 1)).as("first_purchases"),
                        sum("purchase_lines").as("purchase_lines"),
                        sum("refunded_lines").as("refunded_lines"),
                        sum("units").as("units"),
                        sum("gross_spend").as("gross_spend"),
                        sum("complaints").as("complaints"),
                        sum("reviews").as("reviews"),
                        sum("rating_sum").as("rating_sum"),
                        sum("bad_reviews").as("bad_reviews"),
                        median(when(isRepeatBuyer, gap)).as("gap_days"));
    }
}
