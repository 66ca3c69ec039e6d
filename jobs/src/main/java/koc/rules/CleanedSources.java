package koc.rules;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.time.LocalDate;
import koc.tables.CleanTables;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Cleaned sources as of a day, in the form that several jobs need. */
public final class CleanedSources {
    private CleanedSources() {}

    /** Every event that happened up to the day. */
    public static Dataset<Row> events(Warehouse tables, LocalDate day) {
        return tables.readUpTo(CleanTables.EVENTS, day).where(col("day").leq(lit(day)));
    }

    /**
     * One row per product: product_id and category, cut to a number of levels; {@link CategoryPath#NONE} without one.
     *
     * @param categoryDepth levels of the category path to keep
     */
    public static Dataset<Row> productCategories(Warehouse tables, LocalDate day, int categoryDepth) {
        return tables.readLatest(CleanTables.PRODUCTS, day)
                .select(
                        col("product_id"),
                        CategoryPath.truncate(col("category"), categoryDepth).as("category"));
    }
}
