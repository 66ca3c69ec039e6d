package koc.fit;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.stream.Stream;
import koc.rules.KeptPurchases;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Who bought what, ever and in the window. */
final class FitHistory {
    private FitHistory() {}

    /**
     * Arrived x day x user x product grain -> user x product grain over all days up to the run date.
     *
     * <p>Adds kept_units (bought less given back), window_units (the same in the window), purchase_days, first_day and
     * last_day of purchases, and the sums of lines, money, complaints and reviews.
     */
    static Dataset<Row> pairs(Dataset<Row> productDays, LocalDate before, LocalDate day) {
        Column kept = KeptPurchases.units();
        Column bought = col("purchase_lines").gt(0);
        Column inWindow = col("day").gt(lit(before)).and(col("day").leq(lit(day)));
        return productDays
                .where(col("day").leq(lit(day)))
                .groupBy("user_id", "product_id")
                .agg(
                        sum(kept).as("kept_units"),
                        sum(when(inWindow, kept).otherwise(0)).as("window_units"),
                        count_distinct(when(bought, col("day"))).as("purchase_days"),
                        min(when(bought, col("day"))).as("first_day"),
                        max(when(bought, col("day"))).as("last_day"),
                        sum("purchase_lines").as("purchase_lines"),
                        sum("refunded_lines").as("refunded_lines"),
                        sum("units").as("units"),
                        sum("gross_spend").as("gross_spend"),
                        sum("complaints").as("complaints"),
                        sum("reviews").as("reviews"),
                        sum("rating_sum").as("rating_sum"),
                        sum("bad_reviews").as("bad_reviews"));
    }

    /** User x product grain of who bought and kept something in the window, with the portrait from before it. */
    static Dataset<Row> windowBuyers(Dataset<Row> pairs, Dataset<Row> exposed, Dataset<Row> products) {
        return withPortraitAndProduct(pairs.where("window_units > 0"), exposed, products);
    }

    /** User x product grain of who ever bought and kept something, with today's portrait. */
    static Dataset<Row> buyers(Dataset<Row> pairs, Dataset<Row> members, Dataset<Row> products) {
        return withPortraitAndProduct(pairs.where("kept_units > 0"), members, products);
    }

    /** User x product grain -> user x thing grain: a user who bought two products of a category is one buyer of it. */
    static Dataset<Row> distinct(Dataset<Row> bought, String... thing) {
        return bought.groupBy(Stream.concat(Stream.of("user_id", "portrait_id"), Stream.of(thing))
                        .map(name -> col(name))
                        .toArray(Column[]::new))
                .agg(sum(lit(1)).as("products"))
                .drop("products");
    }

    private static Dataset<Row> withPortraitAndProduct(
            Dataset<Row> pairs, Dataset<Row> portraits, Dataset<Row> products) {
        return pairs.select("user_id", "product_id")
                .join(portraits.select("user_id", "portrait_id"), new String[] {"user_id"}, "inner")
                .join(products.select("product_id", "path", "brand"), new String[] {"product_id"}, "inner");
    }
}
