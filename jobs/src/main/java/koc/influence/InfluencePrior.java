package koc.influence;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import koc.statistics.GammaMixture;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import smile.math.BFGS;

/**
 * What is known of lifts in general: DuMouchel's mixture of two Gamma distributions (1999, Bayesian data mining in large
 * frequency tables), one near 1 for KOCs who move nobody and one above it, fitted to all KOCs by marginal likelihood;
 * and what a KOC's own numbers make of it.
 *
 * <p>Counts are tempered first. Friends differ from their like for reasons that nobody recorded, and the expected buyers
 * are an estimate: with relative deviation d of both, x buyers have the relative variance 1/x + d^2, that of x / (1 + x d^2)
 * buyers. Both x and E are multiplied by 1 / (1 + x d^2). Worked: x = 100, E = 50, d = .15 count as 31 and 15.
 *
 * @param firstWeight share of KOCs in the first component
 * @param firstMean mean lift of the first component
 * @param firstShape shape of the first component; its rate is shape / mean
 * @param secondMean mean lift of the second component, at least that of the first
 * @param secondShape shape of the second component
 * @param kocs counts it was fitted on
 * @param logLikelihood marginal log-likelihood reached
 */
record InfluencePrior(
        double firstWeight,
        double firstMean,
        double firstShape,
        double secondMean,
        double secondShape,
        long kocs,
        double logLikelihood) {

    /** Where the search begins; see {@link InfluenceLikelihood} for the five numbers. */
    private static final double[][] STARTS = {{0, .5, 1, 0, 1}, {0, 1, 2, -1, 0}};

    /** What a warehouse without a share has: hardly anybody moves anybody. */
    static final InfluencePrior START = of(likelihood(new double[0], new double[0], .13, .3), STARTS[0], 0);

    /** The search ends where no slope, relative to the likelihood, is above this. */
    private static final double TOLERANCE = 1e-10;

    private static final int MAX_STEPS = 500;
    private static final double LOW = .05;

    /**
     * The prior under which these counts are most probable, by the quasi-Newton method of Broyden, Fletcher, Goldfarb
     * and Shanno, from two starts. Without counts: the start.
     *
     * <p>Tempered counts vary less than counts of their size do, so that their spread says little of how far lifts of one
     * kind lie apart: left to itself the fit takes all who move people for equals, and tells the best of them too low. What
     * they differ by at least is therefore given.
     *
     * @param observed tempered buyers
     * @param expected tempered expected buyers
     * @param minSpread relative deviation below which the first component may not go
     * @param minEffectSpread the same of the second
     */
    static InfluencePrior fit(double[] observed, double[] expected, double minSpread, double minEffectSpread) {
        if (observed.length == 0) {
            return START;
        }
        InfluenceLikelihood likelihood = likelihood(observed, expected, minSpread, minEffectSpread);
        InfluencePrior best = maximize(likelihood, STARTS[0]);
        InfluencePrior other = maximize(likelihood, STARTS[1]);
        return other.logLikelihood > best.logLikelihood ? other : best;
    }

    /** Components differ at least so much, relative to their means: the spread of a Gamma is 1 / sqrt(shape). */
    private static InfluenceLikelihood likelihood(
            double[] observed, double[] expected, double minSpread, double minEffectSpread) {
        return new InfluenceLikelihood(
                observed, expected, 1 / (minSpread * minSpread), 1 / (minEffectSpread * minEffectSpread));
    }

    private static InfluencePrior maximize(InfluenceLikelihood likelihood, double[] start) {
        double[] at = start.clone();
        double lowest = BFGS.minimize(likelihood, at, TOLERANCE, MAX_STEPS);
        return of(likelihood, at, -lowest);
    }

    private static InfluencePrior of(InfluenceLikelihood likelihood, double[] at, double logLikelihood) {
        GammaMixture found = likelihood.mixture(at);
        return new InfluencePrior(
                found.firstWeight(),
                found.firstShape() / found.firstRate(),
                found.firstShape(),
                found.secondShape() / found.secondRate(),
                found.secondShape(),
                likelihood.observed().length,
                logLikelihood);
    }

    /** The lift that 95% of all KOCs are above: what can be said of one of whom nothing is known. */
    double unknownLow() {
        return mixture().quantile(LOW);
    }

    private GammaMixture mixture() {
        return new GammaMixture(firstWeight, firstShape, firstShape / firstMean, secondShape, secondShape / secondMean);
    }

    /** What counts are multiplied by so that they are no surer than this relative deviation lets them be. */
    static Column tempering(Column observed, Column deviation) {
        return lit(1.0).divide(lit(1.0).plus(observed.multiply(deviation).multiply(deviation)));
    }

    /**
     * Counts with their lifts: adds influence_lift (posterior mean), influence_low and influence_high (90% interval).
     *
     * @param counts with observed, expected and deviation (relative, of homophily and expectation together)
     */
    Dataset<Row> withLift(Dataset<Row> counts) {
        Column factor = tempering(col("observed"), col("deviation"));
        return counts.withColumn(
                        "interval",
                        GammaMixture.interval(
                                mixture(),
                                col("observed").multiply(factor),
                                col("expected").multiply(factor)))
                .withColumn("influence_lift", col("interval.lift"))
                .withColumn("influence_low", col("interval.low"))
                .withColumn("influence_high", col("interval.high"))
                .drop("interval");
    }
}
