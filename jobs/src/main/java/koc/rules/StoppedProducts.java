package koc.rules;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;

import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Products that nobody should share any more, and who shared them lately. */
public final class StoppedProducts {
    /** Of product_profile: the quality gate refuses the product, and somebody bought it. */
    public static final String IS_STOPPED = "quality_gate <> 'pass' AND buyers > 0";
    /** Days in which a share counts as done lately. */
    public static final int DAYS = 28;

    private StoppedProducts() {}

    /**
     * One row per product and person who shared it lately: product_id, koc_id, title and shares.
     *
     * @param productDays user_product_days up to the day
     * @param profiles product_profile of the day
     */
    public static Dataset<Row> selectSharers(Dataset<Row> productDays, Dataset<Row> profiles, LocalDate day) {
        return productDays
                .where(DayWindow.includes(col("day"), day, DAYS)
                        .and(col("shares").gt(0)))
                .join(profiles.where(IS_STOPPED).select("product_id", "title"), new String[] {"product_id"}, "inner")
                .groupBy(col("product_id"), col("user_id").as("koc_id"), col("title"))
                .agg(sum("shares").as("shares"));
    }
}
