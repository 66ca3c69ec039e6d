package koc.growth;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;

import koc.rules.CategoryPath;
import koc.rules.RegionKey;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Where users live, and which category they prefer. */
public final class GrowthUsers {
    private GrowthUsers() {}

    /**
     * users -> the same rows with region, top_category and top_category_fraction.
     *
     * <p>{@code region} ({@link RegionKey#region}) is null without a county. {@code top_category} is the category
     * with the largest fraction of the user's attention, and {@code top_category_fraction} that fraction, 0..1; both
     * are null for users without a known category.
     *
     * @param users one row per user
     * @param userCategories user_categories as of the day
     */
    public static Dataset<Row> describe(Dataset<Row> users, Dataset<Row> userCategories) {
        Dataset<Row> preferences = userCategories
                .where(CategoryPath.isPresent(col("category")))
                .groupBy("user_id")
                .agg(max(struct("attention_fraction", "category")).as("top"))
                .select(
                        col("user_id"),
                        col("top.category").as("top_category"),
                        col("top.attention_fraction").as("top_category_fraction"));
        return users.withColumn("region", RegionKey.region()).join(preferences, new String[] {"user_id"}, "left");
    }
}
