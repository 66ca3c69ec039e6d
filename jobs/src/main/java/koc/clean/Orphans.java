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
    /** Whether the product of the event is unknown. */
    private static final String IS_ORPHAN = "is_orphan";

    private Orphans() {}

    /**
     * The same rows with {@link #IS_ORPHAN}: looked up once, for every step after it reads the rows again.
     *
     * @param products one row a product_id, with {@code known_from}, its first arrival
     */
    static Dataset<Row> marked(Dataset<Row> checked, Dataset<Row> products) {
        Dataset<Row> known = products.withColumnRenamed("product_id", "known_product_id");
        Column isKnown = col("product_id")
                .equalTo(col("known_product_id"))
                .and(col("known_from").leq(col("arrived")));
        return checked.join(broadcast(known), isKnown, "left")
                .withColumn(
                        IS_ORPHAN,
                        col("product_id")
                                .isNotNull()
                                .and(col("known_product_id").isNull()))
                .drop("known_product_id", "known_from");
    }

    /** The same rows with a verdict on those that are {@link #marked} and have none. */
    static Dataset<Row> judge(Dataset<Row> marked) {
        return marked.withColumn(
                VERDICT,
                when(
                                col(VERDICT).isNull().and(col(IS_ORPHAN)),
                                RowChecks.code(RejectReason.ORPHAN_PRODUCT, "product_id"))
                        .otherwise(col(VERDICT)));
    }
}
