package koc.fit;

import static org.apache.spark.sql.functions.col;

import koc.spark.Checkpoints;
import koc.statistics.DirichletMultinomial.Prior;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Scores every brand within a category against every portrait; its prior is the category's lift. */
final class BrandFit {
    private final Dataset<Row> rows;
    private final Prior prior;

    /**
     * Counts the buyers of the brands.
     *
     * @param prior how far the brands of a category differ
     * @param categoryFit as {@link CategoryFit#withEvidence} returns it
     */
    BrandFit(FitInputs inputs, Prior prior, Dataset<Row> categoryFit, Checkpoints checkpoints) {
        Dataset<Row> branded = inputs.windowBuyers().where("brand IS NOT NULL");
        Dataset<Row> counts = checkpoints.cache(PortraitFitScores.countBuyers(
                PurchaseHistory.distinctBuyers(branded, "path", "brand"), "path", "brand"));
        Dataset<Row> categories = categoryFit.select(
                col("category").as("path"),
                col("portrait_id"),
                col("lift").as("parent_lift"),
                col("evidence").as("parent_evidence"),
                col("concentration").as("parent_concentration"));
        this.rows = checkpoints.cache(PortraitFitScores.withParentPrior(PortraitFitScores.withExpectedBuyers(
                        counts, PortraitFitScores.portraitFractions(counts, inputs.portraits()), "path", "brand")
                .join(categories, new String[] {"path", "portrait_id"}, "inner")));
        this.prior = prior;
    }

    /** Category x brand x portrait grain: lift, and concentration and evidence as in {@link CategoryFit#withEvidence}. */
    Dataset<Row> score() {
        return PortraitFitScores.withLift(rows, prior)
                .withColumn("concentration", PortraitFitScores.concentration(prior))
                .withColumn("evidence", col("buyers_if_average").plus(col("concentration")));
    }
}
