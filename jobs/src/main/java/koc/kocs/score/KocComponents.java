package koc.kocs.score;

import static koc.statistics.Fractions.clamp;
import static koc.statistics.Fractions.meanOfPresent;
import static koc.statistics.Fractions.ratio;
import static koc.statistics.Fractions.shrink;
import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.date_diff;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.ln;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.List;
import koc.kocs.KocSettings;
import koc.rules.KocType;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Computes the components of a KOC's score. Each is 0..1, and null if its evidence does not exist: missing records
 * count against nobody.
 */
public final class KocComponents {
    public static final String SATISFACTION = "satisfaction";

    /** The components in the order of the published explanations. */
    public static final List<String> NAMES = List.of(
            "influence",
            "reach_of_strong_ties",
            "own_use",
            "content_and_answers",
            "persona_consistency",
            "restraint",
            SATISFACTION);

    private static final double STAR_RANGE = 4;

    private final KocSettings.Score settings;
    private final LocalDate day;

    public KocComponents(KocSettings.Score settings, LocalDate day) {
        this.settings = settings;
        this.day = day;
    }

    /**
     * KOC grain -> the same rows with loyalty, credibility and the components.
     *
     * @param candidates as {@link KocBaselines#withBaselines} returns them
     */
    public Dataset<Row> withComponents(Dataset<Row> candidates) {
        return candidates
                .withColumn("loyalty", computeLoyalty())
                .withColumn("credibility", computeCredibility())
                .withColumn("influence", computeInfluence())
                .withColumn("reach_of_strong_ties", computeReachOfStrongTies())
                .withColumn("own_use", computeOwnUse())
                .withColumn("content_and_answers", computeContentAndAnswers())
                .withColumn("persona_consistency", computePersonaConsistency())
                .withColumn("restraint", computeRestraint())
                .withColumn(SATISFACTION, computeSatisfaction());
    }

    /**
     * Loyalty to the brand, the mean of three parts over 365 days: purchase days / (purchase days + loyal-days); one
     * half to the power of the days since the last kept purchase over the half-life; the KOC's own stars, (mean - 1) /
     * 4, if any.
     *
     * <p>Worked: three purchase days, the last 90 days ago, and one review of five stars give (.5 + .5 + 1) / 3 = .67.
     */
    private Column computeLoyalty() {
        Column days = col("purchase_days_365d");
        Column frequency = ratio(days, days.plus(settings.loyalDays()));
        Column recency = coalesce(
                pow(lit(0.5), date_diff(lit(day), col("last_purchase_on")).divide(settings.recencyHalfLifeDays())),
                lit(0.0));
        Column stars = scaleStars(ratio(col("own_rating_sum"), col("own_reviews")));
        return when(col("has_purchases"), clamp(meanOfPresent(frequency, recency, stars)));
    }

    /**
     * The product of 1 - severity over the KOC's flags. It multiplies the components that can be faked: influence,
     * strong ties, content. Worked: flags of .5 and .8 leave .1.
     */
    private static Column computeCredibility() {
        return clamp(aggregate(
                coalesce(col("flags.severity"), array().cast("array<double>")),
                lit(1.0),
                (product, severity) -> product.multiply(clamp(lit(1.0).minus(severity)))));
    }

    /**
     * low / (1 + low), where low is the lower end of the interval, so that one lucky sale does not put a KOC on top.
     * Worked: 1.2 gives .55. A KOC who has reached nobody yet gets the lower end of the prior.
     */
    private static Column computeInfluence() {
        Column low = coalesce(col("influence_low"), when(col("has_influence"), col("prior_low")));
        return clamp(ratio(low, low.plus(1))).multiply(col("credibility"));
    }

    /** ln(1 + strong ties) / ln(1 + full-strong-ties). Worked, with the default 150: twelve give .51. */
    private Column computeReachOfStrongTies() {
        Column reach = clamp(log1p(col("strong_ties")).divide(Math.log1p(settings.fullStrongTies())));
        return when(col("has_ties"), reach.multiply(col("credibility")));
    }

    /** The mean of loyalty and the fraction of product shares whose product the KOC uses and approves. */
    private static Column computeOwnUse() {
        Column shares = col("product_shares_90d");
        Column usedRate = when(shares.gt(0), ratio(col("used_shares_90d"), shares));
        return when(col("has_purchases"), clamp(meanOfPresent(col("loyalty"), usedRate)));
    }

    /**
     * The mean of r / (r + baseline), with r the responses per share, and the fraction of inquiries that the KOC
     * answers. Both rates are shrunk to the baselines.
     */
    private Column computeContentAndAnswers() {
        Column baseline = col("baseline_response_rate");
        Column responseRate = shrunk("responses_90d", col("shares_90d"), "baseline_response_rate");
        Column responses =
                when(col("shares_90d").gt(0).and(baseline.gt(0)), ratio(responseRate, responseRate.plus(baseline)));
        Column answers = when(
                col("inquiries_90d").gt(0),
                shrunk("answered_inquiries_90d", col("inquiries_90d"), "baseline_answer_rate"));
        return clamp(meanOfPresent(responses, answers)).multiply(col("credibility"));
    }

    /**
     * 1 - (H + (m - 1) / 2n) / ln K, with the entropy H of the KOC's n product shares over m of the catalogue's K
     * topics. The second term is the correction of Miller and Madow, because few shares look consistent.
     *
     * <p>Worked: 16 and 4 shares of K = 10 give 1 - (.50 + .025) / 2.30 = .77.
     */
    private Column computePersonaConsistency() {
        Column n = col("product_shares_90d").cast("double");
        Column entropy = ln(n).minus(col("sum_n_log_n").divide(n))
                .plus(col("topics").minus(1).divide(n.multiply(2)));
        return when(
                n.geq(settings.minShares()).and(col("all_topics").gt(1)),
                clamp(lit(1.0).minus(entropy.divide(ln(col("all_topics"))))));
    }

    /**
     * baseline / (baseline + l), with the loss rate l = (losses + k baseline) / (members of 90 days + k). A KOC who
     * loses as many members as others gets .5.
     */
    private Column computeRestraint() {
        Column baseline = col("baseline_loss_rate");
        Column lossRate = shrunk("muted_or_left_90d", membersOf90Days(), "baseline_loss_rate");
        return clamp(ratio(baseline, baseline.plus(lossRate)));
    }

    /**
     * Guides only: the mean of (stars - 1) / 4 of the pool and baseline / (baseline + complaints for each purchase).
     */
    private Column computeSatisfaction() {
        Column baseline = col("baseline_complaint_rate");
        Column rating = shrunk("pool_rating_sum", col("pool_reviews"), "baseline_rating");
        Column complaintRate = shrunk("pool_complaints", col("pool_lines"), "baseline_complaint_rate");
        return when(
                KocType.GUIDE.is(col("koc_type")),
                clamp(meanOfPresent(scaleStars(rating), ratio(baseline, baseline.plus(complaintRate)))));
    }

    /**
     * The components that no KOC has, because their source is absent. Satisfaction is one of them only if there are
     * guides.
     *
     * @param ranking koc_ranking, not empty
     */
    public static List<String> findMissing(Dataset<Row> ranking) {
        Column[] present = NAMES.stream().map(name -> count(col(name)).as(name)).toArray(Column[]::new);
        Row counts = ranking.agg(count_if(KocType.GUIDE.is(col("koc_type"))).as("guides"), present)
                .head();
        boolean hasGuides = counts.<Long>getAs("guides") > 0;
        return NAMES.stream()
                .filter(name -> counts.<Long>getAs(name) == 0)
                .filter(name -> !name.equals(SATISFACTION) || hasGuides)
                .toList();
    }

    /**
     * Members of the pool and users who left it in 90 days; at least as many as were lost, because a user who mutes
     * stays.
     */
    public static Column membersOf90Days() {
        return greatest(col("pool_size").plus(col("left_90d")), col("muted_or_left_90d"));
    }

    /** One to five stars as 0..1. */
    private static Column scaleStars(Column stars) {
        return ratio(stars.minus(1), lit(STAR_RANGE));
    }

    private Column shrunk(String count, Column trials, String baseline) {
        return shrink(col(count), trials, col(baseline), settings.evidenceShrinkage());
    }
}
