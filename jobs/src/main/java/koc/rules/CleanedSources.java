package koc.rules;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.time.LocalDate;
import java.util.List;
import koc.tables.CleanTables;
import koc.tables.Frame;
import koc.warehouse.Table;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Reads cleaned sources as of a day, in forms that several jobs need. */
public final class CleanedSources {
    /** Products with their category, truncated to its first levels. */
    public static final Frame PRODUCT_CATEGORIES =
            Frame.named("product_categories").grain("one row per product").columns("""
                    product_id STRING NOT NULL COMMENT 'Identifier of the product',
                    category   STRING NOT NULL COMMENT 'First levels of its category path; (none) without one'""");

    private CleanedSources() {}

    /** All events that happened up to the day, from arrivals up to the day. */
    public static Dataset<Row> events(Warehouse warehouse, LocalDate day) {
        return warehouse.readUpTo(CleanTables.EVENTS, day).where(col("day").leq(lit(day)));
    }

    /** The names of the optional sources that have no row from arrivals up to the day. */
    public static List<String> absentSources(Warehouse warehouse, LocalDate day) {
        return CleanTables.OPTIONAL_SOURCES.stream()
                .filter(table -> warehouse.readUpTo(table, day).isEmpty())
                .map(Table::name)
                .toList();
    }

    /**
     * The products as of the day, as {@link #PRODUCT_CATEGORIES} declares them.
     *
     * @param categoryDepth number of levels of the category path to keep
     */
    public static Dataset<Row> productCategories(Warehouse warehouse, LocalDate day, int categoryDepth) {
        return warehouse
                .readLatest(CleanTables.PRODUCTS, day)
                .select(
                        col("product_id"),
                        CategoryPath.truncate(col("category"), categoryDepth).as("category"));
    }
}
