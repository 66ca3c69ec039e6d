package koc.influence.prior;

import java.util.Arrays;
import koc.statistics.GammaMixture;
import koc.statistics.NegativeBinomial;
import smile.math.DifferentiableMultivariateFunction;

/**
 * The negative penalized log-likelihood of counts under a prior of lifts, with its gradient, as a function of five
 * parameters without bounds:
 *
 * <ul>
 *   <li>0: the logarithm of the mean lift without effect
 *   <li>1: the logarithm of the relative increase: mean lift with an effect / mean without, less 1
 *   <li>2, 3: the log odds of the two shapes, as fractions of their maximum
 *   <li>4: the log odds of the fraction of KOCs without effect.
 * </ul>
 *
 * <p>The penalty is that of normal priors around 0 of parameters 0 and 4. So with little evidence the mean without
 * effect stays near 1, and the fraction near a half.
 *
 * @param observed tempered observed purchases of each KOC
 * @param expected tempered expected purchases of each KOC
 * @param maxNoEffectShape maximum shape of the distribution without effect
 * @param maxEffectShape maximum shape of the distribution with an effect
 */
@SuppressWarnings("ArrayRecordComponent")
public record InfluenceLikelihood(double[] observed, double[] expected, double maxNoEffectShape, double maxEffectShape)
        implements DifferentiableMultivariateFunction {
    /** Standard deviations of the normal priors of parameters 4 and 0. */
    private static final double WEIGHT_DEVIATION = 1.5;

    private static final double MEAN_DEVIATION = .2;
    /** Keeps the mean with an effect below 1e13 times the mean without, because a search step may overshoot. */
    private static final double MAX_LOG_INCREASE = 30;

    private static final double MIN_SHAPE = 1e-6;

    /** The prior with these parameters. */
    public GammaMixture mixture(double[] parameters) {
        double noEffectMean = Math.exp(parameters[0]);
        double noEffectShape = Math.max(MIN_SHAPE, maxNoEffectShape * logistic(parameters[2]));
        double effectShape = Math.max(MIN_SHAPE, maxEffectShape * logistic(parameters[3]));
        return new GammaMixture(
                logistic(parameters[4]),
                noEffectShape,
                noEffectShape / noEffectMean,
                effectShape,
                effectShape / (noEffectMean * (1 + relativeIncrease(parameters))));
    }

    @Override
    public double f(double[] parameters) {
        GammaMixture prior = mixture(parameters);
        double total = -penalty(parameters);
        for (int i = 0; i < observed.length; i++) {
            double noEffect = logNoEffect(prior, i);
            double effect = logEffect(prior, i);
            total += logOfSum(noEffect, effect);
        }
        return -total;
    }

    /** The same value, and fills in its gradient. */
    @Override
    public double g(double[] parameters, double[] gradient) {
        GammaMixture prior = mixture(parameters);
        double weight = prior.firstWeight();
        double noEffectShape = prior.firstShape();
        double noEffectRate = prior.firstRate();
        double effectShape = prior.secondShape();
        double effectRate = prior.secondRate();
        // Derivatives: of each shape by its log odds, and of -ln(effect rate) by the logarithm of the increase.
        double noEffectShapeByOdds = noEffectShape * (1 - logistic(parameters[2]));
        double effectShapeByOdds = effectShape * (1 - logistic(parameters[3]));
        double rateByIncrease = relativeIncrease(parameters) / (1 + relativeIncrease(parameters));
        double total = -penalty(parameters);
        Arrays.fill(gradient, 0);
        for (int i = 0; i < observed.length; i++) {
            double x = observed[i];
            double e = expected[i];
            double noEffect = logNoEffect(prior, i);
            double logMarginal = logOfSum(noEffect, logEffect(prior, i));
            // Probability that the KOC has no effect, and probability that the KOC has an effect.
            double noEffectProbability = Math.exp(noEffect - logMarginal);
            double effectProbability = 1 - noEffectProbability;
            double byNoEffectRate =
                    noEffectProbability * NegativeBinomial.slopeOfRate(x, e, noEffectShape, noEffectRate);
            double byEffectRate = effectProbability * NegativeBinomial.slopeOfRate(x, e, effectShape, effectRate);
            double byNoEffectShape =
                    noEffectProbability * NegativeBinomial.slopeOfShape(x, e, noEffectShape, noEffectRate);
            double byEffectShape = effectProbability * NegativeBinomial.slopeOfShape(x, e, effectShape, effectRate);
            total += logMarginal;
            gradient[0] += byNoEffectRate * noEffectRate + byEffectRate * effectRate;
            gradient[1] += byEffectRate * effectRate * rateByIncrease;
            gradient[2] -= (byNoEffectShape + byNoEffectRate * noEffectRate / noEffectShape) * noEffectShapeByOdds;
            gradient[3] -= (byEffectShape + byEffectRate * effectRate / effectShape) * effectShapeByOdds;
            gradient[4] -= noEffectProbability - weight;
        }
        gradient[0] += parameters[0] / (MEAN_DEVIATION * MEAN_DEVIATION);
        gradient[4] += parameters[4] / (WEIGHT_DEVIATION * WEIGHT_DEVIATION);
        return -total;
    }

    private static double penalty(double[] parameters) {
        double weight = parameters[4] / WEIGHT_DEVIATION;
        double mean = parameters[0] / MEAN_DEVIATION;
        return .5 * (weight * weight + mean * mean);
    }

    private double logNoEffect(GammaMixture prior, int i) {
        return Math.log(Math.max(Double.MIN_NORMAL, prior.firstWeight()))
                + NegativeBinomial.logProbability(observed[i], expected[i], prior.firstShape(), prior.firstRate());
    }

    private double logEffect(GammaMixture prior, int i) {
        return Math.log(Math.max(Double.MIN_NORMAL, 1 - prior.firstWeight()))
                + NegativeBinomial.logProbability(observed[i], expected[i], prior.secondShape(), prior.secondRate());
    }

    /** ln(e^a + e^b). */
    private static double logOfSum(double a, double b) {
        double largest = Math.max(a, b);
        return largest + Math.log(Math.exp(a - largest) + Math.exp(b - largest));
    }

    private static double relativeIncrease(double[] parameters) {
        return Math.exp(Math.min(MAX_LOG_INCREASE, parameters[1]));
    }

    private static double logistic(double value) {
        return 1 / (1 + Math.exp(-value));
    }
}
