package koc.recommend.rank;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;

import koc.recommend.RerankSettings.OverlapPenaltySettings;
import koc.rules.KocLevels;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Lowers the score of products that members of the pool will hear about from another KOC.
 *
 * <p>Pool B overlaps pool A when B contains at least {@code min-overlap} of A's members. A product of A is penalized
 * when it is among the first {@code top} products of B's KOC by score, and that KOC has the higher priority for it.
 * {@code priority} = expected buyers per member x (1 + {@code level-weight} x levels above recruit). With {@code
 * level-weight} .1, the factor of a gold KOC (4 levels above) is 1.4. Of equal priorities, the smaller koc_number wins.
 *
 * <p>{@code covered} is the fraction of A's members who will hear about the product elsewhere: the members that A
 * shares with each such pool B, added up, over the size of A, at most 1. {@code overlap_factor = 1 - weight x covered}.
 * With the weight .2 and half of the pool covered: .9.
 *
 * @param top products that a KOC recommends
 */
public record OverlapPenalty(OverlapPenaltySettings settings, int top) {
    /** Users in more pools than this are ignored: the number of pairs of pools grows with the square. */
    private static final int MAX_POOLS = 100;

    /**
     * Adds overlap_factor, and multiplies the score by it. Expected buyers do not change: they predict one pool,
     * whatever other KOCs recommend.
     *
     * @param scored as {@link Scoring#score} returns it
     * @param kocs koc_number, pool_size, level (null counts as the lowest)
     * @param members koc_number, user_id
     */
    public Dataset<Row> apply(Dataset<Row> scored, Dataset<Row> kocs, Dataset<Row> members) {
        if (!settings.isOn()) {
            return scored.withColumn("overlap_factor", lit(1.0));
        }
        Dataset<Row> pools =
                kocs.select(col("koc_number"), col("pool_size"), levelFactor().as("level_factor"));
        Dataset<Row> priorities = scored.join(pools, new String[] {"koc_number"}, "inner")
                .select(
                        col("koc_number"),
                        col("product_number"),
                        col("score"),
                        col("expected_buyers"),
                        col("expected_buyers")
                                .divide(col("pool_size"))
                                .multiply(col("level_factor"))
                                .as("priority"));
        Dataset<Row> recommended = Scoring.rankBy(col("score"), priorities)
                .where(col("rank").leq(top))
                .select(
                        col("koc_number").as("other"),
                        col("product_number"),
                        col("priority").as("other_priority"));
        Dataset<Row> covered = overlaps(members, pools)
                .join(recommended, new String[] {"other"}, "inner")
                .join(
                        priorities.select("koc_number", "product_number", "priority"),
                        new String[] {"koc_number", "product_number"},
                        "inner")
                .where(otherHasPriority())
                .groupBy("koc_number", "product_number", "pool_size")
                .agg(sum("common_members").as("covered_members"))
                .select(
                        col("koc_number"),
                        col("product_number"),
                        least(lit(1.0), col("covered_members").divide(col("pool_size")))
                                .as("covered"));
        return scored.join(covered, new String[] {"koc_number", "product_number"}, "left")
                .withColumn(
                        "overlap_factor",
                        lit(1.0).minus(coalesce(col("covered"), lit(0.0)).multiply(settings.weight())))
                .withColumn("score", col("score").multiply(col("overlap_factor")))
                .drop("covered");
    }

    private static Column otherHasPriority() {
        return col("other_priority")
                .gt(col("priority"))
                .or(col("other_priority")
                        .equalTo(col("priority"))
                        .and(col("other").lt(col("koc_number"))));
    }

    private Column levelFactor() {
        Column levelsAboveRecruit = greatest(coalesce(KocLevels.index(col("level")), lit(0)), lit(0));
        return lit(1.0).plus(levelsAboveRecruit.multiply(settings.levelWeight()));
    }

    /** Pairs of overlapping pools: koc_number, other, common_members and pool_size of koc_number. */
    private Dataset<Row> overlaps(Dataset<Row> members, Dataset<Row> pools) {
        return members.groupBy("user_id")
                .agg(collect_list("koc_number").as("pools"))
                .where(size(col("pools")).between(2, MAX_POOLS))
                .select(col("pools"), explode(col("pools")).as("koc_number"))
                .select(col("koc_number"), explode(col("pools")).as("other"))
                .where(not(col("other").equalTo(col("koc_number"))))
                .groupBy("koc_number", "other")
                .agg(count(lit(1)).as("common_members"))
                .join(pools.select("koc_number", "pool_size"), new String[] {"koc_number"}, "inner")
                .where(col("common_members").geq(col("pool_size").multiply(settings.minOverlap())));
    }
}
