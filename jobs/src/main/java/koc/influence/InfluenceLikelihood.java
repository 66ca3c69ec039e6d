package koc.influence;

import java.util.Arrays;
import koc.statistics.GammaMixture;
import koc.statistics.NegativeBinomial;
import smile.math.DifferentiableMultivariateFunction;

/**
 * How improbable counts are under a prior of lifts, and which way it gets better: the negative logarithm of the
 * likelihood by five numbers without bounds. They are
 *
 * <ul>
 *   <li>0: the logarithm of the first mean
 *   <li>1: the logarithm of what the second mean has over the first, relative to it
 *   <li>2, 3: the log odds of the shapes as fractions of the largest that they may have
 *   <li>4: the log odds of the first weight.
 * </ul>
 *
 * <p>Without evidence the weight stays near even and the first mean near 1: both have a normal prior.
 */
@SuppressWarnings("ArrayRecordComponent")
record InfluenceLikelihood(double[] observed, double[] expected, double maxFirstShape, double maxSecondShape)
        implements DifferentiableMultivariateFunction {
    /** How far the weight (in log odds) and the first mean (in logs) stray from even and 1 without evidence. */
    private static final double WEIGHT_DEVIATION = 1.5;

    private static final double MEAN_DEVIATION = .2;
    /** The second mean is at most 1e13 times the first: a step of the search may go far. */
    private static final double MAX_LOG_EXCESS = 30;

    private static final double MIN_SHAPE = 1e-6;

    /** The prior that five numbers stand for. */
    GammaMixture mixture(double[] at) {
        double firstMean = Math.exp(at[0]);
        double firstShape = Math.max(MIN_SHAPE, maxFirstShape * logistic(at[2]));
        double secondShape = Math.max(MIN_SHAPE, maxSecondShape * logistic(at[3]));
        return new GammaMixture(
                logistic(at[4]),
                firstShape,
                firstShape / firstMean,
                secondShape,
                secondShape / (firstMean * (1 + excess(at))));
    }

    @Override
    public double f(double[] at) {
        GammaMixture prior = mixture(at);
        double total = -penalty(at);
        for (int i = 0; i < observed.length; i++) {
            double first = first(prior, i);
            double second = second(prior, i);
            total += sumOfLogarithms(first, second);
        }
        return -total;
    }

    /** The same with its slopes by the five numbers. */
    @Override
    public double g(double[] at, double[] slopes) {
        GammaMixture prior = mixture(at);
        double weight = prior.firstWeight();
        double shape1 = prior.firstShape();
        double rate1 = prior.firstRate();
        double shape2 = prior.secondShape();
        double rate2 = prior.secondRate();
        // By how much the shapes grow with their log odds, and the second rate falls with the logarithm of the excess.
        double ofShape1 = shape1 * (1 - logistic(at[2]));
        double ofShape2 = shape2 * (1 - logistic(at[3]));
        double ofExcess = excess(at) / (1 + excess(at));
        double total = -penalty(at);
        Arrays.fill(slopes, 0);
        for (int i = 0; i < observed.length; i++) {
            double x = observed[i];
            double e = expected[i];
            double first = first(prior, i);
            double both = sumOfLogarithms(first, second(prior, i));
            double isFirst = Math.exp(first - both);
            double isSecond = 1 - isFirst;
            double byRate1 = isFirst * NegativeBinomial.slopeOfRate(x, e, shape1, rate1);
            double byRate2 = isSecond * NegativeBinomial.slopeOfRate(x, e, shape2, rate2);
            total += both;
            slopes[0] += byRate1 * rate1 + byRate2 * rate2;
            slopes[1] += byRate2 * rate2 * ofExcess;
            slopes[2] -= (isFirst * NegativeBinomial.slopeOfShape(x, e, shape1, rate1) + byRate1 * rate1 / shape1)
                    * ofShape1;
            slopes[3] -= (isSecond * NegativeBinomial.slopeOfShape(x, e, shape2, rate2) + byRate2 * rate2 / shape2)
                    * ofShape2;
            slopes[4] -= isFirst - weight;
        }
        slopes[0] += at[0] / (MEAN_DEVIATION * MEAN_DEVIATION);
        slopes[4] += at[4] / (WEIGHT_DEVIATION * WEIGHT_DEVIATION);
        return -total;
    }

    private static double penalty(double[] at) {
        double weight = at[4] / WEIGHT_DEVIATION;
        double mean = at[0] / MEAN_DEVIATION;
        return .5 * (weight * weight + mean * mean);
    }

    private double first(GammaMixture prior, int i) {
        return Math.log(Math.max(Double.MIN_NORMAL, prior.firstWeight()))
                + NegativeBinomial.logProbability(observed[i], expected[i], prior.firstShape(), prior.firstRate());
    }

    private double second(GammaMixture prior, int i) {
        return Math.log(Math.max(Double.MIN_NORMAL, 1 - prior.firstWeight()))
                + NegativeBinomial.logProbability(observed[i], expected[i], prior.secondShape(), prior.secondRate());
    }

    /** ln(e^a + e^b). */
    private static double sumOfLogarithms(double a, double b) {
        double largest = Math.max(a, b);
        return largest + Math.log(Math.exp(a - largest) + Math.exp(b - largest));
    }

    private static double excess(double[] at) {
        return Math.exp(Math.min(MAX_LOG_EXCESS, at[1]));
    }

    private static double logistic(double value) {
        return 1 / (1 + Math.exp(-value));
    }
}
