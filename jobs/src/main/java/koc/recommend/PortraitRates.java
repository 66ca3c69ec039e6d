package koc.recommend;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.sum;

import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Which share of each portrait has a product. */
final class PortraitRates {
    private static final double LEAST = 1e-9;

    private PortraitRates() {}

    /**
     * The share of each portrait's users who have each product, steadied: {@code rate = (holders + k x m) / (users + k)}
     * with {@code m} = everybody's share of the product x how much more than everybody the portrait has of the
     * product's category. For example 2 of 30 users, k = 20, everybody's share .02 in a category the portrait has twice
     * as often: (2 + 20 x .04) / 50 = .056.
     *
     * <p>The last place, of users without a portrait, has everybody's share.
     *
     * @param counted as {@link #counted} returns it
     * @return one row per product: product_number, share (everybody's, of who has it today), rates (by place)
     */
    static Dataset<Row> of(Dataset<Row> counted, PortraitOrder order, double shrinkage) {
        Column[] ofCategory = IntStream.range(0, order.size())
                .mapToObj(place -> sum("holders_" + place).as("category_holders_" + place))
                .toArray(Column[]::new);
        Dataset<Row> categories = counted.groupBy("path").agg(sum("holders").as("category_holders"), ofCategory);
        Column share = col("holders").divide(nullif(col("everybody"), lit(0.0)));
        Column[] rates = IntStream.rangeClosed(0, order.size())
                .mapToObj(place -> place == order.size() ? col("share") : rate(place, shrinkage))
                .toArray(Column[]::new);
        return counted.join(categories, new String[] {"path"}, "inner")
                .withColumn("share", coalesce(share, lit(0.0)))
                .select(col("product_number"), col("share"), array(rates).as("rates"));
    }

    /**
     * How many users have each product.
     *
     * @param holdings user_id, product_number: who has what
     * @param people user_id, place: every user
     * @param products product_number, path, offered_days, history_days: every product
     * @return these columns of products, holders, holders_0, .. (of them by place), everybody (all users), users_0, ..
     */
    static Dataset<Row> counted(
            Dataset<Row> holdings, Dataset<Row> people, Dataset<Row> products, PortraitOrder order) {
        Column[] users = IntStream.range(0, order.size())
                .mapToObj(place -> count_if(col("place").equalTo(place)).as("users_" + place))
                .toArray(Column[]::new);
        Dataset<Row> everybody = people.agg(count(lit(1)).cast("double").as("everybody"), users);
        Column[] holders = holders(order);
        Dataset<Row> counted = holdings.join(people.select("user_id", "place"), new String[] {"user_id"}, "inner")
                .groupBy("product_number")
                .agg(count(lit(1)).as("holders"), holders);
        return products.select("product_number", "path", "offered_days", "history_days")
                .join(counted, new String[] {"product_number"}, "left")
                .na()
                .fill(0L)
                .crossJoin(everybody);
    }

    private static Column[] holders(PortraitOrder order) {
        return IntStream.range(0, order.size())
                .mapToObj(place -> count_if(col("place").equalTo(place)).as("holders_" + place))
                .toArray(Column[]::new);
    }

    private static Column rate(int place, double shrinkage) {
        Column users = col("users_" + place).cast("double");
        // Never nothing: a category may have no buyers, a portrait no users.
        double prior = shrinkage + LEAST;
        Column usual = users.multiply(col("category_holders")).divide(nullif(col("everybody"), lit(0.0)));
        Column relative = col("category_holders_" + place).plus(prior).divide(usual.plus(prior));
        return least(
                lit(1.0),
                col("holders_" + place)
                        .plus(relative.multiply(col("share")).multiply(shrinkage))
                        .divide(users.plus(prior)));
    }
}
