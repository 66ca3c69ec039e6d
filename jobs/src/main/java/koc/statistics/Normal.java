package koc.statistics;

/** The standard normal distribution. */
public final class Normal {
    /** The 95% quantile. A 90% interval reaches this many standard deviations to each side of the mean. */
    public static final double QUANTILE_95 = 1.6448536269514722;

    private Normal() {}
}
