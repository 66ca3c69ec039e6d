package koc.influence.fraud;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.median;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import koc.influence.InfluencePeriod;
import koc.influence.InfluenceSettings;
import koc.influence.exposure.PurchaseExposure;
import koc.rules.KnownHistory;
import koc.text.Texts;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The rows of koc_flags: what makes the numbers of a KOC doubtful, with the evidence in words. */
public final class KocFlags {
    /** At this many times the spam fraction, and above, the severity is 1. */
    private static final double FULL_SEVERITY = 2;

    private static final double MIN_SERVED_FRACTION = .5;
    private static final double TINY = 1e-9;
    private static final double PERCENT = 100;

    private final InfluenceSettings settings;
    private final Texts texts;

    /** Flags with evidence in the language of the settings. */
    public KocFlags(InfluenceSettings settings) {
        this(settings, Texts.of(settings.language()));
    }

    public KocFlags(InfluenceSettings settings, Texts texts) {
        this.settings = settings;
        this.texts = texts;
    }

    /**
     * Computes the rows of koc_flags.
     *
     * @param shares {@link PurchaseExposure#SHARES}
     * @param openTies ties that are open on the day
     * @param influence koc_influence of whole pools
     * @param history the days that the records cover, up to the run date
     */
    public Dataset<Row> compute(
            FraudDetection.Findings fraud,
            Dataset<Row> shares,
            Dataset<Row> openTies,
            Dataset<Row> influence,
            KnownHistory history) {
        return flagSelfReferrals(fraud.selfReferrals())
                .unionByName(flagCollusionRings(fraud.collusionRings()))
                .unionByName(flagSpam(shares, history.coveredDays(settings.historyDays())))
                .unionByName(flagServedOnly(openTies, influence))
                .select(lit(history.last()).as("day"), col("koc_id"), col("flag"), col("evidence"), col("severity"));
    }

    public Dataset<Row> flagSelfReferrals(Dataset<Row> selfReferrals) {
        return selfReferrals.select(
                col("koc_id"),
                lit("self_referral").as("flag"),
                texts.column(
                                "influence.fraud.self-referral",
                                col("credit"),
                                col("koc_credit"),
                                col("user_id"),
                                col("user_purchases"))
                        .as("evidence"),
                col("severity"));
    }

    public Dataset<Row> flagCollusionRings(Dataset<Row> collusionRings) {
        return collusionRings.select(
                col("koc_id"),
                lit("collusion_ring").as("flag"),
                texts.column(
                                "influence.fraud.collusion-ring",
                                col("severity").multiply(PERCENT),
                                col("koc_credit"),
                                col("koc_buyers"))
                        .as("evidence"),
                col("severity"));
    }

    /**
     * Flags accounts that make a large fraction of all {@code shares} (at least 5% by default) and share much more
     * often than the median KOC (at least 3 times as often by default). Posts that name a product count as shares;
     * shares and posts without one do not. The fraction alone is not enough: in a brand with ten KOCs who share alike,
     * each makes 10%, and nobody is flagged. Severity = the fraction over twice its minimum, at most 1. Example: 7% of
     * all shares have severity .7.
     *
     * @param days days of the period that the records cover
     */
    public Dataset<Row> flagSpam(Dataset<Row> shares, int days) {
        Dataset<Row> counted = shares.where(InfluencePeriod.isInPeriod())
                .groupBy("koc_id")
                .agg(count(lit(1)).as("shares"));
        double spamFraction = settings.fraud().spamFraction();
        Column fraction = col("shares").divide(col("all_shares"));
        return counted.crossJoin(counted.agg(
                        sum("shares").as("all_shares"), median(col("shares")).as("median_shares")))
                .where(fraction.geq(spamFraction))
                .where(col("shares")
                        .geq(col("median_shares").multiply(settings.fraud().spamMinTimes())))
                .select(
                        col("koc_id"),
                        lit("spam").as("flag"),
                        texts.column(
                                        "influence.fraud.spam",
                                        col("shares"),
                                        lit(days),
                                        fraction.multiply(PERCENT),
                                        col("shares").divide(col("median_shares")))
                                .as("evidence"),
                        least(lit(1.0), fraction.divide(FULL_SEVERITY * Math.max(TINY, spamFraction)))
                                .as("severity"));
    }

    /**
     * Flags KOCs with many members whose only tie is served: no friend, group or follow tie. They are at least half of
     * the pool (and at least 100 by default), and the lower end of the interval of the lift is at most 1. At least 5
     * purchases by default must be expected. Severity = their fraction of the pool.
     */
    public Dataset<Row> flagServedOnly(Dataset<Row> openTies, Dataset<Row> influence) {
        Dataset<Row> counted = openTies.groupBy("koc_id")
                .agg(
                        count(lit(1)).as("ties"),
                        sum(when(col("tie_types").equalTo("served"), 1).otherwise(0))
                                .as("served"));
        return counted.where(col("served").geq(settings.fraud().servedOnlyMinTies()))
                .where(col("served").geq(col("ties").multiply(MIN_SERVED_FRACTION)))
                .join(
                        influence.select(
                                "koc_id",
                                "influence_low",
                                "influence_lift",
                                "observed_purchases",
                                "expected_purchases"),
                        new String[] {"koc_id"},
                        "inner")
                .where(col("influence_low")
                        .leq(1)
                        .and(col("expected_purchases").geq(settings.fraud().servedOnlyMinExpected())))
                .select(
                        col("koc_id"),
                        lit("served_only").as("flag"),
                        texts.column(
                                        "influence.fraud.served-only",
                                        col("served"),
                                        col("ties"),
                                        col("observed_purchases"),
                                        col("expected_purchases"))
                                .as("evidence"),
                        col("served").divide(col("ties")).as("severity"));
    }
}
