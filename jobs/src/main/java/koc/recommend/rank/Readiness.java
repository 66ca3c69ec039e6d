package koc.recommend.rank;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import koc.recommend.TargetEvent;
import koc.recommend.products.OwnUse;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Judges for each KOC and product whether the KOC is ready to recommend it.
 *
 * <p>A KOC who is not tied to the brand is ready for no product. A KOC who approves too few of the products that they
 * tried is ready only for those that they use and approve. Products that a KOC complained about, returned or rated
 * badly are no candidates at all ({@link OwnUse}).
 */
public final class Readiness {
    /** The KOC is not tied to the brand. */
    public static final String NOT_TIED = "tie";

    /** The KOC approves too few products, and does not use this one. */
    public static final String NOT_APPROVED = "approval";

    private Readiness() {}

    /**
     * Adds not_ready_reason: {@link #NOT_TIED}, {@link #NOT_APPROVED} or null when the KOC is ready. A KOC who is not
     * ranked counts as ready. With another target event than purchases nobody's ties to the brand are known, and all
     * are ready.
     *
     * @param scored as {@link Scoring#score} returns it, with is_approved of the KOC's own use
     * @param kocs koc_number, koc_id
     * @param ranking koc_ranking of the day
     */
    public static Dataset<Row> mark(Dataset<Row> scored, Dataset<Row> kocs, Dataset<Row> ranking, TargetEvent event) {
        if (event != TargetEvent.PURCHASE) {
            return scored.withColumn("not_ready_reason", lit(null).cast("string"));
        }
        Dataset<Row> readiness = kocs.select("koc_number", "koc_id")
                .join(
                        ranking.select("koc_id", "is_tied_to_brand", "approves_products"),
                        new String[] {"koc_id"},
                        "inner")
                .drop("koc_id");
        Column isApproved = coalesce(col("is_approved"), lit(false));
        return scored.join(broadcast(readiness), new String[] {"koc_number"}, "left")
                .withColumn(
                        "not_ready_reason",
                        when(not(col("is_tied_to_brand")), NOT_TIED)
                                .when(not(col("approves_products")).and(not(isApproved)), NOT_APPROVED))
                .drop("is_tied_to_brand", "approves_products");
    }
}
