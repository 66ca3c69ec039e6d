package koc.clean;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;

import koc.tables.CleanTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Lists the products that have a row in products, and since when: events about others are orphans. */
final class DescribedProducts {
    private DescribedProducts() {}

    /**
     * One row for each product that any arrival describes: product_id and first_arrived, the day of the first such arrival.
     * A flat source describes its products for all time.
     *
     * @param products the products that this run has cleaned
     */
    static Dataset<Row> list(CleanRun cleanRun, CleanedSource products) {
        SourceArrivals arrivals = products.arrivals();
        Dataset<Row> accepted = products.accepted();
        if (arrivals.folder().isFlat()) {
            return accepted.select(col("product_id"), lit(CleanRun.FIRST_DATE).as("first_arrived"));
        }
        return cleanRun.warehouse()
                .readUpTo(CleanTables.PRODUCTS, CleanRun.LAST_DATE)
                .where(not(col("arrived").isin(arrivals.days().toArray())))
                .select("product_id", "arrived")
                .union(accepted.select("product_id", "arrived"))
                .groupBy("product_id")
                .agg(min("arrived").as("first_arrived"));
    }
}
