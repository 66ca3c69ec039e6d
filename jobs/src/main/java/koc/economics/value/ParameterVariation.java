package koc.economics.value;

/**
 * How far a forecast may be off because the parameters are estimates: its variance over its square, by the delta
 * method. With the covariance C of the logarithms of the parameters, and the slope g of the logarithm of the forecast
 * by them, it is g' C g. This error is the same for all customers of a model, so that it does not average out over many
 * of them.
 */
final class ParameterVariation {
    /** Histories that the slope is computed on; with more, every second, third and so on. */
    private static final int MAX_HISTORIES = 5_000;

    private static final double STEP = 1e-3;
    /** What is assumed where the likelihood is flat: an error as large as the forecast. */
    private static final double UNKNOWN = 1;

    private ParameterVariation() {}

    /** The relative variance of the orders of all these customers in the next weeks. */
    static double ofOrders(MaximumLikelihood fit, PurchaseHistories histories, double weeks) {
        double[] slope = new double[BgNbd.PARAMETERS];
        for (int j = 0; j < slope.length; j++) {
            double above = Math.log(sumOrders(moved(fit, j, STEP), histories, weeks));
            double below = Math.log(sumOrders(moved(fit, j, -STEP), histories, weeks));
            slope[j] = (above - below) / (2 * STEP);
        }
        return bounded(fit.variance(slope));
    }

    /** The relative variance of the mean margin of all customers, p v / (q - 1). */
    static double ofMargin(MaximumLikelihood fit) {
        double q = fit.parameters()[1];
        return bounded(fit.variance(new double[] {1, -q / (q - 1), 1}));
    }

    private static BgNbd moved(MaximumLikelihood fit, int parameter, double step) {
        double[] moved = fit.parameters().clone();
        moved[parameter] *= Math.exp(step);
        return new BgNbd(moved[0], moved[1], moved[2], moved[3]);
    }

    private static double sumOrders(BgNbd model, PurchaseHistories histories, double weeks) {
        int stride = 1 + histories.size() / MAX_HISTORIES;
        double sum = 0;
        for (int i = 0; i < histories.size(); i += stride) {
            sum += histories.customers()[i]
                    * model.expectedOrders(
                            weeks,
                            histories.repeats()[i],
                            histories.recency()[i],
                            histories.age()[i]);
        }
        return sum;
    }

    private static double bounded(double variation) {
        return variation >= 0 && variation < UNKNOWN ? variation : UNKNOWN;
    }
}
