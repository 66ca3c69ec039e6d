package koc.portraits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RefitKMeansTest {
    @Test
    void onConvergenceEveryPointIsNearestToTheWeightedMeanOfItsOwnGroup() {
        SplittableRandom random = new SplittableRandom(1);
        double[][] points = IntStream.range(0, 300)
                .mapToObj(i -> random.doubles(5).toArray())
                .toArray(double[][]::new);
        int[] weights = random.ints(300, 1, 5).toArray();

        int[] groups = new RefitKMeans(points, weights, 0).groups(7, 1, 2);

        double[][] means = means(points, weights, groups, 7);
        for (int i = 0; i < points.length; i++) {
            double own = distance(points[i], means[groups[i]]);
            for (double[] mean : means) {
                assertThat(own).isLessThanOrEqualTo(distance(points[i], mean) + 1e-9);
            }
        }
    }

    @Test
    void aPointThatWasDrawnOftenCountsAsOften() {
        double[][] line = {{0}, {3}, {7}};

        int[] evenly = new RefitKMeans(line, new int[] {1, 1, 1}, 0).groups(2, 20, 1);
        int[] heavyEnd = new RefitKMeans(line, new int[] {9, 9, 1}, 0).groups(2, 20, 1);

        // Alike 0 and 3 go together, for 4.5 is less than 8; nine times 4.5 is more than what 7 costs beside 3, 14.4.
        assertThat(evenly[0]).isEqualTo(evenly[1]).isNotEqualTo(evenly[2]);
        assertThat(heavyEnd[1]).isEqualTo(heavyEnd[2]).isNotEqualTo(heavyEnd[0]);
    }

    @Test
    void fewerPlacesThanGroupsLeaveGroupsEmpty() {
        int[] groups = new RefitKMeans(new double[][] {{0}, {1}}, new int[] {3, 1}, 1e-3).groups(4, 3, 1);

        assertThat(groups[0]).isNotEqualTo(groups[1]);
    }

    private static double[][] means(double[][] points, int[] weights, int[] groups, int count) {
        double[][] means = new double[count][points[0].length];
        double[] sizes = new double[count];
        for (int i = 0; i < points.length; i++) {
            sizes[groups[i]] += weights[i];
            for (int d = 0; d < points[i].length; d++) {
                means[groups[i]][d] += weights[i] * points[i][d];
            }
        }
        for (int g = 0; g < count; g++) {
            for (int d = 0; d < means[g].length; d++) {
                means[g][d] /= sizes[g];
            }
        }
        return means;
    }

    private static double distance(double[] a, double[] b) {
        return IntStream.range(0, a.length)
                .mapToDouble(d -> (a[d] - b[d]) * (a[d] - b[d]))
                .sum();
    }
}
