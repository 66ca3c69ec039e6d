package koc.recommend.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import koc.SparkTest;
import koc.recommend.PortraitIndex;
import koc.recommend.RecommendInputs;
import koc.recommend.RecommendSettings;
import koc.recommend.TargetEvent;
import koc.spark.Checkpoints;
import koc.tables.FeatureTables;
import koc.tables.PortraitTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class HoldoutSplitTest extends SparkTest {
    private static final Dataset<Row> PRODUCTS = SPARK.sql("SELECT 'p' AS product_id, 1 AS product_number");
    private static final Dataset<Row> HOLDOUT_PORTRAITS = rows(PortraitTables.HOLDOUT_PORTRAITS, """
            user_id | portrait_id | as_of
            a       | m           | 2024-01-10
            """);
    private static final Dataset<Row> BOTH_SIDES = rows(FeatureTables.USER_PRODUCT_DAYS, """
            day        | user_id | product_id | units | refunded_units
            2024-01-01 | a       | p          | 1     | 0
            2024-01-20 | b       | p          | 1     | 0
            """);

    @Test
    void theHoldoutIsTemporalWhenBothSidesHaveEnoughPurchases() {
        HoldoutSplit split = split(BOTH_SIDES, HOLDOUT_PORTRAITS, 1);

        assertThat(split.kind()).isEqualTo("temporal");
        assertThat(split.trainUntil()).isEqualTo("2024-01-10");
        assertThat(split.days()).isEqualTo(21);
        assertThat(split.historyFrom()).isEqualTo("2024-01-01");
        assertThat(split.hasEnoughPurchases()).isTrue();
        assertThat(Ownership.selectBeforeHoldout(split.history()).count()).isEqualTo(1);
    }

    @Test
    void withoutHoldoutPortraitsTheHoldoutIsTheHorizon() {
        HoldoutSplit split = split(BOTH_SIDES, HOLDOUT_PORTRAITS.where("false"), 1);

        assertThat(split.trainUntil()).isEqualTo("2024-01-03");
        assertThat(split.days()).isEqualTo(28);
    }

    @Test
    void theHoldoutIsARandomFifthWhenOneSideHasTooFewPurchases() {
        Dataset<Row> oneDay = SPARK.range(1000)
                .selectExpr(
                        "DATE'2024-01-01' AS day",
                        "CONCAT('u', id) AS user_id",
                        "'p' AS product_id",
                        "1L AS units",
                        "0L AS refunded_units");

        HoldoutSplit split = split(oneDay, HOLDOUT_PORTRAITS, 200);

        assertThat(split.kind()).isEqualTo("random");
        assertThat(split.trainUntil()).isEqualTo("2024-01-31");
        assertThat(split.hasEnoughPurchases()).isTrue();
        assertThat(Ownership.selectBoughtInHoldout(split.history()).count()).isBetween(150L, 250L);
    }

    @Test
    void aRandomHoldoutNeedsFiveTimesTheMinimum() {
        HoldoutSplit split = split(BOTH_SIDES, HOLDOUT_PORTRAITS, 2);

        assertThat(split.isRandom()).isTrue();
        assertThat(split.hasEnoughPurchases()).isFalse();
    }

    private static HoldoutSplit split(Dataset<Row> productDays, Dataset<Row> holdoutPortraits, int minPurchases) {
        Dataset<Row> none = SPARK.emptyDataFrame();
        RecommendInputs inputs = new RecommendInputs(
                day("2024-01-31"),
                TargetEvent.PURCHASE,
                new PortraitIndex(List.of()),
                PRODUCTS,
                none,
                none,
                none,
                holdoutPortraits,
                productDays,
                none,
                none,
                none,
                none,
                Optional.empty());
        return HoldoutSplit.of(
                inputs,
                RecommendSettings.from(config("koc.recommend.training.min-purchases=" + minPurchases)),
                new Checkpoints());
    }
}
