package koc.clean;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rejects events about products that no products row describes up to the arrival of the event. */
final class OrphanEvents {
    /** The product of the event if it is described; null otherwise. */
    private static final String DESCRIBED = "described_product_id";

    private OrphanEvents() {}

    /**
     * The same rows with {@code described_product_id}. The look-up is made once, because later steps read the rows several
     * times.
     *
     * @param products one row per product, as {@link DescribedProducts} returns them
     */
    static Dataset<Row> withDescribedProduct(Dataset<Row> events, Dataset<Row> products) {
        Dataset<Row> described = products.withColumnRenamed("product_id", DESCRIBED);
        Column isDescribed = col("product_id")
                .equalTo(col(DESCRIBED))
                .and(col("first_arrived").leq(col("arrived")));
        return events.join(broadcast(described), isDescribed, "left");
    }

    /** The same rows, with accepted orphans rejected. Needs the column of {@link #withDescribedProduct}. */
    static Dataset<Row> reject(Dataset<Row> events) {
        Column isOrphan = col("product_id").isNotNull().and(col(DESCRIBED).isNull());
        return events.withColumn(
                Verdict.COLUMN,
                when(Verdict.isAccepted().and(isOrphan), Verdict.reject(RejectReason.ORPHAN_PRODUCT, "product_id"))
                        .otherwise(col(Verdict.COLUMN)));
    }
}
