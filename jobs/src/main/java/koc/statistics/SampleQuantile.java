package koc.statistics;

/** Quantiles of a sample that the driver has sorted; Spark's {@code percentile} gives the same of a column. */
public final class SampleQuantile {
    private SampleQuantile() {}

    /**
     * The value that this fraction of the sample is below, between the two nearest values in proportion (type 7 of
     * Hyndman and Fan 1996). Worked: the median of 1, 2, 4, 8 is 3, their 90% quantile 4 + .7 x 4 = 6.8.
     */
    public static double compute(double[] sorted, double fraction) {
        double position = fraction * (sorted.length - 1);
        int below = (int) Math.floor(position);
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
