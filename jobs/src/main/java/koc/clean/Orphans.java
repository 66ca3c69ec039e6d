package koc.clean;

import static koc.clean.RowChecks.VERDICT;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Events about products that nobody described up to the arrival of the event. */
final class Orphans {
    private Orphans() {}

    /**
     * The same rows with a verdict on those whose product is unknown.
     *
     * @param products one row a product_id, with {@code known_from}, its first arrival
     */
    static Dataset<Row> judge(Dataset<Row> judged, Dataset<Row> products) {
        Dataset<Row> known = products.withColumnRenamed("product_id", "known_product_id");
        Column isKnown = col("product_id")
                .equalTo(col("known_product_id"))
                .and(col("known_from").leq(col("arrived")));
        Column isOrphan = col(VERDICT)
                .isNull()
                .and(col("product_id").isNotNull())
                .and(col("known_product_id").isNull());
        return judged.join(broadcast(known), isKnown, "left")
                .withColumn(
                        VERDICT,
                        when(isOrphan, RowChecks.code(RejectReason.ORPHAN_PRODUCT, "product_id"))
                                .otherwise(col(VERDICT)))
                .drop("known_product_id", "known_from");
    }
}
