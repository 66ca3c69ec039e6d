package koc.recommend;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;

/** What simpler recommenders would hand to the same KOCs, from the same data: what backtest compares with. */
final class Challengers {
    private Challengers() {}

    /**
     * What each of them would hand out.
     *
     * <ul>
     *   <li>popularity: what most users have, the same for every KOC;
     *   <li>recent_popularity: what most users bought in the window, the same for every KOC;
     *   <li>pool_popularity: what most members of the pool have;
     *   <li>portrait_fit: which share of the pool's portraits has it, whoever of the pool has it already;
     *   <li>portrait_buyers: what is expected from the portraits of those who lack it or need it again (where
     *       need counts 0 in the score, what only the latter buy is not looked at);
     *   <li>item_model: the same from what they bought before;
     *   <li>without_mix, without_floor, without_category_cap: the published list without that step; without_new: without new
     *       products; without_overlap, without_generality, and without_repurchase where need counts between 0 and 1: by a score
     *       without that factor.
     * </ul>
     *
     * <p>without_stock and without_campaigns are lists from pictures of their own ({@link #without}).
     *
     * @return recommender, koc_number, rank, product_number, expected_buyers
     */
    static Dataset<Row> of(
            Drafting.Draft draft,
            LearningWindow window,
            BuyerModel model,
            PortraitOrder order,
            RecommendSettings settings) {
        Picture now = draft.picture();
        Dataset<Row> scored = draft.scored();
        Column unknown = lit(null).cast(DataTypes.DoubleType);
        Dataset<Row> popularity = forEveryKoc(now, Holdings.now(window.history()), settings);
        Dataset<Row> recent = forEveryKoc(now, Holdings.inWindow(window.history()), settings);
        Dataset<Row> ofPool = now.members()
                .join(now.held(), new String[] {"user_id"}, "inner")
                .join(broadcast(now.offers().select("product_number")), new String[] {"product_number"}, "left_semi")
                .groupBy("koc_number", "product_number")
                .agg(count(lit(1)).cast("double").as("value"));
        Column portraits = ofAll("portrait_part", model)
                .plus(ofAll("new_user_part", model))
                .plus(ofAll("cold_start_part", model));
        Column purchases = ofAll("item_part", model).plus(ofAll("long_tail_part", model));
        Dataset<Row> lists = top(popularity, "popularity", unknown, settings)
                .unionByName(top(recent, "recent_popularity", unknown, settings))
                .unionByName(top(ofPool, "pool_popularity", unknown, settings))
                .unionByName(top(ofMix(now, draft.offered(), order), "portrait_fit", unknown, settings))
                .unionByName(top(scored.withColumn("value", portraits), "portrait_buyers", unknown, settings))
                .unionByName(top(scored.withColumn("value", purchases), "item_model", unknown, settings));
        for (String step : RerankSettings.STEPS) {
            RerankSettings fewer = settings.rerank().without(step);
            lists = lists.unionByName(
                    without(step, Reranking.list(scored, now.kocs(), now.offers(), order, settings.top(), fewer)));
        }
        List<String> factors = new ArrayList<>(List.of("coordination", "generality"));
        // With 0 what only those buy who need it again has no score.
        if (settings.weight().need() > 0 && settings.weight().need() < 1) {
            factors.add("need");
        }
        for (String step : factors) {
            Dataset<Row> steadier = scored.withColumn("score", col("score").divide(col(step + "_factor")));
            lists = lists.unionByName(without(
                    step,
                    Reranking.list(steadier, now.kocs(), now.offers(), order, settings.top(), settings.rerank())));
        }
        return lists;
    }

    /** What a part foretells of all who lack the product or need it again. */
    private static Column ofAll(String part, BuyerModel model) {
        return col(part).plus(col(PoolParts.again(part))).multiply(model.weights()[PoolParts.PARTS.indexOf(part)]);
    }

    /** The rows of baseline_recommendations. */
    static Dataset<Row> rows(Dataset<Row> lists, Dataset<Row> kocs, Dataset<Row> products, LocalDate day) {
        return lists.join(kocs.select("koc_number", "koc_id"), new String[] {"koc_number"}, "inner")
                .join(products.select("product_number", "product_id"), new String[] {"product_number"}, "inner")
                .select(
                        lit(day).as("day"),
                        col("recommender"),
                        col("koc_id"),
                        col("rank"),
                        col("product_id"),
                        col("expected_buyers"));
    }

    private static Dataset<Row> ofMix(Picture now, Dataset<Row> offered, PortraitOrder order) {
        return offered.select("koc_number", "product_number")
                .join(now.kocs().select("koc_number", "mix"), new String[] {"koc_number"}, "inner")
                .join(
                        broadcast(now.offers().select("product_number", "rates")),
                        new String[] {"product_number"},
                        "inner")
                .select(
                        col("koc_number"),
                        col("product_number"),
                        order.shareOfMix().as("value"));
    }

    /** The list that was made without a step. */
    static Dataset<Row> without(String step, Dataset<Row> list) {
        return list.select(
                lit("without_" + step).as("recommender"),
                col("koc_number"),
                col("rank"),
                col("product_number"),
                col("expected_buyers"));
    }

    private static Dataset<Row> forEveryKoc(Picture now, Dataset<Row> pairs, RecommendSettings settings) {
        Dataset<Row> popular = pairs.groupBy("product_number")
                .agg(count(lit(1)).cast("double").as("value"))
                .join(now.offers().select("product_number"), new String[] {"product_number"}, "left_semi")
                .orderBy(col("value").desc(), col("product_number"))
                .limit(settings.top());
        return now.kocs().select("koc_number").crossJoin(broadcast(popular));
    }

    private static Dataset<Row> top(
            Dataset<Row> valued, String recommender, Column expected, RecommendSettings settings) {
        return valued.where("value > 0")
                .withColumn(
                        "rank",
                        row_number()
                                .over(Window.partitionBy("koc_number")
                                        .orderBy(col("value").desc(), col("product_number"))))
                .where(col("rank").leq(settings.top()))
                .select(
                        lit(recommender).as("recommender"),
                        col("koc_number"),
                        col("rank"),
                        col("product_number"),
                        expected.as("expected_buyers"));
    }
}
