package koc.portraits.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import koc.portraits.sample.PortraitSample;
import org.junit.jupiter.api.Test;

/** Users of two planted portraits at 1 and -1 on a line, spread around them. Those at 1 buy tea nine times of ten. */
class ConfidenceTemperatureTest {
    private static final double[][] CENTRES = {{1}, {-1}};
    private static final int USERS = 4_000;

    @Test
    void theTemperatureIsTheVarianceOfUsersAroundTheirPortraits() {
        for (double spread : new double[] {0.6, 0.9}) {
            Planted planted = planted(spread, 3);

            ConfidenceTemperature temperature = ConfidenceTemperature.fit(planted.sample(), planted.data(), CENTRES);

            assertThat(temperature.value()).isCloseTo(spread * spread, within(0.25 * spread * spread));
            assertThat(temperature.users()).isEqualTo(USERS);
            assertThat(temperature.isCalibrated()).isTrue();
        }
    }

    @Test
    void nineOfTenUsersWithAProbabilityOfNineTenthsAreInTheirPortrait() {
        Planted planted = planted(0.9, 3);
        double temperature = ConfidenceTemperature.fit(planted.sample(), planted.data(), CENTRES)
                .value();
        int right = 0;
        int users = 0;
        for (int i = 0; i < USERS; i++) {
            double x = planted.data()[i][0];
            double probability = 1 / (1 + Math.exp(-4 * Math.abs(x) / (2 * temperature)));
            if (probability > 0.85 && probability < 0.95) {
                users++;
                right += (x > 0) == (i % 2 == 0) ? 1 : 0;
            }
        }

        assertThat(users).isGreaterThan(300);
        assertThat(right / (double) users).isBetween(0.85, 0.95);
    }

    @Test
    void withoutPurchasesTheTemperatureFollowsFromTheDistances() {
        Planted planted = planted(0.6, 0);

        ConfidenceTemperature temperature = ConfidenceTemperature.fit(planted.sample(), planted.data(), CENTRES);

        assertThat(temperature.isCalibrated()).isFalse();
        assertThat(temperature.users()).isZero();
        assertThat(temperature.value()).isBetween(0.01, 0.1);
    }

    @Test
    void usersWhoAreAllAtTheirCentresHaveATemperatureToo() {
        Planted planted = planted(0, 1);

        assertThat(ConfidenceTemperature.fit(planted.sample(), planted.data(), CENTRES))
                .isEqualTo(new ConfidenceTemperature(1, 0));
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Planted(PortraitSample sample, double[][] data) {}

    private static Planted planted(double spread, int purchases) {
        SplittableRandom random = new SplittableRandom(1);
        List<PortraitSample.User> users = new ArrayList<>();
        double[][] data = new double[USERS][];
        for (int i = 0; i < USERS; i++) {
            double teaRate = i % 2 == 0 ? 0.9 : 0.1;
            data[i] = new double[] {(i % 2 == 0 ? 1 : -1) + spread * random.nextGaussian()};
            users.add(new PortraitSample.User(
                    new Double[0], draw(10, teaRate, random), 10, draw(purchases, teaRate, random)));
        }
        return new Planted(new PortraitSample(List.of("tea", "coffee"), users, USERS), data);
    }

    private static double[] draw(int purchases, double teaRate, SplittableRandom random) {
        double[] counts = new double[2];
        for (int i = 0; i < purchases; i++) {
            counts[random.nextDouble() < teaRate ? 0 : 1]++;
        }
        return counts;
    }
}
