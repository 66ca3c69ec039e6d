package koc.economics.value;

import org.jspecify.annotations.Nullable;

/**
 * Fits a {@link ValueModel}, and keeps how the fit went.
 *
 * @param model the model
 * @param reason why it is this model
 * @param buyers number of customers that it was fitted on
 * @param repeatBuyers of these, customers with a repeat order
 * @param histories different histories among them
 * @param orders the fit of the model of orders; null when it was not tried
 * @param margins the fit of the model of margins; null when it was not tried
 * @param parameterVariation how far the lifetime value of all these customers together may be off because the
 *     parameters are estimates: its variance over its square
 */
public record ValueModelFit(
        ValueModel model,
        Reason reason,
        double buyers,
        double repeatBuyers,
        int histories,
        @Nullable MaximumLikelihood orders,
        @Nullable MaximumLikelihood margins,
        double parameterVariation) {
    private static final double DAYS_IN_WEEK = 7;

    /** Starts of the search for the parameters of orders: r, alpha, a, b. */
    private static final double[][] ORDER_STARTS = {{1, 1, 1, 1}, {.25, 4, .8, 2.5}, {1, 10, .1, 1}};

    /** Starts of the search for the parameters of margins: p, q; v is such that the mean is right. */
    private static final double[][] MARGIN_STARTS = {{1, 2}, {6, 4}};

    /** Near q = 1 the mean margin of all customers runs away. */
    private static final double MIN_Q = 1.01;

    /** Fewest different customers that margins are fitted on. */
    private static final int MIN_MARGINS = 20;

    /** Why a model was chosen. */
    public enum Reason {
        /** The likelihood has a maximum. */
        FITTED,
        /** The likelihood of all buyers has a maximum; that of the buyers who share the model has none. */
        FITTED_TO_ALL,
        /** There are too few buyers or no repeat buyer. */
        TOO_FEW,
        /** The likelihood has no maximum within reason. */
        NOT_CONVERGED
    }

    /**
     * The customers that a model is fitted to.
     *
     * @param histories their histories, in weeks
     * @param margins mean margins of repeat orders, all positive
     * @param meanMargin mean margin of an order
     */
    public record Customers(PurchaseHistories histories, GammaGammaLikelihood margins, double meanMargin) {}

    /**
     * Fits a model to grouped customers.
     *
     * @param minBuyers buyers below which nothing is fitted
     * @param horizonDays days that the lifetime value covers
     */
    public static ValueModelFit fit(Customers customers, int minBuyers, int horizonDays) {
        return fit(customers, minBuyers, horizonDays, null, 0);
    }

    /**
     * Fits a model to a part of the customers. If this fit, which is of all customers, has a model, the parameters are
     * shrunk to those of that model.
     *
     * @param deviation by how much the parameters of the parts differ: standard deviation of their logarithms
     */
    public ValueModelFit fitPart(Customers part, int minBuyers, int horizonDays, double deviation) {
        return fit(part, minBuyers, horizonDays, this, deviation);
    }

    private static ValueModelFit fit(
            Customers customers, int minBuyers, int horizonDays, @Nullable ValueModelFit all, double deviation) {
        PurchaseHistories histories = customers.histories();
        double meanMargin = customers.meanMargin();
        double buyers = histories.totalCustomers();
        double repeatBuyers = histories.repeatCustomers();
        double weeklyOrders = weeklyOrders(histories);
        MaximumLikelihood marginsOfAll = all == null || all.model.margins() == null ? null : all.margins;
        MaximumLikelihood marginFit = fitMargins(customers.margins(), marginsOfAll, deviation);
        GammaGamma gammaGamma =
                marginFit == null || !marginFit.converged() || marginFit.parameters()[1] < MIN_Q
                        ? null
                        : new GammaGamma(
                                marginFit.parameters()[0],
                                marginFit.parameters()[1],
                                marginFit.parameters()[2]);
        if (buyers < minBuyers || repeatBuyers == 0) {
            return new ValueModelFit(
                    new ValueModel(null, weeklyOrders, gammaGamma, meanMargin),
                    Reason.TOO_FEW,
                    buyers,
                    repeatBuyers,
                    histories.size(),
                    null,
                    marginFit,
                    meanVariation(histories));
        }
        BgNbdLikelihood likelihood = new BgNbdLikelihood(histories);
        MaximumLikelihood ordersOfAll = all == null || all.model.orders() == null ? null : all.orders;
        MaximumLikelihood orderFit = ordersOfAll == null
                ? MaximumLikelihood.fit(likelihood, buyers, ORDER_STARTS)
                : ordersOfAll.fitPart(likelihood, buyers, deviation);
        double[] found = orderFit.parameters();
        double ordersVariation = orderFit.converged()
                ? ParameterVariation.ofOrders(orderFit, histories, horizonDays / DAYS_IN_WEEK)
                : meanVariation(histories);
        double marginVariation = marginFit == null || gammaGamma == null ? 0 : ParameterVariation.ofMargin(marginFit);
        BgNbd bgNbd = orderFit.converged() ? new BgNbd(found[0], found[1], found[2], found[3]) : null;
        return new ValueModelFit(
                new ValueModel(bgNbd, weeklyOrders, gammaGamma, meanMargin),
                orderFit.converged() ? Reason.FITTED : Reason.NOT_CONVERGED,
                buyers,
                repeatBuyers,
                histories.size(),
                orderFit,
                marginFit,
                ordersVariation + marginVariation);
    }

    /** This fit of all buyers, in place of one of the buyers who share it. */
    public ValueModelFit insteadOfTheOthers() {
        return new ValueModelFit(
                model,
                reason == Reason.FITTED ? Reason.FITTED_TO_ALL : reason,
                buyers,
                repeatBuyers,
                histories,
                orders,
                margins,
                parameterVariation);
    }

    /** The parameter variation of a mean rate, which rests on a Poisson number of repeat orders. */
    private static double meanVariation(PurchaseHistories histories) {
        double repeats = 0;
        for (int i = 0; i < histories.size(); i++) {
            repeats += histories.customers()[i] * histories.repeats()[i];
        }
        return 1 / Math.max(1, repeats);
    }

    private static @Nullable MaximumLikelihood fitMargins(
            GammaGammaLikelihood margins, @Nullable MaximumLikelihood ofAll, double deviation) {
        if (margins.orders().length < MIN_MARGINS) {
            return null;
        }
        if (ofAll != null) {
            return ofAll.fitPart(margins, margins.totalCustomers(), deviation);
        }
        double mean = margins.mean();
        double[][] starts = new double[MARGIN_STARTS.length][];
        for (int i = 0; i < starts.length; i++) {
            double p = MARGIN_STARTS[i][0];
            double q = MARGIN_STARTS[i][1];
            starts[i] = new double[] {p, q, mean * (q - 1) / p};
        }
        return MaximumLikelihood.fit(margins, margins.totalCustomers(), starts);
    }

    private static double weeklyOrders(PurchaseHistories histories) {
        double repeats = 0;
        double weeks = 0;
        for (int i = 0; i < histories.size(); i++) {
            repeats += histories.customers()[i] * histories.repeats()[i];
            weeks += histories.customers()[i] * histories.age()[i];
        }
        return weeks > 0 ? repeats / weeks : 0;
    }
}
