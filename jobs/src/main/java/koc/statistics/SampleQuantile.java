package koc.statistics;

/** Quantiles of a sorted sample on the driver; Spark's {@code percentile} computes the same for a column. */
public final class SampleQuantile {
    private SampleQuantile() {}

    /**
     * The quantile at this fraction, interpolated between the two nearest values (type 7 of Hyndman and Fan 1996).
     *
     * <p>Worked: the median of 1, 2, 4, 8 is 3, their 90% quantile 4 + .7 x 4 = 6.8.
     */
    public static double compute(double[] sorted, double fraction) {
        double position = fraction * (sorted.length - 1);
        int below = (int) Math.floor(position);
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
