package koc.recommend.rank;

import static java.util.stream.Collectors.toMap;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.try_divide;

import java.util.Arrays;
import koc.recommend.PortraitIndex;
import koc.recommend.RecommendSettings;
import koc.recommend.features.CandidateFeatures;
import koc.recommend.features.Part;
import koc.recommend.model.BuyerModel;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Scores the candidates of each KOC by the buyers expected in their pool.
 *
 * <p>{@code expected_buyers} = (sum of weighted parts) x product_affinity_factor x category_affinity_factor. Each
 * {@link Part} is multiplied by its weight, and each factor is an affinity to the power of its exponent ({@link
 * BuyerModel}). All parts of owners who are due to repurchase count in the repurchase part. Example: 1.2 buyers from
 * portraits and 1.6 from the item model, times a product affinity factor of 1.25, are 3.5 expected buyers. {@link
 * #describe} replaces the weighted parts by the published ones ({@link Part#publishedColumn}), which include both
 * factors.
 *
 * <p>{@code score} = expected_buyers x repurchase_factor x margin_factor x trust_factor x generality_factor x
 * own_use_factor, and x overlap_factor ({@link OverlapPenalty}).
 */
public record Scoring(BuyerModel model, RecommendSettings settings) {
    /**
     * Adds the expected buyers and the score of every candidate; drops candidates whose score would be 0.
     *
     * @param features as {@link CandidateFeatures#compute} returns them
     * @param kocs koc_number, heterogeneity
     * @param offers product_number, margin_factor, trust_factor, generality_difference
     * @param ownUse koc_number, product_number, product_loyalty, is_approved
     * @return columns of features, the weighted parts, product_affinity_factor, category_affinity_factor,
     *     expected_buyers, repurchase_factor, margin_factor, trust_factor, generality_factor, own_use_factor,
     *     product_loyalty, is_approved, score
     */
    public Dataset<Row> score(Dataset<Row> features, Dataset<Row> kocs, Dataset<Row> offers, Dataset<Row> ownUse) {
        Dataset<Row> candidates = features.where(hasBuyers())
                .join(kocs.select("koc_number", "heterogeneity"), new String[] {"koc_number"}, "inner")
                .join(
                        broadcast(offers.select(
                                "product_number", "margin_factor", "trust_factor", "generality_difference")),
                        new String[] {"product_number"},
                        "inner")
                .join(
                        ownUse.select("koc_number", "product_number", "product_loyalty", "is_approved"),
                        new String[] {"koc_number", "product_number"},
                        "left")
                .withColumn("product_loyalty", coalesce(col("product_loyalty"), lit(0.0)));
        Column buyers = Arrays.stream(Part.values())
                .map(part -> col(part.weightedColumn()))
                .reduce(lit(0.0), Column::plus);
        return withExpectedBuyers(candidates, buyers)
                .withColumn("repurchase_factor", repurchaseFactor(buyers))
                .withColumn("generality_factor", generalityFactor())
                .withColumn(
                        "own_use_factor",
                        exp(col("product_loyalty").multiply(settings.weight().ownUse())))
                .withColumn(
                        "score",
                        col("expected_buyers")
                                .multiply(col("repurchase_factor"))
                                .multiply(col("margin_factor"))
                                .multiply(col("trust_factor"))
                                .multiply(col("generality_factor"))
                                .multiply(col("own_use_factor")))
                .drop("generality_difference", "heterogeneity");
    }

    /**
     * Whether the score is above 0: a part with a weight expects buyers. With weight.repurchase 0, products that
     * only due owners will buy have the score 0. A filter on expected_buyers would make Spark inline all columns before
     * it; such plans grow exponentially with the number of parts.
     */
    private Column hasBuyers() {
        Column found = lit(false);
        for (Part part : Part.values()) {
            boolean hasWeight = model.weights()[part.index()] > 0;
            boolean isRepurchase = part == Part.REPURCHASE;
            if (hasWeight && (!isRepurchase || settings.weight().repurchase() > 0)) {
                found = found.or(col(part.column()).gt(0));
            }
            if (hasWeight && !isRepurchase && settings.weight().repurchase() > 0) {
                found = found.or(col(part.dueColumn()).gt(0));
            }
        }
        return found;
    }

    private Dataset<Row> withExpectedBuyers(Dataset<Row> candidates, Column buyers) {
        Dataset<Row> scored = candidates;
        Column affinityFactors = lit(1.0);
        for (int affinity = 0; affinity < CandidateFeatures.AFFINITIES.size(); affinity++) {
            String name = CandidateFeatures.AFFINITIES.get(affinity);
            scored = scored.withColumn(name + "_factor", pow(col(name), lit(model.exponents()[affinity])));
            affinityFactors = affinityFactors.multiply(col(name + "_factor"));
        }
        Column dueOwners = lit(0.0);
        for (Part part : Part.values()) {
            double weight = model.weights()[part.index()];
            if (part != Part.REPURCHASE) {
                dueOwners = dueOwners.plus(col(part.dueColumn()).multiply(weight));
            }
            scored = scored.withColumn(part.weightedColumn(), col(part.column()).multiply(weight));
        }
        String repurchases = Part.REPURCHASE.weightedColumn();
        return scored.withColumn(repurchases, col(repurchases).plus(dueOwners))
                .withColumn("expected_buyers", buyers.multiply(affinityFactors));
    }

    /**
     * Adds rank, 1 for the greatest value of each KOC. Ties go to more expected buyers, then to the smaller
     * product_number (products are numbered by buyers, most first, then by product_id).
     */
    public static Dataset<Row> rankBy(Column value, Dataset<Row> scored) {
        return scored.withColumn(
                "rank",
                row_number()
                        .over(Window.partitionBy("koc_number")
                                .orderBy(value.desc(), col("expected_buyers").desc(), col("product_number"))));
    }

    /**
     * Adds the columns of the KOC and of the product, buyers_by_portrait (expected buyers in proportion to mix x rates)
     * and fit (of the product with the pool's mix). Replaces the weighted parts by the published ones, which are
     * multiplied by both affinity factors and so sum to expected_buyers. Example: 1.2 buyers from portraits and a
     * factor of 1.25 are published as 1.5.
     */
    public static Dataset<Row> describe(
            Dataset<Row> ranked, Dataset<Row> kocs, Dataset<Row> offers, PortraitIndex portraits) {
        Column affinityFactors = CandidateFeatures.AFFINITIES.stream()
                .map(name -> col(name + "_factor"))
                .reduce(lit(1.0), Column::multiply);
        return ranked.drop("margin_factor", "trust_factor")
                .withColumns(Arrays.stream(Part.values())
                        .collect(toMap(Part::publishedColumn, part -> col(part.weightedColumn())
                                .multiply(affinityFactors))))
                .drop(Arrays.stream(Part.values()).map(Part::weightedColumn).toArray(String[]::new))
                .join(kocs, new String[] {"koc_number"}, "inner")
                .join(offers, new String[] {"product_number"}, "inner")
                .withColumn("rate_of_mix", portraits.rateOfMix())
                .withColumn("buyers_by_portrait", portraits.arrayOf(index -> PortraitIndex.buyerFraction(index)
                        .multiply(col("expected_buyers"))))
                .withColumn("fit", PortraitIndex.dot(col("mix"), col("fits")));
    }

    /**
     * The factor for buyers who are due to repurchase: 1 - (1 - weight) x their fraction of the buyers. Due owners
     * often buy without a recommendation. With the weight .5 and a third of the buyers due: .83. With the weight 1 it
     * is always 1.
     */
    private Column repurchaseFactor(Column buyers) {
        // Spark may compute the factor before it drops the candidates without buyers.
        Column dueFraction = coalesce(try_divide(col(Part.REPURCHASE.weightedColumn()), buyers), lit(0.0));
        return lit(1.0).minus(dueFraction.multiply(1 - settings.weight().repurchase()));
    }

    /**
     * The factor that prefers general products in mixed pools: exp(weight x heterogeneity x (generality_low - its
     * median)). It is 1 in a pool of one portrait. With the weight .1, a heterogeneity of 1 and a product .5 above the
     * median: exp(.05) = 1.05.
     */
    private Column generalityFactor() {
        return exp(col("heterogeneity")
                .multiply(col("generality_difference"))
                .multiply(settings.weight().generality()));
    }
}
