package koc.recommend.baselines;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;

import java.util.ArrayList;
import java.util.List;
import koc.recommend.RerankSettings;
import koc.recommend.features.FeatureSnapshot;
import koc.recommend.features.Part;
import koc.recommend.rank.RankedLists;
import koc.recommend.rank.Ranker;
import koc.recommend.split.HoldoutSplit;
import koc.recommend.split.Ownership;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;

/**
 * Computes the lists of simple recommenders, for the same KOCs and from the same data. A backtest compares the
 * published lists with them. They rank by the rules below, without training.
 *
 * <ul>
 *   <li>popularity: the products with the most owners, the same for every KOC;
 *   <li>holdout_popularity: the products that most users bought in the latest holdout, the same for every KOC. With a
 *       random holdout these are not recent purchases;
 *   <li>pool_popularity: the products with the most owners in the pool;
 *   <li>portrait_popularity: the products with the highest rate in the pool's mix of portraits, also when members own
 *       them already;
 *   <li>portrait_buyers: the products with the most buyers expected from portraits: portrait_part, non_buyer_part and
 *       cold_start_part. Products with the score 0 are left out;
 *   <li>item_model: the same, from item_model_part and long_tail_part;
 *   <li>without_mix, without_floor, without_category_cap, without_readiness: the published list without this step;
 *       without_new_products: no new product is on the list (this is no step); without_overlap, without_generality and
 *       without_repurchase: by a score without this factor; the last only when {@code weight.repurchase} is between 0
 *       and 1.
 * </ul>
 *
 * <p>{@link RuleAblations} adds without_stock and without_campaigns, which need snapshots of their own.
 */
public record Baselines(RankedLists ranked, HoldoutSplit split, Ranker ranker) {
    private static final Column NO_FORECAST = lit(null).cast(DataTypes.DoubleType);

    /** Computes all lists: recommender, koc_number, rank, product_number, expected_buyers. */
    public Dataset<Row> compute() {
        Dataset<Row> popularity = forEveryKoc(Ownership.selectCurrent(split.history()));
        Dataset<Row> inHoldout = forEveryKoc(Ownership.selectBoughtInHoldout(split.history()));
        Column portraits = buyers(Part.PORTRAIT).plus(buyers(Part.NON_BUYER)).plus(buyers(Part.COLD_START));
        Column purchases = buyers(Part.ITEM_MODEL).plus(buyers(Part.LONG_TAIL));
        Dataset<Row> scored = ranked.scored();
        return top(popularity, "popularity")
                .unionByName(top(inHoldout, "holdout_popularity"))
                .unionByName(top(poolPopularity(), "pool_popularity"))
                .unionByName(top(portraitPopularity(), "portrait_popularity"))
                .unionByName(top(scored.withColumn("value", portraits), "portrait_buyers"))
                .unionByName(top(scored.withColumn("value", purchases), "item_model"))
                .unionByName(withoutEachStep())
                .unionByName(withoutNewProducts())
                .unionByName(withoutEachFactor());
    }

    /** The rows of baseline_recommendations. */
    public Dataset<Row> rows(Dataset<Row> lists) {
        Dataset<Row> kocs = ranked.snapshot().kocs().select("koc_number", "koc_id");
        Dataset<Row> products = ranker.inputs().products().select("product_number", "product_id");
        return lists.join(kocs, new String[] {"koc_number"}, "inner")
                .join(products, new String[] {"product_number"}, "inner")
                .select(
                        lit(ranker.inputs().day()).as("day"),
                        col("recommender"),
                        col("koc_id"),
                        col("rank"),
                        col("product_id"),
                        col("expected_buyers"));
    }

    /** A list under the name of the step that it was made without. */
    public static Dataset<Row> ablation(String step, Dataset<Row> list) {
        return list.select(
                lit("without_" + step).as("recommender"),
                col("koc_number"),
                col("rank"),
                col("product_number"),
                col("expected_buyers"));
    }

    private Dataset<Row> withoutEachStep() {
        return RerankSettings.STEPS.stream()
                .map(step -> ablation(
                        step, rerank(ranked.scored(), ranker.settings().rerank().without(step))))
                .reduce(Dataset::unionByName)
                .orElseThrow();
    }

    private Dataset<Row> withoutNewProducts() {
        return ablation(
                "new_products",
                rerank(ranked.scored(), ranker.settings().rerank().withoutNewProducts()));
    }

    private Dataset<Row> withoutEachFactor() {
        double repurchaseWeight = ranker.settings().weight().repurchase();
        List<String> factors = new ArrayList<>(List.of("overlap", "generality"));
        // With 0 the factor may be 0, and a score cannot be divided by it.
        if (repurchaseWeight > 0 && repurchaseWeight < 1) {
            factors.add("repurchase");
        }
        return factors.stream()
                .map(factor -> ablation(
                        factor,
                        rerank(
                                ranked.scored().withColumn("score", col("score").divide(col(factor + "_factor"))),
                                ranker.settings().rerank())))
                .reduce(Dataset::unionByName)
                .orElseThrow();
    }

    private Dataset<Row> rerank(Dataset<Row> scored, RerankSettings settings) {
        return ranker.reranker(settings)
                .rerank(scored, ranked.snapshot().kocs(), ranked.snapshot().offers());
    }

    /** A part of non-owners and due owners together. */
    private static Column buyers(Part part) {
        return col(part.column()).plus(col(part.dueColumn()));
    }

    private Dataset<Row> poolPopularity() {
        FeatureSnapshot now = ranked.snapshot();
        return now.members()
                .join(now.owned(), new String[] {"user_id"}, "inner")
                .join(broadcast(now.offers().select("product_number")), new String[] {"product_number"}, "left_semi")
                .groupBy("koc_number", "product_number")
                .agg(count(lit(1)).cast("double").as("value"));
    }

    private Dataset<Row> portraitPopularity() {
        FeatureSnapshot now = ranked.snapshot();
        return ranked.candidates()
                .select("koc_number", "product_number")
                .join(now.kocs().select("koc_number", "mix"), new String[] {"koc_number"}, "inner")
                .join(
                        broadcast(now.offers().select("product_number", "rates")),
                        new String[] {"product_number"},
                        "inner")
                .select(
                        col("koc_number"),
                        col("product_number"),
                        ranker.inputs().portraits().rateOfMix().as("value"));
    }

    private Dataset<Row> forEveryKoc(Dataset<Row> pairs) {
        FeatureSnapshot now = ranked.snapshot();
        Dataset<Row> popular = pairs.groupBy("product_number")
                .agg(count(lit(1)).cast("double").as("value"))
                .join(now.offers().select("product_number"), new String[] {"product_number"}, "left_semi")
                .orderBy(col("value").desc(), col("product_number"))
                .limit(ranker.settings().top());
        return now.kocs().select("koc_number").crossJoin(broadcast(popular));
    }

    private Dataset<Row> top(Dataset<Row> valued, String recommender) {
        return valued.where("value > 0")
                .withColumn(
                        "rank",
                        row_number()
                                .over(Window.partitionBy("koc_number")
                                        .orderBy(col("value").desc(), col("product_number"))))
                .where(col("rank").leq(ranker.settings().top()))
                .select(
                        lit(recommender).as("recommender"),
                        col("koc_number"),
                        col("rank"),
                        col("product_number"),
                        NO_FORECAST.as("expected_buyers"));
    }
}
