package koc.backtest;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import koc.SparkTest;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class BootstrapIntervalsTest extends SparkTest {
    private static final long SEED = 7;

    @Test
    void theIntervalOfAMeanIsAsWideAsItsStandardErrorSays() {
        Row found = one(
                estimates(samples(kocs(400, "k % 10 / 10.0", "0"), 2000)),
                "slice_kind = 'all' AND recommender = 'published'");

        // Ten values from 0 to .9: mean .45, standard deviation .2872, standard error .01436.
        assertThat(found.<Double>getAs("ndcg_first_purchases")).isCloseTo(.45, within(1e-9));
        assertThat(found.<Double>getAs("ndcg_all_buyers")).isCloseTo(.225, within(1e-9));
        assertThat(found.<Double>getAs("ndcg_first_purchases_low")).isCloseTo(.45 - 1.96 * .01436, within(.003));
        assertThat(found.<Double>getAs("ndcg_first_purchases_high")).isCloseTo(.45 + 1.96 * .01436, within(.003));
        assertThat(found.<Long>getAs("kocs")).isEqualTo(400);
    }

    @Test
    void differencesArePairedSoThatASmallConstantLeadWins() {
        Dataset<Row> samples = samples(kocs(50, "k % 10 / 10.0", "k % 10 / 10.0 - 0.01"), 200);

        Row found = one(
                BootstrapIntervals.comparePublished(samples, 20),
                "slice_kind = 'all' AND metric = 'ndcg_first_purchases' AND recommender = 'popularity'");

        assertThat(found.<Double>getAs("difference")).isCloseTo(.01, within(1e-9));
        assertThat(found.<Double>getAs("low")).isCloseTo(.01, within(1e-9));
        assertThat(found.<String>getAs("verdict")).isEqualTo("wins");
    }

    @Test
    void aVerdictNeedsAWholeIntervalOnOneSideOfZeroAndEnoughKocs() {
        assertThat(verdict(kocs(50, "0.2", "0.3 + k % 3 / 100.0"), 20)).isEqualTo("loses");
        assertThat(verdict(kocs(50, "0.2", "0.2"), 20)).isEqualTo("even");
        assertThat(verdict(kocs(50, "k % 10 / 10.0", "(k + 5) % 10 / 10.0"), 20))
                .isEqualTo("even");
        assertThat(verdict(kocs(50, "0.3", "0.2"), 51)).isEqualTo("too_few");
    }

    @Test
    void eachMetricIsOverTheKocsWithBuyersOfItsKind() {
        // Some pools only repurchased: no new buyers. The pool of koc9 returned its first purchase: no observed buyers.
        Dataset<Row> kocs = kocs(30, "0.4", "0.2")
                .withColumn(
                        "ndcg_first_purchases",
                        expr("IF(koc_id < 'koc18' AND koc_id > 'koc0', NULL, ndcg_first_purchases)"))
                .withColumn("ndcg_all_buyers", expr("IF(koc_id = 'koc9', NULL, ndcg_all_buyers)"));
        long repurchases = kocs.where("recommender = 'published' AND ndcg_first_purchases IS NULL")
                .count();

        Dataset<Row> samples = samples(kocs, 100);
        Row found = one(estimates(samples), "slice_kind = 'all' AND recommender = 'published'");

        assertThat(repurchases).isBetween(5L, 15L);
        assertThat(found.<Long>getAs("kocs")).isEqualTo(29);
        assertThat(found.<Double>getAs("ndcg_first_purchases")).isCloseTo(.4, within(1e-9));
        assertThat(found.<Double>getAs("ndcg_all_buyers")).isCloseTo(.2, within(1e-9));
        assertThat(one(
                                BootstrapIntervals.comparePublished(samples, 29),
                                "slice_kind = 'all' AND metric = 'ndcg_all_buyers'")
                        .<String>getAs("verdict"))
                .isEqualTo("wins");
        assertThat(one(
                                BootstrapIntervals.comparePublished(samples, 29),
                                "slice_kind = 'all' AND metric = 'ndcg_first_purchases'")
                        .<String>getAs("verdict"))
                .isEqualTo("too_few");
    }

    @Test
    void theSameSeedGivesTheSameIntervalsForAnyPartitioning() {
        Dataset<Row> kocs = kocs(60, "k % 7 / 7.0", "k % 5 / 5.0");

        List<Row> once = sorted(estimates(BootstrapSamples.compute(kocs, 100, SEED)));
        List<Row> again = sorted(estimates(BootstrapSamples.compute(kocs.repartition(7), 100, SEED)));
        List<Row> other = sorted(estimates(BootstrapSamples.compute(kocs, 100, SEED + 1)));

        assertThat(again).isEqualTo(once);
        assertThat(other).isNotEqualTo(once);
    }

    @Test
    void aKocIsResampledWithAllItsCutoffs() {
        Dataset<Row> once = kocs(100, "k % 10 / 10.0", "0");
        Dataset<Row> twice = once.unionByName(once.withColumn("cutoff", lit("2024-02-28")));
        String all = "slice_kind = 'all' AND recommender = 'published'";

        Row single = one(estimates(samples(once, 300)), all);
        Row doubled = one(estimates(samples(twice, 300)), all);

        assertThat(doubled.<Long>getAs("kocs")).isEqualTo(100);
        assertThat(doubled.<Long>getAs("cases")).isEqualTo(200);
        assertThat(doubled.<Double>getAs("ndcg_first_purchases"))
                .isEqualTo(single.<Double>getAs("ndcg_first_purchases"));
        assertThat(doubled.<Double>getAs("ndcg_first_purchases_low"))
                .isEqualTo(single.<Double>getAs("ndcg_first_purchases_low"));
    }

    @Test
    void moreCutoffsDoNotMakeMoreKocs() {
        Dataset<Row> once = kocs(15, "0.3", "0.2");
        Dataset<Row> twice = once.unionByName(once.withColumn("cutoff", lit("2024-02-28")));

        assertThat(verdict(twice, 20)).isEqualTo("too_few");
    }

    @Test
    void kocsWithoutBuyersCountForForecastsOnly() {
        Dataset<Row> kocs = kocs(40, "CASE WHEN k < 20 THEN 0.5 END", "0");

        Row found = one(estimates(samples(kocs, 100)), "slice_kind = 'all' AND recommender = 'published'");

        assertThat(found.<Long>getAs("kocs")).isEqualTo(20);
        assertThat(found.<Double>getAs("ndcg_first_purchases")).isCloseTo(.5, within(1e-9));
        // Each of the 40 lists has three expected and two observed buyers.
        assertThat(found.<Double>getAs("expected_buyers")).isCloseTo(120, within(1e-6));
        assertThat(found.<Double>getAs("calibration")).isCloseTo(1.5, within(1e-9));
        assertThat(found.<Double>getAs("calibration_error")).isCloseTo(.5, within(1e-9));
        assertThat(found.<Boolean>getAs("is_calibrated")).isFalse();
    }

    @Test
    void everySliceHasItsOwnEstimates() {
        Dataset<Row> results = estimates(samples(kocs(40, "k % 2", "0"), 100));

        assertThat(one(results, "slice = 'level 1' AND recommender = 'published'")
                        .<Double>getAs("ndcg_first_purchases"))
                .isCloseTo(1, within(1e-9));
        assertThat(one(results, "slice = 'level 0' AND recommender = 'published'")
                        .<Double>getAs("ndcg_first_purchases"))
                .isZero();
        assertThat(results.select("slice_kind").distinct().collectAsList()).hasSize(5);
    }

    private static String verdict(Dataset<Row> kocs, int minKocs) {
        return one(
                        BootstrapIntervals.comparePublished(samples(kocs, 200), minKocs),
                        "slice_kind = 'all' AND metric = 'ndcg_first_purchases'")
                .getAs("verdict");
    }

    private static Dataset<Row> estimates(Dataset<Row> samples) {
        return BootstrapIntervals.estimate(samples, .1);
    }

    /** Checkpointed as in a backtest, because comparePublished joins the samples with themselves. */
    private static Dataset<Row> samples(Dataset<Row> kocs, int resamples) {
        return BootstrapSamples.compute(kocs, resamples, SEED).localCheckpoint();
    }

    /** Rows of backtest_kocs for KOCs k = 0, 1, ... with these expressions for the NDCG of published and popularity. */
    private static Dataset<Row> kocs(int kocs, String published, String popularity) {
        return SPARK.range(kocs)
                .selectExpr("id AS k", "explode(array('published', 'popularity')) AS recommender")
                .selectExpr(
                        "concat('koc', k) AS koc_id",
                        "recommender",
                        "'2024-01-31' AS cutoff",
                        "'everybody' AS portrait",
                        "concat('level ', k % 2) AS level",
                        "'1+' AS pool_band",
                        "5L AS listed",
                        "CAST(IF(recommender = 'published', " + published + ", " + popularity
                                + ") AS DOUBLE) AS ndcg_first_purchases",
                        "3.0D AS expected_buyers",
                        "2L AS observed_buyers")
                .selectExpr(
                        "*",
                        "ndcg_first_purchases / 2 AS ndcg_all_buyers",
                        "ndcg_first_purchases AS buyers_captured",
                        "ndcg_first_purchases > 0 AS is_hit");
    }

    private static Row one(Dataset<Row> rows, String condition) {
        List<Row> found = rows.where(condition).collectAsList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static List<Row> sorted(Dataset<Row> rows) {
        return rows.orderBy("slice_kind", "slice", "recommender").collectAsList();
    }
}
