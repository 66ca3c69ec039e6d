package koc.recommend.products;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.sum;

import java.util.function.IntFunction;
import java.util.stream.IntStream;
import koc.recommend.PortraitIndex;
import koc.recommend.split.Ownership;
import koc.recommend.split.UserActivity;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * The fraction of each portrait's users who own each product. It is not the {@code buy_rate} of product_portrait_fit:
 * the prior mean differs, and it is computed as of any day, for training.
 *
 * @param shrinkage k: the prior's weight, in users
 */
public record PortraitRates(PortraitIndex portraits, double shrinkage) {
    private static final double SMALLEST_PRIOR = 1e-9;

    /**
     * Computes the rates: {@code rate = (owners + k x m) / (users + k)}. The prior mean m is the product's rate among
     * all users, times the category ratio {@code (C + k) / (E + k)}: the portrait has C owners of the category's
     * products, and E are expected at the rates of all users.
     *
     * <p>For example 2 of 30 users own it, k = 20, the rate of all users is .02, and the category ratio is (60 + 20) /
     * (20 + 20) = 2: the rate is (2 + 20 x .04) / 50 = .056. Users without a portrait get the rate of all users.
     *
     * @param counts as {@link #count} returns them
     * @return one row per product: product_number, population_rate (of all users), rates (array by portrait)
     */
    public Dataset<Row> compute(Dataset<Row> counts) {
        Dataset<Row> categories = counts.groupBy("path")
                .agg(sum("owners").as("category_owners"), perPortrait(index -> sum("owners_" + index)
                        .as("category_owners_" + index)));
        Column populationRate = col("owners").divide(nullif(col("total_users"), lit(0.0)));
        Column rates =
                portraits.arrayOf(index -> index == portraits.withoutPortrait() ? col("population_rate") : rate(index));
        return counts.join(categories, new String[] {"path"}, "inner")
                .withColumn("population_rate", coalesce(populationRate, lit(0.0)))
                .select(col("product_number"), col("population_rate"), rates.as("rates"));
    }

    /**
     * Counts the owners of each product.
     *
     * @param owned {@link Ownership#OWNED}
     * @param users {@link UserActivity#USERS}: every user
     * @param products product_number, path, offered_days, history_days: every product
     * @return one row per product: product_number, path, offered_days, history_days, owners, owners_0, .. (by
     *     portrait), total_users, users_0, .. (by portrait)
     */
    public Dataset<Row> count(Dataset<Row> owned, Dataset<Row> users, Dataset<Row> products) {
        Dataset<Row> totals = users.agg(functions.count(lit(1)).cast("double").as("total_users"), countOf("users_"));
        Dataset<Row> owners = owned.join(users.select("user_id", "portrait_index"), new String[] {"user_id"}, "inner")
                .groupBy("product_number")
                .agg(functions.count(lit(1)).as("owners"), countOf("owners_"));
        return products.select("product_number", "path", "offered_days", "history_days")
                .join(owners, new String[] {"product_number"}, "left")
                .na()
                .fill(0L)
                .crossJoin(totals);
    }

    private Column[] countOf(String prefix) {
        return perPortrait(index -> count_if(PortraitIndex.isIn(index)).as(prefix + index));
    }

    private Column[] perPortrait(IntFunction<Column> column) {
        return IntStream.range(0, portraits.size()).mapToObj(column).toArray(Column[]::new);
    }

    private Column rate(int index) {
        Column users = col("users_" + index).cast("double");
        // Above 0 to avoid 0 / 0: a category may have no buyers, and a portrait no users.
        double prior = shrinkage + SMALLEST_PRIOR;
        Column expected = users.multiply(col("category_owners")).divide(nullif(col("total_users"), lit(0.0)));
        Column categoryRatio = col("category_owners_" + index).plus(prior).divide(expected.plus(prior));
        return least(
                lit(1.0),
                col("owners_" + index)
                        .plus(categoryRatio.multiply(col("population_rate")).multiply(shrinkage))
                        .divide(users.plus(prior)));
    }
}
