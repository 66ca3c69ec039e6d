package koc.features;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import koc.rules.CategoryPath;
import koc.tables.Frame;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** The category and list price of each product, and the arrivals for which they are valid. */
final class ProductPeriods {
    /** The descriptions of the products. */
    static final Frame PRODUCT_PERIODS = Frame.named("product_periods")
            .grain("one row per product and period in which its description is valid")
            .columns("""
                    product_id  STRING COMMENT 'Identifier of the product',
                    list_price  DECIMAL(18,4) COMMENT 'List price; null when unknown',
                    category    STRING COMMENT 'Category, cut to the levels that are kept; null when unknown',
                    valid_from  DATE COMMENT 'First arrival of the period',
                    valid_until DATE COMMENT 'First arrival after the period'""");

    private ProductPeriods() {}

    /**
     * Product x arrival grain -> {@link #PRODUCT_PERIODS}. The first description of a product is also valid for earlier
     * arrivals: products that land as one flat folder arrive on the run date, after most events.
     */
    static Dataset<Row> compute(Dataset<Row> products, int categoryDepth) {
        WindowSpec ofProduct = Window.partitionBy("product_id").orderBy("arrived");
        Column next = lead("arrived", 1).over(ofProduct);
        Column isFirst = lag("arrived", 1).over(ofProduct).isNull();
        return products.select(
                col("product_id"),
                col("price").as("list_price"),
                CategoryPath.truncate(col("category"), categoryDepth).as("category"),
                when(isFirst, lit("0001-01-01").cast("date"))
                        .otherwise(col("arrived"))
                        .as("valid_from"),
                coalesce(next, lit("9999-12-31").cast("date")).as("valid_until"));
    }

    /**
     * Adds {@code category} and {@code list_price} as valid for the arrival of each row; null for an unknown product. Keeps
     * the grain.
     *
     * @param rows need product_id and arrived
     * @param productPeriods {@link #PRODUCT_PERIODS}
     */
    static Dataset<Row> withProducts(Dataset<Row> rows, Dataset<Row> productPeriods) {
        Dataset<Row> periods = productPeriods.withColumnRenamed("product_id", "period_product_id");
        return rows.join(
                        periods,
                        rows.col("product_id")
                                .equalTo(periods.col("period_product_id"))
                                .and(rows.col("arrived").geq(periods.col("valid_from")))
                                .and(rows.col("arrived").lt(periods.col("valid_until"))),
                        "left")
                .drop("period_product_id", "valid_from", "valid_until");
    }
}
