package koc.backtest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log2;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import koc.rules.Absent;
import koc.rules.KocEligibility;
import koc.rules.KocLevels;
import koc.rules.KocType;
import koc.spark.ExactSums;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** Which KOCs recommenders are judged by, what kind each is of, and the most that a list could have reached. */
final class JudgedKocs {
    private static final String NONE = "(none)";

    private JudgedKocs() {}

    /**
     * The KOCs to whom recommenders recommend: all ({@link KocEligibility#isKoc}) that are not revoked.
     *
     * @param pools koc_id, user_id on the cutoff
     * @param users one row per user: user_id, role
     * @param ranking koc_ranking of the cutoff
     * @param mix koc_pool_mix of the cutoff
     * @return one row per KOC: koc_id, pool_size, portrait, level, pool_band
     */
    static Dataset<Row> of(
            Dataset<Row> pools, Dataset<Row> users, Dataset<Row> ranking, Dataset<Row> mix, BacktestSettings settings) {
        Dataset<Row> roles = users.select(col("user_id").as("koc_id"), col("role"));
        Dataset<Row> largest = mix.groupBy("koc_id")
                .agg(max_by(col("portrait_name"), struct(col("members"), col("portrait_id")))
                        .as("portrait"));
        String[] koc = {"koc_id"};
        return pools.groupBy("koc_id")
                .agg(count(lit(1)).as("pool_size"))
                .join(roles, koc, "left")
                .where(KocEligibility.isKoc(KocType.fromRole(col("role")), col("pool_size"), settings.minPool()))
                .join(ranking.select("koc_id", "level"), koc, "left")
                .where(not(KocLevels.isRevoked(col("level"))))
                .join(largest, koc, "left")
                .select(
                        col("koc_id"),
                        col("pool_size"),
                        coalesce(col("portrait"), lit(Absent.NONE)).as("portrait"),
                        coalesce(col("level"), lit(Absent.NONE)).as("level"),
                        band(col("pool_size"), settings.poolBands()).as("pool_band"));
    }

    /**
     * The same KOCs with what their pools newly bought (relevance, null where nobody did) and {@code ideal}: the gain
     * of the best list of this length, sum of relevance / log2(rank + 1) with the most bought product first. For
     * products newly bought by 3 and 1 members: 3 / log2(2) + 1 / log2(3) = 3.63. {@code ideal_buyers} is the same by
     * observed_buyers, of who needs something again too; null where nobody bought what is forecast.
     *
     * @param buyers as {@link Outcome#buyers} returns them
     */
    static Dataset<Row> withIdeals(Dataset<Row> kocs, Dataset<Row> buyers, int listLength) {
        Dataset<Row> ideals = ideals(buyers, "relevance", "ideal", listLength);
        Dataset<Row> ofBuyers =
                ideals(buyers, "observed_buyers", "ideal_buyers", listLength).drop("observed_buyers");
        return kocs.join(ideals, new String[] {"koc_id"}, "left").join(ofBuyers, new String[] {"koc_id"}, "left");
    }

    private static Dataset<Row> ideals(Dataset<Row> buyers, String counted, String ideal, int listLength) {
        Column best = row_number()
                .over(Window.partitionBy("koc_id").orderBy(col(counted).desc(), col("product_id")));
        return buyers.where(col(counted).gt(0))
                .withColumn("rank", best)
                .groupBy("koc_id")
                .agg(
                        sum(counted).as(counted),
                        ExactSums.preciseSum(when(col("rank").leq(listLength), gain(counted)))
                                .as(ideal));
    }

    /** What so many buyers at a rank are worth: discounted by log2(rank + 1) (Järvelin and Kekäläinen 2002). */
    static Column gain(String counted) {
        return col(counted).divide(log2(col("rank").plus(1)));
    }

    private static Column band(Column size, List<Integer> bounds) {
        Column band = lit("1-" + (bounds.isEmpty() ? "" : bounds.get(0) - 1));
        for (int i = 0; i < bounds.size(); i++) {
            String name = i + 1 < bounds.size() ? bounds.get(i) + "-" + (bounds.get(i + 1) - 1) : bounds.get(i) + "+";
            band = when(size.geq(bounds.get(i)), name).otherwise(band);
        }
        return band;
    }
}
