package koc.growth.coverage;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.time.LocalDate;
import koc.growth.GrowthKocs;
import koc.growth.GrowthSettings;
import koc.tables.Frame;
import koc.text.Texts;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** Which inactive KOCs to activate next in each county that is below its target. */
public final class NextKocs {
    /** The pool members in the county of an inactive KOC whom fewer than two active KOCs reach. */
    public static final Frame ADDITIONS = Frame.named("additions")
            .grain("one row per inactive KOC and user whom the KOC would add")
            .columns("""
                    region        STRING COMMENT 'Key of the county',
                    koc_id        STRING COMMENT 'Inactive KOC',
                    user_id       STRING COMMENT 'Member of the pool',
                    reaching_kocs BIGINT COMMENT 'Active KOCs who reach the user: 0 or 1'""");

    private static final String[] REGION = {"region"};
    private static final String[] KOC = {"koc_id"};
    /** Resolution of the sampled fraction of a county's users: one in a million. */
    private static final int BUCKETS = 1_000_000;

    private final GrowthSettings settings;
    private final GrowthSettings.County county;
    private final LocalDate day;

    public NextKocs(GrowthSettings settings, LocalDate day) {
        this.settings = settings;
        this.county = settings.county();
        this.day = day;
    }

    /**
     * Ties -> the users whom each candidate would add ({@link #ADDITIONS}). Candidates are KOCs with a pool
     * and a county who are neither active nor revoked.
     *
     * @param ties tie_strengths of the day
     * @param kocs {@link GrowthKocs#KOCS}
     * @param reach {@link UserReach#REACH}
     */
    public static Dataset<Row> selectAdditions(Dataset<Row> ties, Dataset<Row> kocs, Dataset<Row> reach) {
        Dataset<Row> candidates = kocs.where("NOT is_active AND NOT is_revoked AND region IS NOT NULL")
                .select(col("koc_id"), col("region").as("koc_region"));
        return ties.select("koc_id", "user_id")
                .join(candidates, KOC, "inner")
                .join(
                        reach.where("reaching_kocs < 2").select("user_id", "region", "reaching_kocs"),
                        new String[] {"user_id"},
                        "inner")
                .where("region = koc_region")
                .to(ADDITIONS.schema());
    }

    /**
     * Additions -> the rows of county_next_kocs: a greedy selection ({@link GreedyCoverage}) in each county below
     * target.
     *
     * <p>Memory is bounded: per county, at most {@code maxCandidates} KOCs with the largest gain are compared, on a
     * seeded sample of at most about {@code maxSampledUsers} users. The bounds of {@code data_bound} include the KOCs
     * that are not compared.
     *
     * @param additions {@link #ADDITIONS}; read twice
     * @param reach {@link UserReach#REACH}
     * @param kocs {@link GrowthKocs#KOCS}
     */
    public Dataset<Row> select(Dataset<Row> additions, Dataset<Row> reach, Dataset<Row> kocs) {
        Dataset<Row> compared = selectCompared(additions);
        Dataset<Row> counties = selectCountiesBelowTarget(reach, kocs);
        Dataset<Row> selected = sample(additions, compared, counties)
                .to(CountyGreedySelection.INPUT.schema())
                .groupByKey((MapFunction<Row, String>) row -> row.getString(0), Encoders.STRING())
                .flatMapGroups(
                        new CountyGreedySelection(county.secondKocWeight()),
                        Encoders.row(CountyGreedySelection.SELECTED.schema()));
        return explain(selected.join(compared.select("koc_id", "region", "candidates", "uncompared"), KOC, "inner")
                .join(counties, REGION, "inner")
                .join(kocs.select("koc_id", "name", "koc_type", "level", "pool_size"), KOC, "inner"));
    }

    /** Per county, the candidates with the largest gain, and an upper bound of the gain of the others. */
    private Dataset<Row> selectCompared(Dataset<Row> additions) {
        // Counts, because the last digits of a sum of weights would depend on the order of rows.
        Column gain = count_if(col("reaching_kocs").equalTo(0))
                .plus(count_if(col("reaching_kocs").equalTo(1)).multiply(county.secondKocWeight()));
        WindowSpec inRegion = Window.partitionBy("region");
        WindowSpec byGain =
                inRegion.orderBy(col("candidate_gain").desc(), col("koc_id").asc());
        Column isUncompared = col("candidate_rank").gt(county.maxCandidates());
        return additions
                .groupBy("region", "koc_id")
                .agg(gain.as("candidate_gain"))
                .withColumn("candidate_rank", row_number().over(byGain))
                .withColumn("candidates", count(lit(1)).over(inRegion))
                .withColumn(
                        "max_uncompared_gain",
                        coalesce(max(when(isUncompared, col("candidate_gain"))).over(inRegion), lit(0.0)))
                .where(col("candidate_rank").leq(county.maxCandidates()))
                .withColumn("uncompared", greatest(lit(0L), col("candidates").minus(county.maxCandidates())));
    }

    /** Counties below target: region, province, city, county, users, max_picks and sampled_fraction. */
    private Dataset<Row> selectCountiesBelowTarget(Dataset<Row> reach, Dataset<Row> kocs) {
        Column gap = CountyCoverage.targetKocs(county).minus(coalesce(col("active_kocs"), lit(0L)));
        return reach.groupBy("region")
                .agg(
                        max("province").as("province"),
                        max("city").as("city"),
                        max("county").as("county"),
                        count(lit(1)).as("users"))
                .join(CountyCoverage.countActiveByRegion(kocs), REGION, "left")
                .withColumn(
                        "max_picks",
                        least(gap, lit((long) county.maxNextKocs())).cast("int"))
                .withColumn(
                        "sampled_fraction",
                        least(lit(1.0), lit((double) county.maxSampledUsers()).divide(col("users"))))
                .where("max_picks > 0");
    }

    /** The additions that are compared: those of compared candidates and sampled users. */
    private Dataset<Row> sample(Dataset<Row> additions, Dataset<Row> compared, Dataset<Row> counties) {
        Column isSampled = pmod(xxhash64(col("user_id"), lit(settings.seed())), lit((long) BUCKETS))
                .lt(col("sampled_fraction").multiply(BUCKETS));
        return additions
                .join(compared.select("koc_id", "uncompared", "max_uncompared_gain"), KOC, "inner")
                .join(counties.select("region", "sampled_fraction", "max_picks"), REGION, "inner")
                .where(isSampled)
                .withColumn("max_uncompared_gain", col("max_uncompared_gain").multiply(col("sampled_fraction")));
    }

    private Dataset<Row> explain(Dataset<Row> selected) {
        Column scale = lit(1.0).divide(col("sampled_fraction"));
        return selected.withColumn("candidates_compared", col("candidates").minus(col("uncompared")))
                .withColumn(
                        "users_added", round(col("new_users").multiply(scale)).cast("long"))
                .withColumn(
                        "users_added_second",
                        round(col("second_koc_users").multiply(scale)).cast("long"))
                .select(
                        lit(day).as("day"),
                        col("province"),
                        col("city"),
                        col("county"),
                        col("rank"),
                        col("koc_id"),
                        col("koc_type"),
                        col("level"),
                        col("pool_size"),
                        col("users_added"),
                        col("users_added_second"),
                        round(col("gain").multiply(scale), 6).as("gain"),
                        round(col("total_gain").multiply(scale), 6).as("total_gain"),
                        round(col("greedy_bound"), 6).as("greedy_bound"),
                        round(col("data_bound"), 6).as("data_bound"),
                        col("candidates"),
                        col("candidates_compared"),
                        col("sampled_fraction"),
                        reason().as("reason"));
    }

    private Column reason() {
        Texts texts = Texts.of(settings.language());
        Column name = col("name");
        Column first = col("users_added");
        Column second = col("users_added_second");
        Column users = when(first.equalTo(0), texts.column("growth.next.adds-second", name, second))
                .when(second.equalTo(0), texts.column("growth.next.adds-first", name, first))
                .otherwise(texts.column("growth.next.adds", name, first, second));
        return texts.sentences(users, when(col("sampled_fraction").lt(1), texts.pattern("growth.next.estimated")));
    }
}
