package koc.recommend.pools;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.when;

import koc.recommend.PortraitIndex;
import koc.tables.InfluenceTables;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How much more each portrait buys when a KOC recommends. */
public final class KocInfluence {
    private KocInfluence() {}

    /**
     * The influence lift of each KOC on each portrait. A portrait that the KOC never reached gets the lift on the whole
     * pool.
     *
     * @param influence koc_influence of the day
     * @return koc_id, lifts (array by portrait)
     */
    public static Dataset<Row> computeLifts(Dataset<Row> influence, PortraitIndex portraits) {
        return computeLifts(influence, portraits, "influence_lift");
    }

    /**
     * The same for another column of koc_influence, such as an end of the interval.
     *
     * @param lift column of the lift
     */
    public static Dataset<Row> computeLifts(Dataset<Row> influence, PortraitIndex portraits, String lift) {
        Column wholePool = max(when(col("portrait_id").equalTo(InfluenceTables.WHOLE_POOL), col(lift)));
        return influence
                .groupBy("koc_id")
                .agg(portraits
                        .arrayOf(index -> index == portraits.withoutPortrait()
                                ? coalesce(wholePool, lit(1.0))
                                : coalesce(portraits.valueOf(index, lift), wholePool, lit(1.0)))
                        .as("lifts"));
    }

    /** The column lifts, with 1 for a KOC whose influence is unknown. */
    public static Column liftsWithDefault(PortraitIndex portraits) {
        return coalesce(col("lifts"), portraits.arrayOf(index -> lit(1.0)));
    }
}
