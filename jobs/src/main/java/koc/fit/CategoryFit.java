package koc.fit;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;

import koc.spark.Checkpoints;
import koc.statistics.DirichletMultinomial.Prior;
import koc.text.Texts;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Scores every category against every portrait: the topmost level of the catalogue. */
final class CategoryFit {
    /** The upper bound of a lift without evidence: any lift is possible. */
    private static final double UNBOUNDED_LIFT = 100;

    private final FitInputs inputs;
    private final FitSettings settings;
    private final Dataset<Row> fractions;
    private final Dataset<Row> rows;
    private final Prior prior;

    /**
     * Counts the buyers of the categories.
     *
     * @param prior how far the categories differ
     */
    CategoryFit(FitInputs inputs, Prior prior, FitSettings settings, Checkpoints checkpoints) {
        this.inputs = inputs;
        this.settings = settings;
        Dataset<Row> counts = checkpoints.cache(
                PortraitFitScores.countBuyers(PurchaseHistory.distinctBuyers(inputs.windowBuyers(), "path"), "path"));
        this.fractions = checkpoints.cache(PortraitFitScores.portraitFractions(counts, inputs.portraits()));
        this.rows = checkpoints.cache(
                PortraitFitScores.withUnitPrior(PortraitFitScores.withExpectedBuyers(counts, fractions, "path")));
        this.prior = prior;
    }

    /** The rows of category_portrait_fit: every portrait for every category that anyone ever bought. */
    Dataset<Row> score(Texts texts) {
        Dataset<Row> lifts = PortraitFitScores.withLift(rows, prior).drop("prior_mean");
        return BuyRates.countHistoryBuyers(
                        PurchaseHistory.distinctBuyers(inputs.buyers(), "path"), inputs.portraits(), "path")
                .withColumn("buy_rate", BuyRates.rate(lit(1.0), settings.rateShrinkage()))
                .join(lifts, new String[] {"path", "portrait_id"}, "left")
                .select(
                        lit(inputs.day()).as("day"),
                        col("path").as("category"),
                        col("portrait_id"),
                        coalesce(col("buyers"), lit(0L)).as("buyers"),
                        round(coalesce(col("buyers_if_average"), lit(0.0)), 6).as("buyers_if_average"),
                        coalesce(col("lift"), lit(1.0)).as("lift"),
                        coalesce(col("lift_low"), lit(0.0)).as("lift_low"),
                        coalesce(col("lift_high"), lit(UNBOUNDED_LIFT)).as("lift_high"),
                        col("buy_rate"),
                        coalesce(col("fit"), lit(0.0)).as("fit"),
                        PortraitFitScores.reason(texts).as("reason"));
    }

    /**
     * Rows of category_portrait_fit with concentration, the prior's, and evidence, the rate of the posterior: what brands
     * and products are shrunk towards.
     */
    Dataset<Row> withEvidence(Dataset<Row> categoryFit) {
        return PortraitFitScores.withUnitPrior(
                        categoryFit.join(broadcast(fractions), new String[] {"portrait_id"}, "inner"))
                .withColumn("concentration", PortraitFitScores.concentration(prior))
                .withColumn("evidence", col("buyers_if_average").plus(col("concentration")));
    }
}
