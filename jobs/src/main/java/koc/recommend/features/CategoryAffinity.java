package koc.recommend.features;

import static koc.recommend.PortraitIndex.at;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.function.IntFunction;
import koc.recommend.PortraitIndex;
import koc.recommend.RecommendSettings;
import koc.recommend.products.PoolShortlist;
import koc.rules.CategoryPath;
import koc.spark.ExactSums;
import koc.tables.Frame;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Compares the categories that the members of a pool own, or looked at, with those of all users of the same portraits.
 *
 * <p>A member's fraction of a category is {@code (n + k s) / (N + k)}: n of the user's N products belong to the
 * category (an interaction counts interest-weight of a product), s is the portrait's fraction, and k its weight in
 * products. This is the mean of a multinomial with a Dirichlet prior. {@code category_affinity} = (sum of the members'
 * fractions + c) / (sum of the mean fractions of their portraits + c). The constant c = .1 members limits the effect of
 * a category that only one member has. Example: ten members have .15 of coffee each, where users of their portraits
 * have .1: (1.5 + .1) / (1 + .1) = 1.45. Members count with their activity. So even a pool of all users of a portrait
 * has the affinity 1 only when all are equally active.
 *
 * <p>A product group stands in for the category of a product without one.
 */
public record CategoryAffinity(PortraitIndex portraits, RecommendSettings settings) {
    /** What {@link #computeCategoryFractions} returns. */
    public static final Frame CATEGORY_FRACTIONS = Frame.named("category_fractions")
            .grain("one row per user and category of their products and interactions")
            .columns("""
            user_id       STRING COMMENT 'User',
            path          STRING COMMENT 'Category',
            products      DOUBLE COMMENT 'n: products the user owns, and interactions at their weight',
            user_fraction DOUBLE COMMENT 'n / (N + k): the first part of the user''s fraction, from their own products',
            prior_weight  DOUBLE COMMENT 'k / (N + k): the weight of the portrait''s fraction, the same in all rows of a user'""");

    private static final double SMOOTHING_MEMBERS = 0.1;

    /**
     * Adds category_affinity of the product's category in the pool, bounded by 1/factor-bound and factor-bound. It is 1
     * for a product with neither a category nor a product group, and nearer to 1 in a thin pool, which is completed
     * with other users.
     *
     * @param shortlist {@link PoolShortlist#SHORTLIST}
     * @param pools koc_number, pool_weight
     * @param members koc_number, user_id, portrait_index, first_purchase_activity
     * @param fractions {@link #CATEGORY_FRACTIONS}
     * @param users user_id, portrait_index
     * @param offers product_number, path
     */
    public Dataset<Row> withAffinity(
            Dataset<Row> shortlist,
            Dataset<Row> pools,
            Dataset<Row> members,
            Dataset<Row> fractions,
            Dataset<Row> users,
            Dataset<Row> offers) {
        Dataset<Row> priorWeights =
                fractions.groupBy("user_id").agg(max("prior_weight").as("prior_weight"));
        Dataset<Row> poolSums = members.join(priorWeights, new String[] {"user_id"}, "left")
                .groupBy("koc_number")
                .agg(
                        portraits
                                .sumByPortrait(col("first_purchase_activity").multiply(priorWeight()))
                                .as("prior_weights"),
                        portraits.sumByPortrait(col("first_purchase_activity")).as("activity"))
                .join(pools.select("koc_number", "pool_weight"), new String[] {"koc_number"}, "inner");
        Dataset<Row> memberSums = members.join(fractions, new String[] {"user_id"}, "inner")
                .groupBy("koc_number", "path")
                .agg(sum(col("first_purchase_activity").multiply(col("user_fraction")))
                        .as("user_fractions"));
        return shortlist
                .join(broadcast(offers.select("product_number", "path")), new String[] {"product_number"}, "inner")
                .join(broadcast(portraitFractions(fractions, priorWeights, users)), new String[] {"path"}, "left")
                .join(memberSums, new String[] {"koc_number", "path"}, "left")
                .join(poolSums, new String[] {"koc_number"}, "inner")
                .withColumn("category_affinity", affinity())
                .drop(
                        "path",
                        "portrait_fractions",
                        "mean_fractions",
                        "user_fractions",
                        "prior_weights",
                        "activity",
                        "pool_weight");
    }

    /**
     * Computes what each user's own products contribute to their fractions of categories. Returns {@link
     * #CATEGORY_FRACTIONS}.
     *
     * @param owned user_id, product_number
     * @param interactions user_category_days of the days that may be used; may be empty
     * @param products product_number, path
     */
    public Dataset<Row> computeCategoryFractions(Dataset<Row> owned, Dataset<Row> interactions, Dataset<Row> products) {
        double k = settings.categoryAffinityShrinkage();
        Dataset<Row> ownedCategories = owned.join(
                        broadcast(products.select("product_number", "path")), new String[] {"product_number"}, "inner")
                .select(col("user_id"), col("path"), lit(1L).as("owned"), lit(0L).as("interest"));
        Dataset<Row> interestCategories = interactions
                .where("interest > 0")
                .select(col("user_id"), col("category").as("path"), lit(0L).as("owned"), col("interest"));
        Column total = sum("products").over(Window.partitionBy("user_id")).plus(k);
        return ownedCategories
                .unionByName(interestCategories)
                .groupBy("user_id", "path")
                .agg(sum("owned").as("owned"), sum("interest").as("interest"))
                .select(
                        col("user_id"),
                        col("path"),
                        exact(col("owned").plus(col("interest").multiply(settings.interestWeight())))
                                .as("products"))
                .withColumn("user_fraction", exact(col("products").divide(total)))
                .withColumn("prior_weight", exact(lit(k).divide(total)));
    }

    private Column affinity() {
        Column memberFractions = portraits
                .unrolledSum(index -> at("prior_weights", index).multiply(at("portrait_fractions", index)))
                .plus(coalesce(col("user_fractions"), lit(0.0)))
                .plus(SMOOTHING_MEMBERS);
        Column expectedFractions = portraits
                .unrolledSum(index -> at("activity", index).multiply(at("mean_fractions", index)))
                .plus(SMOOTHING_MEMBERS);
        double bound = settings.factorBound();
        Column bounded = least(lit(bound), greatest(lit(1 / bound), memberFractions.divide(expectedFractions)));
        Column hasCategory = CategoryPath.isPresent(col("path"));
        return when(not(hasCategory).or(col("mean_fractions").isNull()), 1.0)
                .otherwise(round(bounded.minus(1.0).multiply(col("pool_weight")).plus(1.0), 9));
    }

    /**
     * The fractions of each category by portrait: path, portrait_fractions (of all products of the portrait's users),
     * and mean_fractions (mean of its users' fractions). Users without a portrait get the fractions of all users.
     */
    private Dataset<Row> portraitFractions(Dataset<Row> fractions, Dataset<Row> priorWeights, Dataset<Row> users) {
        double k = settings.categoryAffinityShrinkage();
        Dataset<Row> counts = fractions
                .join(users.select("user_id", "portrait_index"), new String[] {"user_id"}, "inner")
                .groupBy("path")
                .agg(
                        sum("products").as("products"),
                        portraits.sumByPortrait(col("products")).as("portrait_products"),
                        portraits.sumByPortrait(col("user_fraction")).as("portrait_user_fractions"));
        Dataset<Row> totals = counts.agg(
                sum("products").as("total_products"),
                portraits.arrayOf(index -> sum(at("portrait_products", index))).as("portrait_totals"));
        Dataset<Row> portraitUsers = users.select("user_id", "portrait_index")
                .join(priorWeights, new String[] {"user_id"}, "left")
                .agg(
                        portraits.sumByPortrait(lit(1.0)).as("portrait_users"),
                        portraits.sumByPortrait(priorWeight()).as("portrait_prior_weights"));
        Column population = coalesce(col("products").divide(nullif(col("total_products"), lit(0.0))), lit(0.0));
        return counts.crossJoin(totals)
                .crossJoin(portraitUsers)
                .withColumn("population_fraction", population)
                .withColumn("portrait_fractions", byPortraitOrPopulation(index -> at("portrait_products", index)
                        .plus(col("population_fraction").multiply(k))
                        .divide(at("portrait_totals", index).plus(k))))
                .withColumn("mean_fractions", byPortraitOrPopulation(CategoryAffinity::meanFraction))
                .select("path", "portrait_fractions", "mean_fractions");
    }

    private Column byPortraitOrPopulation(IntFunction<Column> fraction) {
        return portraits.arrayOf(
                index -> index == portraits.withoutPortrait() ? col("population_fraction") : fraction.apply(index));
    }

    private static Column meanFraction(int index) {
        return coalesce(
                at("portrait_fractions", index)
                        .multiply(at("portrait_prior_weights", index))
                        .plus(at("portrait_user_fractions", index))
                        .divide(nullif(at("portrait_users", index), lit(0.0))),
                col("population_fraction"));
    }

    private static Column priorWeight() {
        return coalesce(col("prior_weight"), lit(1.0));
    }

    private static Column exact(Column value) {
        return ExactSums.roundToStep(value, ExactSums.FINE_STEPS);
    }
}
