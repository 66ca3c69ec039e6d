package koc.influence.prior;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import koc.statistics.GammaMixture;
import koc.statistics.Minimum;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The distribution of lifts over all KOCs, and the posterior lift of a KOC given their counts. The prior is a mixture
 * of two Gamma distributions (DuMouchel 1999, Bayesian data mining in large frequency tables): one near 1 for KOCs
 * without effect, and one above it for KOCs with an effect. It is fitted to a sample of whole pools by marginal
 * likelihood.
 *
 * <p>Counts are tempered first, for two reasons: expected purchases are an estimate, and friends differ from comparable
 * users for reasons that nobody recorded. Let v be the relative standard deviation from both. O observed purchases then
 * have the relative variance 1 / O + v^2, which is that of O / (1 + O v^2) purchases. So observed and expected
 * purchases are both multiplied by 1 / (1 + O v^2). Example: O = 100, E = 50, v = .15 count as 31 and 15.
 *
 * @param lifts the mixture; its first distribution is that of KOCs without effect
 * @param kocs number of KOCs that the mixture was fitted to
 * @param logLikelihood penalized marginal log-likelihood of the fit ({@link InfluenceLikelihood})
 */
public record InfluencePrior(GammaMixture lifts, long kocs, double logLikelihood) {

    /** Where the search starts; {@link InfluenceLikelihood} explains the five parameters. */
    private static final double[][] STARTS = {{0, .5, 1, 0, 1}, {0, 1, 2, -1, 0}};

    /** Minimum spreads of {@link #WITHOUT_DATA}, whatever the settings; the second is larger than the default. */
    private static final double MIN_SPREAD_WITHOUT_DATA = .13;

    private static final double MIN_EFFECT_SPREAD_WITHOUT_DATA = .3;

    /** The prior when no KOC has enough expected purchases to fit it to: 73% of KOCs have no effect. */
    public static final InfluencePrior WITHOUT_DATA = ofParameters(
            likelihood(new double[0], new double[0], MIN_SPREAD_WITHOUT_DATA, MIN_EFFECT_SPREAD_WITHOUT_DATA),
            STARTS[0],
            0);

    /** The search ends when no partial derivative, relative to the likelihood, is larger. */
    private static final double TOLERANCE = 1e-10;

    private static final int MAX_STEPS = 500;
    private static final double LOW = .05;

    /**
     * The prior of maximum penalized marginal likelihood, by the quasi-Newton method of Broyden, Fletcher, Goldfarb and
     * Shanno from two starts. Without counts: {@link #WITHOUT_DATA}.
     *
     * <p>A tempered count varies less than a Poisson count of the same mean. Without a minimum spread, the fit would
     * make all KOCs with an effect alike and underestimate the best.
     *
     * @param observed tempered observed purchases
     * @param expected tempered expected purchases
     * @param minNoEffectSpread minimum relative standard deviation of lifts without effect
     * @param minEffectSpread minimum relative standard deviation of lifts with an effect
     */
    public static InfluencePrior fit(
            double[] observed, double[] expected, double minNoEffectSpread, double minEffectSpread) {
        if (observed.length == 0) {
            return WITHOUT_DATA;
        }
        InfluenceLikelihood likelihood = likelihood(observed, expected, minNoEffectSpread, minEffectSpread);
        InfluencePrior first = maximize(likelihood, STARTS[0]);
        InfluencePrior second = maximize(likelihood, STARTS[1]);
        return second.logLikelihood > first.logLikelihood ? second : first;
    }

    /**
     * The relative standard deviation of a Gamma distribution is 1 / sqrt(shape), so a minimum of it is a maximum
     * shape.
     */
    private static InfluenceLikelihood likelihood(
            double[] observed, double[] expected, double minNoEffectSpread, double minEffectSpread) {
        return new InfluenceLikelihood(
                observed,
                expected,
                1 / (minNoEffectSpread * minNoEffectSpread),
                1 / (minEffectSpread * minEffectSpread));
    }

    private static InfluencePrior maximize(InfluenceLikelihood likelihood, double[] start) {
        double[] parameters = start.clone();
        double minimum = Minimum.find(likelihood, parameters, TOLERANCE, MAX_STEPS);
        return ofParameters(likelihood, parameters, -minimum);
    }

    private static InfluencePrior ofParameters(
            InfluenceLikelihood likelihood, double[] parameters, double logLikelihood) {
        return new InfluencePrior(likelihood.mixture(parameters), likelihood.observed().length, logLikelihood);
    }

    /** Fraction of KOCs without effect. */
    public double noEffectWeight() {
        return lifts.firstWeight();
    }

    /** Mean lift of KOCs without effect. */
    public double noEffectMean() {
        return lifts.firstShape() / lifts.firstRate();
    }

    public double noEffectShape() {
        return lifts.firstShape();
    }

    /** Mean lift of KOCs with an effect, at least that of KOCs without. */
    public double effectMean() {
        return lifts.secondShape() / lifts.secondRate();
    }

    public double effectShape() {
        return lifts.secondShape();
    }

    /** The lift that 95% of all KOCs exceed: the lower end of the interval of a KOC without counts. */
    public double low() {
        return lifts.quantile(LOW);
    }

    /** The factor of observed and expected purchases that accounts for their relative deviation, 0..1. */
    public static Column tempering(Column observed, Column deviation) {
        return lit(1.0).divide(lit(1.0).plus(observed.multiply(deviation).multiply(deviation)));
    }

    /**
     * Adds influence_lift (posterior mean), influence_low and influence_high (90% interval).
     *
     * @param counts with observed_purchases, expected_purchases and deviation
     */
    public Dataset<Row> withLift(Dataset<Row> counts) {
        Column tempering = tempering(col("observed_purchases"), col("deviation"));
        return counts.withColumn(
                        "interval",
                        GammaMixture.interval(
                                lifts,
                                col("observed_purchases").multiply(tempering),
                                col("expected_purchases").multiply(tempering)))
                .withColumn("influence_lift", col("interval.lift"))
                .withColumn("influence_low", col("interval.low"))
                .withColumn("influence_high", col("interval.high"))
                .drop("interval");
    }
}
