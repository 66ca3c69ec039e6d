package koc.recommend;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.when;

import koc.tables.InfluenceTables;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How far each KOC moves each portrait. */
final class KocInfluence {
    private KocInfluence() {}

    /**
     * The influence lift of each KOC with each portrait; with a portrait it never reached, that with its whole pool.
     *
     * @param influence koc_influence of the day
     * @return koc_id, lifts (by place)
     */
    static Dataset<Row> lifts(Dataset<Row> influence, PortraitOrder order) {
        Column whole = max(when(col("portrait_id").equalTo(InfluenceTables.WHOLE_POOL), col("influence_lift")));
        return influence
                .groupBy("koc_id")
                .agg(order.arrayOf(place -> place == order.size()
                                ? coalesce(whole, lit(1.0))
                                : coalesce(
                                        max(when(
                                                col("portrait_id")
                                                        .equalTo(order.portraits()
                                                                .get(place)
                                                                .id()),
                                                col("influence_lift"))),
                                        whole,
                                        lit(1.0)))
                        .as("lifts"));
    }

    /** The lifts, 1 for a KOC of whose influence nothing is known. */
    static Column known(PortraitOrder order) {
        return coalesce(col("lifts"), order.arrayOf(place -> lit(1.0)));
    }
}
