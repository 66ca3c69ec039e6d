package koc.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PlantedMembershipTest {
    @Test
    void equalGroupingsAgreePerfectlyAndIndependentOnesNotAtAll() {
        assertThat(PlantedMembership.adjustedRandIndex(Map.of("a", Map.of("x", 5L), "b", Map.of("y", 5L))))
                .isEqualTo(1);
        assertThat(PlantedMembership.adjustedRandIndex(
                        Map.of("a", Map.of("x", 50L, "y", 50L), "b", Map.of("x", 50L, "y", 50L))))
                .isCloseTo(0, within(0.01));
    }

    @Test
    void theCalibrationErrorComparesConfidenceWithTheFractionOfRightUsers() {
        Reliability reliability = new Reliability();
        for (int i = 0; i < 10; i++) {
            reliability.add(.92, i > 0);
            reliability.add(.75, i < 5);
        }

        assertThat(reliability.calibrationError()).isCloseTo((.02 + .25) / 2, within(1e-12));
        assertThat(reliability.summary())
                .isEqualTo("20 users, right 0.700, mean confidence 0.835, calibration error 0.135");
    }
}
