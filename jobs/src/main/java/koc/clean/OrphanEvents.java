package koc.clean;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rejects events about products that no products row describes up to the arrival of the event. */
final class OrphanEvents {
    /** Whether the product of the event is not described. */
    private static final String IS_ORPHAN = "is_orphan";

    private OrphanEvents() {}

    /**
     * The same rows with {@code is_orphan}. The look-up is made once, because later steps read the rows several times.
     *
     * @param products one row per product, as {@link DescribedProducts} returns them
     */
    static Dataset<Row> withOrphanFlag(Dataset<Row> events, Dataset<Row> products) {
        Dataset<Row> described = products.withColumnRenamed("product_id", "described_product_id");
        Column isDescribed = col("product_id")
                .equalTo(col("described_product_id"))
                .and(col("first_arrived").leq(col("arrived")));
        return events.join(broadcast(described), isDescribed, "left")
                .withColumn(
                        IS_ORPHAN,
                        col("product_id")
                                .isNotNull()
                                .and(col("described_product_id").isNull()))
                .drop("described_product_id", "first_arrived");
    }

    /** The same rows, with accepted orphans rejected. Needs the column of {@link #withOrphanFlag}. */
    static Dataset<Row> reject(Dataset<Row> events) {
        return events.withColumn(
                Verdict.COLUMN,
                when(
                                Verdict.isAccepted().and(col(IS_ORPHAN)),
                                Verdict.reject(RejectReason.ORPHAN_PRODUCT, "product_id"))
                        .otherwise(col(Verdict.COLUMN)));
    }
}
