package koc.recommend;

import static koc.recommend.PortraitOrder.at;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import koc.table.CategoryPath;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How much more of a category the members of a pool have than people of their portraits: a portrait says what its users
 * like on average; what a member has, and looked at, says where it differs.
 *
 * <p>A member's share of a category is {@code (n + k s) / (N + k)}: n of its N products are of the category (a sign of
 * interest counts a part of one), s is its portrait's share, k how many products' worth the portrait's word counts (the mean
 * of a multinomial with a Dirichlet prior). {@code taste} = the members' shares over their portraits' shares, both summed over the pool. For example, with k = 10,
 * ten members with 10 products each, 2 of them coffee, of portraits that have one coffee in ten: .15 / .1 = 1.5.
 */
final class PoolTaste {
    /** Values are multiples of this: their sums are exact, in whatever order they are added. */
    private static final double STEP = 1 << 20;

    private PoolTaste() {}

    /**
     * Adds taste, the pool's for the product's category: 1 for a product without a category, and the nearer to 1 the more
     * others stand in for a thin pool.
     *
     * @param shortlist koc_number, product_number, and more
     * @param kocs koc_number, own_weight
     * @param members koc_number, user_id, place, weight
     * @param known as {@link #known} returns it
     * @param people user_id, place
     * @param products product_number, path
     */
    static Dataset<Row> with(
            Dataset<Row> shortlist,
            Dataset<Row> kocs,
            Dataset<Row> members,
            Dataset<Row> known,
            Dataset<Row> people,
            Dataset<Row> products,
            PortraitOrder order,
            RecommendSettings settings) {
        double steadiness = settings.tasteSteadiness();
        Dataset<Row> totals = known.groupBy("user_id").agg(sum("products").as("all_products"));
        Column all = coalesce(col("all_products"), lit(0.0)).plus(steadiness);
        Dataset<Row> pools = members.join(totals, new String[] {"user_id"}, "left")
                .groupBy("koc_number")
                .agg(
                        byPlace(order, exact(col("weight").multiply(steadiness).divide(all)))
                                .as("as_portrait"),
                        byPlace(order, col("weight")).as("weights"));
        Dataset<Row> own = members.join(
                        known.join(totals, new String[] {"user_id"}, "inner"), new String[] {"user_id"}, "inner")
                .groupBy("koc_number", "path")
                .agg(sum(exact(col("weight").multiply(col("products")).divide(all)))
                        .as("own"));
        Column ofMembers = order.compiledSum(place -> at("as_portrait", place).multiply(at("shares", place)))
                .plus(coalesce(col("own"), lit(0.0)));
        Column ofPortraits = order.compiledSum(place -> at("weights", place).multiply(at("shares", place)));
        Column taste = coalesce(ofMembers.divide(nullif(ofPortraits, lit(0.0))), lit(1.0));
        return shortlist
                .join(products.select("product_number", "path"), new String[] {"product_number"}, "inner")
                .join(broadcast(shares(known, people, order, settings.rateShrinkage())), new String[] {"path"}, "left")
                .join(own, new String[] {"koc_number", "path"}, "left")
                .join(pools, new String[] {"koc_number"}, "inner")
                .join(kocs.select("koc_number", "own_weight"), new String[] {"koc_number"}, "inner")
                .withColumn(
                        "taste",
                        when(
                                        col("path")
                                                .equalTo(CategoryPath.NONE)
                                                .or(col("shares").isNull()),
                                        1.0)
                                .otherwise(round(
                                        taste.minus(1.0)
                                                .multiply(col("own_weight"))
                                                .plus(1.0),
                                        9)))
                .drop("path", "shares", "own", "as_portrait", "weights", "own_weight");
    }

    /**
     * What users are known by, one row per user and category: user_id, path, products (as a number: what it holds, and signs of
     * interest at their weight).
     *
     * @param holdings user_id, product_number
     * @param interest user_category_days of the days that may be known; may be empty
     */
    static Dataset<Row> known(
            Dataset<Row> holdings, Dataset<Row> interest, Dataset<Row> products, RecommendSettings settings) {
        Dataset<Row> held = holdings.join(
                        products.select("product_number", "path"), new String[] {"product_number"}, "inner")
                .select(col("user_id"), col("path"), lit(1L).as("held"), lit(0L).as("interest"));
        Dataset<Row> looked = interest.where("interest > 0")
                .select(col("user_id"), col("category").as("path"), lit(0L).as("held"), col("interest"));
        return held.unionByName(looked)
                .groupBy("user_id", "path")
                .agg(sum("held").as("held"), sum("interest").as("interest"))
                .select(
                        col("user_id"),
                        col("path"),
                        exact(col("held").plus(col("interest").multiply(settings.interestWeight())))
                                .as("products"));
    }

    /** The share of each category in what each portrait has, by place: path, shares. */
    private static Dataset<Row> shares(Dataset<Row> known, Dataset<Row> people, PortraitOrder order, double shrinkage) {
        Dataset<Row> counts = known.join(people.select("user_id", "place"), new String[] {"user_id"}, "inner")
                .groupBy("path")
                .agg(
                        sum("products").as("products"),
                        byPlace(order, col("products")).as("products_by_place"));
        Dataset<Row> totals = counts.agg(
                sum("products").as("total"),
                order.arrayOf(place -> sum(at("products_by_place", place))).as("totals"));
        Column usual = col("products").divide(col("total"));
        // The last place is of users without a portrait: they are taken as everybody.
        return counts.crossJoin(totals)
                .select(
                        col("path"),
                        order.arrayOf(place -> place == order.size()
                                        ? usual
                                        : at("products_by_place", place)
                                                .plus(usual.multiply(shrinkage))
                                                .divide(nullif(
                                                        at("totals", place).plus(shrinkage), lit(0.0))))
                                .as("shares"));
    }

    private static Column byPlace(PortraitOrder order, Column value) {
        return order.arrayOf(
                place -> sum(when(col("place").equalTo(place), value).otherwise(0.0)));
    }

    private static Column exact(Column value) {
        return round(value.multiply(STEP)).divide(STEP);
    }
}
