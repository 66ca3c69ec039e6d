package koc.influence;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import koc.spark.Checkpoints;
import koc.spark.ExactSums;
import koc.statistics.WilsonInterval;
import koc.text.Texts;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** Credit that people give themselves: by a second account, or in a ring that buys from itself. */
final class FraudDetection {
    /** Rounds of taking away at most; it ends when nobody is taken away. */
    private static final int MAX_ROUNDS = 50;

    private FraudDetection() {}

    /**
     * KOC x buyer grain: credit (purchases' worth), koc_credit and koc_buyers (of the KOC in all), user_purchases (of the
     * buyer in all, credited to anybody or not).
     *
     * @param touches {@link Attribution#touches}
     * @param purchases {@link Purchases#kept}
     */
    static Dataset<Row> edges(Dataset<Row> touches, Dataset<Row> purchases) {
        Dataset<Row> bought = purchases
                .where("place >= 0")
                .groupBy("user_id")
                .agg(count(lit(1)).as("user_purchases"));
        return touches.groupBy("koc_id", "user_id")
                .agg(ExactSums.sum(col("touch_fraction")).as("credit"))
                .join(bought, new String[] {"user_id"}, "inner")
                .withColumn("koc_credit", ExactSums.sumOver(col("credit"), all("koc_id")))
                .withColumn("koc_buyers", count(lit(1)).over(all("koc_id")));
    }

    private static WindowSpec all(String key) {
        return Window.partitionBy(key).rowsBetween(Window.unboundedPreceding(), Window.unboundedFollowing());
    }

    /**
     * Second accounts: KOC grain with the one buyer that gives it nearly all its credit, and hardly buys anything else.
     * Columns koc_id, user_id, severity (the smaller of both shares), credit, koc_credit, user_purchases.
     *
     * <p>A KOC with few buyers may well have one good customer. So both shares have to be large surely, at the lower end of
     * their 90% interval (Wilson 1927): 16 of 17 purchases are surely .77, 8 of 9 are .62, and the good customer buys other
     * things too.
     */
    static Dataset<Row> selfReferrals(Dataset<Row> edges, InfluenceSettings.Flag flag) {
        Column ofKoc = least(lit(1.0), col("credit").divide(col("koc_credit")));
        Column ofUser = least(lit(1.0), col("credit").divide(col("user_purchases")));
        return edges.withColumn("severity", least(ofKoc, ofUser))
                .where(col("koc_credit")
                        .geq(flag.minCreditedPurchases())
                        .and(WilsonInterval.low(ofKoc, col("koc_credit")).geq(flag.selfReferralFraction()))
                        .and(WilsonInterval.low(ofUser, col("user_purchases")).geq(flag.selfReferralFraction())))
                .withColumn(
                        "place",
                        row_number()
                                .over(Window.partitionBy("koc_id")
                                        .orderBy(col("severity").desc(), col("user_id"))))
                .where("place = 1")
                .select("koc_id", "user_id", "severity", "credit", "koc_credit", "user_purchases");
    }

    /**
     * Rings: KOC grain of accounts that have nearly all their credit from each other, and whose buyers are few. Columns
     * koc_id, severity (the share of the account's credit that is from the ring), koc_credit, koc_buyers.
     *
     * <p>Of all accounts with few buyers those are taken away, again and again, that have less than ring-min-fraction of their credit
     * from those that are left: a core of the graph of credit (Seidman 1983). A chain is taken away from its end.
     */
    static Dataset<Row> rings(Dataset<Row> edges, InfluenceSettings.Flag flag, Checkpoints checkpoints) {
        Dataset<Row> few = edges.where(col("koc_credit")
                .geq(flag.minCreditedPurchases())
                .and(col("koc_buyers").leq(flag.ringMaxAccounts())));
        Dataset<Row> accounts = few.groupBy("koc_id")
                .agg(max("koc_credit").as("koc_credit"), max("koc_buyers").as("koc_buyers"));
        Dataset<Row> links = checkpoints.compute(
                few.join(accounts.select(col("koc_id").as("user_id")), new String[] {"user_id"}, "left_semi"));
        Dataset<Row> left = accounts.select("koc_id");
        long before = Long.MAX_VALUE;
        long now = Long.MAX_VALUE - 1;
        for (int round = 0; round < MAX_ROUNDS && now < before; round++) {
            left = checkpoints.compute(
                    links.join(left.select(col("koc_id").as("user_id")), new String[] {"user_id"}, "left_semi")
                            .groupBy("koc_id")
                            .agg(least(lit(1.0), ExactSums.sum(col("credit").divide(col("koc_credit"))))
                                    .as("severity"))
                            .where(col("severity").geq(flag.ringMinFraction())));
            before = now;
            now = left.count();
        }
        return left.join(accounts, new String[] {"koc_id"}, "inner");
    }

    /**
     * KOC x buyer grain: what is left of credit (fraud_factor: nothing) and why (fraud_reason), of a second account and of
     * accounts of rings among each other. What others buy of a flagged KOC is counted as anybody's.
     */
    static Dataset<Row> damped(Dataset<Row> edges, Dataset<Row> selfReferrals, Dataset<Row> rings) {
        String[] pair = {"koc_id", "user_id"};
        Dataset<Row> own = selfReferrals.select(pair[0], pair[1]);
        Dataset<Row> inRings = edges.select(pair[0], pair[1])
                .join(rings.select("koc_id"), new String[] {"koc_id"}, "left_semi")
                .join(rings.select(col("koc_id").as("user_id")), new String[] {"user_id"}, "left_semi")
                .join(own, pair, "left_anti");
        return own.withColumn("fraud_reason", lit("self_referral"))
                .unionByName(inRings.withColumn("fraud_reason", lit("ring")))
                .withColumn("fraud_factor", lit(0.0));
    }

    /** KOC grain: flags of both kinds, with evidence. */
    static Dataset<Row> flags(Dataset<Row> selfReferrals, Dataset<Row> rings, Texts texts) {
        return selfReferrals
                .select(
                        col("koc_id"),
                        lit("self_referral").as("flag"),
                        texts.column(
                                        "influence.flag.self-referral",
                                        col("credit"),
                                        col("koc_credit"),
                                        col("user_id"),
                                        col("user_purchases"))
                                .as("evidence"),
                        col("severity"))
                .unionByName(rings.select(
                        col("koc_id"),
                        lit("ring").as("flag"),
                        texts.column(
                                        "influence.flag.ring",
                                        col("severity").multiply(100),
                                        col("koc_credit"),
                                        col("koc_buyers"))
                                .as("evidence"),
                        col("severity")));
    }

    /** Flags of accounts that share more than anybody can mean; severity = the share of all shares over twice the bar. */
    static Dataset<Row> floods(Dataset<Row> shares, InfluenceSettings settings, Texts texts) {
        Dataset<Row> counted =
                shares.where("place >= 0").groupBy("koc_id").agg(count(lit(1)).as("shares"));
        Column part = col("shares").divide(col("all_shares"));
        // With few accounts everybody has a large share: a flood is also five times the usual.
        return counted.crossJoin(counted.agg(
                        sum("shares").as("all_shares"), count(lit(1)).as("kocs")))
                .where(part.geq(settings.flag().spamFraction()))
                .where(col("shares").multiply(col("kocs")).geq(col("all_shares").multiply(5)))
                .select(
                        col("koc_id"),
                        lit("flood").as("flag"),
                        texts.column(
                                        "influence.flag.flood",
                                        col("shares"),
                                        lit(settings.historyDays()),
                                        part.multiply(100))
                                .as("evidence"),
                        least(
                                        lit(1.0),
                                        part.divide(2
                                                * Math.max(1e-9, settings.flag().spamFraction())))
                                .as("severity"));
    }

    /**
     * Flags of KOCs with many served customers who move nobody for sure, though enough was expected of them to tell.
     *
     * @param openTies ties that are open on the day
     * @param influence koc_influence of whole pools
     */
    static Dataset<Row> servedOnly(
            Dataset<Row> openTies, Dataset<Row> influence, InfluenceSettings settings, Texts texts) {
        Dataset<Row> counted = openTies.groupBy("koc_id")
                .agg(
                        count(lit(1)).as("ties"),
                        sum(when(col("tie_types").equalTo("served"), 1).otherwise(0))
                                .as("served"));
        return counted.where(col("served").geq(settings.flag().servedOnlyMinTies()))
                .where("served >= 0.5 * ties")
                .join(
                        influence.select("koc_id", "influence_low", "influence_lift", "observed", "expected"),
                        new String[] {"koc_id"},
                        "inner")
                .where(col("influence_low")
                        .leq(1)
                        .and(col("expected").geq(settings.flag().servedOnlyMinExpected())))
                .select(
                        col("koc_id"),
                        lit("served_only").as("flag"),
                        texts.column(
                                        "influence.flag.served-only",
                                        col("served"),
                                        col("ties"),
                                        col("observed"),
                                        col("expected"))
                                .as("evidence"),
                        col("served").divide(col("ties")).as("severity"));
    }
}
