package koc.recommend;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.median;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.zip_with;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;

/** What may be recommended at all, and how likely a member of each portrait is to buy it within the horizon. */
final class Offers {
    /** Exact sums: doubles would add up to another last digit in another order. */
    private static final DecimalType EXACT = DataTypes.createDecimalType(30, 15);

    private Offers() {}

    /**
     * The offers: products that pass the quality gate, are not known to be out of stock, and stand in the first
     * {@code candidates-per-portrait} of at least one portrait's list (or of everybody's), by horizon rate x margin
     * factor x trust factor. With every single portrait, that many products come before a product that is in no list;
     * so it could reach a pool's first ranks only if nearly all of the lists were owned already.
     *
     * <p>Factors are about 1, so that a score reads like buyers:
     * {@code margin_factor} = (unit margin / median)^weight, within 1/bound..bound, 1 when the cost is unknown: with
     * the weight .25, sixteen times the usual margin doubles the score. {@code trust_factor} is the same with trust, 1
     * when none of the trust evidence is assessed. Medians are over eligible products.
     *
     * @param profiles product_profile of the day
     * @param fits product_segment_fit of the day
     * @return one row per offer: product_id, product_number (1, 2, ... by buyers, most first, then product_id), title,
     *     category, unit_margin, trust, is_trust_assessed, generality, buyers, is_consumable, use_cycle_days, rates
     *     (P of newly buying within the horizon, by place), shares (that ever bought it, by place), fits (by place), margin_factor, trust_factor,
     *     generality_edge (lower bound of generality less its median)
     */
    static Dataset<Row> of(Dataset<Row> profiles, Dataset<Row> fits, PortraitOrder order, RecommendSettings settings) {
        Dataset<Row> eligible = profiles.where("quality_gate = 'pass' AND is_in_stock")
                .withColumn(
                        "is_trust_assessed",
                        coalesce(col("trust_value"), col("trust_brand"), col("trust_reviews"))
                                .isNotNull());
        Dataset<Row> usual = eligible.agg(
                median(col("unit_margin")).as("usual_margin"),
                median(when(col("is_trust_assessed"), col("trust"))).as("usual_trust"),
                median(col("generality_low")).as("usual_generality"));
        Dataset<Row> offers = eligible.join(horizonRates(profiles, fits, order, settings), "product_id")
                .crossJoin(usual)
                .withColumn(
                        "margin_factor",
                        factor(col("unit_margin"), col("usual_margin"), settings.marginWeight(), settings))
                .withColumn(
                        "trust_factor",
                        when(
                                        col("is_trust_assessed"),
                                        factor(col("trust"), col("usual_trust"), settings.trustWeight(), settings))
                                .otherwise(1.0))
                .withColumn("generality_edge", col("generality_low").minus(col("usual_generality")));
        return heads(offers, settings.candidatesPerPortrait())
                .withColumn(
                        "product_number",
                        row_number().over(Window.orderBy(col("buyers").desc(), col("product_id"))))
                .select(
                        "product_id",
                        "product_number",
                        "title",
                        "category",
                        "unit_margin",
                        "trust",
                        "is_trust_assessed",
                        "generality",
                        "buyers",
                        "is_consumable",
                        "use_cycle_days",
                        "rates",
                        "shares",
                        "fits",
                        "margin_factor",
                        "trust_factor",
                        "generality_edge");
    }

    /**
     * From the share of a portrait that ever bought a product to the chance that one more of them does so within the
     * horizon: {@code P = buy_rate x scale}, at most 1, with one scale for all products and portraits,
     *
     * <p>{@code scale = horizon-days x users x sum of daily_buy_rate / sum of buy_rate x (users - history_buyers)}:
     * new buyers to be expected of all products together, over the buyers there would be if everybody who has not
     * bought yet did so at the rate of all history. For example 1,000 users of whom 4 a day newly buy something: 112 in
     * 28 days; all rates over all who have not bought yet sum to 1,400; scale = 112 / 1,400 = .08, and where a
     * quarter of a portrait has a product, another 2% of it will buy it within 28 days: one buyer among 50 members.
     *
     * <p>One scale keeps the order of products as all history has it, which predicts a pool's next purchases well,
     * while what a single product sold in a few recent weeks is mostly chance; and it makes the expected buyers of all
     * products together add up to as many as there lately were.
     *
     * <p>A portrait for which fit has no row, and the last place, buy at everybody's rate: the mean of the portraits'
     * rates by their users. Their fit is .5, as average.
     *
     * @return one row per product of fits: product_id, rates, shares (the same without the scale), fits
     */
    static Dataset<Row> horizonRates(
            Dataset<Row> profiles, Dataset<Row> fits, PortraitOrder order, RecommendSettings settings) {
        Dataset<Row> scale = profiles.agg(sum(col("daily_buy_rate").cast(EXACT)).as("daily_rates"))
                .crossJoin(fits.agg(sum(col("buy_rate")
                                .multiply(col("users").minus(col("history_buyers")))
                                .cast(EXACT))
                        .as("open_buyers")))
                .select(coalesce(
                                col("daily_rates")
                                        .cast(DataTypes.DoubleType)
                                        .multiply((double) settings.horizonDays() * order.users())
                                        .divide(when(
                                                col("open_buyers").gt(0),
                                                col("open_buyers").cast(DataTypes.DoubleType))),
                                lit(0.0))
                        .as("scale"));
        List<Column> cells = new ArrayList<>();
        for (int place = 0; place < order.size(); place++) {
            Column ofPlace =
                    col("portrait_id").equalTo(order.portraits().get(place).id());
            cells.add(max(when(ofPlace, col("buy_rate"))).as("rate_" + place));
            cells.add(max(when(ofPlace, col("fit"))).as("fit_" + place));
        }
        Column unknown = lit(null).cast(DataTypes.DoubleType);
        Column known = PortraitOrder.sum(
                zip_with(col("known_rates"), order.shares(), (rate, share) -> when(rate.isNotNull(), share)
                        .otherwise(0.0)));
        Column everybody = PortraitOrder.sum(zip_with(
                        col("known_rates"), order.shares(), (rate, share) -> coalesce(rate.multiply(share), lit(0.0))))
                .divide(when(col("known").gt(0), col("known")));
        return fits.groupBy("product_id")
                .agg(cells.get(0), cells.subList(1, cells.size()).toArray(Column[]::new))
                .crossJoin(scale)
                .select(
                        col("product_id"),
                        col("scale"),
                        order.arrayOf(place -> place == order.size() ? unknown : col("rate_" + place))
                                .as("known_rates"),
                        order.arrayOf(place -> place == order.size() ? unknown : col("fit_" + place))
                                .as("known_fits"))
                .withColumn("known", known)
                .withColumn("everybody", coalesce(everybody, lit(0.0)))
                .select(
                        col("product_id"),
                        transform(
                                        col("known_rates"),
                                        rate -> least(
                                                lit(1.0),
                                                coalesce(rate, col("everybody")).multiply(col("scale"))))
                                .as("rates"),
                        transform(col("known_rates"), rate -> coalesce(rate, col("everybody")))
                                .as("shares"),
                        transform(col("known_fits"), fit -> coalesce(fit, lit(0.5)))
                                .as("fits"));
    }

    private static Dataset<Row> heads(Dataset<Row> offers, int perPortrait) {
        Column best = col("rate").multiply(col("margin_factor")).multiply(col("trust_factor"));
        Dataset<Row> listed = offers.select(
                        col("product_id"),
                        col("buyers"),
                        col("margin_factor"),
                        col("trust_factor"),
                        posexplode(col("rates")).as(new String[] {"place", "rate"}))
                .where("rate > 0")
                .withColumn(
                        "position",
                        row_number()
                                .over(Window.partitionBy("place")
                                        .orderBy(best.desc(), col("buyers").desc(), col("product_id"))))
                .where(col("position").leq(perPortrait))
                .select("product_id")
                .distinct();
        return offers.join(listed, new String[] {"product_id"}, "left_semi");
    }

    private static Column factor(Column value, Column usual, double weight, RecommendSettings settings) {
        Column ratio = greatest(value.cast(DataTypes.DoubleType), lit(0.0)).divide(when(usual.gt(0), usual));
        Column bounded =
                least(lit(settings.factorBound()), greatest(lit(1 / settings.factorBound()), pow(ratio, lit(weight))));
        return when(value.isNull().or(usual.isNull()).or(usual.leq(0)), 1.0).otherwise(bounded);
    }
}
