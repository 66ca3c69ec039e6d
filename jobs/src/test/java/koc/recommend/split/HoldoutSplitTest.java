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
        assertThat(split.pastUntil()).isEqualTo("2024-01-10");
        assertThat(split.days()).isEqualTo(21);
        assertThat(split.historyFrom()).isEqualTo("2024-01-01");
        assertThat(split.hasEnoughPurchases()).isTrue();
        assertThat(Ownership.selectBeforeHoldout(split.history()).count()).isEqualTo(1);
    }

    @Test
    void withoutHoldoutPortraitsTheHoldoutIsTheHorizon() {
        HoldoutSplit split = split(BOTH_SIDES, HOLDOUT_PORTRAITS.where("false"), 1);

        assertThat(split.pastUntil()).isEqualTo("2024-01-03");
        assertThat(split.days()).isEqualTo(28);
    }

    @Test
    void earlierHoldoutsAreUsedWhereKocsAreFew() {
        Dataset<Row> daily = daily("2023-10-04", 120);

        List<HoldoutSplit> few = holdouts(daily, HOLDOUT_PORTRAITS, 1, 20);
        List<HoldoutSplit> many = holdouts(daily, HOLDOUT_PORTRAITS, 1, 500);

        assertThat(few)
                .extracting(HoldoutSplit::pastUntil)
                .containsExactly(day("2024-01-10"), day("2023-12-20"), day("2023-11-29"));
        assertThat(few).extracting(HoldoutSplit::days).containsOnly(21L);
        // The second holdout ends where the first begins.
        assertThat(Ownership.selectBoughtInHoldout(few.get(1).history()).count())
                .isEqualTo(21);
        assertThat(many).extracting(HoldoutSplit::pastUntil).containsExactly(day("2024-01-10"));
    }

    @Test
    void aShortHistoryHasShortHoldouts() {
        List<HoldoutSplit> holdouts = holdouts(daily("2024-01-19", 13), HOLDOUT_PORTRAITS.where("false"), 3, 20);

        assertThat(holdouts).extracting(HoldoutSplit::days).containsExactly(3L, 3L, 3L);
        assertThat(holdouts).extracting(HoldoutSplit::kind).containsOnly("temporal");
        assertThat(holdouts.get(2).pastUntil()).isEqualTo("2024-01-22");
    }

    @Test
    void aSparsePeriodHasALongerHoldout() {
        List<HoldoutSplit> holdouts = holdouts(daily("2023-10-04", 120), HOLDOUT_PORTRAITS, 30, 20);

        assertThat(holdouts).extracting(HoldoutSplit::days).containsExactly(42L, 42L);
    }

    /** One purchase of another user each day. */
    private static Dataset<Row> daily(String from, int days) {
        return SPARK.range(days)
                .selectExpr(
                        "DATE_ADD(DATE'" + from + "', INT(id)) AS day",
                        "CONCAT('u', id) AS user_id",
                        "'p' AS product_id",
                        "1L AS units",
                        "0L AS refunded_units");
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
        assertThat(split.pastUntil()).isEqualTo("2024-01-31");
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
        return holdouts(productDays, holdoutPortraits, minPurchases, 1).get(0);
    }

    private static List<HoldoutSplit> holdouts(
            Dataset<Row> productDays, Dataset<Row> holdoutPortraits, int minPurchases, long kocs) {
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
        return HoldoutSplit.select(
                inputs,
                RecommendSettings.from(config("koc.recommend.training.min-purchases=" + minPurchases)),
                kocs,
                new Checkpoints());
    }
}
