package koc.fit;

import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.date_diff;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.ln;
import static org.apache.spark.sql.functions.median;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.List;
import koc.spark.ExactSums;
import koc.statistics.Normal;
import koc.statistics.WilsonInterval;
import koc.text.Texts;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** For how many kinds of users a product is, how far it can be trusted, and whether it passes the bar. */
final class ProductProfiles {
    /** Standard deviation of stars that a single review is taken to have. */
    private static final double STARS_DEVIATION = 1.2;
    /** What products are judged by, each a column of product_profile that says nothing when its source is absent. */
    private static final List<String> EVIDENCES = List.of("buyers", "trust_value", "trust_brand", "trust_reviews");
    /** Stars spread over 1..5, tiers too: four steps. */
    private static final double STEPS = 4;

    private ProductProfiles() {}

    /**
     * User x product grain -> product grain: buyers and the evidence of trust.
     *
     * @param history one row a user and product over all days: kept_units, purchase_days, first_day, last_day,
     *     purchase_lines, refunded_lines, units, gross_spend, complaints, reviews, rating_sum, bad_reviews
     * @param before the last day before the window; who bought first after it is a new buyer
     */
    static Dataset<Row> totals(Dataset<Row> history, LocalDate before) {
        Column kept = col("kept_units").gt(0);
        Column repeated = kept.and(col("purchase_days").gt(1));
        Column gap = date_diff(col("last_day"), col("first_day"))
                .cast("double")
                .divide(greatest(lit(1L), col("purchase_days").minus(1)));
        return history.groupBy("product_id")
                .agg(
                        count(when(kept, 1)).as("buyers"),
                        count(when(repeated, 1)).as("repeat_buyers"),
                        count(when(kept.and(col("first_day").gt(lit(before))), 1))
                                .as("new_buyers"),
                        sum("purchase_lines").as("purchase_lines"),
                        sum("refunded_lines").as("refunded_lines"),
                        sum("units").as("units"),
                        sum("gross_spend").as("gross_spend"),
                        sum("complaints").as("complaints"),
                        sum("reviews").as("reviews"),
                        sum("rating_sum").as("rating_sum"),
                        sum("bad_reviews").as("bad_reviews"),
                        median(when(repeated, gap)).as("gap_days"));
    }

    /**
     * Thing x portrait grain -> thing grain: {@code generality} and {@code generality_low}.
     *
     * <p>With q the portraits' rates over their rates for everything, scaled to sum to 1, generality is the entropy
     * -sum q ln q over ln(portraits): 1 when all portraits buy alike, 0 when one buys alone. Worked: q = (.7, .1, .1, .1)
     * gives .94 / 1.39 = .68. The lower bound takes off 1.64 standard deviations of the entropy of as many buyers.
     *
     * @param cells with buy_rate, activity_rate and history_buyers; newcomers left out
     */
    static Dataset<Row> generality(Dataset<Row> cells, String thing) {
        Column relative = when(col("activity_rate").gt(0), col("buy_rate").divide(col("activity_rate")))
                .otherwise(lit(0.0));
        Dataset<Row> sums = cells.withColumn("relative", relative)
                .groupBy(thing)
                .agg(
                        ExactSums.preciseSum(col("relative")).as("all"),
                        count(lit(1)).as("portraits"),
                        sum("history_buyers").as("n"));
        Dataset<Row> parts = cells.withColumn("relative", relative)
                .join(sums, new String[] {thing}, "inner")
                .where("all > 0 AND relative > 0")
                .withColumn("q", col("relative").divide(col("all")));
        Column entropy = greatest(lit(0.0), col("entropy"));
        Column deviation = sqrt(greatest(lit(0.0), col("second").minus(entropy.multiply(entropy)))
                .divide(col("n").plus(1)));
        return parts.groupBy(thing)
                .agg(
                        ExactSums.preciseSum(col("q").multiply(ln(col("q"))).multiply(-1))
                                .as("entropy"),
                        ExactSums.preciseSum(col("q").multiply(ln(col("q"))).multiply(ln(col("q"))))
                                .as("second"),
                        first("portraits").as("portraits"),
                        first("n").as("n"))
                .select(
                        col(thing),
                        share(when(col("portraits").gt(1), entropy.divide(ln(col("portraits"))))
                                        .otherwise(lit(1.0)))
                                .as("generality"),
                        share(when(
                                                col("portraits").gt(1),
                                                entropy.minus(deviation.multiply(Normal.QUANTILE_95))
                                                        .divide(ln(col("portraits"))))
                                        .otherwise(lit(1.0)))
                                .as("generality_low"));
    }

    /**
     * Product grain -> product grain: use cycle, trust and gate.
     *
     * <ul>
     *   <li>trust_value: the share of purchases kept, shrunk; for a consumable its mean with repeat / (repeat + usual
     *       repeat), .5 when buyers come back as often as for other products.
     *   <li>trust_brand: (5 - tier) / 4, and 1 less the brand's complaints for each purchase over twice the bar; their
     *       mean where both are known.
     *   <li>trust_reviews: (mean stars - 1) / 4, shrunk to the mean of all reviews.
     * </ul>
     *
     * @param products products as of the day, joined with {@link #totals}, zeros where there are none
     */
    static Dataset<Row> withTrust(Dataset<Row> products, FitSettings settings, Texts texts) {
        double k = settings.evidenceShrinkage();
        FitSettings.Gate gate = settings.gate();
        Dataset<Row> everything = products.agg(
                ratio(sum("refunded_lines"), sum("purchase_lines")).as("usual_refunds"),
                ratio(sum("repeat_buyers"), sum("buyers")).as("usual_repeats"),
                ratio(sum("complaints"), sum("purchase_lines")).as("usual_complaints"),
                ratio(sum("rating_sum"), sum("reviews")).as("usual_rating"));
        Dataset<Row> brands = products.where("brand IS NOT NULL")
                .groupBy("brand")
                .agg(
                        sum("complaints").as("brand_complaints"),
                        sum("purchase_lines").as("brand_lines"));

        Column refunds = shrunk("refunded_lines", "purchase_lines", "usual_refunds", k);
        Column repeats = shrunk("repeat_buyers", "buyers", "usual_repeats", k);
        Column complaints = shrunk("brand_complaints", "brand_lines", "usual_complaints", k);
        Column rating = rating(k);
        Column keptPart = when(col("usual_refunds").gt(0), lit(1.0).minus(refunds));
        Column repeatPart = when(
                col("usual_repeats").gt(0).and(col("is_consumable")),
                repeats.divide(repeats.plus(col("usual_repeats"))));
        Column tierPart = lit(5.0).minus(col("brand_tier")).divide(STEPS);
        Column complaintPart = when(
                col("usual_complaints").gt(0).and(col("brand_lines").gt(0)),
                lit(1.0).minus(least(lit(1.0), complaints.divide(2 * gate.maxComplaintRate() + 1e-9))));

        return products.crossJoin(everything)
                .join(brands, new String[] {"brand"}, "left")
                .withColumn("trust_value", when(col("purchase_lines").gt(0), share(mean(keptPart, repeatPart))))
                .withColumn("trust_brand", share(mean(tierPart, complaintPart)))
                .withColumn(
                        "trust_reviews",
                        when(col("reviews").gt(0), share(rating.minus(1).divide(STEPS))))
                .withColumn(
                        "trust",
                        coalesce(share(mean(col("trust_value"), col("trust_brand"), col("trust_reviews"))), lit(0.5)))
                .withColumn(
                        "mean_rating", when(col("reviews").gt(0), round(ratio(col("rating_sum"), col("reviews")), 4)))
                .withColumn("quality_gate", gate(settings, texts))
                .withColumn("trust_reason", trustReason(texts));
    }

    private static Column gate(FitSettings settings, Texts texts) {
        FitSettings.Gate gate = settings.gate();
        Column refunded = ratio(col("refunded_lines"), col("purchase_lines"));
        Column complained = ratio(col("complaints"), col("purchase_lines"));
        // One usual review is added, so that a single bad one does not damn a product.
        Column highestRating = rating(1)
                .plus(lit(Normal.QUANTILE_95 * STARS_DEVIATION)
                        .divide(sqrt(col("reviews").plus(1))));
        return when(
                        col("brand_tier").gt(gate.maxBrandTier()),
                        texts.column("fit.gate.brand", col("brand_tier"), lit(gate.maxBrandTier())))
                .when(
                        col("purchase_lines").gt(0).and(surely(refunded).gt(gate.maxRefundRate())),
                        texts.column(
                                "fit.gate.refunds",
                                col("refunded_lines"),
                                col("purchase_lines"),
                                refunded.multiply(100),
                                lit(100 * gate.maxRefundRate())))
                .when(
                        col("purchase_lines").gt(0).and(surely(complained).gt(gate.maxComplaintRate())),
                        texts.column(
                                "fit.gate.complaints",
                                col("complaints"),
                                col("purchase_lines"),
                                complained.multiply(100),
                                lit(100 * gate.maxComplaintRate())))
                .when(
                        col("reviews").gt(0).and(highestRating.lt(gate.minRating())),
                        texts.column("fit.gate.rating", col("mean_rating"), col("reviews"), lit(gate.minRating())))
                .otherwise("pass");
    }

    /** A fraction of purchases that it is above with 95% probability. */
    private static Column surely(Column fraction) {
        return WilsonInterval.low(
                least(lit(1.0), fraction), col("purchase_lines").cast("double"));
    }

    private static Column trustReason(Texts texts) {
        Column none = texts.column("fit.trust.not-assessed");
        return array_join(
                array(
                        when(
                                        col("trust_value").isNotNull(),
                                        texts.column(
                                                "fit.trust.value",
                                                col("trust_value"),
                                                col("refunded_lines"),
                                                col("purchase_lines"),
                                                col("repeat_buyers"),
                                                col("buyers")))
                                .otherwise(texts.column("fit.trust.value.none")),
                        when(
                                        col("trust_brand").isNotNull(),
                                        texts.column(
                                                "fit.trust.brand",
                                                col("trust_brand"),
                                                coalesce(col("brand_tier").cast("string"), none),
                                                coalesce(col("brand_complaints"), lit(0L))))
                                .otherwise(texts.column("fit.trust.brand.none")),
                        when(
                                        col("trust_reviews").isNotNull(),
                                        texts.column(
                                                "fit.trust.reviews",
                                                col("trust_reviews"),
                                                col("mean_rating"),
                                                col("reviews"),
                                                col("bad_reviews")))
                                .otherwise(texts.column("fit.trust.reviews.none"))),
                "; ");
    }

    /** The evidences that no product has, in the order of {@link #EVIDENCES}. */
    static List<String> unknownToAll(Dataset<Row> profiles) {
        Row counts = profiles.agg(
                        count_if(col("buyers").gt(0)).as("buyers"),
                        count("trust_value").as("trust_value"),
                        count("trust_brand").as("trust_brand"),
                        count("trust_reviews").as("trust_reviews"))
                .head();
        return EVIDENCES.stream()
                .filter(evidence -> counts.<Long>getAs(evidence) == 0)
                .toList();
    }

    /** Mean stars, mixed with the worth of k usual reviews. */
    private static Column rating(double k) {
        return col("rating_sum")
                .cast("double")
                .plus(coalesce(col("usual_rating"), lit(0.0)).multiply(k))
                .divide(col("reviews").plus(k));
    }

    private static Column shrunk(String part, String whole, String usual, double k) {
        return coalesce(col(part), lit(0L))
                .cast("double")
                .plus(coalesce(col(usual), lit(0.0)).multiply(k))
                .divide(coalesce(col(whole), lit(0L)).plus(k));
    }

    /** The mean of those that are known; null when none is. */
    private static Column mean(Column... parts) {
        Column known = array_compact(array(parts));
        Column total = aggregate(known, lit(0.0), (a, b) -> a.plus(b));
        return when(size(known).gt(0), total.divide(size(known)));
    }

    private static Column share(Column value) {
        // greatest and least pass over null; what is not known stays so.
        return when(value.isNotNull(), round(least(lit(1.0), greatest(lit(0.0), value)), 6));
    }

    private static Column ratio(Column part, Column whole) {
        return when(whole.gt(0), part.cast("double").divide(whole.cast("double")));
    }
}
