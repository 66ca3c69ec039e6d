package koc.features;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.ln;
import static org.apache.spark.sql.functions.median;
import static org.apache.spark.sql.functions.sum;

import java.time.LocalDate;
import java.util.List;
import koc.spark.ExactSums;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How expensive the products are that a user buys, compared with others of their category.
 *
 * <p>The price level is the geometric mean over purchases of unit price / median price of the category. Worked: a user who
 * paid 2, 1 and .5 times the median has 1.
 */
final class PriceLevels {
    private static final String[] AS_OF_CATEGORY = {"as_of", "category"};

    private PriceLevels() {}

    /**
     * Arrived x day x user x product grain -> as_of x user grain with price_level, from purchases of 365 days. Users without
     * purchases have no row.
     *
     * @param productPeriods {@link ProductPeriods#PRODUCT_PERIODS}
     */
    static Dataset<Row> compute(Dataset<Row> userProductDays, Dataset<Row> productPeriods, List<LocalDate> asOf) {
        Dataset<Row> purchases = ProductPeriods.withProducts(
                        FeatureWindows.lastYear(userProductDays, asOf)
                                .where("purchase_lines > 0 AND units > 0 AND gross_spend > 0"),
                        productPeriods)
                .withColumn(
                        "unit_price",
                        col("gross_spend").cast("double").divide(col("units").cast("double")));
        // Each product counts once, otherwise a few best sellers would set the median of their category.
        Dataset<Row> categoryPrices = purchases
                .groupBy("as_of", "category", "product_id")
                .agg(median(col("unit_price")).as("product_price"))
                .groupBy("as_of", "category")
                .agg(median(col("product_price")).as("category_price"));
        return purchases
                .join(broadcast(categoryPrices), AS_OF_CATEGORY, "inner")
                .withColumn(
                        "log_price",
                        ln(col("unit_price").divide(col("category_price"))).multiply(col("purchase_lines")))
                .groupBy("as_of", "user_id")
                .agg(exp(ExactSums.sum(col("log_price")).divide(sum("purchase_lines")))
                        .as("price_level"));
    }
}
