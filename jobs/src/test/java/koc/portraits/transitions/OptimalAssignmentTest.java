package koc.portraits.transitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OptimalAssignmentTest {
    @Test
    void theLargestSumWinsOverTheLargestGain() {
        assertThat(OptimalAssignment.columns(new double[][] {{3, 2}, {3, 0}})).containsExactly(1, 0);
    }

    @Test
    void rowsWithoutAColumnGetNone() {
        assertThat(OptimalAssignment.columns(new double[][] {{1}, {5}, {2}})).containsExactly(-1, 0, -1);
        assertThat(OptimalAssignment.columns(new double[][] {{1, 5, 2}})).containsExactly(1);
        assertThat(OptimalAssignment.columns(new double[0][0])).isEmpty();
        assertThat(OptimalAssignment.columns(new double[2][0])).containsExactly(-1, -1);
    }

    @Test
    void noOtherAssignmentGainsMore() {
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
            assertThat(sum).isCloseTo(maxGain(gains, 0, 0), within(1e-9));
        }
    }

    /** The largest sum over all assignments. */
    private static double maxGain(double[][] gains, int row, int usedColumns) {
        if (row == gains.length) {
            return 0;
        }
        double best = maxGain(gains, row + 1, usedColumns);
        for (int column = 0; column < gains[row].length; column++) {
            if ((usedColumns & 1 << column) == 0) {
                best = Math.max(best, gains[row][column] + maxGain(gains, row + 1, usedColumns | 1 << column));
            }
        }
        return best;
    }
}
