package koc.growth;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;

import java.time.LocalDate;
import koc.rules.CategoryPath;
import koc.rules.DayWindow;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** How often each user shared products of each category in the last 90 days. */
public final class CategoryShares {
    /**
     * One row per user (as {@code koc_id}) and category with at least one share; products without a category are
     * left out.
     */
    public static final StructType SCHEMA = StructType.fromDDL("koc_id STRING, category STRING, shares LONG");

    private CategoryShares() {}

    /**
     * user_product_days -> one row per user and category ({@link #SCHEMA}).
     *
     * @param productDays user_product_days up to the day
     * @param products product_id, category (truncated)
     */
    public static Dataset<Row> count(Dataset<Row> productDays, Dataset<Row> products, LocalDate day) {
        return productDays
                .where(DayWindow.includes(col("day"), day, 90).and(col("shares").gt(0)))
                .join(products, new String[] {"product_id"}, "inner")
                .where(CategoryPath.isPresent(col("category")))
                .groupBy(col("user_id").as("koc_id"), col("category"))
                .agg(sum("shares").as("shares"))
                .to(SCHEMA);
    }
}
