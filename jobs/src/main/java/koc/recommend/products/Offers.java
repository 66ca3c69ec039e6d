package koc.recommend.products;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.median;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;

import koc.recommend.PortraitIndex;
import koc.recommend.RecommendSettings;
import koc.rules.ProductPaths;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;

/**
 * The offers: the products that some KOC may recommend, with the factors of their scores that do not depend on the
 * pool. A candidate of a KOC is an offer on the shortlist of the KOC's pool.
 */
public record Offers(PortraitIndex portraits, RecommendSettings settings) {
    /** The fit of a portrait and a product without a row in product_portrait_fit. */
    private static final double AVERAGE_FIT = 0.5;

    /**
     * Numbers all products 1, 2, ... by buyers, most first, then by product_id. Adds path, the category cut to
     * {@code category-depth} levels, or the group of products that stands in for it ({@link ProductPaths}).
     *
     * @param profiles product_profile of the day
     * @param productGroups product_groups of the day
     */
    public static Dataset<Row> withNumbers(Dataset<Row> profiles, Dataset<Row> productGroups, int categoryDepth) {
        return ProductPaths.withPath(profiles, productGroups, categoryDepth)
                .withColumn(
                        "product_number",
                        row_number().over(Window.orderBy(col("buyers").desc(), col("product_id"))));
    }

    /** Adds is_allowed: whether the product is among those that campaigns allow some KOC to recommend. */
    public static Dataset<Row> withAllowed(Dataset<Row> products, Dataset<Row> allowed) {
        return products.join(
                        allowed.select(col("product_number"), lit(true).as("is_allowed")),
                        new String[] {"product_number"},
                        "left")
                .na()
                .fill(false, new String[] {"is_allowed"});
    }

    /**
     * Selects the offers: products that are launched, in stock (or of unknown stock), pass the quality gate, are
     * allowed to some KOC by campaigns, and have a rate above 0. A new product without a buyer has such a rate too,
     * because it comes from its peers. A product is a core offer when it belongs to the head of the item model, or to
     * the first {@code offers-per-portrait} products of a portrait by rate x margin factor x trust factor. Other
     * products are kept only when the long tail is on: then the purchases of a pool's members may put them on its
     * shortlist.
     *
     * <p>Factors are near 1, so that a score stays near the number of expected buyers. {@code margin_factor} = (unit
     * margin / median)^weight, bounded by 1/factor-bound and factor-bound; 1 when the cost is unknown. With the weight
     * .25, sixteen times the median margin doubles the score. {@code trust_factor} is the same with trust; 1 when no
     * evidence of trust was assessed. Medians are over all products that meet these conditions, whatever their rate.
     *
     * @param products as {@link Launches#withAge} returns them
     * @param rates as {@link PortraitRates#compute} returns them, those of new products as {@link ColdStart#withRates}
     *     does
     * @param fits product_portrait_fit of the day
     * @return one row per offer: the columns of products and rates, is_core_offer, fits (array by portrait; .5,
     *     the average, where none was computed), margin_factor, trust_factor, generality_difference (lower
     *     bound of generality less its median)
     */
    public Dataset<Row> select(Dataset<Row> products, Dataset<Row> rates, Dataset<Row> fits) {
        Dataset<Row> eligible = products.where("is_launched AND quality_gate = 'pass' AND is_in_stock AND is_allowed")
                .withColumn(
                        "is_trust_assessed",
                        coalesce(col("trust_purchases"), col("trust_brand"), col("trust_reviews"))
                                .isNotNull());
        Dataset<Row> medians = eligible.agg(
                median(col("unit_margin")).as("median_margin"),
                median(when(col("is_trust_assessed"), col("trust"))).as("median_trust"),
                median(col("generality_low")).as("median_generality"));
        Column margin = factor(
                col("unit_margin"), col("median_margin"), settings.weight().margin());
        Column trust =
                factor(col("trust"), col("median_trust"), settings.weight().trust());
        return keepOffers(eligible.join(rates, new String[] {"product_number"}, "inner")
                .join(fitsByPortrait(fits), new String[] {"product_id"}, "left")
                .withColumn("fits", coalesce(col("fits"), portraits.arrayOf(index -> lit(AVERAGE_FIT))))
                .crossJoin(medians)
                .withColumn("margin_factor", margin)
                .withColumn(
                        "trust_factor", when(col("is_trust_assessed"), trust).otherwise(1.0))
                .withColumn("generality_difference", col("generality_low").minus(col("median_generality")))
                .drop("is_trust_assessed", "median_margin", "median_trust", "median_generality"));
    }

    private Dataset<Row> fitsByPortrait(Dataset<Row> fits) {
        return fits.groupBy("product_id")
                .agg(portraits
                        .arrayOf(index -> index == portraits.withoutPortrait()
                                ? lit(AVERAGE_FIT)
                                : coalesce(portraits.valueOf(index, "fit"), lit(AVERAGE_FIT)))
                        .as("fits"));
    }

    private Dataset<Row> keepOffers(Dataset<Row> products) {
        int head = settings.itemModel().head();
        Column value = col("rate").multiply(col("margin_factor")).multiply(col("trust_factor"));
        Dataset<Row> core = products.select(
                        col("product_number"),
                        col("margin_factor"),
                        col("trust_factor"),
                        posexplode(col("rates")).as(new String[] {"portrait_index", "rate"}))
                .where("rate > 0")
                .withColumn(
                        "position",
                        row_number()
                                .over(Window.partitionBy("portrait_index")
                                        .orderBy(value.desc(), col("product_number"))))
                .where(col("position")
                        .leq(settings.offersPerPortrait())
                        .or(col("product_number").leq(head)))
                .select("product_number")
                .distinct()
                .withColumn("is_core_offer", lit(true));
        Column isLongTail = lit(settings.itemModel().longTail().neighbours() > 0)
                .and(col("product_number").gt(head))
                .and(col("population_rate").gt(0));
        return products.join(core, new String[] {"product_number"}, "left")
                .where(col("is_core_offer").isNotNull().or(isLongTail))
                .na()
                .fill(false, new String[] {"is_core_offer"});
    }

    private Column factor(Column value, Column median, double weight) {
        double bound = settings.factorBound();
        Column ratio = greatest(value.cast(DataTypes.DoubleType), lit(0.0)).divide(when(median.gt(0), median));
        Column bounded = least(lit(bound), greatest(lit(1 / bound), pow(ratio, lit(weight))));
        return when(value.isNull().or(median.isNull()).or(median.leq(0)), 1.0).otherwise(bounded);
    }
}
