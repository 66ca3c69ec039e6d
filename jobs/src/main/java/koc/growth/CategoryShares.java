package koc.growth;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;

import java.time.LocalDate;
import koc.rules.CategoryPath;
import koc.rules.DayWindow;
import koc.tables.Frame;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How often each user shared products of each category in the last 90 days. */
public final class CategoryShares {
    /** Shares of products with a category; products without one are left out. */
    public static final Frame CATEGORY_SHARES = Frame.named("category_shares")
            .grain("one row per user (as koc_id) and category with at least one share")
            .columns("""
                    koc_id   STRING COMMENT 'Who shared',
                    category STRING COMMENT 'Category of the products, cut to the configured depth',
                    shares   BIGINT COMMENT 'Shares of 90 days'""");

    /** Days of the shares that are counted. */
    private static final int DAYS = 90;

    private CategoryShares() {}

    /**
     * user_product_days -> one row per user and category ({@link #CATEGORY_SHARES}).
     *
     * @param productDays user_product_days up to the day
     * @param products product_id, category (truncated)
     */
    public static Dataset<Row> count(Dataset<Row> productDays, Dataset<Row> products, LocalDate day) {
        return productDays
                .where(DayWindow.includes(col("day"), day, DAYS)
                        .and(col("shares").gt(0)))
                .join(products, new String[] {"product_id"}, "inner")
                .where(CategoryPath.isPresent(col("category")))
                .groupBy(col("user_id").as("koc_id"), col("category"))
                .agg(sum("shares").as("shares"))
                .to(CATEGORY_SHARES.schema());
    }
}
