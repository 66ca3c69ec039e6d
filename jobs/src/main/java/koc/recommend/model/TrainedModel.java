package koc.recommend.model;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import koc.recommend.features.CandidateFeatures;
import koc.recommend.features.Part;
import koc.recommend.split.HoldoutSplit;
import koc.tables.RecommendTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/**
 * The trained coefficients, and what they were trained on.
 *
 * @param selection the recommender; its weights turn features of the run date into buyers within {@code horizon-days}
 * @param split the latest holdout
 * @param holdouts number of holdouts
 * @param trainingPurchases pairs of user and product in the training labels: first purchases and due repurchases; 0
 *     when the model was not trained
 */
public record TrainedModel(
        RecommenderSelection selection,
        ActivityFactors activity,
        HoldoutSplit split,
        int holdouts,
        long trainingPurchases) {

    /** The model of the recommender that is published. */
    public BuyerModel model() {
        return selection.model();
    }

    /** The rows of buyer_model: one per coefficient, and one per holdout. */
    public Dataset<Row> rows(SparkSession spark, LocalDate day) {
        BuyerModel model = model();
        List<Row> rows = new ArrayList<>();
        for (Part part : Part.values()) {
            rows.add(row(day, part.column(), model.weights()[part.index()]));
        }
        for (int affinity = 0; affinity < model.exponents().length; affinity++) {
            rows.add(row(day, CandidateFeatures.AFFINITIES.get(affinity) + "_exponent", model.exponents()[affinity]));
        }
        for (int recency = 0; recency < activity.recency().length; recency++) {
            rows.add(row(day, "recency_" + recency, activity.recency()[recency]));
        }
        for (int breadth = 0; breadth < activity.breadth().length; breadth++) {
            rows.add(row(day, "breadth_" + breadth, activity.breadth()[breadth]));
        }
        rows.addAll(calibrationRows(day));
        return spark.createDataFrame(rows, RecommendTables.BUYER_MODEL.schema());
    }

    /** One row for each holdout with buyers; none without a comparison. */
    private List<Row> calibrationRows(LocalDate day) {
        RecommenderSelection.Comparison comparison = selection.comparison();
        List<Double> calibrations = comparison == null ? List.of() : comparison.calibrations();
        return IntStream.range(0, calibrations.size())
                .filter(holdout -> !calibrations.get(holdout).isNaN())
                .mapToObj(holdout -> row(day, "calibration_" + holdout, calibrations.get(holdout)))
                .toList();
    }

    private Row row(LocalDate day, String coefficient, double value) {
        RecommenderSelection.Comparison comparison = selection.comparison();
        return RowFactory.create(
                Date.valueOf(day),
                coefficient,
                value,
                split.event().eventType(),
                split.kind(),
                Date.valueOf(split.pastUntil()),
                trainingPurchases,
                model().logLikelihood(),
                selection.recommender(),
                holdouts,
                comparison == null ? null : comparison.bestSimple(),
                comparison == null ? null : comparison.kocHoldouts(),
                comparison == null ? null : comparison.stackNdcg(),
                comparison == null ? null : comparison.simpleNdcg(),
                comparison == null ? null : comparison.low(),
                comparison == null ? null : comparison.high());
    }
}
