package koc.kocs.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;

import koc.rules.KocType;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Sums the purchases, reviews and complaints of the members of a guide's pool. */
public final class PoolFeedback {
    private PoolFeedback() {}

    /**
     * Tie grain -> one row per guide whose pool bought, reviewed or complained in 90 days.
     *
     * @param ties tie_strengths of the day
     * @param candidates {@link KocCandidates#CANDIDATES}
     * @param histories {@link PurchaseHistories#HISTORIES}
     * @return koc_id, pool_lines (purchase lines), pool_reviews, pool_rating_sum, pool_complaints
     */
    public static Dataset<Row> sumByGuide(Dataset<Row> ties, Dataset<Row> candidates, Dataset<Row> histories) {
        Dataset<Row> guides =
                candidates.where(KocType.GUIDE.is(col("koc_type"))).select("koc_id");
        Dataset<Row> members = histories
                .where("purchase_lines_90d > 0 OR reviews_90d > 0 OR complaints_90d > 0")
                .select("user_id", "purchase_lines_90d", "reviews_90d", "rating_sum_90d", "complaints_90d");
        return ties.select("koc_id", "user_id")
                .join(guides, new String[] {"koc_id"}, "left_semi")
                .join(members, new String[] {"user_id"}, "inner")
                .groupBy("koc_id")
                .agg(
                        sum("purchase_lines_90d").as("pool_lines"),
                        sum("reviews_90d").as("pool_reviews"),
                        sum("rating_sum_90d").as("pool_rating_sum"),
                        sum("complaints_90d").as("pool_complaints"));
    }
}
