package koc.fit;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.stream.Stream;
import koc.rules.KeptPurchases;
import koc.tables.Frame;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Sums up who bought which product, over all history and in the holdout window. */
final class PurchaseHistory {
    /** One row a user and product: the columns of {@link #sumByUserAndProduct}. */
    static final Frame USER_PRODUCTS =
            Frame.named("user_products").grain("one row per user and product").columns("""
                    user_id STRING NOT NULL COMMENT 'User',
                    product_id STRING NOT NULL COMMENT 'Product',
                    kept_units DECIMAL(38,3) COMMENT 'Units bought less units refunded',
                    window_units DECIMAL(38,3) COMMENT 'The same in the holdout window',
                    kept_days BIGINT NOT NULL COMMENT 'Days with a purchase that was kept, at least in part',
                    first_day DATE COMMENT 'The first of these days',
                    last_day DATE COMMENT 'The last of these days',
                    purchase_lines BIGINT COMMENT 'Purchases',
                    refunded_lines BIGINT COMMENT 'Purchases refunded, in whole or in part',
                    units DECIMAL(38,3) COMMENT 'Units bought',
                    gross_spend DECIMAL(38,2) COMMENT 'Money spent, refunds not subtracted',
                    complaints BIGINT COMMENT 'Complaints',
                    reviews BIGINT COMMENT 'Reviews',
                    rating_sum BIGINT COMMENT 'Sum of stars',
                    bad_reviews BIGINT COMMENT 'Reviews with one or two stars'""");

    /** One row a user and product that the user bought and kept: the columns of {@link #selectBuyers}. */
    static final Frame BUYERS = Frame.named("buyers")
            .grain("one row per user and product that the user bought and kept")
            .columns("""
                    user_id STRING NOT NULL COMMENT 'User',
                    product_id STRING NOT NULL COMMENT 'Product',
                    portrait_id STRING NOT NULL COMMENT 'Portrait of the user',
                    path STRING NOT NULL COMMENT 'Category, cut to the configured depth',
                    brand STRING COMMENT 'Brand'""");

    private PurchaseHistory() {}

    /**
     * One row a user and product, over all days up to the run date ({@link #USER_PRODUCTS}).
     *
     * <p>kept_units are units bought less units refunded, window_units the same in the window. kept_days, first_day and
     * last_day leave out days whose purchases were all given back: such a purchase is neither a first nor a repeated one.
     *
     * @param productDays rows of user_product_days
     * @param lastDayBeforeWindow the last day before the holdout window
     */
    static Dataset<Row> sumByUserAndProduct(Dataset<Row> productDays, LocalDate lastDayBeforeWindow, LocalDate day) {
        Column isInWindow =
                col("day").gt(lit(lastDayBeforeWindow)).and(col("day").leq(lit(day)));
        Column keptDay = when(col("kept_units").gt(0), col("day"));
        return sumByDay(productDays.where(col("day").leq(lit(day))))
                .groupBy("user_id", "product_id")
                .agg(
                        sum("kept_units").as("kept_units"),
                        sum(when(isInWindow, col("kept_units")).otherwise(0)).as("window_units"),
                        count(keptDay).as("kept_days"),
                        min(keptDay).as("first_day"),
                        max(keptDay).as("last_day"),
                        sum("purchase_lines").as("purchase_lines"),
                        sum("refunded_lines").as("refunded_lines"),
                        sum("units").as("units"),
                        sum("gross_spend").as("gross_spend"),
                        sum("complaints").as("complaints"),
                        sum("reviews").as("reviews"),
                        sum("rating_sum").as("rating_sum"),
                        sum("bad_reviews").as("bad_reviews"));
    }

    /** Sums over arrivals: a refund may arrive later than the purchase, on whose day it counts. */
    private static Dataset<Row> sumByDay(Dataset<Row> productDays) {
        return productDays
                .groupBy("user_id", "product_id", "day")
                .agg(
                        sum(KeptPurchases.units()).as("kept_units"),
                        sum("purchase_lines").as("purchase_lines"),
                        sum("refunded_lines").as("refunded_lines"),
                        sum("units").as("units"),
                        sum("gross_spend").as("gross_spend"),
                        sum("complaints").as("complaints"),
                        sum("reviews").as("reviews"),
                        sum("rating_sum").as("rating_sum"),
                        sum("bad_reviews").as("bad_reviews"));
    }

    /** Users who bought and kept a product in the window, with their portrait from before the window. */
    static Dataset<Row> selectWindowBuyers(
            Dataset<Row> userProducts, Dataset<Row> holdoutPortraits, Dataset<Row> products) {
        return withPortraitAndProduct(userProducts.where("window_units > 0"), holdoutPortraits, products);
    }

    /** Users who ever bought and kept a product, with their portrait of the run date. */
    static Dataset<Row> selectBuyers(Dataset<Row> userProducts, Dataset<Row> userPortraits, Dataset<Row> products) {
        return withPortraitAndProduct(userProducts.where("kept_units > 0"), userPortraits, products);
    }

    /**
     * User x product grain -> user x item grain: user_id, portrait_id and the item. A user who bought two products of a
     * category is one buyer of the category.
     *
     * @param item the columns that identify an item, such as the category path
     */
    static Dataset<Row> distinctBuyers(Dataset<Row> buyers, String... item) {
        return buyers.groupBy(Stream.concat(Stream.of("user_id", "portrait_id"), Stream.of(item))
                        .map(name -> col(name))
                        .toArray(Column[]::new))
                .agg(sum(lit(1)).as("products"))
                .drop("products");
    }

    private static Dataset<Row> withPortraitAndProduct(
            Dataset<Row> userProducts, Dataset<Row> portraits, Dataset<Row> products) {
        return userProducts
                .select("user_id", "product_id")
                .join(portraits.select("user_id", "portrait_id"), new String[] {"user_id"}, "inner")
                .join(products.select("product_id", "path", "brand"), new String[] {"product_id"}, "inner");
    }
}
