package koc.rules;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.median;
import static org.apache.spark.sql.functions.min;

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
     * Product grain -> brand grain: brand, best_tier and worst_tier of every brand with a tier. They are equal when the
     * products of the brand agree.
     */
    public static Dataset<Row> range(Dataset<Row> products) {
        return products.where("brand IS NOT NULL AND brand_tier IS NOT NULL")
                .groupBy("brand")
                .agg(min("brand_tier").as("best_tier"), max("brand_tier").as("worst_tier"));
    }
}
