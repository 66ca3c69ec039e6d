package koc.kocs.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;

import koc.kocs.ConditionalSums;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Counts how much of the content that a person shares they published first. */
public final class ContentOriginality {
    private ContentOriginality() {}

    /**
     * Content x sharer grain -> one row per person who shared content in 90 days.
     *
     * @param contentSharing content_id, koc_id, is_author and shares_90d, as {@link
     *     koc.rules.ContentSharing#computeSharers} returns them
     * @return koc_id, content_shares_90d (shares that name their content), original_shares_90d (shares of content
     *     that the person was the first to share)
     */
    public static Dataset<Row> count(Dataset<Row> contentSharing) {
        return contentSharing
                .where("shares_90d > 0")
                .groupBy("koc_id")
                .agg(
                        sum("shares_90d").as("content_shares_90d"),
                        ConditionalSums.sumWhere(col("is_author"), "shares_90d").as("original_shares_90d"));
    }
}
