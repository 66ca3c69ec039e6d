package koc.economics.value;

import java.util.Arrays;
import smile.math.DifferentiableMultivariateFunction;
import smile.math.special.Gamma;

/**
 * The negative log-likelihood of {@link GammaGamma} per customer, with its gradient, as a function of ln p, ln q and ln
 * v (Fader and Hardie 2013, equation 1a). A customer whose x orders have the mean m has the likelihood
 *
 * <pre>
 * Gamma(px+q) / (Gamma(px) Gamma(q)) . v^q m^(px-1) x^(px) / (v + m x)^(px+q)
 * </pre>
 *
 * @param orders numbers of orders, x, above 0
 * @param means mean values of these orders, m, above 0
 * @param customers numbers of customers
 */
@SuppressWarnings("ArrayRecordComponent")
public record GammaGammaLikelihood(double[] orders, double[] means, double[] customers)
        implements DifferentiableMultivariateFunction {
    /** Number of customers. */
    double totalCustomers() {
        return Arrays.stream(customers).sum();
    }

    /** Mean value of an order over all customers; each customer counts once. */
    double mean() {
        double sum = 0;
        for (int i = 0; i < means.length; i++) {
            sum += customers[i] * means[i];
        }
        return sum / totalCustomers();
    }

    @Override
    public double f(double[] logs) {
        return g(logs, new double[GammaGamma.PARAMETERS]);
    }

    /** The same value, and fills in its gradient. */
    @Override
    public double g(double[] logs, double[] gradient) {
        double p = Math.exp(logs[0]);
        double q = Math.exp(logs[1]);
        double v = Math.exp(logs[2]);
        double logGammaQ = Gamma.lgamma(q);
        double digammaQ = Gamma.digamma(q);
        Terms terms = Terms.compute(p, q, maxOrders());
        double total = 0;
        double[] slopes = new double[GammaGamma.PARAMETERS];
        for (int i = 0; i < orders.length; i++) {
            double x = orders[i];
            int k = (int) x;
            double n = customers[i];
            double sum = v + means[i] * x;
            double logSum = Math.log(sum);
            double logTotal = Math.log(means[i] * x);
            double digammaAll = terms.digammaAll()[k];
            total += n
                    * (terms.logGammas()[k]
                            - logGammaQ
                            + q * logs[2]
                            + p * x * logTotal
                            - Math.log(means[i])
                            - (p * x + q) * logSum);
            slopes[0] += n * x * (digammaAll - terms.digammaOwn()[k] + logTotal - logSum);
            slopes[1] += n * (digammaAll - digammaQ + logs[2] - logSum);
            slopes[2] += n * (q / v - (p * x + q) / sum);
        }
        double scale = -1 / totalCustomers();
        Arrays.setAll(gradient, j -> scale * slopes[j] * Math.exp(logs[j]));
        return scale * total;
    }

    private int maxOrders() {
        return (int) Arrays.stream(orders).max().orElse(0);
    }

    /**
     * The terms that depend on the number of orders only; element x is for x orders. Customers have few different
     * numbers.
     *
     * @param logGammas ln Gamma(p x + q) / Gamma(p x)
     * @param digammaAll digamma of p x + q
     * @param digammaOwn digamma of p x
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record Terms(double[] logGammas, double[] digammaAll, double[] digammaOwn) {
        static Terms compute(double p, double q, int maxOrders) {
            Terms terms = new Terms(new double[maxOrders + 1], new double[maxOrders + 1], new double[maxOrders + 1]);
            for (int x = 1; x <= maxOrders; x++) {
                terms.logGammas[x] = Gamma.lgamma(p * x + q) - Gamma.lgamma(p * x);
                terms.digammaAll[x] = Gamma.digamma(p * x + q);
                terms.digammaOwn[x] = Gamma.digamma(p * x);
            }
            return terms;
        }
    }
}
