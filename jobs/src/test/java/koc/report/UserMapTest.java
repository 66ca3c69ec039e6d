package koc.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class UserMapTest {
    @Test
    void usersWithEqualHabitsLieTogetherAndGroupsApart() {
        double[][] inputs = new double[20][];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = i < 10 ? new double[] {0, 1, 0.01 * (i % 3)} : new double[] {1, 0, 0.01 * (i % 3)};
        }

        double[][] positions = UserMap.positions(inputs);

        assertThat(positions[0][0]).isCloseTo(positions[3][0], within(0.02));
        assertThat(Math.abs(positions[0][0] - positions[10][0])).isCloseTo(Math.sqrt(2), within(0.02));
        assertThat(positions).isDeepEqualTo(UserMap.positions(inputs));
    }
}
