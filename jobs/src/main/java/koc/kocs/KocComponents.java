package koc.kocs;

import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.date_diff;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.ln;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import koc.rules.KocProfile;
import koc.rules.KocType;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * The named components of a KOC's score, and what else is said of it by a number: loyalty, readiness, conversion, stage,
 * satisfaction, flight risk.
 */
final class KocComponents {
    private KocComponents() {}

    /**
     * KOC grain -> the same with components, score and rank.
     *
     * <p>Each component is 0..1, and null where its evidence does not exist: it is then left out of the mean, for what was
     * never recorded speaks against nobody. {@code score} = sum of weight x component / sum of weights, over the
     * components that are known: with influence .6 (weight .4), own use .5 (.15) and the others unknown, .315 / .55 = .57.
     * Equal scores rank by influence_low, then pool, then koc_id.
     *
     * @param known candidates, as {@link #withUsual} returns them
     */
    static Dataset<Row> scored(Dataset<Row> known, LocalDate day, KocRankingSettings settings) {
        Dataset<Row> judged = withComponents(withLoyalty(known, day, settings), settings);
        return withRank(withStanding(judged, settings), settings);
    }

    /**
     * Adds what is usual among the candidates to everybody; trainings become null where none of anybody is recorded.
     *
     * @param facts as {@link KocFacts#joined} returns them
     * @param priors influence_priors of the day: one row
     */
    static Dataset<Row> withUsual(Dataset<Row> facts, Dataset<Row> priors) {
        return facts.crossJoin(broadcast(usual(facts.where("is_candidate"))))
                .crossJoin(broadcast(priors.agg(max("prior_low").as("prior_low"))))
                .withColumn("courses_365d", when(col("has_courses"), col("courses_365d")));
    }

    /** One row with what is usual among all KOCs; a source that is absent leaves its column null. */
    private static Dataset<Row> usual(Dataset<Row> candidates) {
        return candidates.agg(
                sum("pool_size").gt(0).as("has_ties"),
                sum("courses_365d").gt(0).as("has_courses"),
                count("first_purchase_on").gt(0).as("has_purchases"),
                count_if(KocProfile.isRecorded()).gt(0).as("has_profiles"),
                count("influence_low").gt(0).as("has_influence"),
                ratio(sum("responses_90d"), sum("shares_90d")).as("usual_response"),
                ratio(sum("answered_inquiries_90d"), sum("inquiries_90d")).as("usual_answered"),
                when(sum("muted_or_left_90d").gt(0), ratio(sum("muted_or_left_90d"), sum(everInPool())))
                        .as("usual_loss"),
                ratio(sum("pool_rating_sum"), sum("pool_reviews")).as("usual_rating"),
                when(sum("pool_complaints").gt(0), ratio(sum("pool_complaints"), sum("pool_lines")))
                        .as("usual_complaints"));
    }

    /**
     * Adds loyalty, the mean of three parts: purchase days / (purchase days + loyal-days) over 365 days; one half to the
     * power of days since the last kept purchase over the half-life; own stars, (mean - 1) / 4, when there are any. Three
     * purchase days, the last 90 days ago, and a review of five stars give (.5 + .5 + 1) / 3 = .67.
     */
    static Dataset<Row> withLoyalty(Dataset<Row> known, LocalDate day, KocRankingSettings settings) {
        Column days = col("purchase_days_365d");
        Column often = ratio(days, days.plus(settings.score().loyalDays()));
        Column lately = coalesce(
                pow(
                        lit(0.5),
                        date_diff(lit(day), col("last_purchase_on"))
                                .divide(settings.score().recencyHalfLifeDays())),
                lit(0.0));
        Column stars = ratio(ratio(col("own_rating_sum"), col("own_reviews")).minus(1), lit(4));
        return known.withColumn("loyalty", when(col("has_purchases"), share(mean(often, lately, stars))));
    }

    /**
     * Adds the components and credibility.
     *
     * <ul>
     *   <li>influence: low / (1 + low) with the lower end of the interval, so that one lucky sale does not lead: 1.2 surely
     *       gives .55. Of a KOC who reached nobody yet no more is known than of KOCs in general: it stands at the lower end
     *       of the prior.
     *   <li>reach_of_strong_ties: ln(1 + strong ties) / ln(1 + full-strong-ties): of 150, twelve give .51.
     *   <li>own_use: mean of loyalty and the share of its product shares whose product it bought and kept.
     *   <li>content_and_answers: mean of r / (r + usual) with r the responses a share, and the share of inquiries it answers;
     *       both mixed with the usual.
     *   <li>persona_consistency: 1 - (H + (m - 1) / 2n) / ln K, with the entropy H of its n shares over m of the
     *       catalogue's K topics (Miller and Madow's correction, for few shares look consistent): 16 and 4 shares of K = 10
     *       give 1 - (.50 + .025) / 2.30 = .77.
     *   <li>restraint: usual / (usual + l) with l = (lost + k usual) / (pool + left + k): .5 when it loses as many as others;
     *       lost are those who muted it or left, and whoever muted it is still in the pool.
     *   <li>satisfaction, of guides: mean of (stars - 1) / 4 and usual / (usual + complaints for each purchase).
     * </ul>
     *
     * <p>{@code credibility} = product of 1 - severity over its flags; it multiplies the components that can be faked from
     * outside (influence, strong ties, content): two flags of .5 and .8 leave a tenth.
     */
    static Dataset<Row> withComponents(Dataset<Row> known, KocRankingSettings settings) {
        double k = settings.score().evidenceShrinkage();
        Column low = coalesce(col("influence_low"), when(col("has_influence"), col("prior_low")));
        Column usedShare =
                when(col("product_shares_90d").gt(0), ratio(col("used_shares_90d"), col("product_shares_90d")));
        Column response = shrunk(col("responses_90d"), col("shares_90d"), col("usual_response"), k);
        Column responsePart = when(
                col("shares_90d").gt(0).and(col("usual_response").gt(0)),
                ratio(response, response.plus(col("usual_response"))));
        Column answerPart = when(
                col("inquiries_90d").gt(0),
                shrunk(col("answered_inquiries_90d"), col("inquiries_90d"), col("usual_answered"), k));
        Column loss = shrunk(col("muted_or_left_90d"), everInPool(), col("usual_loss"), k);
        Column rating = shrunk(col("pool_rating_sum"), col("pool_reviews"), col("usual_rating"), k);
        Column complaints = shrunk(col("pool_complaints"), col("pool_lines"), col("usual_complaints"), k);
        Column credibility = aggregate(
                coalesce(col("flags.severity"), array().cast("array<double>")),
                lit(1.0),
                (product, severity) -> product.multiply(share(lit(1.0).minus(severity))));
        return known.withColumn("credibility", share(credibility))
                .withColumn("influence", share(ratio(low, low.plus(1))).multiply(col("credibility")))
                .withColumn(
                        "reach_of_strong_ties",
                        when(
                                col("has_ties"),
                                share(log1p(col("strong_ties"))
                                                .divide(Math.log1p(
                                                        settings.score().fullStrongTies())))
                                        .multiply(col("credibility"))))
                .withColumn("own_use", when(col("has_purchases"), share(mean(col("loyalty"), usedShare))))
                .withColumn(
                        "content_and_answers",
                        share(mean(responsePart, answerPart)).multiply(col("credibility")))
                .withColumn("persona_consistency", consistency(settings.score().minShares()))
                .withColumn(
                        "restraint",
                        share(ratio(col("usual_loss"), col("usual_loss").plus(loss))))
                .withColumn(
                        "satisfaction",
                        when(
                                KocType.GUIDE.is(col("koc_type")),
                                share(mean(
                                        ratio(rating.minus(1), lit(4)),
                                        ratio(
                                                col("usual_complaints"),
                                                col("usual_complaints").plus(complaints))))));
    }

    /** Adds conversion, readiness, stage, what it shares, flight risk and completeness of the profile. */
    static Dataset<Row> withStanding(Dataset<Row> judged, KocRankingSettings settings) {
        WindowSpec ofType =
                Window.partitionBy("koc_type").rowsBetween(Window.unboundedPreceding(), Window.unboundedFollowing());
        Column isStaff = KocType.isStaff(col("koc_type"));
        Column stars = ratio(col("own_rating_sum"), col("own_reviews"));
        Column complaintsADay = ratio(col("own_complaints"), greatest(col("purchase_days_365d"), lit(1L)));
        Column reach = col("pool_size");
        KocRankingSettings.Stage stage = settings.stage();
        return judged.withColumn("conversion", share(ratio(col("attributed_buyers_90d"), reach)))
                .withColumn(
                        "type_pool_buyer_rate",
                        share(ratio(
                                sum("attributed_buyers_90d").over(ofType),
                                sum(reach).over(ofType))))
                .withColumn(
                        "is_tied",
                        isStaff.or(col("purchase_days_365d")
                                .geq(settings.readiness().minPurchaseDays())))
                .withColumn("is_user", col("products_used").gt(0))
                .withColumn(
                        "is_pleased",
                        coalesce(stars.geq(settings.readiness().minRating()), lit(true))
                                .and(complaintsADay.leq(settings.readiness().maxComplaintRate())))
                .withColumn("is_ready", col("is_tied").and(col("is_user")).and(col("is_pleased")))
                .withColumn(
                        "stage",
                        when(reach.lt(stage.risingReach()), "koc")
                                .when(
                                        coalesce(col("conversion"), lit(0.0)).lt(stage.minPoolBuyerRate()),
                                        "audience_only")
                                .when(reach.lt(stage.kolReach()), "rising")
                                .otherwise("kol"))
                .withColumn("on_category_rate", ratio(col("top_topic_shares"), col("product_shares_90d")))
                .withColumn("main_category", when(col("product_shares_90d").gt(0), col("top_topic")))
                .withColumn("original_rate", ratio(col("original_shares_90d"), col("content_shares_90d")))
                .withColumn("flight_risk", when(KocType.EXTERNAL.is(col("koc_type")), flightRisk()))
                .withColumn("profile_completeness", when(col("has_profiles"), KocProfile.completeness()));
    }

    /**
     * How much less of each there was in the last 30 days than in the 60 before, on average over what there was:
     * {@code fall = 1 - (last 30 + 1) / (half of the 60 before + 1)}, at least 0. From 18 active days in 60 to 2 in 30:
     * 1 - 3 / 10 = .7.
     */
    private static Column flightRisk() {
        return share(mean(
                fall(col("active_days_30d"), col("active_days_90d"), lit(1.0)),
                // A sale is worth what its KOC's sales are: money has no unit of its own.
                fall(
                        col("net_sales_30d").cast("double"),
                        col("net_sales_90d").cast("double"),
                        col("net_sales_90d").cast("double").divide(90)),
                fall(col("own_orders_30d"), col("own_orders_90d"), lit(1.0))));
    }

    private static Column fall(Column lately, Column all, Column one) {
        Column before = all.minus(lately).divide(2.0);
        return when(before.gt(0), greatest(lit(0.0), lit(1.0).minus(ratio(lately.plus(one), before.plus(one)))));
    }

    /** Members of the pool and those who left it in 90 days; never fewer than were lost. */
    static Column everInPool() {
        return greatest(col("pool_size").plus(col("left_90d")), col("muted_or_left_90d"));
    }

    private static Column consistency(int minShares) {
        Column n = col("product_shares_90d").cast("double");
        Column entropy = ln(n).minus(col("topic_weight").divide(n))
                .plus(col("topics").minus(1).divide(n.multiply(2)));
        return when(
                n.geq(minShares).and(col("all_topics").gt(1)),
                share(lit(1.0).minus(entropy.divide(ln(col("all_topics"))))));
    }

    private static Dataset<Row> withRank(Dataset<Row> judged, KocRankingSettings settings) {
        KocRankingSettings.Weights weights = settings.score().weights();
        Column[][] parts = {
            {col("influence"), lit(weights.influence())},
            {col("reach_of_strong_ties"), lit(weights.reach())},
            {col("own_use"), lit(weights.ownUse())},
            {col("content_and_answers"), lit(weights.content())},
            {col("persona_consistency"), lit(weights.persona())},
            {col("restraint"), lit(weights.restraint())},
            {col("satisfaction"), lit(weights.satisfaction())}
        };
        Column value = lit(0.0);
        Column weight = lit(0.0);
        for (Column[] part : parts) {
            value = value.plus(coalesce(part[0].multiply(part[1]), lit(0.0)));
            weight = weight.plus(when(part[0].isNotNull(), part[1]).otherwise(0.0));
        }
        return judged.withColumn("score", share(coalesce(ratio(value, weight), lit(0.0))))
                .withColumn(
                        "rank",
                        row_number()
                                .over(Window.orderBy(
                                        col("score").desc(),
                                        col("influence_low").desc_nulls_last(),
                                        col("pool_size").desc(),
                                        col("koc_id"))));
    }

    /** The share of a KOC with k usual ones mixed in: (n + k usual) / (of + k). */
    private static Column shrunk(Column n, Column of, Column usual, double k) {
        return ratio(n.plus(usual.multiply(k)), of.plus(k));
    }

    /** The mean of the parts that are known; null when none is. */
    private static Column mean(Column... parts) {
        Column known = array_compact(array(parts));
        return when(
                size(known).gt(0),
                aggregate(known, lit(0.0), (total, part) -> total.plus(part)).divide(size(known)));
    }

    /** Null over nothing. */
    private static Column ratio(Column above, Column below) {
        return when(below.notEqual(0), above.cast("double").divide(below.cast("double")));
    }

    private static Column share(Column value) {
        return when(value.isNotNull(), greatest(lit(0.0), least(lit(1.0), value)));
    }
}
