package koc.statistics;

/** The standard normal distribution. */
public final class Normal {
    /** 95% of values are below this: the two ends of a 90% interval lie so many standard deviations from its middle. */
    public static final double QUANTILE_95 = 1.6448536269514722;

    private Normal() {}
}
