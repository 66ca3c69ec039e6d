package koc.economics.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * The published figures for the CDNOW sample: Fader, Hardie and Lee 2005 for orders, Fader and Hardie 2013 for the value of an
 * order. Skipped without the data.
 */
class CdnowTest {
    private static final int HOLDOUT_DAYS = 273;
    private static final double HOLDOUT_WEEKS = 39;

    @Test
    void ordersOfTheSampleHaveThePublishedParameters() throws IOException {
        MaximumLikelihood fit = orders(Cdnow.sample());

        assertThat(fit.converged()).isTrue();
        assertThat(fit.parameters()[0]).isCloseTo(.243, within(.0005));
        assertThat(fit.parameters()[1]).isCloseTo(4.414, within(.0005));
        assertThat(fit.parameters()[2]).isCloseTo(.793, within(.0005));
        assertThat(fit.parameters()[3]).isCloseTo(2.426, within(.0005));
        assertThat(fit.logLikelihood()).isCloseTo(-9582.4, within(.05));
    }

    @Test
    void valuesOfTheSampleHaveThePublishedParameters() throws IOException {
        GammaGammaLikelihood values = Cdnow.sample().values();

        MaximumLikelihood fit = MaximumLikelihood.fit(values, values.totalCustomers(), new double[] {1, 1, 1});

        assertThat(values.totalCustomers()).isEqualTo(946);
        assertThat(fit.converged()).isTrue();
        assertThat(fit.parameters()[0]).isCloseTo(6.25, within(.005));
        assertThat(fit.parameters()[1]).isCloseTo(3.74, within(.005));
        assertThat(fit.parameters()[2]).isCloseTo(15.44, within(.005));
    }

    @Test
    void theForecastOfTheNext39WeeksIsCloserThanTheNaiveRate() throws IOException {
        Cdnow cdnow = Cdnow.sample();
        double[] found = orders(cdnow).parameters();
        BgNbd model = new BgNbd(found[0], found[1], found[2], found[3]);
        PurchaseHistories histories = cdnow.histories();
        double[] later = cdnow.laterOrders(HOLDOUT_DAYS);
        double expected = 0;
        double naive = 0;
        double actual = 0;
        for (int i = 0; i < histories.size(); i++) {
            double x = histories.repeats()[i];
            double age = histories.age()[i];
            expected += model.expectedOrders(HOLDOUT_WEEKS, x, histories.recency()[i], age);
            naive += x / age * HOLDOUT_WEEKS;
            actual += later[i];
        }

        // The model is known to be low here: 1,653 of 1,882 orders.
        assertThat(expected).isCloseTo(actual, withinPercentage(13));
        assertThat(Math.abs(naive - actual)).isGreaterThan(3 * Math.abs(expected - actual));
    }

    @Test
    void eachClassOfRepeatOrdersIsForecastWithinTheWidthOfItsChance() throws IOException {
        Cdnow cdnow = Cdnow.sample();
        double[] found = orders(cdnow).parameters();
        BgNbd model = new BgNbd(found[0], found[1], found[2], found[3]);
        PurchaseHistories histories = cdnow.histories();
        double[] later = cdnow.laterOrders(HOLDOUT_DAYS);
        double[] expected = new double[8];
        double[] actual = new double[8];
        for (int i = 0; i < histories.size(); i++) {
            int repeats = (int) Math.min(7, histories.repeats()[i]);
            expected[repeats] += model.expectedOrders(
                    HOLDOUT_WEEKS,
                    histories.repeats()[i],
                    histories.recency()[i],
                    histories.age()[i]);
            actual[repeats] += later[i];
        }

        for (int repeats = 0; repeats < expected.length; repeats++) {
            assertThat(expected[repeats]).as("class " + repeats).isCloseTo(actual[repeats], withinPercentage(30));
        }
    }

    @Test
    void theMasterFileHasParametersLikeThoseOfTheSample() throws IOException {
        MaximumLikelihood fit = orders(Cdnow.master());

        assertThat(fit.converged()).isTrue();
        assertThat(fit.parameters()[0]).isCloseTo(.243, withinPercentage(15));
        assertThat(fit.parameters()[1]).isCloseTo(4.414, withinPercentage(15));
    }

    private static MaximumLikelihood orders(Cdnow cdnow) {
        PurchaseHistories histories = cdnow.histories();
        return MaximumLikelihood.fit(
                new BgNbdLikelihood(histories), histories.totalCustomers(), new double[] {1, 1, 1, 1});
    }
}
