package koc.fit;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Estimates which fraction of a portrait's users buys an item, from all history. */
final class BuyRates {
    /** Avoids a division by 0 for a portrait without users when the shrinkage is 0. */
    private static final double EPSILON = 1e-9;

    private BuyRates() {}

    /**
     * User x item grain -> item x portrait grain, every portrait for every item: history_buyers of the portrait, users of
     * the portrait, item_buyers of all portraits, and total_users.
     *
     * @param buyers one row a user and item, with portrait_id
     * @param portraits portrait_id, users
     */
    static Dataset<Row> countHistoryBuyers(Dataset<Row> buyers, Dataset<Row> portraits, String item) {
        Dataset<Row> counts =
                buyers.groupBy(item, "portrait_id").agg(count(lit(1)).as("history_buyers"));
        Dataset<Row> items = counts.groupBy(item).agg(sum("history_buyers").as("item_buyers"));
        Dataset<Row> total = portraits.agg(sum("users").as("total_users"));
        return items.crossJoin(broadcast(portraits.crossJoin(total)))
                .join(counts, new String[] {item, "portrait_id"}, "left")
                .withColumn("history_buyers", coalesce(col("history_buyers"), lit(0L)));
    }

    /**
     * The buy rate (history_buyers + k m) / (users + k), at most 1. Its prior mean m is the item's buyers over all users,
     * times the relative rate.
     *
     * <p>Worked: 30 of 200 users of a portrait bought the item, and 5% of all users. With k = 20 and a relative rate of
     * 1 the rate is (30 + 20 x .05) / 220 = .141.
     *
     * @param relativeRate how much more than average the portrait buys the parent of the item
     * @param k weight of the prior mean, in users
     */
    static Column rate(Column relativeRate, double k) {
        Column overallRate = col("item_buyers").cast("double").divide(greatest(lit(1L), col("total_users")));
        return round(
                least(
                        lit(1.0),
                        col("history_buyers")
                                .cast("double")
                                .plus(overallRate.multiply(relativeRate).multiply(k))
                                .divide(col("users").plus(k + EPSILON))),
                9);
    }
}
