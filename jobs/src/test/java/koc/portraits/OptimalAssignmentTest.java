package koc.portraits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OptimalAssignmentTest {
    @Test
    void theSumCountsNotWhatARowLikesBest() {
        assertThat(OptimalAssignment.columns(new double[][] {{3, 2}, {3, 0}})).containsExactly(1, 0);
    }

    @Test
    void rowsBeyondTheColumnsAreLeftOver() {
        assertThat(OptimalAssignment.columns(new double[][] {{1}, {5}, {2}})).containsExactly(-1, 0, -1);
        assertThat(OptimalAssignment.columns(new double[][] {{1, 5, 2}})).containsExactly(1);
        assertThat(OptimalAssignment.columns(new double[0][0])).isEmpty();
        assertThat(OptimalAssignment.columns(new double[2][0])).containsExactly(-1, -1);
    }

    @Test
    void noOtherPairingGainsMore() {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 200; round++) {
            int rows = 1 + random.nextInt(6);
            double[][] gains = new double[rows][1 + random.nextInt(6)];
            for (double[] row : gains) {
                Arrays.setAll(row, any -> random.nextInt(5));
            }
            int[] columns = OptimalAssignment.columns(gains);
            double sum = 0;
            for (int row = 0; row < rows; row++) {
                sum += columns[row] < 0 ? 0 : gains[row][columns[row]];
            }

            assertThat(Arrays.stream(columns).filter(column -> column >= 0)).doesNotHaveDuplicates();
            assertThat(sum).isCloseTo(most(gains, 0, 0), within(1e-9));
        }
    }

    /** The largest sum, by trying every pairing. */
    private static double most(double[][] gains, int row, int taken) {
        if (row == gains.length) {
            return 0;
        }
        double best = most(gains, row + 1, taken);
        for (int column = 0; column < gains[row].length; column++) {
            if ((taken & 1 << column) == 0) {
                best = Math.max(best, gains[row][column] + most(gains, row + 1, taken | 1 << column));
            }
        }
        return best;
    }
}
