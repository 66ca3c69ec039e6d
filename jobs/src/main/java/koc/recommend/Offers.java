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
import static org.apache.spark.sql.functions.when;

import koc.rules.CategoryPath;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;

/** What may be recommended at all, and what counts for it beside the pool's own wish. */
final class Offers {
    private Offers() {}

    /**
     * All products, numbered 1, 2, ... by buyers, most first, then by product_id; with path, the category cut to the
     * levels that are told apart.
     *
     * @param profiles product_profile of the day
     */
    static Dataset<Row> numbered(Dataset<Row> profiles, int categoryDepth) {
        return profiles.withColumn(
                        "product_number",
                        row_number().over(Window.orderBy(col("buyers").desc(), col("product_id"))))
                .withColumn("path", CategoryPath.truncate(col("category"), categoryDepth));
    }

    /** Adds is_allowed: whether the product is among those that campaigns let anybody recommend. */
    static Dataset<Row> withAllowed(Dataset<Row> products, Dataset<Row> allowed) {
        return products.join(
                        allowed.select(col("product_number"), lit(true).as("is_allowed")),
                        new String[] {"product_number"},
                        "left")
                .na()
                .fill(false, new String[] {"is_allowed"});
    }

    /**
     * The offers: products that are launched, pass the quality gate, are not known to be out of stock, are not
     * forbidden by a campaign, and have been bought by anybody. Listed of them are those of the head of the item
     * model or among the first {@code candidates-per-portrait} of a portrait, by its rate x margin factor x trust
     * factor. With every single portrait, that many products come before a product that is in no list; so it could
     * reach a pool's first ranks only if nearly all of the lists were owned already.
     *
     * <p>Factors are about 1, so that a score reads like buyers: {@code margin_factor} = (unit margin / median)^weight,
     * within 1/bound..bound, 1 when the cost is unknown: with the weight .25, sixteen times the usual margin doubles the
     * score. {@code trust_factor} is the same with trust, 1 when none of the trust evidence is assessed. Medians are
     * over eligible products.
     *
     * @param products as {@link NewProducts#withAge} returns them
     * @param rates as {@link PortraitRates#of} returns them, those of new products as {@link NewProducts#withRates} does
     * @param fits product_portrait_fit of the day
     * @return one row per offer: the columns of products, is_listed (false for what only a pool's own purchases can speak
     *     for), share, rates, fits (by place; .5, as average, where fit has no
     *     row), is_trust_assessed, margin_factor, trust_factor, generality_edge (lower bound of generality less its median)
     */
    static Dataset<Row> of(
            Dataset<Row> products,
            Dataset<Row> rates,
            Dataset<Row> fits,
            PortraitOrder order,
            RecommendSettings settings) {
        Dataset<Row> eligible = products.where("is_launched AND quality_gate = 'pass' AND is_in_stock AND is_allowed")
                .withColumn(
                        "is_trust_assessed",
                        coalesce(col("trust_value"), col("trust_brand"), col("trust_reviews"))
                                .isNotNull());
        Dataset<Row> usual = eligible.agg(
                median(col("unit_margin")).as("usual_margin"),
                median(when(col("is_trust_assessed"), col("trust"))).as("usual_trust"),
                median(col("generality_low")).as("usual_generality"));
        Dataset<Row> offers = eligible.join(rates, new String[] {"product_number"}, "inner")
                .join(fitsByPlace(fits, order), new String[] {"product_id"}, "left")
                .withColumn("fits", coalesce(col("fits"), order.arrayOf(place -> lit(0.5))))
                .crossJoin(usual)
                .withColumn(
                        "margin_factor",
                        factor(
                                col("unit_margin"),
                                col("usual_margin"),
                                settings.weight().margin(),
                                settings))
                .withColumn(
                        "trust_factor",
                        when(
                                        col("is_trust_assessed"),
                                        factor(
                                                col("trust"),
                                                col("usual_trust"),
                                                settings.weight().trust(),
                                                settings))
                                .otherwise(1.0))
                .withColumn("generality_edge", col("generality_low").minus(col("usual_generality")))
                .drop("usual_margin", "usual_trust", "usual_generality");
        return heads(offers, settings);
    }

    private static Dataset<Row> fitsByPlace(Dataset<Row> fits, PortraitOrder order) {
        return fits.groupBy("product_id")
                .agg(order.arrayOf(place -> place == order.size()
                                ? lit(0.5)
                                : coalesce(
                                        max(when(
                                                col("portrait_id")
                                                        .equalTo(order.portraits()
                                                                .get(place)
                                                                .id()),
                                                col("fit"))),
                                        lit(0.5)))
                        .as("fits"));
    }

    private static Dataset<Row> heads(Dataset<Row> offers, RecommendSettings settings) {
        Column best = col("rate").multiply(col("margin_factor")).multiply(col("trust_factor"));
        Dataset<Row> listed = offers.select(
                        col("product_number"),
                        col("margin_factor"),
                        col("trust_factor"),
                        posexplode(col("rates")).as(new String[] {"place", "rate"}))
                .where("rate > 0")
                .withColumn(
                        "position",
                        row_number().over(Window.partitionBy("place").orderBy(best.desc(), col("product_number"))))
                .where(col("position")
                        .leq(settings.candidatesPerPortrait())
                        .or(col("product_number").leq(settings.itemModel().head())))
                .select("product_number")
                .distinct()
                .withColumn("is_listed", lit(true));
        Column isOfTail = lit(settings.itemModel().tail().neighbours() > 0)
                .and(col("product_number").gt(settings.itemModel().head()))
                .and(col("share").gt(0));
        return offers.join(listed, new String[] {"product_number"}, "left")
                .where(col("is_listed").isNotNull().or(isOfTail))
                .na()
                .fill(false, new String[] {"is_listed"});
    }

    private static Column factor(Column value, Column usual, double weight, RecommendSettings settings) {
        Column ratio = greatest(value.cast(DataTypes.DoubleType), lit(0.0)).divide(when(usual.gt(0), usual));
        Column bounded =
                least(lit(settings.factorBound()), greatest(lit(1 / settings.factorBound()), pow(ratio, lit(weight))));
        return when(value.isNull().or(usual.isNull()).or(usual.leq(0)), 1.0).otherwise(bounded);
    }
}
