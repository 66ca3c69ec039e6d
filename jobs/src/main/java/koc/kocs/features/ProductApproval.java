package koc.kocs.features;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import koc.rules.ProductUse;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Counts the products that a person approves, and lists those that are blocked for them. */
public final class ProductApproval {
    private ProductApproval() {}

    /**
     * User x product grain -> one row per person who tried a product.
     *
     * <p>Products that the quality gate refuses are left out: nobody recommends them, so a complaint about one says
     * nothing about the brand's other products.
     *
     * @param productUse {@link ProductUse#PRODUCT_USE}
     * @param profiles product_profile of the day
     * @return koc_id, products_approved, products_blocked, blocked (the blocked products with cause and title)
     */
    public static Dataset<Row> count(Dataset<Row> productUse, Dataset<Row> profiles) {
        Dataset<Row> refused = profiles.where(coalesce(col("quality_gate").notEqual("pass"), lit(false)))
                .select("product_id");
        // At most as many as the person tried.
        return productUse
                .join(refused, new String[] {"product_id"}, "left_anti")
                .join(profiles.select("product_id", "title"), new String[] {"product_id"}, "left")
                .groupBy(col("user_id").as("koc_id"))
                .agg(
                        count_if(col("is_approved")).as("products_approved"),
                        count_if(col("is_blocked")).as("products_blocked"),
                        sort_array(collect_list(when(
                                        col("is_blocked"),
                                        struct("product_id", "complaints", "refunded_units", "bad_reviews", "title"))))
                                .as("blocked"));
    }
}
