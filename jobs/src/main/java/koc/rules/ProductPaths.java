package koc.rules;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The category of a product, or the group of products that stands in for it. */
public final class ProductPaths {
    private ProductPaths() {}

    /**
     * Product grain -> product grain: adds path, the category cut to its first levels. For a product without a category it
     * is the name of its group, or {@link Absent#NONE} without one.
     *
     * @param products product_id, category
     * @param productGroups product_groups of the run date
     * @param categoryDepth number of levels of the category path to keep
     */
    public static Dataset<Row> withPath(Dataset<Row> products, Dataset<Row> productGroups, int categoryDepth) {
        Column category = CategoryPath.truncate(col("category"), categoryDepth);
        return products.join(
                        broadcast(productGroups.select(
                                col("product_id"), col("name").as("group_name"))),
                        new String[] {"product_id"},
                        "left")
                .withColumn(
                        "path",
                        when(CategoryPath.isPresent(category), category)
                                .otherwise(coalesce(col("group_name"), category)))
                .drop("group_name");
    }
}
