package koc.economics.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ValueModelTest {
    private static final BgNbd PLANTED = new BgNbd(.8, 6, .7, 3);
    private static final BgNbd OFTEN = new BgNbd(1.2, 5, .6, 4);
    private static final BgNbd SELDOM = new BgNbd(.8, 7, .6, 3);
    private static final GammaGamma MARGINS = new GammaGamma(6.25, 3.74, 15.44);

    @Test
    void futureOrdersAreDiscountedFromTheMiddleOfTheirStep() {
        // One order in each step of 30 days.
        ValueModel model = new ValueModel(null, 7.0 / 30, null, 10);

        assertThat(model.discountedOrders(60, .1, 0, 0, 10)).isCloseTo(1.9844, within(5e-5));
        assertThat(model.discountedOrders(60, 0, 0, 0, 10)).isCloseTo(2, within(1e-12));
    }

    @Test
    void theMeanOfACustomerIsShrunkTowardsThatOfAll() {
        assertThat(MARGINS.expectedValue(1, 22.35)).isCloseTo(26.27, within(.005));
        assertThat(MARGINS.expectedValue(2, 22.35)).isCloseTo(24.66, within(.005));
        assertThat(MARGINS.expectedValue(0, 0)).isEqualTo(MARGINS.mean());
    }

    @Test
    void withoutAModelTheDeviationIsAsLargeAsTheForecast() {
        ValueModel none = new ValueModel(null, 1, null, 10);
        ValueModel model = new ValueModel(null, 1, MARGINS, 10);

        assertThat(none.ordersVariation(365, 2, 30, 38)).isEqualTo(1);
        assertThat(none.marginVariation(2, 20)).isEqualTo(1);
        assertThat(model.marginVariation(2, -4)).as("outside of the model").isEqualTo(1);
        assertThat(model.marginVariation(0, 0)).isCloseTo(1 / 1.74, within(1e-9));
        assertThat(model.marginVariation(2, 20)).isCloseTo(1 / (2 * 6.25 + 1.74), within(1e-9));
    }

    @Test
    void aCustomerWhoseOrdersLoseMoneyKeepsTheirOwnMean() {
        ValueModel model = new ValueModel(null, 1, MARGINS, 10);

        assertThat(model.expectedMargin(3, -4)).isEqualTo(-4);
    }

    @Test
    void withoutRepeatBuyersEverybodyGetsTheMean() {
        PurchaseHistories once =
                new PurchaseHistories(new double[] {0}, new double[] {0}, new double[] {10}, new double[] {500});

        GammaGammaLikelihood none = new GammaGammaLikelihood(new double[0], new double[0], new double[0]);
        ValueModelFit fit = ValueModelFit.fit(new ValueModelFit.Customers(once, none, 12.5), 100, 365);

        assertThat(fit.reason()).isEqualTo(ValueModelFit.Reason.TOO_FEW);
        assertThat(fit.model().orders()).isNull();
        assertThat(fit.model().expectedOrders(90, 0, 0, 10)).isZero();
        assertThat(fit.model().expectedMargin(0, 0)).isEqualTo(12.5);
    }

    @Test
    void oneBuyerIsTooFew() {
        PurchaseHistories one =
                new PurchaseHistories(new double[] {3}, new double[] {8}, new double[] {10}, new double[] {1});

        GammaGammaLikelihood margin = new GammaGammaLikelihood(new double[] {3}, new double[] {5}, new double[] {1});
        ValueModelFit fit = ValueModelFit.fit(new ValueModelFit.Customers(one, margin, 5), 100, 365);

        assertThat(fit.reason()).isEqualTo(ValueModelFit.Reason.TOO_FEW);
        assertThat(fit.model().weeklyOrders()).isCloseTo(.3, within(1e-12));
    }

    /** Twenty planted worlds of 3,000 customers: a 95% interval must contain its parameter about 95% of the time. */
    @Test
    void plantedParametersLieInTheirIntervals() {
        double[] orders = {PLANTED.r(), PLANTED.alpha(), PLANTED.a(), PLANTED.b()};
        double[] margins = {MARGINS.p(), MARGINS.q(), MARGINS.v()};
        int inside = 0;
        for (int seed = 1; seed <= 20; seed++) {
            ValueModelFit fit = world(seed).fit();
            inside += coveredParameters(orders, Objects.requireNonNull(fit.orders()));
            inside += coveredParameters(margins, Objects.requireNonNull(fit.margins()));
        }

        assertThat(inside / 140.0).isBetween(.90, .99);
    }

    /** The same worlds in groups of 30 customers, such as those that a KOC brought. */
    @Test
    void theTrueValueOfAGroupLiesInItsInterval() {
        double covered = 0;
        double expected = 0;
        double truth = 0;
        int groups = 0;
        for (int seed = 1; seed <= 10; seed++) {
            PlantedCustomers world = world(seed);
            ValueModelFit fit = world.fit();
            for (PlantedCustomers group : world.groups(30)) {
                PlantedCustomers.Forecast forecast = group.forecast(fit);
                covered += forecast.covers() ? 1 : 0;
                expected += forecast.expected();
                truth += forecast.truth();
                groups++;
            }
        }

        assertThat(covered / groups).isBetween(.85, .95);
        assertThat(expected).isCloseTo(truth, withinPercentage(5));
    }

    @Test
    void theParametersOfAPortraitAreShrunkToThoseOfAll() {
        PlantedCustomers portrait = portrait(OFTEN, 1);
        ValueModelFit all =
                ValueModelFit.fit(together(portrait, portrait(SELDOM, 2)).grouped(), 1, 365);

        double shrunk = alpha(all.fitPart(portrait.grouped(), 1, 365, .5));

        assertThat(alpha(all.fitPart(portrait.grouped(), 1, 365, 10)))
                .as("hardly")
                .isCloseTo(alpha(portrait.fit()), withinPercentage(1));
        assertThat(alpha(all.fitPart(portrait.grouped(), 1, 365, .01)))
                .as("wholly")
                .isCloseTo(alpha(all), withinPercentage(1));
        assertThat(shrunk).isBetween(alpha(portrait.fit()), alpha(all));
    }

    /** Two portraits of 300 customers each, fitted alone and shrunk. */
    @Test
    void shrunkPortraitsForecastTheirCustomersBetterThanPortraitsAlone() {
        double alone = 0;
        double shrunk = 0;
        for (int seed = 1; seed <= 12; seed++) {
            PlantedCustomers often = portrait(OFTEN, 100 + seed);
            PlantedCustomers seldom = portrait(SELDOM, 200 + seed);
            ValueModelFit all = ValueModelFit.fit(together(often, seldom).grouped(), 1, 365);
            for (PlantedCustomers portrait : List.of(often, seldom)) {
                alone += squaredError(portrait, portrait.fit());
                shrunk += squaredError(portrait, all.fitPart(portrait.grouped(), 1, 365, .5));
            }
        }

        assertThat(shrunk).isLessThan(.85 * alone);
    }

    @Test
    void aPortraitOfAllCustomersKeepsItsParametersAndNearlyAllOfTheirError() {
        PlantedCustomers customers = portrait(OFTEN, 1);
        ValueModelFit all = customers.fit();

        MaximumLikelihood part = Objects.requireNonNull(
                all.fitPart(customers.grouped(), 1, 365, .5).orders());

        for (int j = 0; j < BgNbd.PARAMETERS; j++) {
            MaximumLikelihood same = Objects.requireNonNull(all.orders());
            assertThat(part.parameters()[j]).isCloseTo(same.parameters()[j], withinPercentage(.1));
            assertThat(part.error(j) / same.error(j)).isBetween(.75, 1.0);
        }
    }

    private static double alpha(ValueModelFit fit) {
        return Objects.requireNonNull(fit.model().orders()).alpha();
    }

    private static double squaredError(PlantedCustomers customers, ValueModelFit fit) {
        PlantedCustomers.Forecast forecast = customers.forecast(fit);
        double error = forecast.expected() / forecast.truth() - 1;
        return error * error;
    }

    private static PlantedCustomers portrait(BgNbd orders, int seed) {
        return PlantedCustomers.simulate(orders, MARGINS, 300, 43, 40, new Random(seed));
    }

    private static PlantedCustomers together(PlantedCustomers one, PlantedCustomers other) {
        return new PlantedCustomers(Stream.concat(one.customers().stream(), other.customers().stream())
                .toList());
    }

    private static PlantedCustomers world(int seed) {
        return PlantedCustomers.simulate(PLANTED, MARGINS, 3000, 52, 40, new Random(seed));
    }

    private static int coveredParameters(double[] truth, MaximumLikelihood fit) {
        assertThat(fit.converged()).isTrue();
        int covered = 0;
        for (int j = 0; j < truth.length; j++) {
            double deviation = Math.log(fit.parameters()[j] / truth[j]) / fit.error(j);
            covered += Math.abs(deviation) <= 1.96 ? 1 : 0;
        }
        return covered;
    }
}
