package koc.statistics;

import smile.math.BFGS;
import smile.math.DifferentiableMultivariateFunction;

/** The minimum of a smooth function, by the quasi-Newton method of Broyden, Fletcher, Goldfarb and Shanno (Smile's BFGS). */
public final class Minimum {
    /** Arguments are logarithms or log odds: beyond this they are 0 or infinite for all purposes. */
    private static final double MAX_ARGUMENT = 100;

    /** More than any likelihood, and small enough for the line search to compute with its square. */
    private static final double OUT_OF_BOUNDS = 1e50;

    private Minimum() {}

    /**
     * Minimizes a function of logarithms or log odds.
     *
     * <p>A step of the search may overshoot by hundreds, to where the function overflows. Smile's line search would continue
     * with NaN, for which its Gamma function never returns. So the function counts as very large there, and the step is
     * shortened.
     *
     * @param point where the search starts; afterwards the minimum
     * @param tolerance the search ends when no partial derivative, relative to the function, is larger
     * @return the value at the minimum
     */
    public static double find(
            DifferentiableMultivariateFunction function, double[] point, double tolerance, int maxSteps) {
        return BFGS.minimize(new Bounded(function), point, tolerance, maxSteps);
    }

    private record Bounded(DifferentiableMultivariateFunction function) implements DifferentiableMultivariateFunction {
        @Override
        public double f(double[] point) {
            for (double argument : point) {
                if (!(Math.abs(argument) <= MAX_ARGUMENT)) {
                    return OUT_OF_BOUNDS;
                }
            }
            double value = function.f(point);
            return value < OUT_OF_BOUNDS ? value : OUT_OF_BOUNDS;
        }

        /** The search asks only where it starts and where a step was accepted, which is within the bounds. */
        @Override
        public double g(double[] point, double[] gradient) {
            return function.g(point, gradient);
        }
    }
}
