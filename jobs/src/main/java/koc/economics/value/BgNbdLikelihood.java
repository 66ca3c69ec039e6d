package koc.economics.value;

import java.util.Arrays;
import smile.math.DifferentiableMultivariateFunction;
import smile.math.special.Gamma;

/**
 * The negative log-likelihood of {@link BgNbd} per customer, with its gradient, as a function of ln r, ln alpha, ln a
 * and ln b (Fader, Hardie and Lee 2005, equation 6). With d = 1 for customers with a repeat order, else 0, a customer's
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
        Terms terms = Terms.compute(r, a, b, histories.maxRepeats());
        double total = 0;
        double[] slopes = new double[BgNbd.PARAMETERS];
        for (int i = 0; i < histories.size(); i++) {
            double x = histories.repeats()[i];
            int k = (int) x;
            double n = histories.customers()[i];
            double logEnd = Math.log(alpha + histories.age()[i]);
            double logLast = Math.log(alpha + histories.recency()[i]);
            double alive = -(r + x) * logEnd;
            double dead = x > 0 ? Math.log(a) - Math.log(b + x - 1) - (r + x) * logLast : Double.NEGATIVE_INFINITY;
            double largest = Math.max(alive, dead);
            double logSum = largest + Math.log(Math.exp(alive - largest) + Math.exp(dead - largest));
            double isAlive = Math.exp(alive - logSum);
            double isDead = 1 - isAlive;
            total += n * (terms.logCounts()[k] + r * logAlpha + terms.logBeta()[k] + logSum);

            double lastSlope = x > 0 ? isDead : 0;
            slopes[0] += n * (terms.byR()[k] + logAlpha - isAlive * logEnd - lastSlope * logLast);
            slopes[1] += n
                    * (r / alpha
                            - (r + x)
                                    * (isAlive / (alpha + histories.age()[i])
                                            + lastSlope / (alpha + histories.recency()[i])));
            slopes[2] += n * (terms.byA()[k] + lastSlope / a);
            slopes[3] += n * (terms.byB()[k] - (x > 0 ? lastSlope / (b + x - 1) : 0));
        }
        double scale = -1 / histories.totalCustomers();
        Arrays.setAll(gradient, j -> scale * slopes[j] * Math.exp(logs[j]));
        return scale * total;
    }

    /**
     * The terms that depend on the number of repeat orders only, and their slopes; element x is for x repeat orders.
     * Gamma functions take most of the time, and customers have few different numbers of orders.
     *
     * @param logCounts ln Gamma(r+x) / Gamma(r)
     * @param logBeta ln B(a, b+x) / B(a, b)
     * @param byR slope of logCounts by r
     * @param byA slope of logBeta by a
     * @param byB slope of logBeta by b
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record Terms(double[] logCounts, double[] logBeta, double[] byR, double[] byA, double[] byB) {
        static Terms compute(double r, double a, double b, int maxRepeats) {
            double logGammaR = Gamma.lgamma(r);
            double digammaR = Gamma.digamma(r);
            double logBetaPart = Gamma.lgamma(a + b) - Gamma.lgamma(b);
            double digammaAb = Gamma.digamma(a + b);
            double digammaB = Gamma.digamma(b);
            Terms terms = new Terms(
                    new double[maxRepeats + 1],
                    new double[maxRepeats + 1],
                    new double[maxRepeats + 1],
                    new double[maxRepeats + 1],
                    new double[maxRepeats + 1]);
            for (int x = 0; x <= maxRepeats; x++) {
                double digammaAbx = Gamma.digamma(a + b + x);
                terms.logCounts[x] = Gamma.lgamma(r + x) - logGammaR;
                terms.logBeta[x] = logBetaPart + Gamma.lgamma(b + x) - Gamma.lgamma(a + b + x);
                terms.byR[x] = Gamma.digamma(r + x) - digammaR;
                terms.byA[x] = digammaAb - digammaAbx;
                terms.byB[x] = digammaAb - digammaAbx + Gamma.digamma(b + x) - digammaB;
            }
            return terms;
        }
    }
}
