package koc.influence;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import smile.math.special.Gamma;

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
    private static final int HALVINGS = 40;
    /** Between these the ends of intervals are looked for. */
    private static final double LEAST_LIFT = 1e-4;

    private static final double MOST_LIFT = 1e3;
    /** The ends of a 90% interval. */
    private static final double LOW = .05;

    private static final double HIGH = .95;

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

    /** A count under a Gamma lift is negative binomial; ln(x!) is left out, it is the same under every prior. */
    private static double logProbability(double count, double expected, double shape, double mean) {
        double atLeast = Math.max(shape, 1e-6);
        double rate = atLeast / mean;
        return Gamma.lgamma(atLeast + count)
                - Gamma.lgamma(atLeast)
                + atLeast * Math.log(rate / (rate + expected))
                + (count <= 0 ? 0 : count * Math.log(expected / (rate + expected)));
    }

    /** The lift that 95% of all KOCs are above: what can be said of one of whom nothing is known. */
    double unknownLow() {
        double low = LEAST_LIFT;
        double high = MOST_LIFT;
        for (int step = 0; step < HALVINGS; step++) {
            double middle = Math.sqrt(low * high);
            double below = firstWeight * Gamma.regularizedIncompleteGamma(firstShape, middle * firstShape / firstMean)
                    + (1 - firstWeight)
                            * Gamma.regularizedIncompleteGamma(secondShape, middle * secondShape / secondMean);
            if (below < LOW) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Math.sqrt(low * high);
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
        Column first = logProbability(col("x"), col("e"), firstShape, firstMean).plus(Math.log(firstWeight));
        Column second =
                logProbability(col("x"), col("e"), secondShape, secondMean).plus(Math.log(1 - firstWeight));
        return counts.withColumn("f", tempering(col("observed"), col("deviation")))
                .withColumn("x", col("observed").multiply(col("f")))
                .withColumn("e", col("expected").multiply(col("f")))
                .withColumn("q", lit(1.0).divide(lit(1.0).plus(exp(second.minus(first)))))
                .withColumn("s1", col("x").plus(firstShape))
                .withColumn("r1", col("e").plus(firstShape / firstMean))
                .withColumn("s2", col("x").plus(secondShape))
                .withColumn("r2", col("e").plus(secondShape / secondMean))
                .withColumn(
                        "influence_lift",
                        col("q").multiply(col("s1").divide(col("r1")))
                                .plus(lit(1.0).minus(col("q"))
                                        .multiply(col("s2").divide(col("r2")))))
                .withColumn("influence_low", quantile(LOW))
                .withColumn("influence_high", quantile(HIGH))
                .drop("f", "x", "e", "q", "s1", "r1", "s2", "r2");
    }

    private static Column logProbability(Column count, Column expected, double shape, double mean) {
        double atLeast = Math.max(shape, 1e-6);
        double rate = atLeast / mean;
        Column all = expected.plus(rate);
        return logGamma(count.plus(atLeast))
                .minus(Gamma.lgamma(atLeast))
                .plus(log(lit(rate).divide(all)).multiply(atLeast))
                .plus(when(count.gt(0).and(expected.gt(0)), count.multiply(log(expected.divide(all))))
                        .otherwise(0.0));
    }

    /** Stirling's series at x + 8, and back by the recurrence; error below 1e-10 for x above 0. */
    private static Column logGamma(Column x) {
        Column product = lit(1.0);
        for (int i = 0; i < 8; i++) {
            product = product.multiply(x.plus(i));
        }
        Column z = x.plus(8);
        Column one = lit(1.0).divide(z);
        return z.minus(.5)
                .multiply(log(z))
                .minus(z)
                .plus(.5 * Math.log(2 * Math.PI))
                .plus(one.divide(12))
                .minus(pow(one, lit(3)).divide(360))
                .plus(pow(one, lit(5)).divide(1260))
                .minus(log(product));
    }

    /** By halving an interval of logarithms from 1e-4 to 1000, on the distribution function of the mixture. */
    private static Column quantile(double level) {
        Column start = struct(
                lit(Math.log(LEAST_LIFT)).as("low"), lit(Math.log(MOST_LIFT)).as("high"));
        Column found = aggregate(sequence(lit(1), lit(HALVINGS)), start, (range, step) -> {
            Column middle = range.getField("low").plus(range.getField("high")).divide(2);
            Column lift = exp(middle);
            Column below = col("q").multiply(distribution(lift, col("s1"), col("r1")))
                    .plus(lit(1.0).minus(col("q")).multiply(distribution(lift, col("s2"), col("r2"))));
            Column isLow = below.lt(level);
            return struct(
                    when(isLow, middle).otherwise(range.getField("low")).as("low"),
                    when(isLow, range.getField("high")).otherwise(middle).as("high"));
        });
        return exp(found.getField("low"));
    }

    /**
     * P(Gamma(shape, rate) <= lift) by Wilson and Hilferty (1931): the cube root is normal; the normal by the logistic
     * approximation of Bowling and others (2009), off by .00014 at most.
     */
    private static Column distribution(Column lift, Column shape, Column rate) {
        Column root = pow(lift.multiply(rate).divide(shape), lit(1.0 / 3));
        Column deviate = root.minus(lit(1.0).minus(lit(1.0).divide(shape.multiply(9))))
                .multiply(sqrt(shape).multiply(3));
        Column clipped = when(abs(deviate).gt(8), when(deviate.gt(0), 8.0).otherwise(-8.0))
                .otherwise(deviate);
        Column exponent = clipped.multiply(1.5976).plus(pow(clipped, lit(3)).multiply(.07056));
        return greatest(lit(0.0), lit(1.0).divide(lit(1.0).plus(exp(exponent.multiply(-1)))));
    }
}
