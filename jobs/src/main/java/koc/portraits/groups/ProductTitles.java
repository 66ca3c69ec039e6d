package koc.portraits.groups;

import static org.apache.spark.sql.functions.col;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import koc.tables.CleanTables;
import koc.text.ShortName;
import koc.warehouse.Warehouse;

/** Titles of a few products, for names. */
public final class ProductTitles {
    /** Characters of a title in the name of a group or portrait. */
    private static final int MAX_LENGTH = 40;

    private ProductTitles() {}

    /** The titles of these products as of a day, shortened, by product; products without a title are left out. */
    public static Map<String, String> read(Warehouse warehouse, LocalDate day, List<String> products) {
        Map<String, String> titles = new HashMap<>();
        if (products.isEmpty()) {
            return titles;
        }
        warehouse
                .readLatest(CleanTables.PRODUCTS, day)
                .where(col("product_id").isInCollection(products))
                .select(
                        col("product_id"),
                        ShortName.of(col("title"), MAX_LENGTH).as("title"))
                .where("title IS NOT NULL")
                .collectAsList()
                .forEach(row -> titles.put(row.getString(0), row.getString(1)));
        return titles;
    }
}
