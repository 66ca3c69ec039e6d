package koc.recommend.products;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pow;

import koc.rules.ProductUse;
import koc.tables.Frame;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Computes which products each KOC uses, and which ones are blocked for them ({@link ProductUse}). */
public final class OwnUse {
    /** What {@link #compute} returns. */
    public static final Frame OWN_USE = Frame.named("own_use")
            .grain("one row per KOC and product that they bought, reviewed or complained about")
            .columns("""
            koc_number      INT COMMENT 'Number of the KOC',
            product_number  INT COMMENT 'Number of the product',
            uses            BIGINT COMMENT 'Days with a kept purchase, and reviews of four or five stars',
            product_loyalty DOUBLE COMMENT '1 - .5^uses, 0..1',
            is_blocked      BOOLEAN COMMENT 'Whether the KOC complained about it, returned it or gave it one or two stars',
            is_approved     BOOLEAN COMMENT 'Whether the KOC uses it, and it is not blocked'""");

    private OwnUse() {}

    /**
     * Counts each KOC's uses of each product: days with a kept purchase, and reviews of four or five stars. {@code
     * product_loyalty = 1 - .5^uses}: 0 without any, .5 when bought once, .75 when bought twice, or bought once and
     * reviewed well.
     *
     * @param userProductDays user_product_days up to the day
     * @param kocs koc_id, koc_number
     * @param products product_id, product_number
     * @return {@link #OWN_USE}
     */
    public static Dataset<Row> compute(Dataset<Row> userProductDays, Dataset<Row> kocs, Dataset<Row> products) {
        Dataset<Row> numbers = kocs.select(col("koc_id").as("user_id"), col("koc_number"));
        return ProductUse.judge(userProductDays.join(numbers, new String[] {"user_id"}, "left_semi"))
                .join(numbers, new String[] {"user_id"}, "inner")
                .join(products.select("product_id", "product_number"), new String[] {"product_id"}, "inner")
                .select(
                        col("koc_number"),
                        col("product_number"),
                        col("uses"),
                        lit(1.0).minus(pow(lit(0.5), col("uses"))).as("product_loyalty"),
                        col("is_blocked"),
                        col("is_approved"));
    }
}
