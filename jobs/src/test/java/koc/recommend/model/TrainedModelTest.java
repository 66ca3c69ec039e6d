package koc.recommend.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import koc.SparkTest;
import koc.recommend.TargetEvent;
import koc.recommend.split.HoldoutSplit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class TrainedModelTest extends SparkTest {
    @Test
    void everyCoefficientHasARowThatSaysWhatItWasTrainedOn() {
        Dataset<Row> none = SPARK.emptyDataFrame();
        HoldoutSplit split = new HoldoutSplit(
                none, none, day("2024-01-10"), 21, false, true, day("2024-01-01"), TargetEvent.PURCHASE);
        TrainedModel trained = new TrainedModel(
                new RecommenderSelection(
                        BuyerModel.untrained(0.1),
                        "trained_item_model",
                        new RecommenderSelection.Comparison(
                                "trained_item_model", 90, 0.3, 0.31, -0.02, 0.01, List.of(1.1, Double.NaN, 0.9))),
                ActivityFactors.neutral(),
                split,
                1,
                42);

        List<Row> rows = trained.rows(SPARK, day("2024-01-31")).collectAsList();

        assertThat(rows)
                .extracting(row -> row.getString(1) + " " + row.getDouble(2))
                .containsExactly(
                        "portrait_part 0.1",
                        "non_buyer_part 0.1",
                        "item_model_part 0.1",
                        "repurchase_part 0.1",
                        "influence_part 0.1",
                        "cold_start_part 0.1",
                        "long_tail_part 0.1",
                        "popularity_part 0.1",
                        "monthly_popularity_part 0.1",
                        "weekly_popularity_part 0.1",
                        "pool_part 0.1",
                        "portrait_popularity_part 0.1",
                        "product_affinity_exponent 1.0",
                        "category_affinity_exponent 0.5",
                        "recency_0 1.0",
                        "recency_1 1.0",
                        "recency_2 1.0",
                        "recency_3 1.0",
                        "breadth_0 1.0",
                        "breadth_1 1.0",
                        "breadth_2 1.0",
                        "breadth_3 1.0",
                        "breadth_4 1.0",
                        "breadth_5 1.0",
                        "calibration_0 1.1",
                        "calibration_2 0.9");
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.<String>getAs("target_event")).isEqualTo("purchase");
            assertThat(row.<String>getAs("holdout")).isEqualTo("temporal");
            assertThat(row.<Long>getAs("purchases")).isEqualTo(42);
            assertThat(row.<String>getAs("recommender")).isEqualTo("trained_item_model");
            assertThat(row.<Long>getAs("koc_holdouts")).isEqualTo(90);
            assertThat(row.<Double>getAs("difference_low")).isEqualTo(-0.02);
        });
    }
}
