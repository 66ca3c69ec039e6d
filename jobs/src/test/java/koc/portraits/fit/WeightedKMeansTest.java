package koc.portraits.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import smile.clustering.KMeans;
import smile.math.MathEx;

class WeightedKMeansTest {
    @Test
    void afterConvergenceEveryPointIsNearestToTheWeightedMeanOfItsCluster() {
        SplittableRandom random = new SplittableRandom(1);
        double[][] points = IntStream.range(0, 300)
                .mapToObj(i -> random.doubles(5).toArray())
                .toArray(double[][]::new);
        int[] weights = random.ints(300, 1, 5).toArray();

        int[] labels = new WeightedKMeans(points, weights, 0).cluster(7, 1, 2).labels();

        double[][] means = means(points, weights, labels, 7);
        for (int i = 0; i < points.length; i++) {
            double toOwnMean = distance(points[i], means[labels[i]]);
            for (double[] mean : means) {
                assertThat(toOwnMean).isLessThanOrEqualTo(distance(points[i], mean) + 1e-9);
            }
        }
    }

    @Test
    void aWeightOfNineCountsAsNinePoints() {
        double[][] line = {{0}, {3}, {7}};

        int[] evenly = new WeightedKMeans(line, new int[] {1, 1, 1}, 0)
                .cluster(2, 20, 1)
                .labels();
        int[] heavyEnd = new WeightedKMeans(line, new int[] {9, 9, 1}, 0)
                .cluster(2, 20, 1)
                .labels();

        // With equal weights joining 0 and 3 costs 4.5, and joining 3 and 7 costs 8. With weights 9, 9 and 1 it is 40.5
        // and 14.4.
        assertThat(evenly[0]).isEqualTo(evenly[1]).isNotEqualTo(evenly[2]);
        assertThat(heavyEnd[1]).isEqualTo(heavyEnd[2]).isNotEqualTo(heavyEnd[0]);
    }

    @Test
    void fewerPointsThanClustersLeaveClustersEmpty() {
        int[] labels = new WeightedKMeans(new double[][] {{0}, {1}}, new int[] {3, 1}, 1e-3)
                .cluster(4, 3, 1)
                .labels();

        assertThat(labels[0]).isNotEqualTo(labels[1]);
    }

    @Test
    void isAtLeastAsGoodAsTheLibrarysKMeans() {
        SplittableRandom random = new SplittableRandom(4);
        double[][] points = IntStream.range(0, 2_000)
                .mapToObj(i -> random.doubles(6)
                        .map(coordinate -> coordinate + 3 * (i % 5))
                        .toArray())
                .toArray(double[][]::new);
        MathEx.setSeed(1);

        double library = IntStream.range(0, 10)
                .mapToDouble(start -> KMeans.lloyd(points, 7, 100, 1e-4).distortion)
                .min()
                .orElseThrow();

        assertThat(new WeightedKMeans(points, 1e-6).cluster(7, 10, 1).distortion())
                .isLessThanOrEqualTo(library * 1.01);
    }

    private static double[][] means(double[][] points, int[] weights, int[] labels, int count) {
        double[][] means = new double[count][points[0].length];
        double[] sizes = new double[count];
        for (int i = 0; i < points.length; i++) {
            sizes[labels[i]] += weights[i];
            for (int d = 0; d < points[i].length; d++) {
                means[labels[i]][d] += weights[i] * points[i][d];
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
