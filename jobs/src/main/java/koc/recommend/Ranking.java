package koc.recommend;

import static koc.recommend.PortraitOrder.at;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.row_number;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Ranks the products for each KOC by what its own pool will buy.
 *
 * <p>{@code expected_buyers} = (from_portraits + from_new_users + from_item_model + from_repurchase + from_influence +
 * from_cold_start + from_long_tail) x product_affinity_factor x category_affinity_factor: the parts of {@link PoolParts}, each times its weight,
 * and appetite and taste to their exponents ({@link BuyerModel}). Of members who have it and need it again all is in from_repurchase,
 * whatever speaks for it. {@code score} = expected_buyers x repurchase_factor x
 * margin_factor x trust_factor x generality_factor x own_use_factor (and x overlap_factor, {@link
 * Coordination}). For example 1.2 from portraits and 1.6 from purchases, times an appetite of 1.25, are 3.5 buyers.
 */
final class Ranking {
    /** What each part is called in tables, in the order of {@link PoolParts#PARTS}. */
    static final List<String> SOURCES = List.of(
            "from_portraits",
            "from_new_users",
            "from_item_model",
            "from_repurchase",
            "from_influence",
            "from_cold_start",
            "from_long_tail");

    private static final String NEED = SOURCES.get(PoolParts.PARTS.indexOf(PoolParts.DUE));

    private Ranking() {}

    /**
     * Adds what is expected of every product on the shortlists, and its score.
     *
     * @param parts as {@link PoolParts#of} returns them
     * @param kocs koc_number, heterogeneity
     * @param offers product_number, margin_factor, trust_factor, generality_edge
     * @param ownUse koc_number, product_number, loyalty: what KOCs use themselves
     * @return columns of parts, the sources, product_affinity_factor, category_affinity_factor, expected_buyers, repurchase_factor,
     *     generality_factor, own_use_factor, loyalty, score
     */
    static Dataset<Row> score(
            Dataset<Row> parts,
            Dataset<Row> kocs,
            Dataset<Row> offers,
            Dataset<Row> ownUse,
            BuyerModel model,
            RecommendSettings settings) {
        Dataset<Row> scored = parts.join(
                        kocs.select("koc_number", "heterogeneity"), new String[] {"koc_number"}, "inner")
                .join(
                        broadcast(offers.select("product_number", "margin_factor", "trust_factor", "generality_edge")),
                        new String[] {"product_number"},
                        "inner")
                .join(ownUse, new String[] {"koc_number", "product_number"}, "left")
                .withColumn("loyalty", coalesce(col("loyalty"), lit(0.0)));
        Column leanings = lit(1.0);
        for (int leaning = 0; leaning < PoolParts.LEANINGS.size(); leaning++) {
            String name = PoolParts.LEANINGS.get(leaning);
            scored = scored.withColumn(name + "_factor", pow(col(name), lit(model.exponents()[leaning])));
            leanings = leanings.multiply(col(name + "_factor"));
        }
        Column sum = lit(0.0);
        Column again = lit(0.0);
        for (int part = 0; part < SOURCES.size(); part++) {
            String name = PoolParts.PARTS.get(part);
            double weight = model.weights()[part];
            if (!name.equals(PoolParts.DUE)) {
                again = again.plus(col(PoolParts.again(name)).multiply(weight));
            }
            scored = scored.withColumn(SOURCES.get(part), col(name).multiply(weight));
            sum = sum.plus(col(SOURCES.get(part)));
        }
        scored = scored.withColumn(NEED, col(NEED).plus(again));
        return scored.withColumn("expected_buyers", sum.multiply(leanings))
                .where("expected_buyers > 0")
                .withColumn("repurchase_factor", needFactor(sum, settings))
                .withColumn("generality_factor", generalityFactor(settings))
                .withColumn(
                        "own_use_factor",
                        exp(col("loyalty").multiply(settings.weight().ownUse())))
                .withColumn(
                        "score",
                        col("expected_buyers")
                                .multiply(col("repurchase_factor"))
                                .multiply(col("margin_factor"))
                                .multiply(col("trust_factor"))
                                .multiply(col("generality_factor"))
                                .multiply(col("own_use_factor")))
                // With weight.need 0 what only those buy who need it again is worth nothing.
                .where("score > 0")
                .drop("generality_edge", "heterogeneity");
    }

    /**
     * Adds rank, 1 for the greatest value a KOC; ties go to more expected buyers, then to more buyers so far, then to
     * the smaller product_id.
     */
    static Dataset<Row> ranked(Dataset<Row> scored, Column value) {
        return scored.withColumn(
                "rank",
                row_number()
                        .over(Window.partitionBy("koc_number")
                                .orderBy(value.desc(), col("expected_buyers").desc(), col("product_number"))));
    }

    /**
     * Adds what is known of the KOC and of the product, buyers_by_place (expected buyers by portrait, in proportion to
     * the mix and the portraits' rates) and fit (with the pool's mix).
     */
    static Dataset<Row> described(Dataset<Row> ranked, Dataset<Row> kocs, Dataset<Row> offers, PortraitOrder order) {
        Column all = order.shareOfMix();
        return ranked.drop("margin_factor", "trust_factor")
                .join(kocs, new String[] {"koc_number"}, "inner")
                .join(offers, new String[] {"product_number"}, "inner")
                .withColumn("all_rates", all)
                .withColumn(
                        "buyers_by_place",
                        order.arrayOf(place -> coalesce(
                                at("mix", place)
                                        .multiply(at("rates", place))
                                        .divide(nullif(col("all_rates"), lit(0.0)))
                                        .multiply(col("expected_buyers")),
                                lit(0.0))))
                .withColumn("fit", PortraitOrder.dot(col("mix"), col("fits")));
    }

    /**
     * Who needs it again may well buy it without a KOC's word, and counts in the score as the brand has it: 1 - (1 -
     * weight) x the share of buyers who need it again. With the weight .5 and a third of them: .83; with 1 always 1.
     */
    private static Column needFactor(Column buyers, RecommendSettings settings) {
        Column again = col(NEED).divide(buyers);
        return lit(1.0).minus(again.multiply(1 - settings.weight().need()));
    }

    /**
     * A mixed pool wants general products: exp(weight x heterogeneity of the pool x (generality_low - its median)). 1
     * in a pool of one kind, whatever the product; with the weight .1, a pool as mixed as can be and a product .5 more
     * general than usual: exp(.05) = 1.05.
     */
    private static Column generalityFactor(RecommendSettings settings) {
        return exp(col("heterogeneity")
                .multiply(col("generality_edge"))
                .multiply(settings.weight().generality()));
    }
}
