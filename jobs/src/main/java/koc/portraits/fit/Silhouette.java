package koc.portraits.fit;

import java.util.Arrays;
import smile.math.MathEx;

/**
 * The mean silhouette of clusters (Rousseeuw 1987), -1..1: how well they are separated.
 *
 * <p>It is the mean over points of (b - a) / max(a, b). Here a is the mean distance to the other points of the same cluster,
 * and b that to the points of the nearest other cluster. Worked: for points 0, 1 and 10, 11 on a line, the
 * point 0 has a = 1 and b = 10.5, which gives .905.
 */
public final class Silhouette {
    private final double[][] distances;

    /** Computes all distances between the points, once for every number of clusters. */
    public Silhouette(double[][] points) {
        distances = new double[points.length][points.length];
        for (int i = 0; i < points.length; i++) {
            for (int j = 0; j < i; j++) {
                distances[i][j] = MathEx.distance(points[i], points[j]);
                distances[j][i] = distances[i][j];
            }
        }
    }

    /**
     * The mean silhouette; 0 for a single cluster.
     *
     * @param labels cluster of each point; labels of further points are ignored
     */
    public double mean(int[] labels, int clusters) {
        int points = distances.length;
        if (clusters < 2 || points == 0) {
            return 0;
        }
        int[] sizes = Clusters.sizes(Arrays.copyOf(labels, points), clusters);
        double total = 0;
        for (int i = 0; i < points; i++) {
            if (sizes[labels[i]] >= 2) {
                total += ofPoint(i, labels, sizes);
            }
        }
        return total / points;
    }

    private double ofPoint(int point, int[] labels, int[] sizes) {
        double[] sums = new double[sizes.length];
        for (int j = 0; j < distances.length; j++) {
            sums[labels[j]] += distances[point][j];
        }
        int cluster = labels[point];
        double within = sums[cluster] / (sizes[cluster] - 1);
        double nearestOther = Double.MAX_VALUE;
        for (int c = 0; c < sizes.length; c++) {
            if (c != cluster && sizes[c] > 0) {
                nearestOther = Math.min(nearestOther, sums[c] / sizes[c]);
            }
        }
        double larger = Math.max(within, nearestOther);
        return nearestOther < Double.MAX_VALUE && larger > 0 ? (nearestOther - within) / larger : 0;
    }
}
