package koc.recommend;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import koc.rules.KocLevels;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * KOCs whose pools overlap: who is in several pools need not hear of the same product from each.
 *
 * <p>Where two pools share at least {@code overlap} of the one's members, and both KOCs would have a product among
 * their first, the KOC whose pool wants it more goes first: more expected buyers a member, times 1 + {@code level} for
 * every step of the KOC's level (with .1, gold, step 4, counts 1.4 times); then the smaller koc_number. For the other,
 * {@code covered} is the sum of the shares of its pool that are in the pools of those who go first, at most 1 (who is in
 * several of them counts for each), and {@code overlap_factor = 1 - weight x covered}. With the weight .2, a pool
 * half of which hears it elsewhere: .9.
 */
final class Coordination {
    /** A user of more pools is nobody's in particular, and pairs of pools grow with the square. */
    private static final int MAX_POOLS = 100;

    private Coordination() {}

    /**
     * Adds overlap_factor, and multiplies the score by it. Expected buyers stay as they are: they foresee one
     * pool, whatever the others hear.
     *
     * @param scored as {@link Ranking#score} returns it
     * @param kocs koc_number, pool_size, level (null counts as the lowest)
     * @param members koc_number, user_id
     * @param top products a KOC recommends
     */
    static Dataset<Row> of(
            Dataset<Row> scored, Dataset<Row> kocs, Dataset<Row> members, int top, RerankSettings settings) {
        if (!settings.coordination().isOn()) {
            return scored.withColumn("overlap_factor", lit(1.0));
        }
        Dataset<Row> sizes = kocs.select(
                col("koc_number"),
                col("pool_size"),
                standing(settings.coordination().level()).as("standing"));
        Dataset<Row> wanted = scored.join(sizes, new String[] {"koc_number"}, "inner")
                .select(
                        col("koc_number"),
                        col("product_number"),
                        col("score"),
                        col("expected_buyers"),
                        col("expected_buyers")
                                .divide(col("pool_size"))
                                .multiply(col("standing"))
                                .as("keenness"));
        Dataset<Row> said = Ranking.ranked(wanted, col("score"))
                .where(col("rank").leq(top))
                .select(
                        col("koc_number").as("other"),
                        col("product_number"),
                        col("keenness").as("others_keenness"));
        Column goesFirst = col("others_keenness")
                .gt(col("keenness"))
                .or(col("others_keenness")
                        .equalTo(col("keenness"))
                        .and(col("other").lt(col("koc_number"))));
        Dataset<Row> covered = overlaps(members, sizes, settings.coordination().overlap())
                .join(said, new String[] {"other"}, "inner")
                .join(
                        wanted.select("koc_number", "product_number", "keenness"),
                        new String[] {"koc_number", "product_number"},
                        "inner")
                .where(goesFirst)
                .groupBy("koc_number", "product_number", "pool_size")
                // Whole numbers: the sum is exact, in whatever order it is taken.
                .agg(sum("shared").as("shared"))
                .select(
                        col("koc_number"),
                        col("product_number"),
                        least(lit(1.0), col("shared").divide(col("pool_size"))).as("covered"));
        Column factor = lit(1.0).minus(coalesce(col("covered"), lit(0.0))
                .multiply(settings.coordination().weight()));
        return scored.join(covered, new String[] {"koc_number", "product_number"}, "left")
                .withColumn("overlap_factor", factor)
                .withColumn("score", col("score").multiply(col("overlap_factor")))
                .drop("covered");
    }

    /** What the KOC's level multiplies its pool's wishes by when it is told who goes first. */
    private static Column standing(double level) {
        Column standing = lit(1.0);
        for (int step = 1; step < KocLevels.NAMES.size(); step++) {
            standing = when(col("level").equalTo(KocLevels.NAMES.get(step)), 1 + level * step)
                    .otherwise(standing);
        }
        return standing;
    }

    /** Pools that share members: koc_number, other, shared (members), pool_size (of koc_number). */
    private static Dataset<Row> overlaps(Dataset<Row> members, Dataset<Row> sizes, double overlap) {
        return members.groupBy("user_id")
                .agg(collect_list("koc_number").as("pools"))
                .where(size(col("pools")).between(2, MAX_POOLS))
                .select(col("pools"), explode(col("pools")).as("koc_number"))
                .select(col("koc_number"), explode(col("pools")).as("other"))
                .where(not(col("other").equalTo(col("koc_number"))))
                .groupBy("koc_number", "other")
                .agg(count(lit(1)).as("shared"))
                .join(sizes, new String[] {"koc_number"}, "inner")
                .where(col("shared").geq(col("pool_size").multiply(overlap)));
    }
}
