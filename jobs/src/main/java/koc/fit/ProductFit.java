package koc.fit;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import koc.rules.CategoryPath;
import koc.spark.Checkpoints;
import koc.spark.ExactSums;
import koc.statistics.DirichletMultinomial.Prior;
import koc.text.Texts;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Scores every product against every portrait; its prior is the lift of its brand or, without one, of its category. */
final class ProductFit {
    private final FitInputs inputs;
    private final Dataset<Row> rows;
    private final Prior prior;

    /**
     * Counts the buyers of the products.
     *
     * @param prior how far the products of a brand or category differ
     * @param categoryFit as {@link CategoryFit#withEvidence} returns it
     * @param brandFit as {@link BrandFit#score} returns it
     */
    ProductFit(
            FitInputs inputs,
            Prior prior,
            Dataset<Row> categoryFit,
            Dataset<Row> brandFit,
            FitSettings settings,
            Checkpoints checkpoints) {
        this.inputs = inputs;
        Dataset<Row> counts = checkpoints.cache(PortraitFitScores.countBuyers(inputs.windowBuyers(), "product_id"));
        Dataset<Row> fractions = checkpoints.cache(PortraitFitScores.portraitFractions(counts, inputs.portraits()));
        Dataset<Row> expected = PortraitFitScores.withExpectedBuyers(counts, fractions, "product_id")
                .drop("portrait_fraction");
        this.rows =
                checkpoints.cache(withPriorAndRate(inputs, expected, categoryFit, brandFit, settings.rateShrinkage())
                        .join(broadcast(fractions), new String[] {"portrait_id"}, "inner"));
        this.prior = prior;
    }

    /**
     * The rows of product_portrait_fit: every portrait for every product that anyone ever bought.
     *
     * @param quality as {@link ProductProfiles#assessQuality} returns it
     */
    Dataset<Row> score(Texts texts, Dataset<Row> quality) {
        return PortraitFitScores.withLift(rows, prior)
                .join(
                        broadcast(quality.select("product_id", "quality_gate", "is_in_stock")),
                        new String[] {"product_id"},
                        "left")
                .select(
                        lit(inputs.day()).as("day"),
                        col("product_id"),
                        col("portrait_id"),
                        col("buyers"),
                        round(col("buyers_if_average"), 6).as("buyers_if_average"),
                        col("lift"),
                        col("lift_low"),
                        col("lift_high"),
                        col("history_buyers"),
                        col("users"),
                        col("buy_rate"),
                        col("fit"),
                        col("basis"),
                        PortraitFitScores.reasonOfProduct(texts).as("reason"));
    }

    /** Product x portrait grain: buyers and expected buyers, prior_mean, prior_evidence, basis, and the buy rate. */
    static Dataset<Row> withPriorAndRate(
            FitInputs inputs,
            Dataset<Row> expectedBuyers,
            Dataset<Row> categoryFit,
            Dataset<Row> brandFit,
            double rateShrinkage) {
        Dataset<Row> rows = BuyRates.countHistoryBuyers(inputs.buyers(), inputs.portraits(), "product_id")
                .join(inputs.products().select("product_id", "path", "brand"), new String[] {"product_id"}, "inner")
                .join(expectedBuyers, new String[] {"product_id", "portrait_id"}, "left")
                .join(broadcast(parents(categoryFit)), new String[] {"path", "portrait_id"}, "left")
                .join(broadcast(meanRates(categoryFit, inputs.portraits())), new String[] {"path"}, "left")
                .join(brands(brandFit), new String[] {"path", "brand", "portrait_id"}, "left");
        Column relativeRate = when(
                        col("mean_category_rate").gt(0), col("category_rate").divide(col("mean_category_rate")))
                .otherwise(lit(1.0));
        return PortraitFitScores.withParentPrior(rows.withColumn(
                        "buy_rate", BuyRates.rate(coalesce(relativeRate, lit(1.0)), rateShrinkage))
                .withColumn("buyers", coalesce(col("buyers"), lit(0L)))
                .withColumn("buyers_if_average", coalesce(col("buyers_if_average"), lit(0.0)))
                .withColumn("parent_lift", coalesce(col("brand_lift"), col("category_lift")))
                .withColumn("parent_evidence", coalesce(col("brand_evidence"), col("category_evidence")))
                .withColumn("parent_concentration", coalesce(col("brand_concentration"), col("category_concentration")))
                .withColumn("basis", basis()));
    }

    private static Dataset<Row> parents(Dataset<Row> categoryFit) {
        return categoryFit.select(
                col("category").as("path"),
                col("portrait_id"),
                col("lift").as("category_lift"),
                col("evidence").as("category_evidence"),
                col("concentration").as("category_concentration"),
                col("buy_rate").as("category_rate"));
    }

    /** Category grain: mean_category_rate, the mean buy rate of all users. */
    private static Dataset<Row> meanRates(Dataset<Row> categoryFit, Dataset<Row> portraits) {
        return categoryFit
                .join(portraits, new String[] {"portrait_id"}, "inner")
                .groupBy(col("category").as("path"))
                .agg(ExactSums.preciseSum(col("buy_rate").multiply(col("users")))
                        .divide(sum("users"))
                        .as("mean_category_rate"));
    }

    private static Dataset<Row> brands(Dataset<Row> brandFit) {
        return brandFit.select(
                col("path"),
                col("brand"),
                col("portrait_id"),
                col("lift").as("brand_lift"),
                col("evidence").as("brand_evidence"),
                col("concentration").as("brand_concentration"));
    }

    /** What the lift of a product is shrunk towards, in words. */
    private static Column basis() {
        return when(col("brand_lift").isNotNull(), "category and brand")
                .when(
                        CategoryPath.isPresent(col("path"))
                                .and(col("category_lift").isNotNull()),
                        "category")
                .otherwise("everything");
    }
}
