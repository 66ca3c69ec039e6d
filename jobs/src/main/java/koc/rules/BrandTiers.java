package koc.rules;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.median;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The tier of a brand, although each product states one: the median of its products. */
public final class BrandTiers {
    private static final String[] BRAND = {"brand"};

    private BrandTiers() {}

    /**
     * Replaces brand_tier by the median over the products of the brand, rounded down to the better tier. A product
     * without a brand keeps its own. Worked: tiers 4, 4 and 5 of a brand are 4 for each of its products.
     *
     * @param products product grain, with brand and brand_tier
     */
    public static Dataset<Row> withMedianTier(Dataset<Row> products) {
        Dataset<Row> tiers = products.where("brand IS NOT NULL AND brand_tier IS NOT NULL")
                .groupBy("brand")
                .agg(floor(median(col("brand_tier"))).cast("int").as("median_tier"));
        return products.join(tiers, BRAND, "left")
                .withColumn("brand_tier", coalesce(col("median_tier"), col("brand_tier")))
                .drop("median_tier");
    }

    /**
     * How far the products of brands disagree: one row with products (those with brand and tier), deviating (those whose
     * tier is not the median of their brand) and brands (those with a deviating product).
     */
    public static Row countDeviating(Dataset<Row> products) {
        Dataset<Row> stated = products.where("brand IS NOT NULL AND brand_tier IS NOT NULL")
                .select(col("brand"), col("brand_tier"), col("brand_tier").as("stated_tier"));
        Column deviates = col("stated_tier").notEqual(col("brand_tier"));
        return withMedianTier(stated)
                .agg(
                        count(lit(1)).as("products"),
                        count_if(deviates).as("deviating"),
                        count_distinct(when(deviates, col("brand"))).as("brands"))
                .head();
    }
}
