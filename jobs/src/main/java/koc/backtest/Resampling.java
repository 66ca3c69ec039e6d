package koc.backtest;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.percentile;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.shiftrightunsigned;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.List;
import koc.spark.ExactSums;
import koc.statistics.Poisson;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * How sure the averages are: the KOCs are drawn anew many times, with repetition, and averaged each time.
 *
 * <p>A draw gives every KOC a weight of a Poisson distribution of mean 1 (Chamandy and others 2012, Estimating
 * uncertainty for massive data streams), which comes from a hash of KOC, draw and seed: so no draw has to know how many
 * KOCs there are, a KOC has the same weight for every recommender (differences are paired) and at every cutoff (the
 * same KOC twice is not two KOCs), and the same seed gives the same intervals.
 */
final class Resampling {
    private static final List<String> METRICS = List.of("ndcg", "ndcg_buyers", "buyers_captured", "hit_rate");
    private static final double LOW = .025;
    private static final double HIGH = .975;
    /** Chances that a weight is at most 0, 1, 2, ...: what lies above the last is one draw in twelve million. */
    private static final double[] POISSON = Poisson.cumulative(1, 10);

    private Resampling() {}

    /** Rows with cutoff, portrait, level and pool_band -> the same once for every segment they belong to. */
    static Dataset<Row> bySegment(Dataset<Row> rows) {
        return rows.withColumn(
                        "of",
                        explode(array(
                                segment("all", lit("all")),
                                segment("cutoff", col("cutoff").cast(DataTypes.StringType)),
                                segment("portrait", col("portrait")),
                                segment("level", col("level")),
                                segment("pool_size", col("pool_band")))))
                .withColumn("segment_kind", col("of.kind"))
                .withColumn("segment", col("of.name"))
                .drop("of");
    }

    private static Column segment(String kind, Column name) {
        return struct(lit(kind).as("kind"), name.as("name"));
    }

    /**
     * backtest_kocs -> segment x recommender x draw grain; draw 0 is the KOCs as they are: kocs, cases (KOCs times
     * cutoffs in which the pool bought what is forecast) and cases_with_list, ndcg_buyers (over cases); first_kocs, and over
     * cases with first purchases ndcg, buyers_captured, hit_rate; means are null where no KOC was drawn; and
     * expected_buyers, observed_buyers, calibration.
     */
    static Dataset<Row> draws(Dataset<Row> kocs, int resamples, long seed) {
        Column weight = col("weight");
        Dataset<Row> sums = ofKocs(kocs)
                .withColumn("draw", explode(sequence(lit(0), lit(resamples))))
                .withColumn("weight", when(col("draw").equalTo(0), 1L).otherwise(weight(seed)))
                .where("weight > 0")
                .groupBy("segment_kind", "segment", "recommender", "draw")
                .agg(
                        sum(weight.multiply(col("is_scored"))).as("kocs"),
                        sum(weight.multiply(col("has_first"))).as("first_kocs"),
                        sum(weight.multiply(col("cases"))).as("cases"),
                        sum(weight.multiply(col("cases_with_list"))).as("cases_with_list"),
                        sum(weight.multiply(col("ndcg_buyers"))).as("ndcg_buyers"),
                        sum(weight.multiply(col("first_cases"))).as("first_cases"),
                        sum(weight.multiply(col("ndcg"))).as("ndcg"),
                        sum(weight.multiply(col("captured"))).as("captured"),
                        sum(weight.multiply(col("hits"))).as("hits"),
                        sum(weight.multiply(col("expected"))).as("expected"),
                        sum(weight.multiply(col("forecast"))).as("forecast"),
                        sum(weight.multiply(col("observed"))).as("observed_buyers"));
        return sums.select(
                col("segment_kind"),
                col("segment"),
                col("recommender"),
                col("draw"),
                col("kocs"),
                col("first_kocs"),
                col("cases"),
                col("cases_with_list"),
                ratio(ExactSums.fromUnits(col("ndcg")), col("first_cases")).as("ndcg"),
                ratio(ExactSums.fromUnits(col("ndcg_buyers")), col("cases")).as("ndcg_buyers"),
                ratio(ExactSums.fromUnits(col("captured")), col("first_cases")).as("buyers_captured"),
                ratio(col("hits"), col("first_cases")).as("hit_rate"),
                ExactSums.fromUnits(col("expected")).as("expected_buyers"),
                col("observed_buyers"),
                ratio(ExactSums.fromUnits(col("expected")), col("forecast")).as("calibration"));
    }

    /**
     * backtest_kocs -> segment x recommender x KOC grain: sums over the cutoffs. A KOC is one, however many cutoffs it was
     * judged at: it is drawn with all of them.
     */
    private static Dataset<Row> ofKocs(Dataset<Row> kocs) {
        Column isScored = col("ndcg_buyers").isNotNull();
        Column isForecast = col("expected_buyers").isNotNull();
        return bySegment(kocs)
                .groupBy("segment_kind", "segment", "recommender", "koc_id")
                .agg(
                        max(one(isScored)).as("is_scored"),
                        max(one(col("ndcg").isNotNull())).as("has_first"),
                        sum(one(isScored)).as("cases"),
                        sum(one(isScored.and(col("listed").gt(0)))).as("cases_with_list"),
                        sum(ExactSums.toUnits(col("ndcg_buyers"))).as("ndcg_buyers"),
                        sum(one(col("ndcg").isNotNull())).as("first_cases"),
                        sum(ExactSums.toUnits(col("ndcg"))).as("ndcg"),
                        sum(ExactSums.toUnits(col("buyers_captured"))).as("captured"),
                        sum(one(col("is_hit"))).as("hits"),
                        sum(ExactSums.toUnits(col("expected_buyers"))).as("expected"),
                        sum(when(isForecast, col("observed_buyers")).otherwise(0L))
                                .as("forecast"),
                        sum("observed_buyers").as("observed"));
    }

    private static Column one(Column condition) {
        return when(condition, 1L).otherwise(0L);
    }

    /**
     * Draws -> segment x recommender grain: what was found, and between which ends 95% of the draws lie.
     *
     * @param calibrationTarget error up to which forecasts are calibrated
     */
    static Dataset<Row> results(Dataset<Row> draws, double calibrationTarget) {
        return draws.groupBy("segment_kind", "segment", "recommender")
                .agg(
                        found("kocs").as("kocs"),
                        found("cases").as("cases"),
                        found("cases_with_list").as("cases_with_list"),
                        found("ndcg").as("ndcg"),
                        bound("ndcg", LOW).as("ndcg_low"),
                        bound("ndcg", HIGH).as("ndcg_high"),
                        found("ndcg_buyers").as("ndcg_buyers"),
                        bound("ndcg_buyers", LOW).as("ndcg_buyers_low"),
                        bound("ndcg_buyers", HIGH).as("ndcg_buyers_high"),
                        found("buyers_captured").as("buyers_captured"),
                        bound("buyers_captured", LOW).as("buyers_captured_low"),
                        bound("buyers_captured", HIGH).as("buyers_captured_high"),
                        found("hit_rate").as("hit_rate"),
                        bound("hit_rate", LOW).as("hit_rate_low"),
                        bound("hit_rate", HIGH).as("hit_rate_high"),
                        found("expected_buyers").as("expected_buyers"),
                        found("observed_buyers").as("observed_buyers"),
                        found("calibration").as("calibration"),
                        bound("calibration", LOW).as("calibration_low"),
                        bound("calibration", HIGH).as("calibration_high"))
                .withColumn("calibration_error", Calibration.error())
                .withColumn("is_calibrated", Calibration.isWithin(calibrationTarget));
    }

    /**
     * Draws -> segment x other recommender x metric grain: published less the other, draw by draw, with the verdict.
     *
     * @param leastKocs KOCs below which there is no verdict
     */
    static Dataset<Row> differences(Dataset<Row> draws, int leastKocs) {
        Dataset<Row> published = draws.where(col("recommender").equalTo(Lists.PUBLISHED))
                .select("segment_kind", "segment", "draw", "ndcg", "ndcg_buyers", "buyers_captured", "hit_rate");
        for (String metric : METRICS) {
            published = published.withColumnRenamed(metric, "our_" + metric);
        }
        Column each = explode(array(METRICS.stream()
                .map(name -> struct(
                        lit(name).as("metric"),
                        col(name.equals("ndcg_buyers") ? "kocs" : "first_kocs").as("kocs"),
                        col("our_" + name).minus(col(name)).as("difference")))
                .toArray(Column[]::new)));
        return draws.where(col("recommender").notEqual(Lists.PUBLISHED))
                .join(published, new String[] {"segment_kind", "segment", "draw"}, "inner")
                .withColumn("each", each)
                .select("segment_kind", "segment", "recommender", "draw", "each.metric", "each.kocs", "each.difference")
                .groupBy("segment_kind", "segment", "recommender", "metric")
                .agg(
                        coalesce(found("kocs"), lit(0L)).as("kocs"),
                        found("difference").as("difference"),
                        bound("difference", LOW).as("low"),
                        bound("difference", HIGH).as("high"))
                .withColumn(
                        "verdict",
                        when(col("kocs").lt(leastKocs).or(col("low").isNull()), "too_few")
                                .when(col("low").gt(0), "wins")
                                .when(col("high").lt(0), "loses")
                                .otherwise("even"));
    }

    /** 0, 1, 2, ... with the chances of a Poisson distribution of mean 1, from 53 bits of a hash. */
    private static Column weight(long seed) {
        Column chance = shiftrightunsigned(xxhash64(lit(seed), col("draw"), col("koc_id")), 11)
                .divide(0x1.0p53);
        Column weight = lit(0L);
        for (double atMost : POISSON) {
            weight = weight.plus(when(chance.gt(atMost), 1L).otherwise(0L));
        }
        return weight;
    }

    private static Column ratio(Column part, Column whole) {
        return when(whole.gt(0), part.divide(whole));
    }

    private static Column found(String column) {
        return max(when(col("draw").equalTo(0), col(column)));
    }

    private static Column bound(String column, double share) {
        return percentile(when(col("draw").gt(0), col(column)), lit(share));
    }
}
