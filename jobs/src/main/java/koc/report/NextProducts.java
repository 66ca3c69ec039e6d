package koc.report;

import static org.apache.spark.sql.functions.bool_or;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What each KOC shares next, on the KOC board, or why nothing. */
final class NextProducts {
    private NextProducts() {}

    /**
     * Recommendations -> one row per KOC with a list: the next product, null without one; is_actionable, whether the KOC could
     * act on any product; and most_expected_buyers of any product that need not be checked first, null without
     * one.
     *
     * @param recommendations koc_recommendations
     */
    static Dataset<Row> choose(Dataset<Row> recommendations) {
        Column next = struct(
                "product_id",
                "title",
                "expected_buyers",
                "from_influence",
                "extra_buyers_if_shared",
                "extra_buyers_if_shared_low",
                "extra_buyers_if_shared_high",
                "extra_margin_if_shared",
                "extra_margin_if_shared_low",
                "unit_cost",
                "usual_buyers",
                "is_above_record",
                "no_buyer_chance",
                "horizon_days",
                "extra_days",
                "advice");
        return recommendations
                .groupBy("koc_id")
                .agg(
                        max_by(next, when(col("is_next_product"), 1)).as("next"),
                        bool_or(col("is_actionable")).as("is_actionable"),
                        max(when(not(col("advice").eqNullSafe("check first")), col("expected_buyers")))
                                .as("most_expected_buyers"))
                .orderBy("koc_id")
                .select("koc_id", "next.*", "is_actionable", "most_expected_buyers");
    }
}
