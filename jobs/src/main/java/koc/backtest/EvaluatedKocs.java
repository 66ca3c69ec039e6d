package koc.backtest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import koc.rules.Absent;
import koc.rules.KocEligibility;
import koc.rules.KocLevels;
import koc.rules.KocType;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Selects the KOCs that recommenders are evaluated on, with the slices that each KOC belongs to. */
final class EvaluatedKocs {
    private EvaluatedKocs() {}

    /**
     * Selects the KOCs ({@link KocEligibility#isKoc}) who are not revoked.
     *
     * @param pools koc_id, user_id on the cutoff
     * @param users one row per user: user_id, role
     * @param ranking koc_ranking of the cutoff
     * @param mix koc_pool_mix of the cutoff
     * @return one row per KOC: koc_id, pool_size, portrait, level, pool_band
     */
    static Dataset<Row> select(
            Dataset<Row> pools, Dataset<Row> users, Dataset<Row> ranking, Dataset<Row> mix, BacktestSettings settings) {
        Dataset<Row> roles = users.select(col("user_id").as("koc_id"), col("role"));
        Dataset<Row> largestPortraits = mix.groupBy("koc_id")
                .agg(max_by(col("portrait_name"), struct(col("members"), col("portrait_id")))
                        .as("portrait"));
        String[] koc = {"koc_id"};
        return pools.groupBy("koc_id")
                .agg(count(lit(1)).as("pool_size"))
                .join(roles, koc, "left")
                .where(KocEligibility.isKoc(KocType.fromRole(col("role")), col("pool_size"), settings.minPool()))
                .join(ranking.select("koc_id", "level"), koc, "left")
                .where(not(KocLevels.isRevoked(col("level"))))
                .join(largestPortraits, koc, "left")
                .select(
                        col("koc_id"),
                        col("pool_size"),
                        coalesce(col("portrait"), lit(Absent.NONE)).as("portrait"),
                        coalesce(col("level"), lit(Absent.NONE)).as("level"),
                        poolBand(col("pool_size"), settings.poolBands()).as("pool_band"));
    }

    /** The name of the band that a size is in. With the bounds 20 and 50: 1-19, 20-49 or 50+. */
    private static Column poolBand(Column size, List<Integer> bounds) {
        Column band = lit("1-" + (bounds.isEmpty() ? "" : bounds.get(0) - 1));
        for (int i = 0; i < bounds.size(); i++) {
            String name = i + 1 < bounds.size() ? bounds.get(i) + "-" + (bounds.get(i + 1) - 1) : bounds.get(i) + "+";
            band = when(size.geq(bounds.get(i)), name).otherwise(band);
        }
        return band;
    }
}
