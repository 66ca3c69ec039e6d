package koc.portraits.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import koc.config.Configuration;
import koc.portraits.fit.Scaling.ScaledInput;
import koc.portraits.sample.PortraitSample;
import org.junit.jupiter.api.Test;

class ScalingFitTest {
    private static final ModelSettings SETTINGS = ModelSettings.from(Configuration.load(null, List.of()));
    private static final int PRICE_LEVEL = 2;
    private static final int DISCOUNT_RATE = 3;
    private static final int MORNING = 4;
    private static final int EVENING = 5;

    @Test
    void numbersAreCentredOnTheMedianAndDividedByTheSpread() {
        // Discount rates 0, .01, ... 1: the median is .5, the median absolute deviation .25.
        ScaledInput discount = fit(users(DISCOUNT_RATE, user -> user / 100.0)).get(0);

        assertThat(discount.input()).isEqualTo("discount_rate");
        assertThat(discount.center()).isCloseTo(0.5, within(1e-9));
        assertThat(discount.fill()).isCloseTo(0.5, within(1e-9));
        assertThat(discount.scale()).isCloseTo(1.4826 * 0.25, within(1e-9));
        assertThat(discount.lower()).isCloseTo(0.01, within(1e-9));
        assertThat(discount.upper()).isCloseTo(0.99, within(1e-9));
        assertThat(discount.weight()).isCloseTo(Math.sqrt(0.05 / 5), within(1e-9));
    }

    @Test
    void smallDifferencesAreNotStretched() {
        ScaledInput price =
                fit(users(PRICE_LEVEL, user -> Math.exp(user * 1e-4))).get(0);

        assertThat(price.scale()).isEqualTo(0.2);
    }

    @Test
    void numbersThatNeverVaryOrRepeatAnotherAreLeftOut() {
        List<PortraitSample.User> users = users(MORNING, user -> user / 100.0);
        users.forEach(user -> {
            user.numbers()[EVENING] = 1 - user.numbers()[MORNING];
            user.numbers()[DISCOUNT_RATE] = 0.3;
        });

        assertThat(fit(users)).extracting(ScaledInput::input).containsExactly("morning_fraction", "category:tea");
    }

    @Test
    void categoriesAreCentredOnTheRootOfThePopulationsFraction() {
        ScaledInput tea = fit(users(MORNING, user -> 0)).get(0);

        assertThat(tea.input()).isEqualTo("category:tea");
        assertThat(tea.prior()).isCloseTo(0.25, within(1e-9));
        assertThat(tea.center()).isCloseTo(0.5, within(1e-9));
        assertThat(tea.scale()).isEqualTo(1);
        assertThat(tea.weight()).isEqualTo(1);
    }

    private static List<ScaledInput> fit(List<PortraitSample.User> users) {
        return ScalingFit.fit(new PortraitSample(List.of("tea"), users, users.size()), SETTINGS)
                .inputs();
    }

    /** 101 users who know one number only and spend a quarter of their attention on tea. */
    private static List<PortraitSample.User> users(int number, IntToDoubleFunction value) {
        List<PortraitSample.User> users = new ArrayList<>();
        for (int user = 0; user <= 100; user++) {
            Double[] numbers = new Double[Scaling.NUMBERS.size()];
            numbers[number] = value.applyAsDouble(user);
            users.add(new PortraitSample.User(numbers, new double[] {1}, 4, new double[1]));
        }
        return users;
    }
}
