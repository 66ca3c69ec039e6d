package koc.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import koc.SparkTest;
import koc.tables.BacktestTables;
import koc.tables.CleanTables;
import koc.tables.RecommendTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class RecommendationOutcomesTest extends SparkTest {
    @Test
    void aRecommendationIsComparedWithTheBuyersWhoCameAndWithTheShare() {
        Dataset<Row> recommendations = rows(RecommendTables.KOC_RECOMMENDATIONS, """
                day        | koc_id | product_id | rank | target_event | expected_buyers | extra_buyers_if_shared
                2024-01-01 | guide  | rice       | 1    | purchase     | 2               | 0.5
                2024-01-01 | guide  | kettle     | 2    | purchase     | 1               |
                """);
        Dataset<Row> buyers = SPARK.sql(
                "SELECT 'guide' AS koc_id, 'rice' AS product_id, 2L AS first_purchases, 3L AS observed_buyers");
        Dataset<Row> shares =
                SPARK.sql("SELECT 'guide' AS koc_id, 'rice' AS product_id, DATE'2024-01-05' AS first_shared_on");

        List<Row> outcomes = RecommendationOutcomes.outcomes(recommendations, buyers, shares)
                .orderBy("rank")
                .collectAsList();

        assertThat(outcomes)
                .extracting(row -> row.getAs("product_id") + " " + row.getAs("is_shared") + " "
                        + row.getAs("first_shared_on") + " " + row.getAs("observed_buyers"))
                .containsExactly("rice true 2024-01-05 3", "kettle false null 0");
    }

    @Test
    void aPostThatNamesTheProductIsAShareOfIt() {
        Dataset<Row> shares =
                RecommendationOutcomes.shares(rows(CleanTables.EVENTS, """
                day        | user_id | event_type | product_id
                2024-01-01 | guide   | share      | rice
                2024-01-05 | guide   | post       | rice
                2024-01-06 | guide   | share      | rice
                2024-01-05 | guide   | post       |
                2024-01-05 | guide   | view       | kettle
                """), new HoldoutWindow(day("2024-01-01"), 28));

        assertThat(shares.collectAsList())
                .extracting(row -> row.getAs("product_id") + " " + row.getAs("first_shared_on"))
                .containsExactly("rice 2024-01-05");
    }

    @Test
    void sharedAndNotSharedRecommendationsAreSummarizedApart() {
        Dataset<Row> outcomes = rows(BacktestTables.RECOMMENDATION_OUTCOMES, """
                day        | recommended_on | koc_id | product_id | is_shared | expected_buyers | extra_buyers_if_shared | observed_buyers
                2024-02-01 | 2024-01-01     | guide  | rice       | true      | 15              | 5                      | 25
                2024-02-01 | 2024-01-01     | other  | rice       | true      | 5               |                        | 5
                2024-02-01 | 2024-01-01     | guide  | kettle     | false     | 50              |                        | 50
                2024-02-01 | 2024-01-02     | guide  | kettle     | false     | 4               |                        | 0
                """);

        List<Row> results = RecommendationOutcomes.summarize(outcomes)
                .orderBy("recommended_on", "is_shared")
                .collectAsList();

        assertThat(results).hasSize(3);
        assertThat(results.get(0).<Double>getAs("calibration")).isCloseTo(1, within(1e-9));
        Row shared = results.get(1);
        assertThat(shared.<Boolean>getAs("is_shared")).isTrue();
        assertThat(shared.<Long>getAs("kocs")).isEqualTo(2);
        assertThat(shared.<Long>getAs("observed_buyers")).isEqualTo(30);
        assertThat(shared.<Double>getAs("calibration")).isCloseTo(20.0 / 30, within(1e-9));
        assertThat(shared.<Double>getAs("extra_buyers_if_shared")).isCloseTo(5, within(1e-9));
        assertThat(shared.<Double>getAs("sharing_lift")).isCloseTo(1.5, within(1e-9));
        assertThat(results.get(2).<Double>getAs("calibration")).isNull();
        assertThat(results.get(2).<Double>getAs("sharing_lift")).isNull();
    }
}
