package koc.influence;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import koc.statistics.GammaMixture;
import koc.statistics.NegativeBinomial;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

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

    /** Where the search begins, and what a warehouse without a share has: hardly anybody moves anybody. */
    static final InfluencePrior START = of(new double[] {0, .5, 1, 0, 1}, Shapes.of(.13, .3), 0, 0);

    /** The largest shapes that the components may have. */
    private record Shapes(double first, double second) {
        /** Those of components that differ at least so much, relative to their means. */
        static Shapes of(double firstSpread, double secondSpread) {
            return new Shapes(1 / (firstSpread * firstSpread), 1 / (secondSpread * secondSpread));
        }
    }

    private static final double[] FIRST_STEPS = {.1, .5, 1, 1, .5};
    private static final double SMALLEST_STEP = 1e-3;
    private static final int MOST_ROUNDS = 400;
    /** How far the weight (in log odds) and the first mean (in logs) stray from even and 1 without evidence. */
    private static final double WEIGHT_DEVIATION = 1.5;

    private static final double MEAN_DEVIATION = .2;
    private static final double LOW = .05;

    /**
     * The prior under which these counts are most probable, by a compass search over five numbers. Without counts: the
     * start.
     *
     * <p>Tempered counts vary less than counts of their size do, so that their spread says little of how far lifts of one
     * kind lie apart: left to itself the fit takes all who move people for equals, and tells the best of them too low. What
     * they differ by at least is therefore given.
     *
     * @param observed tempered buyers
     * @param expected tempered expected buyers
     * @param leastSpread relative deviation below which the first component may not go
     * @param moversSpread the same of the second
     */
    static InfluencePrior fit(double[] observed, double[] expected, double leastSpread, double moversSpread) {
        Shapes shapes = Shapes.of(leastSpread, moversSpread);
        double[][] starts = {{0, .5, 1, 0, 1}, {0, 1, 2, -1, 0}};
        InfluencePrior best = of(starts[0], shapes, observed.length, Double.NEGATIVE_INFINITY);
        for (double[] start : starts) {
            InfluencePrior found = search(start, observed, expected, shapes);
            if (found.logLikelihood > best.logLikelihood) {
                best = found;
            }
        }
        return observed.length == 0 ? START : best;
    }

    private static InfluencePrior search(double[] start, double[] observed, double[] expected, Shapes shapes) {
        double[] at = start.clone();
        double[] steps = FIRST_STEPS.clone();
        double value = objective(at, observed, expected, shapes);
        for (int round = 0; round < MOST_ROUNDS && largest(steps) > SMALLEST_STEP; round++) {
            for (int i = 0; i < at.length; i++) {
                double here = at[i];
                at[i] = here + steps[i];
                double moved = objective(at, observed, expected, shapes);
                if (moved <= value) {
                    at[i] = here - steps[i];
                    moved = objective(at, observed, expected, shapes);
                }
                if (moved > value) {
                    value = moved;
                    steps[i] *= 1.2;
                } else {
                    at[i] = here;
                    steps[i] /= 2;
                }
            }
        }
        return of(at, shapes, observed.length, value);
    }

    private static double largest(double[] steps) {
        double largest = 0;
        for (double step : steps) {
            largest = Math.max(largest, step);
        }
        return largest;
    }

    private static InfluencePrior of(double[] at, Shapes shapes, long kocs, double logLikelihood) {
        double firstMean = Math.exp(at[0]);
        return new InfluencePrior(
                logistic(at[4]),
                firstMean,
                shapes.first() * logistic(at[2]),
                firstMean * (1 + Math.exp(at[1])),
                shapes.second() * logistic(at[3]),
                kocs,
                logLikelihood);
    }

    private static double objective(double[] at, double[] observed, double[] expected, Shapes shapes) {
        InfluencePrior prior = of(at, shapes, observed.length, 0);
        double weight = at[4] / WEIGHT_DEVIATION;
        double mean = at[0] / MEAN_DEVIATION;
        double total = -.5 * (weight * weight + mean * mean);
        for (int i = 0; i < observed.length; i++) {
            double first = Math.log(Math.max(1e-300, prior.firstWeight))
                    + logProbability(observed[i], expected[i], prior.firstShape, prior.firstMean);
            double second = Math.log(Math.max(1e-300, 1 - prior.firstWeight))
                    + logProbability(observed[i], expected[i], prior.secondShape, prior.secondMean);
            double most = Math.max(first, second);
            total += most + Math.log(Math.exp(first - most) + Math.exp(second - most));
        }
        return total;
    }

    private static double logProbability(double count, double expected, double shape, double mean) {
        double atLeast = Math.max(shape, 1e-6);
        return NegativeBinomial.logProbability(count, expected, atLeast, atLeast / mean);
    }

    /** The lift that 95% of all KOCs are above: what can be said of one of whom nothing is known. */
    double unknownLow() {
        return mixture().quantile(LOW);
    }

    private GammaMixture mixture() {
        return new GammaMixture(
                firstWeight, firstShape, firstShape / firstMean, secondShape, secondShape / secondMean);
    }

    private static double logistic(double value) {
        return 1 / (1 + Math.exp(-value));
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
