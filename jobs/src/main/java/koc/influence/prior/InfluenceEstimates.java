package koc.influence.prior;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.try_divide;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.sql.Date;
import java.util.List;
import koc.influence.InfluencePeriod;
import koc.influence.InfluenceSettings;
import koc.influence.exposure.ExposureCounts;
import koc.statistics.GammaPoisson;
import koc.statistics.Normal;
import koc.tables.InfluenceTables;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Computes the rows of koc_influence and influence_priors from exposure counts. The prior is fitted to whole pools; the
 * lift of a portrait is shrunk towards the lift of its pool.
 */
public final class InfluenceEstimates {
    /** Standard deviations between the two ends of a 90% interval. */
    private static final double INTERVAL_WIDTH = 2 * Normal.QUANTILE_95;
    /**
     * Pools with fewer expected purchases hardly show how lifts differ. Most observed none: they would fill the sample.
     */
    private static final double MIN_EXPECTED = 0.05;
    /** Decimals of stored numbers. */
    private static final int DECIMALS = 6;

    private final InfluencePeriod period;
    private final InfluenceSettings settings;

    public InfluenceEstimates(InfluencePeriod period, InfluenceSettings settings) {
        this.period = period;
        this.settings = settings;
    }

    /**
     * Adds the uncertainty of homophily to the deviation; relative variances add up. Example: .12 and homophily .1 make
     * sqrt(.0144 + .01) = .156.
     *
     * @param counts {@link ExposureCounts#COUNTS}
     */
    public Dataset<Row> withHomophily(Dataset<Row> counts) {
        double homophily = settings.prior().homophilyDeviation();
        Column variance = col("deviation").multiply(col("deviation")).plus(homophily * homophily);
        return counts.withColumn("deviation", sqrt(variance));
    }

    /**
     * Fits the prior to a bounded, seeded sample of whole pools.
     *
     * @param counts {@link #withHomophily}
     */
    public InfluencePrior fitPrior(Dataset<Row> counts) {
        Column tempering = InfluencePrior.tempering(col("observed_purchases"), col("deviation"));
        List<Row> sample = keepWholePools(counts)
                .where(col("expected_purchases").geq(MIN_EXPECTED))
                .orderBy(xxhash64(col("koc_id"), lit(settings.seed())), col("koc_id"))
                .limit(settings.prior().kocs())
                .select(
                        col("observed_purchases").multiply(tempering),
                        col("expected_purchases").multiply(tempering))
                .collectAsList();
        return InfluencePrior.fit(
                sample.stream().mapToDouble(row -> row.getDouble(0)).toArray(),
                sample.stream().mapToDouble(row -> row.getDouble(1)).toArray(),
                settings.prior().minNoEffectSpread(),
                settings.prior().minEffectSpread());
    }

    /**
     * Computes the rows of koc_influence.
     *
     * @param counts {@link #withHomophily}
     */
    public Dataset<Row> estimateLifts(Dataset<Row> counts, InfluencePrior prior) {
        Dataset<Row> pools = prior.withLift(keepWholePools(counts));
        return pools.unionByName(estimatePortraits(counts, pools))
                .select(
                        lit(period.day()).as("day"),
                        col("koc_id"),
                        col("portrait_id"),
                        col("exposures"),
                        round(col("observed_purchases"), DECIMALS).as("observed_purchases"),
                        round(col("expected_purchases"), DECIMALS).as("expected_purchases"),
                        round(col("expected_purchases_90d"), DECIMALS).as("expected_purchases_90d"),
                        when(
                                        col("naive_purchases").gt(0),
                                        round(col("exposed_purchases").divide(col("naive_purchases")), DECIMALS))
                                .as("naive_lift"),
                        round(col("influence_lift"), DECIMALS).as("influence_lift"),
                        round(least(col("influence_low"), col("influence_lift")), DECIMALS)
                                .as("influence_low"),
                        // The mean of a very skewed distribution may lie above its 95% quantile; the interval is
                        // widened to contain it.
                        round(greatest(col("influence_high"), col("influence_lift")), DECIMALS)
                                .as("influence_high"));
    }

    /**
     * Estimates the lift of each portrait in a pool. The prior is a Gamma distribution around the lift L of the whole
     * pool, with the weight of k expected purchases: 5 by default, and fewer if L is uncertain. With observed O and
     * expected E, both tempered ({@link InfluencePrior}), the lift is (k L + O) / (k + E). Example: L = 2, k = 5, O =
     * 6, E = 1 give 2.67.
     */
    private Dataset<Row> estimatePortraits(Dataset<Row> counts, Dataset<Row> pools) {
        Column deviation = col("pool_high").minus(col("pool_low")).divide(INTERVAL_WIDTH);
        // A Gamma distribution with this mean and deviation has the rate mean / deviation^2.
        Column expectedBehindPoolLift =
                coalesce(try_divide(col("pool_lift"), deviation.multiply(deviation)), lit(GammaPoisson.CERTAIN));
        Column concentrationOfPrior =
                GammaPoisson.concentration(lit(settings.prior().portraitShrinkage()), expectedBehindPoolLift);
        Column tempering = InfluencePrior.tempering(col("observed_purchases"), col("deviation"));
        Column observed = col("observed_purchases").multiply(tempering);
        Column expected = col("expected_purchases").multiply(tempering);
        Column priorMean = col("pool_lift");
        Column concentration = col("concentration");
        return counts.where(col("portrait_id").notEqual(InfluenceTables.WHOLE_POOL))
                .join(
                        pools.select(
                                col("koc_id"),
                                col("influence_lift").as("pool_lift"),
                                col("influence_low").as("pool_low"),
                                col("influence_high").as("pool_high")),
                        new String[] {"koc_id"},
                        "inner")
                .withColumn("concentration", concentrationOfPrior)
                .withColumn("influence_lift", GammaPoisson.mean(observed, expected, priorMean, concentration))
                .withColumn("influence_low", GammaPoisson.low(observed, expected, priorMean, concentration))
                .withColumn("influence_high", GammaPoisson.high(observed, expected, priorMean, concentration))
                .drop("pool_lift", "pool_low", "pool_high", "concentration");
    }

    /**
     * The row of influence_priors.
     *
     * @param settingsAsJson {@link InfluenceSettings#asJson}
     */
    public Row toPriorRow(InfluencePrior prior, String settingsAsJson) {
        return RowFactory.create(
                Date.valueOf(period.day()),
                prior.noEffectWeight(),
                prior.noEffectMean(),
                prior.noEffectShape(),
                prior.effectMean(),
                prior.effectShape(),
                prior.low(),
                prior.kocs(),
                prior.logLikelihood(),
                Date.valueOf(period.from()),
                Date.valueOf(period.day()),
                settingsAsJson);
    }

    private static Dataset<Row> keepWholePools(Dataset<Row> counts) {
        return counts.where(col("portrait_id").equalTo(InfluenceTables.WHOLE_POOL));
    }
}
