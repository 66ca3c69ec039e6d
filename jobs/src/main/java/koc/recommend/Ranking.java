package koc.recommend;

import static koc.recommend.PortraitOrder.at;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Ranks the offers for each KOC by what its own pool will buy.
 *
 * <p>{@code expected_buyers} = sum over the members who do not have the product, or need it again, of the chance that
 * they newly buy it within the horizon: own_weight x rate of the member's portrait + (1 - own_weight) x rate of the mix
 * that stands in for a thin pool; all of it times the pool's {@code appetite}. {@code score} = expected_buyers x margin_factor x trust_factor x generality_factor.
 * For example a pool of 50, of whom 30 young mothers with P = .02 and 20 students with P = .005, where 5 of the mothers
 * have it: 25 x .02 + 20 x .005 = .6 buyers, before the appetite.
 *
 * <p>{@code appetite} = (members who have it + k) / (members who would, at their portraits' rates + k): friends like
 * the same things, more than their portraits say, so what a pool has bought says what the rest of it will buy (a
 * Gamma-Poisson mean with k expected buyers' worth of prior). Without it, leaving owners out of the sum would punish
 * just what the pool likes. With 5 who have it, 2 expected and k = 10: 15 / 12 = 1.25.
 *
 * <p>Two steps bound the cost, for members x offers is far more than memory: first each KOC's shortlist as if nobody
 * had anything (a sum over portraits, not members), then the owners of what is on it.
 */
final class Ranking {
    private Ranking() {}

    /**
     * The first {@code length} offers of each KOC by the score they would have if nobody had them yet.
     *
     * @param kocs as {@link TrafficPools#candidates} returns them
     * @param offers as {@link Offers#of} returns them
     * @return koc_number, product_number
     */
    static Dataset<Row> shortlist(
            Dataset<Row> kocs, Dataset<Row> offers, PortraitOrder order, RecommendSettings settings, int length) {
        Column buyersOfOne = order.compiledSum(place -> at("mix", place).multiply(at("rates", place)));
        Column score = buyersOfOne.multiply(col("steady_factor")).multiply(generalityFactor(settings));
        Dataset<Row> heads = offers.select(
                col("product_number"),
                col("rates"),
                col("margin_factor").multiply(col("trust_factor")).as("steady_factor"),
                col("generality_edge"));
        return kocs.select("koc_number", "mix", "heterogeneity")
                .crossJoin(broadcast(heads))
                .select(col("koc_number"), col("product_number"), score.as("score"))
                .groupBy("koc_number")
                .agg(max_by(col("product_number"), struct(col("score"), negate(col("product_number"))), lit(length))
                        .as("shortlist"))
                .select(col("koc_number"), explode(col("shortlist")).as("product_number"));
    }

    /**
     * Who of each pool already has what is on the shortlist.
     *
     * @param members koc_id, user_id, place
     * @param held user_id, product_number, is_due
     * @return one row per KOC and product that a member has: koc_number, product_number, holders (all who have it),
     *     owners and owners_by_place (those who do not need it again yet)
     */
    static Dataset<Row> owners(
            Dataset<Row> members, Dataset<Row> kocs, Dataset<Row> held, Dataset<Row> shortlist, PortraitOrder order) {
        return members.join(kocs.select("koc_id", "koc_number"), new String[] {"koc_id"}, "inner")
                .select("koc_number", "user_id", "place")
                .join(held, new String[] {"user_id"}, "inner")
                .join(shortlist, new String[] {"koc_number", "product_number"}, "inner")
                .groupBy("koc_number", "product_number")
                .agg(
                        count(lit(1)).as("holders"),
                        count_if(not(col("is_due"))).as("owners"),
                        order.arrayOf(place ->
                                        count_if(col("place").equalTo(place).and(not(col("is_due")))))
                                .as("owners_by_place"));
    }

    /**
     * The first {@code top} offers of each KOC; ties go to more expected buyers, then to more buyers so far, then to
     * the smaller product_id. What nobody in the pool will newly buy is not recommended.
     *
     * @return columns of kocs and offers, and rank, score, expected_buyers, buyers_by_place, owners, generality_factor,
     *     fit
     */
    static Dataset<Row> rank(
            Dataset<Row> kocs,
            Dataset<Row> offers,
            Dataset<Row> shortlist,
            Dataset<Row> owners,
            PortraitOrder order,
            RecommendSettings settings) {
        Column best = row_number()
                .over(Window.partitionBy("koc_number")
                        .orderBy(col("score").desc(), col("expected_buyers").desc(), col("product_number")));
        // Narrow rows until only the top is left: what is said of an offer is joined to few.
        Dataset<Row> top = shortlist
                .join(owners, new String[] {"koc_number", "product_number"}, "left")
                .withColumn("owners", coalesce(col("owners"), lit(0L)))
                .withColumn("holders", coalesce(col("holders"), lit(0L)))
                .join(
                        kocs.select("koc_number", "pool_size", "members", "stand_in", "own_weight", "heterogeneity"),
                        new String[] {"koc_number"},
                        "inner")
                .join(
                        broadcast(offers.select(
                                "product_number",
                                "rates",
                                "shares",
                                "margin_factor",
                                "trust_factor",
                                "generality_edge")),
                        new String[] {"product_number"},
                        "inner")
                .withColumn("appetite", appetite(order, settings))
                .select(
                        col("koc_number"),
                        col("product_number"),
                        col("holders"),
                        col("appetite"),
                        col("owners"),
                        col("owners_by_place"),
                        order.compiledSum(Ranking::buyersAt)
                                .multiply(col("appetite"))
                                .as("expected_buyers"),
                        generalityFactor(settings).as("generality_factor"),
                        col("margin_factor").multiply(col("trust_factor")).as("steady_factor"))
                .where("expected_buyers > 0")
                .withColumn(
                        "score",
                        col("expected_buyers").multiply(col("steady_factor")).multiply(col("generality_factor")))
                .withColumn("rank", best)
                .where(col("rank").leq(settings.top()))
                .drop("steady_factor");
        return top.join(kocs, new String[] {"koc_number"}, "inner")
                .join(offers, new String[] {"product_number"}, "inner")
                .withColumn("buyers_by_place", order.arrayOf(place -> buyersAt(place)
                        .multiply(col("appetite"))))
                .withColumn("fit", PortraitOrder.dot(col("mix"), col("fits")));
    }

    private static Column appetite(PortraitOrder order, RecommendSettings settings) {
        Column expected = order.compiledSum(place -> at("members", place).multiply(at("shares", place)));
        double prior = settings.appetiteShrinkage();
        return col("holders").plus(prior).divide(expected.plus(prior));
    }

    /** Buyers expected from a place, before the appetite: those of the pool who are there, and those who are taken to be, without owners. */
    private static Column buyersAt(int place) {
        Column own = at("members", place)
                .minus(coalesce(at("owners_by_place", place), lit(0L)))
                .multiply(col("own_weight"));
        Column takenToBe = col("pool_size")
                .minus(col("owners"))
                .multiply(lit(1.0).minus(col("own_weight")))
                .multiply(at("stand_in", place));
        return own.plus(takenToBe).multiply(at("rates", place));
    }

    /**
     * A mixed pool wants general products: exp(weight x heterogeneity of the pool x (generality_low - its median)). 1
     * in a pool of one kind, whatever the product; with the weight .1, a pool as mixed as can be and a product .5 more
     * general than usual: exp(.05) = 1.05.
     */
    private static Column generalityFactor(RecommendSettings settings) {
        return exp(col("heterogeneity").multiply(col("generality_edge")).multiply(settings.generalityWeight()));
    }
}
