package koc.statistics;

import smile.stat.distribution.GaussianDistribution;

/** The standard normal distribution. */
public final class Normal {
    /** The 95% quantile. A 90% interval reaches this many standard deviations to each side of the mean. */
    public static final double QUANTILE_95 = 1.6448536269514722;

    private Normal() {}

    /**
     * The quantile of this level. Example: 1.2816 for .9.
     *
     * @param level a probability, 0..1
     */
    public static double quantile(double level) {
        return GaussianDistribution.getInstance().quantile(level);
    }
}
