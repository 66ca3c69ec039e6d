package koc.clean;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;

import java.util.HashMap;
import java.util.Map;
import koc.spark.Checkpoints;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;

/** Rejects events about products that no products row describes up to the arrival of the event. */
final class OrphanEvents {
    /** Whether the product of the event is described; null without a product. */
    private static final String IS_DESCRIBED = "is_described_product";

    private OrphanEvents() {}

    /**
     * The same rows with {@code is_described_product}. The look-up is made once, because later steps read the rows
     * several times. It is no join, which would copy the wide rows once more.
     *
     * @param products one row per product, as {@link DescribedProducts} returns them
     */
    static Dataset<Row> withDescribedProduct(Dataset<Row> events, Dataset<Row> products, Checkpoints checkpoints) {
        Map<String, Integer> days = new HashMap<>();
        products.select(col("product_id"), unix_date(col("first_arrived")))
                .collectAsList()
                .forEach(row -> days.put(row.getString(0), row.getInt(1)));
        Broadcast<Map<String, Integer>> firstArrived = checkpoints.broadcast(events.sparkSession(), days);
        UDF2<String, Integer, Boolean> isDescribed =
                (product, arrived) -> firstArrived.value().getOrDefault(product, Integer.MAX_VALUE) <= arrived;
        Column described = udf(isDescribed, DataTypes.BooleanType).apply(col("product_id"), unix_date(col("arrived")));
        return events.withColumn(IS_DESCRIBED, when(col("product_id").isNotNull(), described));
    }

    /** The same rows, with accepted orphans rejected. Needs the column of {@link #withDescribedProduct}. */
    static Dataset<Row> reject(Dataset<Row> events) {
        Column isOrphan = col(IS_DESCRIBED).equalTo(false);
        return events.withColumn(
                Verdict.COLUMN,
                when(Verdict.isAccepted().and(isOrphan), Verdict.reject(RejectReason.ORPHAN_PRODUCT, "product_id"))
                        .otherwise(col(Verdict.COLUMN)));
    }
}
