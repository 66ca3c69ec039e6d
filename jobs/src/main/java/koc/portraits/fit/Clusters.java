package koc.portraits.fit;

import java.util.Arrays;
import smile.math.MathEx;

/** Labels of points: which cluster each belongs to, and how large the clusters are. */
public final class Clusters {
    private Clusters() {}

    /** The nearest centre of each point; the first of several equally near ones. */
    public static int[] assign(double[][] data, double[][] centres) {
        return Arrays.stream(data).mapToInt(point -> nearest(point, centres)).toArray();
    }

    /** The number of points in each cluster. */
    public static int[] sizes(int[] labels, int clusters) {
        int[] sizes = new int[clusters];
        for (int label : labels) {
            sizes[label]++;
        }
        return sizes;
    }

    private static int nearest(double[] point, double[][] centres) {
        int nearest = 0;
        double min = Double.MAX_VALUE;
        for (int c = 0; c < centres.length; c++) {
            double distance = MathEx.squaredDistance(point, centres[c]);
            if (distance < min) {
                min = distance;
                nearest = c;
            }
        }
        return nearest;
    }
}
