package koc.growth.leads;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;

import koc.growth.CategoryShares;
import koc.growth.GrowthKocs;
import koc.growth.GrowthSettings;
import koc.rules.CategoryPath;
import koc.spark.ExactSums;
import koc.statistics.GammaPoisson;
import koc.tables.Frame;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * How much each KOC sells in each category, compared with the average KOC.
 *
 * @param settings depth of categories and the prior
 */
record CategorySkills(GrowthSettings settings) {
    /** A KOC without shares in a category has no skill in it that can be measured. */
    static final Frame CATEGORY_SKILLS = Frame.named("category_skills")
            .grain("one row per KOC and category that the KOC shared")
            .columns("""
                    koc_id          STRING COMMENT 'The KOC',
                    category        STRING COMMENT 'Category, cut to the configured depth',
                    shares          BIGINT COMMENT 'Shares of 90 days',
                    purchases       DOUBLE COMMENT 'Purchases of 90 days credited to the KOC',
                    sales_lift      DOUBLE COMMENT 'Observed over expected purchases, shrunk towards 1',
                    sales_lift_low  DOUBLE COMMENT 'Lower end of its 90% interval',
                    sales_lift_high DOUBLE COMMENT 'Upper end of its 90% interval'""");

    /**
     * Shares and credits -> {@link #CATEGORY_SKILLS}.
     *
     * <p>The expected purchases of a KOC are shares x pool size x r, where r is the category's purchases per share and
     * pool member over all KOCs: who has a pool of twice the size is expected to sell twice as much. sales_lift =
     * (purchases + m) / (expected + m) with m = {@code priorPurchases} ({@link GammaPoisson}). Worked: 12 purchases
     * where 4 were expected, m = 2: 14 / 6 = 2.33, interval 1.41 to 3.44.
     *
     * @param kocs {@link GrowthKocs#KOCS}
     * @param categoryShares {@link CategoryShares#CATEGORY_SHARES}
     * @param credits purchase_credits of 90 days
     */
    Dataset<Row> compute(Dataset<Row> kocs, Dataset<Row> categoryShares, Dataset<Row> credits) {
        Dataset<Row> credited = credits.withColumn(
                        "category", CategoryPath.truncate(col("category"), settings.categoryDepth()))
                .groupBy("koc_id", "category")
                .agg(ExactSums.sum(col("credited_fraction")).as("credited_purchases"));
        WindowSpec ofCategory =
                Window.partitionBy("category").rowsBetween(Window.unboundedPreceding(), Window.unboundedFollowing());
        Column rate =
                ExactSums.sumOver(col("purchases"), ofCategory).divide(ExactSums.sumOver(col("exposures"), ofCategory));
        double prior = settings.mentors().priorPurchases();
        Column purchases = col("purchases");
        Column expected = col("expected");
        return categoryShares
                .where("shares > 0")
                .join(kocs.select("koc_id", "pool_size"), new String[] {"koc_id"}, "inner")
                .join(credited, new String[] {"koc_id", "category"}, "left")
                .withColumn("purchases", round(coalesce(col("credited_purchases"), lit(0.0)), 4))
                .withColumn(
                        "exposures", col("shares").multiply(col("pool_size")).cast("double"))
                .withColumn("expected", col("exposures").multiply(rate))
                .withColumn("sales_lift", round(GammaPoisson.mean(purchases, expected, lit(1.0), lit(prior)), 4))
                .withColumn("sales_lift_low", round(GammaPoisson.low(purchases, expected, lit(1.0), lit(prior)), 4))
                .withColumn("sales_lift_high", round(GammaPoisson.high(purchases, expected, lit(1.0), lit(prior)), 4))
                .to(CATEGORY_SKILLS.schema());
    }
}
