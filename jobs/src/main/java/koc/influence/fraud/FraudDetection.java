package koc.influence.fraud;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.row_number;

import java.util.List;
import koc.influence.Attribution;
import koc.influence.InfluencePeriod;
import koc.influence.InfluenceSettings;
import koc.influence.exposure.GroupWindow;
import koc.influence.exposure.PurchaseExposure;
import koc.spark.Checkpoints;
import koc.spark.ExactSums;
import koc.statistics.WilsonInterval;
import koc.tables.Frame;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Detects credit that KOCs give themselves: through a second account (self-referral) or a ring of accounts (collusion).
 */
public final class FraudDetection {
    public static final Frame CREDIT_EDGES = Frame.named("credit_edges")
            .grain("one row per KOC and buyer with a credited purchase")
            .columns("""
                    user_id        STRING COMMENT 'The buyer',
                    koc_id         STRING COMMENT 'The KOC',
                    credit         DOUBLE COMMENT 'Purchases of the buyer credited to the KOC, fractions summed',
                    user_purchases BIGINT COMMENT 'All purchases of the buyer in the period, credited or not',
                    koc_credit     DOUBLE COMMENT 'All purchases credited to the KOC',
                    koc_buyers     BIGINT COMMENT 'Buyers with a purchase credited to the KOC'""");

    public static final Frame SELF_REFERRALS = Frame.named("self_referrals")
            .grain("one row per KOC with a second account")
            .columns("""
                    koc_id         STRING COMMENT 'The KOC',
                    user_id        STRING COMMENT 'The second account',
                    severity       DOUBLE COMMENT 'The smaller of credit / koc_credit and credit / user_purchases, 0..1',
                    credit         DOUBLE COMMENT 'Purchases of the second account credited to the KOC',
                    koc_credit     DOUBLE COMMENT 'All purchases credited to the KOC',
                    user_purchases BIGINT COMMENT 'All purchases of the second account'""");

    public static final Frame COLLUSION_RINGS =
            Frame.named("collusion_rings").grain("one row per KOC in a ring").columns("""
                    koc_id     STRING COMMENT 'Account of the ring',
                    severity   DOUBLE COMMENT 'Fraction of their credit that comes from other accounts in rings, 0..1',
                    koc_credit DOUBLE COMMENT 'All purchases credited to the KOC',
                    koc_buyers BIGINT COMMENT 'Buyers with a purchase credited to the KOC'""");

    public static final Frame FRAUDULENT_CREDITS = Frame.named("fraudulent_credits")
            .grain("one row per KOC and buyer whose purchases do not count for the KOC")
            .columns("""
                    koc_id       STRING COMMENT 'The KOC',
                    user_id      STRING COMMENT 'The buyer',
                    fraud_reason STRING COMMENT 'self_referral or collusion_ring',
                    fraud_factor DOUBLE COMMENT 'Factor of the credit: always 0'""");

    private static final int MAX_ROUNDS = 200;
    private static final String[] PAIR = {"koc_id", "user_id"};

    private final InfluenceSettings.Fraud settings;
    private final Checkpoints checkpoints;

    public FraudDetection(InfluenceSettings.Fraud settings, Checkpoints checkpoints) {
        this.settings = settings;
        this.checkpoints = checkpoints;
    }

    /**
     * What was detected.
     *
     * @param selfReferrals {@link #SELF_REFERRALS}
     * @param collusionRings {@link #COLLUSION_RINGS}
     * @param fraudulentCredits {@link #FRAUDULENT_CREDITS}
     */
    public record Findings(Dataset<Row> selfReferrals, Dataset<Row> collusionRings, Dataset<Row> fraudulentCredits) {}

    /**
     * Detects second accounts and rings.
     *
     * @param touches {@link Attribution#TOUCHES}
     * @param purchases {@link PurchaseExposure#PURCHASES}
     */
    public Findings detect(Dataset<Row> touches, Dataset<Row> purchases) {
        if (touches.isEmpty()) {
            return new Findings(
                    none(touches, SELF_REFERRALS), none(touches, COLLUSION_RINGS), none(touches, FRAUDULENT_CREDITS));
        }
        Dataset<Row> edges = checkpoints.compute(computeCreditEdges(touches, purchases));
        Dataset<Row> selfReferrals = checkpoints.compute(detectSelfReferrals(edges));
        Dataset<Row> rings = checkpoints.compute(detectCollusionRings(edges));
        return new Findings(
                selfReferrals, rings, checkpoints.compute(selectFraudulentCredits(edges, selfReferrals, rings)));
    }

    private static Dataset<Row> none(Dataset<Row> rows, Frame frame) {
        return rows.sparkSession().createDataFrame(List.of(), frame.schema());
    }

    /** Computes {@link #CREDIT_EDGES}. */
    public static Dataset<Row> computeCreditEdges(Dataset<Row> touches, Dataset<Row> purchases) {
        Dataset<Row> userPurchases = purchases
                .where(InfluencePeriod.isInPeriod())
                .groupBy("user_id")
                .agg(count(lit(1)).as("user_purchases"));
        return touches.groupBy("koc_id", "user_id")
                .agg(ExactSums.sum(col("touch_fraction")).as("credit"))
                .join(userPurchases, new String[] {"user_id"}, "inner")
                .withColumn("koc_credit", ExactSums.sumOver(col("credit"), GroupWindow.by("koc_id")))
                .withColumn("koc_buyers", count(lit(1)).over(GroupWindow.by("koc_id")));
    }

    /**
     * Detects {@link #SELF_REFERRALS}: nearly all credit of a KOC comes from one buyer, who hardly buys without this
     * KOC.
     *
     * <p>A KOC with few buyers may well have one good customer. So only KOCs with at least 8 credited purchases by
     * default are judged, and the lower ends of the 90% intervals of both fractions must reach .65 by default (Wilson
     * 1927). Example: the lower end is .77 for 16 of 17 purchases, and .62 for 8 of 9.
     *
     * @param edges {@link #CREDIT_EDGES}
     */
    public Dataset<Row> detectSelfReferrals(Dataset<Row> edges) {
        Column kocFraction = least(lit(1.0), col("credit").divide(col("koc_credit")));
        Column userFraction = least(lit(1.0), col("credit").divide(col("user_purchases")));
        WindowSpec bySeverity =
                Window.partitionBy("koc_id").orderBy(col("severity").desc(), col("user_id"));
        return edges.withColumn("severity", least(kocFraction, userFraction))
                .where(col("koc_credit")
                        .geq(settings.minCreditedPurchases())
                        .and(WilsonInterval.low(kocFraction, col("koc_credit")).geq(settings.selfReferralFraction()))
                        .and(WilsonInterval.low(userFraction, col("user_purchases"))
                                .geq(settings.selfReferralFraction())))
                .withColumn("position", row_number().over(bySeverity))
                .where("position = 1")
                .select("koc_id", "user_id", "severity", "credit", "koc_credit", "user_purchases");
    }

    /**
     * Detects {@link #COLLUSION_RINGS}: accounts with few buyers (at most 20 by default) but at least 8 credited
     * purchases (default) that get most of their credit (at least .75 by default) from each other.
     *
     * <p>Each round removes the accounts that get a smaller fraction of their credit from the accounts still there. The
     * search ends when a round removes none, which usually takes a few rounds. What remains is a core of the graph of
     * credit (Seidman 1983). A chain, in which each account credits the next, loses one account in each round. After
     * {@value #MAX_ROUNDS} rounds the search ends, so that a long chain does not decide how long a run takes.
     *
     * @param edges {@link #CREDIT_EDGES}
     */
    public Dataset<Row> detectCollusionRings(Dataset<Row> edges) {
        Dataset<Row> candidates = edges.where(col("koc_credit")
                .geq(settings.minCreditedPurchases())
                .and(col("koc_buyers").leq(settings.ringMaxBuyers())));
        Dataset<Row> accounts = candidates
                .groupBy("koc_id")
                .agg(max("koc_credit").as("koc_credit"), max("koc_buyers").as("koc_buyers"));
        Dataset<Row> links = checkpoints.compute(
                candidates.join(accounts.select(col("koc_id").as("user_id")), new String[] {"user_id"}, "left_semi"));
        Dataset<Row> remaining = accounts.select("koc_id");
        long before = Long.MAX_VALUE;
        long now = Long.MAX_VALUE - 1;
        for (int round = 0; round < MAX_ROUNDS && now < before; round++) {
            remaining = checkpoints.compute(keepColluding(links, remaining));
            before = now;
            now = remaining.count();
        }
        return remaining.join(accounts, new String[] {"koc_id"}, "inner");
    }

    /** The accounts that have enough of their credit from the remaining ones, with severity. */
    private Dataset<Row> keepColluding(Dataset<Row> links, Dataset<Row> remaining) {
        Column fraction = least(lit(1.0), ExactSums.sum(col("credit").divide(col("koc_credit"))));
        return links.join(remaining.select(col("koc_id").as("user_id")), new String[] {"user_id"}, "left_semi")
                .groupBy("koc_id")
                .agg(fraction.as("severity"))
                .where(col("severity").geq(settings.ringMinFraction()));
    }

    /**
     * Selects {@link #FRAUDULENT_CREDITS}: a second account and its KOC, and accounts of rings with each other.
     * Purchases of other buyers count in full, also for a flagged KOC.
     */
    public static Dataset<Row> selectFraudulentCredits(
            Dataset<Row> edges, Dataset<Row> selfReferrals, Dataset<Row> collusionRings) {
        Dataset<Row> selfReferralPairs = selfReferrals.select(PAIR[0], PAIR[1]);
        Dataset<Row> ringPairs = edges.select(PAIR[0], PAIR[1])
                .join(collusionRings.select("koc_id"), new String[] {"koc_id"}, "left_semi")
                .join(collusionRings.select(col("koc_id").as("user_id")), new String[] {"user_id"}, "left_semi")
                .join(selfReferralPairs, PAIR, "left_anti");
        return selfReferralPairs
                .withColumn("fraud_reason", lit("self_referral"))
                .unionByName(ringPairs.withColumn("fraud_reason", lit("collusion_ring")))
                .withColumn("fraud_factor", lit(0.0));
    }
}
