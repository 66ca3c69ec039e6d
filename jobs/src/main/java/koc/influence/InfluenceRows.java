package koc.influence;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import koc.statistics.GammaPoisson;
import koc.statistics.Normal;
import koc.tables.InfluenceTables;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** From counts to koc_influence: the prior is fitted to whole pools, a portrait's numbers lean on its pool's. */
final class InfluenceRows {
    /** Deviations between the two ends of a 90% interval. */
    private static final double INTERVAL = 2 * Normal.QUANTILE_95;
    /** Pools of which less is expected say nothing of how lifts differ, and would fill the sample with zeros. */
    private static final double MIN_EXPECTED = 0.05;

    private InfluenceRows() {}

    /** Counts with deviation of the appetite -> with that of homophily as well: relative variances add. */
    static Dataset<Row> withDeviation(Dataset<Row> counts, InfluenceSettings.Prior settings) {
        Column squared = col("deviation").multiply(col("deviation")).plus(settings.homophily() * settings.homophily());
        return counts.withColumn("deviation", sqrt(squared));
    }

    /** The prior, fitted on a bounded, seeded sample of whole pools. */
    static InfluencePrior prior(Dataset<Row> counts, InfluenceSettings settings) {
        Column tempering = InfluencePrior.tempering(col("observed"), col("deviation"));
        List<Row> sample = whole(counts)
                .where(col("expected").geq(MIN_EXPECTED))
                .orderBy(xxhash64(col("koc_id"), lit(settings.seed())), col("koc_id"))
                .limit(settings.prior().kocs())
                .select(col("observed").multiply(tempering), col("expected").multiply(tempering))
                .collectAsList();
        return InfluencePrior.fit(
                sample.stream().mapToDouble(row -> row.getDouble(0)).toArray(),
                sample.stream().mapToDouble(row -> row.getDouble(1)).toArray(),
                settings.prior().minSpread(),
                settings.prior().minEffectSpread());
    }

    /**
     * KOC x portrait grain: koc_influence.
     *
     * <p>A portrait's lift is Gamma around the whole pool's: with its k (koc.influence.prior.portrait) expected buyers, fewer
     * when the pool's own lift is unsure, (k L + x) / (k + e). Worked: L = 2, k = 5, x = 6, e = 1: 2.67.
     */
    static Dataset<Row> influence(
            Dataset<Row> counts, InfluencePrior prior, LocalDate day, InfluenceSettings settings) {
        Dataset<Row> pools = prior.withLift(whole(counts));
        Column spread = col("pool_high").minus(col("pool_low")).divide(INTERVAL);
        Column unsure = spread.multiply(spread).divide(col("pool_lift"));
        Column concentration = lit(1.0).divide(unsure.plus(1 / settings.prior().portrait()));
        Column tempering = InfluencePrior.tempering(col("observed"), col("deviation"));
        Column x = col("observed").multiply(tempering);
        Column e = col("expected").multiply(tempering);
        Dataset<Row> portraits = counts.where(col("portrait_id").notEqual(InfluenceTables.WHOLE_POOL))
                .join(
                        pools.select(
                                col("koc_id"),
                                col("influence_lift").as("pool_lift"),
                                col("influence_low").as("pool_low"),
                                col("influence_high").as("pool_high")),
                        new String[] {"koc_id"},
                        "inner")
                .withColumn("concentration", concentration)
                .withColumn("influence_lift", GammaPoisson.mean(x, e, col("pool_lift"), col("concentration")))
                .withColumn("influence_low", GammaPoisson.low(x, e, col("pool_lift"), col("concentration")))
                .withColumn("influence_high", GammaPoisson.high(x, e, col("pool_lift"), col("concentration")))
                .drop("pool_lift", "pool_low", "pool_high", "concentration");
        return pools.unionByName(portraits)
                .select(
                        lit(day).as("day"),
                        col("koc_id"),
                        col("portrait_id"),
                        col("reached"),
                        round(col("observed"), 6).as("observed"),
                        round(col("expected"), 6).as("expected"),
                        when(col("naive").gt(0), round(col("counted").divide(col("naive")), 6))
                                .as("naive_lift"),
                        round(col("influence_lift"), 6).as("influence_lift"),
                        // Where almost nothing is known, nearly all of the distribution lies below its mean.
                        round(least(col("influence_low"), col("influence_lift")), 6)
                                .as("influence_low"),
                        round(greatest(col("influence_high"), col("influence_lift")), 6)
                                .as("influence_high"));
    }

    /** The row of influence_priors, with the fingerprint of the settings. */
    static Row priorRow(InfluencePrior prior, LocalDate from, LocalDate day, String settings) {
        return RowFactory.create(
                Date.valueOf(day),
                prior.firstWeight(),
                prior.firstMean(),
                prior.firstShape(),
                prior.secondMean(),
                prior.secondShape(),
                prior.unknownLow(),
                prior.kocs(),
                prior.logLikelihood(),
                Date.valueOf(from),
                Date.valueOf(day),
                settings);
    }

    private static Dataset<Row> whole(Dataset<Row> counts) {
        return counts.where(col("portrait_id").equalTo(InfluenceTables.WHOLE_POOL));
    }
}
