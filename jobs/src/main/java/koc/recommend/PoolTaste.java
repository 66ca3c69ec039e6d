package koc.recommend;

import static koc.recommend.PortraitOrder.at;
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

import koc.rules.CategoryPath;
import koc.spark.ExactSums;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * How much more of a category the members of a pool have than people of their portraits: a portrait says what its users
 * like on average; what a member has, and looked at, says where it differs.
 *
 * <p>A member's share of a category is {@code (n + k s) / (N + k)}: n of its N products are of the category (a sign of
 * interest counts a part of one), s is the share in all that its portrait has, and k how many products' worth the
 * portrait's word counts (the mean of a multinomial with a Dirichlet prior). {@code taste} = (the members' shares + c) / (what
 * people of the same portraits have on average + c), both summed over the pool; c is a tenth of a member, so that one
 * member's rare category moves nothing. For example ten members, of portraits whose people give coffee .1 each, give it .15
 * each: (1.5 + .1) / (1 + .1) = 1.45. A pool that is a portrait's people has taste 1 for everything.
 */
final class PoolTaste {
    private static final double MEMBERS_AS_USUAL = 0.1;

    /** Steps of values in 1, so that plain sums of them are exact. */
    private static final double STEPS = 1 << 20;

    private PoolTaste() {}

    /**
     * Adds taste, the pool's for the product's category: 1 for a product without a category, and the nearer to 1 the more
     * others stand in for a thin pool; within 1/factor-bound..factor-bound.
     *
     * @param shortlist koc_number, product_number, and more
     * @param kocs koc_number, own_weight
     * @param members koc_number, user_id, place, weight
     * @param known as {@link #known} returns it
     * @param people user_id, place
     * @param offers product_number, path
     */
    static Dataset<Row> with(
            Dataset<Row> shortlist,
            Dataset<Row> kocs,
            Dataset<Row> members,
            Dataset<Row> known,
            Dataset<Row> people,
            Dataset<Row> offers,
            PortraitOrder order,
            RecommendSettings settings) {
        Dataset<Row> rests = known.groupBy("user_id").agg(max("rest").as("rest"));
        Column rest = coalesce(col("rest"), lit(1.0));
        Dataset<Row> pools = members.join(rests, new String[] {"user_id"}, "left")
                .groupBy("koc_number")
                .agg(
                        byPlace(order, col("weight").multiply(rest)).as("as_portrait"),
                        byPlace(order, col("weight")).as("weights"))
                .join(kocs.select("koc_number", "own_weight"), new String[] {"koc_number"}, "inner");
        Dataset<Row> own = members.join(known, new String[] {"user_id"}, "inner")
                .groupBy("koc_number", "path")
                .agg(sum(col("weight").multiply(col("own"))).as("own"));
        Column ofMembers = order.compiledSum(place -> at("as_portrait", place).multiply(at("bases", place)))
                .plus(coalesce(col("own"), lit(0.0)))
                .plus(MEMBERS_AS_USUAL);
        Column ofPortraits = order.compiledSum(place -> at("weights", place).multiply(at("shares", place)))
                .plus(MEMBERS_AS_USUAL);
        Column taste = least(
                lit(settings.factorBound()), greatest(lit(1 / settings.factorBound()), ofMembers.divide(ofPortraits)));
        return shortlist
                .join(broadcast(offers.select("product_number", "path")), new String[] {"product_number"}, "inner")
                .join(broadcast(shares(known, rests, people, order, settings)), new String[] {"path"}, "left")
                .join(own, new String[] {"koc_number", "path"}, "left")
                .join(pools, new String[] {"koc_number"}, "inner")
                .withColumn(
                        "taste",
                        when(
                                        not(CategoryPath.isPresent(col("path")))
                                                .or(col("shares").isNull()),
                                        1.0)
                                .otherwise(round(
                                        taste.minus(1.0)
                                                .multiply(col("own_weight"))
                                                .plus(1.0),
                                        9)))
                .drop("path", "bases", "shares", "own", "as_portrait", "weights", "own_weight");
    }

    /**
     * What users are known by, one row per user and category: user_id, path, products (as a number: what it holds, and signs of
     * interest at their weight), own (products / (N + k)), rest (k / (N + k), the same in every row of the user).
     *
     * @param holdings user_id, product_number
     * @param interest user_category_days of the days that may be known; may be empty
     */
    static Dataset<Row> known(
            Dataset<Row> holdings, Dataset<Row> interest, Dataset<Row> products, RecommendSettings settings) {
        Dataset<Row> held = holdings.join(
                        broadcast(products.select("product_number", "path")), new String[] {"product_number"}, "inner")
                .select(col("user_id"), col("path"), lit(1L).as("held"), lit(0L).as("interest"));
        Dataset<Row> looked = interest.where("interest > 0")
                .select(col("user_id"), col("category").as("path"), lit(0L).as("held"), col("interest"));
        Column all = sum("products").over(Window.partitionBy("user_id")).plus(settings.categoryAffinityShrinkage());
        return held.unionByName(looked)
                .groupBy("user_id", "path")
                .agg(sum("held").as("held"), sum("interest").as("interest"))
                .select(
                        col("user_id"),
                        col("path"),
                        ExactSums.roundToStep(
                                        col("held").plus(col("interest").multiply(settings.interestWeight())), STEPS)
                                .as("products"))
                .withColumn("own", ExactSums.roundToStep(col("products").divide(all), STEPS))
                .withColumn(
                        "rest",
                        ExactSums.roundToStep(
                                lit(settings.categoryAffinityShrinkage()).divide(all), STEPS));
    }

    /**
     * What portraits have, by category and place: path, bases (the share in all that they have), shares (the mean of their
     * people's shares).
     */
    private static Dataset<Row> shares(
            Dataset<Row> known,
            Dataset<Row> rests,
            Dataset<Row> people,
            PortraitOrder order,
            RecommendSettings settings) {
        Dataset<Row> counts = known.join(people.select("user_id", "place"), new String[] {"user_id"}, "inner")
                .groupBy("path")
                .agg(
                        sum("products").as("products"),
                        byPlace(order, col("products")).as("products_by_place"),
                        byPlace(order, col("own")).as("own_by_place"));
        Dataset<Row> totals = counts.agg(
                sum("products").as("total"),
                order.arrayOf(place -> sum(at("products_by_place", place))).as("totals"));
        Dataset<Row> users = people.select("user_id", "place")
                .join(rests, new String[] {"user_id"}, "left")
                .agg(
                        byPlace(order, lit(1.0)).as("users"),
                        byPlace(order, coalesce(col("rest"), lit(1.0))).as("rests"));
        double steadiness = settings.categoryAffinityShrinkage();
        Column mean = coalesce(col("products").divide(nullif(col("total"), lit(0.0))), lit(0.0));
        // The last place is of users without a portrait: they are taken as everybody.
        return counts.crossJoin(totals)
                .crossJoin(users)
                .withColumn("everybody", mean)
                .withColumn(
                        "bases",
                        order.arrayOf(place -> place == order.size()
                                ? col("everybody")
                                : at("products_by_place", place)
                                        .plus(col("everybody").multiply(steadiness))
                                        .divide(at("totals", place).plus(steadiness))))
                .withColumn(
                        "shares",
                        order.arrayOf(place -> place == order.size()
                                ? col("everybody")
                                : coalesce(
                                        at("bases", place)
                                                .multiply(at("rests", place))
                                                .plus(at("own_by_place", place))
                                                .divide(nullif(at("users", place), lit(0.0))),
                                        col("everybody"))))
                .select("path", "bases", "shares");
    }

    private static Column byPlace(PortraitOrder order, Column value) {
        return order.arrayOf(
                place -> sum(when(col("place").equalTo(place), value).otherwise(0.0)));
    }
}
