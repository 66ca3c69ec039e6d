package koc.economics.value;

import java.util.Arrays;
import koc.statistics.Minimum;
import smile.math.DifferentiableMultivariateFunction;
import smile.math.matrix.Matrix;

/**
 * The maximum of a likelihood whose parameters are all above 0, found by BFGS over their logarithms from several
 * starts, with or without a prior.
 *
 * @param parameters the parameters at the best maximum
 * @param covariance covariance of their logarithms, from the curvature at the maximum; NaN where it is not curved
 * @param logLikelihood log-likelihood of all customers there
 * @param converged whether the gradient vanishes at the maximum and the parameters stay within 1e-6 to 1e6
 */
@SuppressWarnings("ArrayRecordComponent")
public record MaximumLikelihood(double[] parameters, double[][] covariance, double logLikelihood, boolean converged) {
    private static final double TOLERANCE = 1e-9;
    private static final int MAX_STEPS = 500;
    /** Largest slope of the log-likelihood per customer at a maximum. */
    private static final double MAX_SLOPE = 1e-4;
    /** Parameters outside of exp(-13.8) to exp(13.8) have run away. */
    private static final double MAX_LOG = Math.log(1e6);

    private static final double STEP = 1e-4;

    /**
     * Minimizes a negative log-likelihood per customer.
     *
     * @param function a function of the logarithms of the parameters
     * @param customers number of customers, for the standard errors
     * @param starts parameters to start from
     */
    static MaximumLikelihood fit(DifferentiableMultivariateFunction function, double customers, double[]... starts) {
        return fit(function, function, customers, starts);
    }

    /**
     * The same for a part of the customers. Their parameters are shrunk to these, which are those of all customers:
     * each logarithm has a normal prior around that of all, and the maximum is that of the posterior density. The
     * parameters of all are estimates too. With the inverse curvature S, the covariance C of the parameters of all, and
     * the variance v of the prior, the covariance is S + S C S / v^2.
     *
     * @param deviation standard deviation of the prior
     */
    MaximumLikelihood fitPart(DifferentiableMultivariateFunction function, double customers, double deviation) {
        double variance = deviation * deviation;
        MaximumLikelihood part =
                fit(new Shrunk(function, parameters, customers * variance), function, customers, parameters);
        if (part.parameters.length == 0) {
            return part;
        }
        Matrix inverse = new Matrix(part.covariance);
        Matrix inherited = inverse.mm(new Matrix(covariance)).mm(inverse);
        double[][] sum = new double[parameters.length][parameters.length];
        for (int j = 0; j < sum.length; j++) {
            for (int k = 0; k < sum.length; k++) {
                sum[j][k] = inverse.get(j, k) + inherited.get(j, k) / (variance * variance);
            }
        }
        return new MaximumLikelihood(part.parameters, sum, part.logLikelihood, part.converged);
    }

    /** Minimizes the first function; the log-likelihood is that of the second. */
    private static MaximumLikelihood fit(
            DifferentiableMultivariateFunction function,
            DifferentiableMultivariateFunction likelihood,
            double customers,
            double[]... starts) {
        double[] best = new double[0];
        double minimum = Double.POSITIVE_INFINITY;
        for (double[] start : starts) {
            double[] logs = new double[start.length];
            for (int j = 0; j < start.length; j++) {
                logs[j] = Math.log(start[j]);
            }
            double value = Minimum.find(function, logs, TOLERANCE, MAX_STEPS);
            if (value < minimum) {
                minimum = value;
                best = logs;
            }
        }
        if (best.length == 0) {
            return new MaximumLikelihood(best, new double[0][0], Double.NaN, false);
        }
        double[] parameters = new double[best.length];
        double[] gradient = new double[best.length];
        function.g(best, gradient);
        boolean converged = true;
        for (int j = 0; j < best.length; j++) {
            parameters[j] = Math.exp(best[j]);
            converged &= Math.abs(gradient[j]) <= MAX_SLOPE && Math.abs(best[j]) <= MAX_LOG;
        }
        return new MaximumLikelihood(
                parameters, covariance(function, best, customers), -likelihood.f(best) * customers, converged);
    }

    /**
     * A negative log-likelihood per customer with the penalty of a normal prior.
     *
     * @param center parameters at the center of the prior
     * @param weight customers x variance of the prior
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record Shrunk(DifferentiableMultivariateFunction likelihood, double[] center, double weight)
            implements DifferentiableMultivariateFunction {
        @Override
        public double f(double[] logs) {
            return likelihood.f(logs) + penalty(logs);
        }

        @Override
        public double g(double[] logs, double[] gradient) {
            double value = likelihood.g(logs, gradient);
            for (int j = 0; j < logs.length; j++) {
                gradient[j] += (logs[j] - Math.log(center[j])) / weight;
            }
            return value + penalty(logs);
        }

        private double penalty(double[] logs) {
            double squares = 0;
            for (int j = 0; j < logs.length; j++) {
                double distance = logs[j] - Math.log(center[j]);
                squares += distance * distance;
            }
            return squares / (2 * weight);
        }
    }

    /** The standard error of the logarithm of a parameter; NaN where the likelihood is not curved. */
    public double error(int parameter) {
        double variance = covariance[parameter][parameter];
        return variance > 0 ? Math.sqrt(variance) : Double.NaN;
    }

    /** The variance of a quantity with this slope by the logarithms of the parameters. */
    double variance(double[] slope) {
        double sum = 0;
        for (int j = 0; j < slope.length; j++) {
            for (int k = 0; k < slope.length; k++) {
                sum += slope[j] * covariance[j][k] * slope[k];
            }
        }
        return sum;
    }

    /** From the inverse of the curvature, which is taken by differences of the gradient. */
    private static double[][] covariance(DifferentiableMultivariateFunction function, double[] logs, double customers) {
        int size = logs.length;
        double[][] curvature = new double[size][size];
        double[] above = new double[size];
        double[] below = new double[size];
        for (int j = 0; j < size; j++) {
            double[] moved = logs.clone();
            moved[j] = logs[j] + STEP;
            function.g(moved, above);
            moved[j] = logs[j] - STEP;
            function.g(moved, below);
            for (int k = 0; k < size; k++) {
                curvature[j][k] = customers * (above[k] - below[k]) / (2 * STEP);
            }
        }
        double[][] covariance = new double[size][size];
        try {
            Matrix inverse = new Matrix(curvature).inverse();
            for (int j = 0; j < size; j++) {
                for (int k = 0; k < size; k++) {
                    covariance[j][k] = inverse.get(j, k);
                }
            }
        } catch (RuntimeException singular) {
            for (double[] row : covariance) {
                Arrays.fill(row, Double.NaN);
            }
        }
        return covariance;
    }
}
