package koc.backtest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.shiftrightunsigned;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import koc.spark.ExactSums;
import koc.statistics.Poisson;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Averages the scores over many resamples of the KOCs.
 *
 * <p>This is the Poisson bootstrap (Chamandy and others 2012, Estimating uncertainty for massive data streams). In each sample,
 * a KOC has a weight from a Poisson distribution of mean 1. The weight comes from a hash of KOC, sample and seed, which has
 * four consequences. No sample needs the total number of KOCs. A KOC has the same weight for every recommender, so
 * differences are paired. A KOC has the same weight at every cutoff, so their cutoffs stay together. The same seed gives
 * the same samples.
 */
final class BootstrapSamples {
    /** {@code P(weight <= 0), P(weight <= 1), ...}. Fewer than one weight in 100 million is above the last. */
    private static final double[] CUMULATIVE_POISSON = Poisson.cumulative(1, 10);

    private BootstrapSamples() {}

    /**
     * backtest_kocs -> slice x recommender x sample grain. Column {@code sample} is 0 for the KOCs as they are, without
     * resampling.
     *
     * <p>A case is a KOC at a cutoff after which its pool had observed buyers. Columns: kocs, cases, cases_with_list and
     * ndcg_all_buyers (mean over cases); first_purchase_kocs; ndcg_first_purchases, buyers_captured and hit_rate (means over
     * cases with first purchases); expected_buyers, observed_buyers and calibration. A mean is null where the sample has no
     * case.
     */
    static Dataset<Row> compute(Dataset<Row> kocs, int resamples, long seed) {
        Column weight = col("weight");
        return averageSums(sumByKoc(kocs)
                .withColumn("sample", explode(sequence(lit(0), lit(resamples))))
                .withColumn("weight", when(col("sample").equalTo(0), 1L).otherwise(poissonWeight(seed)))
                .where("weight > 0")
                .groupBy("slice_kind", "slice", "recommender", "sample")
                .agg(
                        sum(weight.multiply(col("has_case"))).as("kocs"),
                        sum(weight.multiply(col("has_first_purchases"))).as("first_purchase_kocs"),
                        sum(weight.multiply(col("cases"))).as("cases"),
                        sum(weight.multiply(col("cases_with_list"))).as("cases_with_list"),
                        sum(weight.multiply(col("ndcg_all_buyers"))).as("ndcg_all_buyers"),
                        sum(weight.multiply(col("first_purchase_cases"))).as("first_purchase_cases"),
                        sum(weight.multiply(col("ndcg_first_purchases"))).as("ndcg_first_purchases"),
                        sum(weight.multiply(col("captured"))).as("captured"),
                        sum(weight.multiply(col("hits"))).as("hits"),
                        sum(weight.multiply(col("expected"))).as("expected"),
                        sum(weight.multiply(col("observed_of_forecasts"))).as("observed_of_forecasts"),
                        sum(weight.multiply(col("observed"))).as("observed_buyers")));
    }

    /**
     * backtest_kocs -> slice x recommender x KOC grain: sums over the cutoffs, so that a KOC is resampled with all its
     * cutoffs.
     */
    private static Dataset<Row> sumByKoc(Dataset<Row> kocs) {
        Column isCase = col("ndcg_all_buyers").isNotNull();
        Column hasFirstPurchases = col("ndcg_first_purchases").isNotNull();
        Column hasForecast = col("expected_buyers").isNotNull();
        return Slices.repeatBySlice(kocs)
                .groupBy("slice_kind", "slice", "recommender", "koc_id")
                .agg(
                        max(oneIf(isCase)).as("has_case"),
                        max(oneIf(hasFirstPurchases)).as("has_first_purchases"),
                        sum(oneIf(isCase)).as("cases"),
                        sum(oneIf(isCase.and(col("listed").gt(0)))).as("cases_with_list"),
                        sum(ExactSums.toUnits(col("ndcg_all_buyers"))).as("ndcg_all_buyers"),
                        sum(oneIf(hasFirstPurchases)).as("first_purchase_cases"),
                        sum(ExactSums.toUnits(col("ndcg_first_purchases"))).as("ndcg_first_purchases"),
                        sum(ExactSums.toUnits(col("buyers_captured"))).as("captured"),
                        sum(oneIf(col("is_hit"))).as("hits"),
                        sum(ExactSums.toUnits(col("expected_buyers"))).as("expected"),
                        sum(when(hasForecast, col("observed_buyers")).otherwise(0L))
                                .as("observed_of_forecasts"),
                        sum("observed_buyers").as("observed"));
    }

    private static Dataset<Row> averageSums(Dataset<Row> sums) {
        return sums.select(
                col("slice_kind"),
                col("slice"),
                col("recommender"),
                col("sample"),
                col("kocs"),
                col("first_purchase_kocs"),
                col("cases"),
                col("cases_with_list"),
                ratio(ExactSums.fromUnits(col("ndcg_first_purchases")), col("first_purchase_cases"))
                        .as("ndcg_first_purchases"),
                ratio(ExactSums.fromUnits(col("ndcg_all_buyers")), col("cases")).as("ndcg_all_buyers"),
                ratio(ExactSums.fromUnits(col("captured")), col("first_purchase_cases"))
                        .as("buyers_captured"),
                ratio(col("hits"), col("first_purchase_cases")).as("hit_rate"),
                ExactSums.fromUnits(col("expected")).as("expected_buyers"),
                col("observed_buyers"),
                ratio(ExactSums.fromUnits(col("expected")), col("observed_of_forecasts"))
                        .as("calibration"));
    }

    /** 0, 1, 2, ... with the probabilities of a Poisson distribution of mean 1, from 53 bits of a hash. */
    private static Column poissonWeight(long seed) {
        Column uniform = shiftrightunsigned(xxhash64(lit(seed), col("sample"), col("koc_id")), 11)
                .divide(0x1.0p53);
        Column weight = lit(0L);
        for (double probability : CUMULATIVE_POISSON) {
            weight = weight.plus(oneIf(uniform.gt(probability)));
        }
        return weight;
    }

    private static Column oneIf(Column condition) {
        return when(condition, 1L).otherwise(0L);
    }

    private static Column ratio(Column sum, Column count) {
        return when(count.gt(0), sum.divide(count));
    }
}
