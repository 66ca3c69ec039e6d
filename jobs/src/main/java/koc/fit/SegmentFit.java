package koc.fit;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.List;
import java.util.stream.Stream;
import koc.statistics.GammaPoisson;
import koc.statistics.GammaPoisson.Prior;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Buyers of things by portrait, against what they would be if every portrait bought alike. */
final class SegmentFit {
    /** Expected buyers below which a cell says nothing of how lifts differ, and its reason speaks of no evidence. */
    static final double MIN_EXPECTED = 0.05;

    private static final String PORTRAIT = "portrait_id";

    private SegmentFit() {}

    /** User x thing grain with portrait_id -> thing x portrait grain: {@code buyers}, of those that have any. */
    static Dataset<Row> counts(Dataset<Row> bought, String... thing) {
        Column[] grain = Stream.concat(Stream.of(columns(thing)), Stream.of(col(PORTRAIT)))
                .toArray(Column[]::new);
        return bought.groupBy(grain).agg(count(lit(1)).as("buyers"));
    }

    /**
     * Counts of things by portrait -> thing x portrait grain, every portrait for every thing: {@code buyers} and
     * {@code buyers_if_average}.
     *
     * <p>buyers_if_average = buyers of the thing x the portrait's share of all buyers of all things, so that a portrait
     * that buys much of everything is not taken for fond of each: of 60 buyers a portrait with 10% of all purchases
     * would have 6.
     *
     * @param counted as {@link #counts} gives them; read several times
     * @param portraits portrait_id of every portrait
     * @param thing the columns that tell things apart
     */
    static Dataset<Row> cells(Dataset<Row> counted, Dataset<Row> portraits, String... thing) {
        Column[] things = columns(thing);
        Dataset<Row> byPortrait = counted.groupBy(PORTRAIT).agg(sum("buyers").as("portrait_buyers"));
        Dataset<Row> everything = byPortrait.agg(sum("portrait_buyers").as("all_buyers"));
        Dataset<Row> activity = portraits
                .join(byPortrait, new String[] {PORTRAIT}, "left")
                .crossJoin(everything)
                .select(
                        col(PORTRAIT),
                        coalesce(col("portrait_buyers"), lit(0L))
                                .cast("double")
                                .divide(col("all_buyers"))
                                .as("activity_share"));
        Dataset<Row> totals = counted.groupBy(things).agg(sum("buyers").as("thing_buyers"));
        return totals.crossJoin(broadcast(activity))
                .join(counted, names(thing), "left")
                .withColumn("buyers", coalesce(col("buyers"), lit(0L)))
                .withColumn("buyers_if_average", col("thing_buyers").multiply(col("activity_share")))
                .drop("thing_buyers", "activity_share");
    }

    /**
     * Cells with what they lean on -> the same with prior_mean and prior_evidence: the posterior of the level above, less
     * the cell's own counts, which would otherwise speak twice.
     *
     * <p>With a posterior of mean L and rate V, x buyers and e expected of the cell leave mean (L V - x) / (V - e). Of a
     * category with one product nothing but its own prior remains.
     *
     * @param cells with buyers, buyers_if_average, and parent_lift, parent_evidence (V) and parent_concentration (what of
     *     V its prior gave): null where nothing is above
     */
    static Dataset<Row> leaning(Dataset<Row> cells) {
        Column others = greatest(col("parent_evidence").minus(col("buyers_if_average")), col("parent_concentration"));
        Column theirs = greatest(
                lit(1e-6), col("parent_lift").multiply(col("parent_evidence")).minus(col("buyers")));
        return cells.withColumn(
                        "prior_mean",
                        when(col("parent_lift").isNotNull(), theirs.divide(others))
                                .otherwise(lit(1.0)))
                .withColumn(
                        "prior_evidence",
                        when(col("parent_lift").isNotNull(), others).otherwise(lit(GammaPoisson.CERTAIN)))
                .drop("parent_lift", "parent_evidence", "parent_concentration");
    }

    /**
     * The prior of a level, fitted on a bounded, seeded sample of its cells.
     *
     * @param cells with buyers, buyers_if_average, prior_mean and prior_evidence
     */
    static Prior prior(Dataset<Row> cells, FitSettings settings, String... grain) {
        List<Row> sample = cells.where(col("buyers_if_average").geq(MIN_EXPECTED))
                .orderBy(Stream.concat(
                                Stream.of(xxhash64(
                                        Stream.concat(Stream.of(columns(grain)), Stream.of(lit(settings.seed())))
                                                .toArray(Column[]::new))),
                                Stream.of(columns(grain)))
                        .toArray(Column[]::new))
                .limit(settings.priorCells())
                .select(
                        col("buyers").cast("double"),
                        col("buyers_if_average"),
                        col("prior_mean"),
                        col("prior_evidence"))
                .collectAsList();
        return GammaPoisson.fit(
                sample.stream().mapToDouble(row -> row.getDouble(0)).toArray(),
                sample.stream().mapToDouble(row -> row.getDouble(1)).toArray(),
                sample.stream().mapToDouble(row -> row.getDouble(2)).toArray(),
                sample.stream().mapToDouble(row -> row.getDouble(3)).toArray());
    }

    /** Cells -> the same with lift, lift_low, lift_high and fit = lift_low / (1 + lift_low). */
    static Dataset<Row> withLift(Dataset<Row> cells, Prior prior) {
        Column buyers = col("buyers").cast("double");
        Column expected = col("buyers_if_average");
        Column mean = col("prior_mean");
        Column concentration = GammaPoisson.concentration(prior, col("prior_evidence"));
        return cells.withColumn("lift", round(GammaPoisson.mean(buyers, expected, mean, concentration), 6))
                .withColumn("lift_low", round(GammaPoisson.low(buyers, expected, mean, concentration), 6))
                .withColumn("lift_high", round(GammaPoisson.high(buyers, expected, mean, concentration), 6))
                // Where almost nothing is known, nearly all of the distribution lies below its mean.
                .withColumn("lift_low", least(col("lift_low"), col("lift")))
                .withColumn("lift_high", greatest(col("lift_high"), col("lift")))
                .withColumn("fit", round(col("lift_low").divide(col("lift_low").plus(1)), 6));
    }

    static Column[] columns(String... names) {
        return Stream.of(names).map(name -> col(name)).toArray(Column[]::new);
    }

    private static String[] names(String... thing) {
        return Stream.concat(Stream.of(thing), Stream.of(PORTRAIT)).toArray(String[]::new);
    }
}
