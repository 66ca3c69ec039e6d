package koc.economics.value;

import java.util.Arrays;
import smile.math.DifferentiableMultivariateFunction;
import smile.math.special.Gamma;

/**
 * The negative log-likelihood of {@link BgNbd} per customer, with its gradient, as a function of ln r, ln alpha, ln a and
 * ln b (Fader, Hardie and Lee 2005, equation 6). With d = 1 for customers with a repeat order, else 0, a customer's
 * likelihood is
 *
 * <pre>
 * B(a, b+x) / B(a, b) . Gamma(r+x) alpha^r / Gamma(r) . [ (alpha+T)^-(r+x) + d a / (b+x-1) (alpha+t_x)^-(r+x) ]
 * </pre>
 *
 * @param histories the grouped histories
 */
record BgNbdLikelihood(PurchaseHistories histories) implements DifferentiableMultivariateFunction {
    @Override
    public double f(double[] logs) {
        return g(logs, new double[BgNbd.PARAMETERS]);
    }

    /** The same value, and fills in its gradient. */
    @Override
    public double g(double[] logs, double[] gradient) {
        double r = Math.exp(logs[0]);
        double alpha = Math.exp(logs[1]);
        double a = Math.exp(logs[2]);
        double b = Math.exp(logs[3]);
        double logAlpha = logs[1];
        double logGammaR = Gamma.lgamma(r);
        double digammaR = Gamma.digamma(r);
        double logBetaPart = Gamma.lgamma(a + b) - Gamma.lgamma(b);
        double digammaAb = Gamma.digamma(a + b);
        double digammaB = Gamma.digamma(b);
        double total = 0;
        double[] slopes = new double[BgNbd.PARAMETERS];
        for (int i = 0; i < histories.size(); i++) {
            double x = histories.repeats()[i];
            double n = histories.customers()[i];
            double logEnd = Math.log(alpha + histories.age()[i]);
            double logLast = Math.log(alpha + histories.recency()[i]);
            double alive = -(r + x) * logEnd;
            double dead = x > 0 ? Math.log(a) - Math.log(b + x - 1) - (r + x) * logLast : Double.NEGATIVE_INFINITY;
            double largest = Math.max(alive, dead);
            double logSum = largest + Math.log(Math.exp(alive - largest) + Math.exp(dead - largest));
            double isAlive = Math.exp(alive - logSum);
            double isDead = 1 - isAlive;
            double counts = Gamma.lgamma(r + x) - logGammaR + r * logAlpha;
            double beta = logBetaPart + Gamma.lgamma(b + x) - Gamma.lgamma(a + b + x);
            total += n * (counts + beta + logSum);

            double digammaAbx = Gamma.digamma(a + b + x);
            double lastSlope = x > 0 ? isDead : 0;
            slopes[0] += n * (Gamma.digamma(r + x) - digammaR + logAlpha - isAlive * logEnd - lastSlope * logLast);
            slopes[1] += n
                    * (r / alpha
                            - (r + x)
                                    * (isAlive / (alpha + histories.age()[i])
                                            + lastSlope / (alpha + histories.recency()[i])));
            slopes[2] += n * (digammaAb - digammaAbx + lastSlope / a);
            slopes[3] += n
                    * (digammaAb
                            + Gamma.digamma(b + x)
                            - digammaB
                            - digammaAbx
                            - (x > 0 ? lastSlope / (b + x - 1) : 0));
        }
        double scale = -1 / histories.totalCustomers();
        Arrays.setAll(gradient, j -> scale * slopes[j] * Math.exp(logs[j]));
        return scale * total;
    }
}
