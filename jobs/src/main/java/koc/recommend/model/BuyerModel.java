package koc.recommend.model;

import java.util.Arrays;
import koc.recommend.features.CandidateFeatures;
import koc.recommend.features.Part;
import koc.statistics.Poisson;

/**
 * The expected buyers of a product in a pool: {@code buyers = (sum of weight x part) x product affinity^e x category
 * affinity^f}.
 *
 * <p>Each part is a sum over the members of one estimate of their chance to buy, such as the rate of their portrait. So
 * the weighted sum is an expected number of buyers. The affinities are factors of the whole pool. Training finds the
 * weights and exponents with the highest Poisson likelihood of the purchases in the holdout, with a prior:
 *
 * <ul>
 *   <li>Weights by expectation-maximization, for a mixture of Poisson counts (Shepp and Vardi 1982): {@code w <-
 *       (explained + priorBuyers) / (available + priorBuyers / w0)}. Explained and available are summed over all
 *       examples. Of the buyers of one example, a part explains the fraction {@code w x part / sum of all w x part};
 *       available is {@code part x affinities}. No weight becomes negative. The prior counts as {@code priorBuyers}
 *       buyers (20 by default) observed at the starting weight w0. Until the final scaling, a part without data keeps
 *       w0. Finally all weights are multiplied by {@code (bought + priorBuyers) / (expected + priorBuyers)}, so the
 *       expected total is close to the observed one. Examples count by their weight.
 *   <li>Exponents by Newton's method, one after the other, within 0..2, between the rounds of the weights.
 * </ul>
 *
 * <p>No step of expectation-maximization lowers the likelihood with its prior, and all steps stay within the bounds.
 * Smile's bounded quasi-Newton method is no better: on 5,000 synthetic examples its log-likelihood was 6e-9 lower, and
 * the weights differed by at most 2e-7.
 */
@SuppressWarnings("ArrayRecordComponent")
public record BuyerModel(double[] weights, double[] exponents, double logLikelihood) {
    /**
     * The exponents before training, in the order of {@link CandidateFeatures#AFFINITIES}. Category affinity starts at
     * .5, because the item model and product affinity already reflect part of it.
     */
    private static final double[] UNTRAINED_EXPONENTS = {1, 0.5};

    private static final int ROUNDS = 8;
    private static final int WEIGHT_STEPS = 60;
    private static final int NEWTON_STEPS = 20;
    private static final double MAX_EXPONENT = 2;
    private static final double MAX_NEWTON_MOVE = .5;
    private static final double CONVERGED_MOVE = 1e-6;
    /** Relative change of the weights below which a round ends. */
    private static final double CONVERGED_WEIGHTS = 1e-6;

    /**
     * One product in one pool, with the purchases of the holdout.
     *
     * @param parts sums over the members, in the order of {@link Part}
     * @param affinities in the order of {@link CandidateFeatures#AFFINITIES}
     * @param bought members who bought it
     * @param weight how much it counts in training; 1 unless holdouts are balanced
     */
    public record Example(double[] parts, double[] affinities, double bought, double weight) {
        /** An example that counts 1. */
        public Example(double[] parts, double[] affinities, double bought) {
            this(parts, affinities, bought, 1);
        }

        /** The same with this weight. */
        public Example withWeight(double other) {
            return new Example(parts, affinities, bought, other);
        }
    }

    /** The model before training: the same weight for every part. */
    public static BuyerModel untrained(double weight) {
        double[] weights = new double[Part.values().length];
        Arrays.fill(weights, weight);
        return new BuyerModel(weights, UNTRAINED_EXPONENTS.clone(), 0);
    }

    /**
     * Fits the model to examples.
     *
     * @param prior starting values of weights and exponents
     * @param priorBuyers weight of the prior of each part and exponent, in buyers
     */
    public static BuyerModel fit(Example[] examples, BuyerModel prior, double priorBuyers) {
        double[] weights = prior.weights().clone();
        double[] exponents = prior.exponents().clone();
        double[] factors = new double[examples.length];
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < factors.length; i++) {
                factors[i] = factor(examples[i], exponents);
            }
            for (int step = 0; step < WEIGHT_STEPS; step++) {
                double[] updated = updateWeights(examples, factors, weights, prior.weights(), priorBuyers);
                boolean isConverged = isConverged(weights, updated);
                weights = updated;
                if (isConverged) {
                    break;
                }
            }
            // It shares the array: the second exponent is fitted with the first one updated.
            BuyerModel current = new BuyerModel(weights, exponents, 0);
            for (int affinity = 0; affinity < exponents.length; affinity++) {
                exponents[affinity] =
                        current.updateExponent(examples, affinity, prior.exponents()[affinity], priorBuyers);
            }
        }
        weights = scaleToTotal(examples, weights, exponents, priorBuyers);
        return new BuyerModel(weights, exponents, logLikelihood(examples, weights, exponents));
    }

    /** The expected buyers of an example. */
    public double expected(Example example) {
        return expected(example, weights, exponents);
    }

    private static double expected(Example example, double[] weights, double[] exponents) {
        return dot(weights, example.parts()) * factor(example, exponents);
    }

    private static double factor(Example example, double[] exponents) {
        double factor = 1;
        for (int affinity = 0; affinity < exponents.length; affinity++) {
            factor *= Math.pow(example.affinities()[affinity], exponents[affinity]);
        }
        return factor;
    }

    /** One step of expectation-maximization. */
    private static double[] updateWeights(
            Example[] examples, double[] factors, double[] weights, double[] starts, double priorBuyers) {
        double[] explained = new double[weights.length];
        double[] available = new double[weights.length];
        for (int i = 0; i < examples.length; i++) {
            double[] parts = examples[i].parts();
            double sum = dot(weights, parts);
            double bought = examples[i].weight() * examples[i].bought();
            double factor = examples[i].weight() * factors[i];
            for (int j = 0; j < weights.length; j++) {
                available[j] += parts[j] * factor;
                if (bought > 0 && sum > 0) {
                    explained[j] += weights[j] * parts[j] * bought / sum;
                }
            }
        }
        double[] updated = new double[weights.length];
        for (int j = 0; j < weights.length; j++) {
            updated[j] = starts[j] > 0 ? (explained[j] + priorBuyers) / (available[j] + priorBuyers / starts[j]) : 0;
        }
        return updated;
    }

    private static boolean isConverged(double[] weights, double[] updated) {
        for (int j = 0; j < weights.length; j++) {
            if (Math.abs(updated[j] - weights[j]) > CONVERGED_WEIGHTS * weights[j]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Multiplies all weights by (bought + priorBuyers) / (expected + priorBuyers), both summed over all examples. So
     * the prior decides between the parts, but hardly how many buyers are expected in total.
     */
    private static double[] scaleToTotal(Example[] examples, double[] weights, double[] exponents, double priorBuyers) {
        double bought = priorBuyers;
        double expected = priorBuyers;
        for (Example example : examples) {
            bought += example.weight() * example.bought();
            expected += example.weight() * expected(example, weights, exponents);
        }
        double factor = bought / expected;
        return Arrays.stream(weights).map(weight -> weight * factor).toArray();
    }

    /** Newton's method for one exponent; its prior counts {@code priorBuyers} buyers. */
    private double updateExponent(Example[] examples, int affinity, double priorExponent, double priorBuyers) {
        double[] trial = exponents.clone();
        for (int step = 0; step < NEWTON_STEPS; step++) {
            double slope = priorBuyers * (priorExponent - trial[affinity]);
            double curvature = priorBuyers;
            for (Example example : examples) {
                double log = Math.log(example.affinities()[affinity]);
                double expected = expected(example, weights, trial);
                slope += example.weight() * log * (example.bought() - expected);
                curvature += example.weight() * log * log * expected;
            }
            double move = slope / curvature;
            double next = trial[affinity] + Math.max(-MAX_NEWTON_MOVE, Math.min(MAX_NEWTON_MOVE, move));
            trial[affinity] = Math.min(MAX_EXPONENT, Math.max(0, next));
            if (Math.abs(move) < CONVERGED_MOVE) {
                break;
            }
        }
        return trial[affinity];
    }

    private static double logLikelihood(Example[] examples, double[] weights, double[] exponents) {
        double sum = 0;
        for (Example example : examples) {
            sum += example.weight() * Poisson.logProbability(example.bought(), expected(example, weights, exponents));
        }
        return sum;
    }

    private static double dot(double[] weights, double[] parts) {
        double sum = 0;
        for (int j = 0; j < weights.length; j++) {
            sum += weights[j] * parts[j];
        }
        return sum;
    }
}
