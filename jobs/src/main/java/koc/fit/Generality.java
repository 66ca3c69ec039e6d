package koc.fit;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.ln;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import koc.spark.ExactSums;
import koc.statistics.Normal;
import koc.tables.Frame;
import koc.tables.PortraitTables;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Measures how evenly the portraits buy an item: 1 when all buy it alike, 0 when one portrait alone buys it. */
final class Generality {
    /** What {@link #compute} needs, besides the column of the item. */
    static final Frame PORTRAIT_RATES = Frame.named("portrait_rates")
            .grain("one row per item and portrait; the columns that identify the item come on top")
            .columns("""
                    portrait_id STRING NOT NULL COMMENT 'Portrait',
                    buy_rate DOUBLE NOT NULL COMMENT 'Fraction of users who buy the item',
                    activity_rate DOUBLE NOT NULL COMMENT 'Products bought per user of the portrait',
                    history_buyers BIGINT NOT NULL COMMENT 'Buyers over all history'""");

    private Generality() {}

    /** Product grain: product_id, generality, generality_low. */
    static Dataset<Row> computeForProducts(Dataset<Row> productFit) {
        return compute(withActivityRate(productFit, productFit), "product_id");
    }

    /** Category grain: path, category_generality, category_generality_low. */
    static Dataset<Row> computeForCategories(Dataset<Row> categoryFit, Dataset<Row> productFit) {
        Dataset<Row> rates = categoryFit.withColumn("history_buyers", col("buyers"));
        return compute(withActivityRate(rates, productFit), "category")
                .select(
                        col("category").as("path"),
                        col("generality").as("category_generality"),
                        col("generality_low").as("category_generality_low"));
    }

    /** Adds activity_rate, products bought per user of the portrait; newcomers are left out. */
    private static Dataset<Row> withActivityRate(Dataset<Row> rates, Dataset<Row> productFit) {
        Dataset<Row> activity = productFit
                .groupBy("portrait_id")
                .agg(
                        sum("history_buyers").cast("double").as("bought_products"),
                        min("users").as("portrait_users"))
                .select(
                        col("portrait_id"),
                        when(col("portrait_users").gt(0), col("bought_products").divide(col("portrait_users")))
                                .otherwise(lit(0.0))
                                .as("activity_rate"));
        return rates.where(col("portrait_id").notEqual(PortraitTables.NEWCOMERS))
                .join(broadcast(activity), new String[] {"portrait_id"}, "inner");
    }

    /**
     * Item x portrait grain -> item grain: {@code generality} and {@code generality_low}.
     *
     * <p>q is each portrait's buy rate divided by its activity rate, scaled to a sum of 1. Generality is the entropy
     * -sum q ln q over ln(portraits). Worked: q = (.7, .1, .1, .1) gives .94 / 1.39 = .68. The lower bound subtracts 1.64
     * standard deviations of the entropy for this number of buyers.
     *
     * @param rates rows of {@link #PORTRAIT_RATES}
     */
    static Dataset<Row> compute(Dataset<Row> rates, String item) {
        Column relativeRate = when(col("activity_rate").gt(0), col("buy_rate").divide(col("activity_rate")))
                .otherwise(lit(0.0));
        Dataset<Row> relative = rates.withColumn("relative_rate", relativeRate);
        Dataset<Row> totals = relative.groupBy(item)
                .agg(
                        ExactSums.preciseSum(col("relative_rate")).as("total_rate"),
                        count(lit(1)).as("portraits"),
                        sum("history_buyers").as("item_buyers"));
        Dataset<Row> fractions = relative.join(totals, new String[] {item}, "inner")
                .where("total_rate > 0 AND relative_rate > 0")
                .withColumn("q", col("relative_rate").divide(col("total_rate")));
        Column entropy = greatest(lit(0.0), col("entropy"));
        Column deviation = sqrt(greatest(lit(0.0), col("expected_squared_log").minus(entropy.multiply(entropy)))
                .divide(col("item_buyers").plus(1)));
        Column low = entropy.minus(deviation.multiply(Normal.QUANTILE_95));
        return fractions
                .groupBy(item)
                .agg(
                        ExactSums.preciseSum(col("q").multiply(ln(col("q"))).multiply(-1))
                                .as("entropy"),
                        ExactSums.preciseSum(col("q").multiply(ln(col("q"))).multiply(ln(col("q"))))
                                .as("expected_squared_log"),
                        first("portraits").as("portraits"),
                        first("item_buyers").as("item_buyers"))
                .select(
                        col(item),
                        relativeToMaximum(entropy).as("generality"),
                        relativeToMaximum(low).as("generality_low"));
    }

    /** An entropy over the maximum ln(portraits), 0..1; 1 with a single portrait. */
    private static Column relativeToMaximum(Column entropy) {
        return Fractions.fraction(when(col("portraits").gt(1), entropy.divide(ln(col("portraits"))))
                .otherwise(lit(1.0)));
    }
}
