package koc.recommend;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** All users as of a day: their portrait, and how lately they bought. */
final class People {
    /** Days since the last purchase up to which a user is of a class; the last class is older, or has nothing. */
    private static final int[] RECENT_DAYS = {7, 28, 90};

    /** Weights are multiples of this: their sums are exact, in whatever order they are added. */
    private static final double STEP = 1024;

    private People() {}

    /** What activity is worth when nothing is known of it. */
    static double[] alike() {
        double[] weights = new double[RECENT_DAYS.length + 1];
        Arrays.fill(weights, 1);
        return weights;
    }

    /**
     * Every user who has a portrait or a product.
     *
     * @param userPortraits one row per user: user_id, portrait_id
     * @param holdings user_id, product_number, last_bought_on
     * @return user_id, place (of the portrait; the last place for a user without one), products_held (0 and more),
     *     recency (class of days since the last purchase, 0 the latest)
     */
    static Dataset<Row> of(Dataset<Row> userPortraits, Dataset<Row> holdings, PortraitOrder order, LocalDate day) {
        Dataset<Row> held = holdings.groupBy("user_id")
                .agg(count(lit(1)).as("products_held"), max("last_bought_on").as("last_bought_on"));
        Column days = datediff(lit(day), col("last_bought_on"));
        Column recency = lit(RECENT_DAYS.length);
        for (int i = RECENT_DAYS.length - 1; i >= 0; i--) {
            recency = when(days.lt(RECENT_DAYS[i]), i).otherwise(recency);
        }
        return userPortraits
                .select("user_id", "portrait_id")
                .join(held, new String[] {"user_id"}, "full_outer")
                .select(
                        col("user_id"),
                        order.place(col("portrait_id")).as("place"),
                        coalesce(col("products_held"), lit(0L)).as("products_held"),
                        recency.as("recency"));
    }

    /** Adds weight: how much more or less than a usual buyer a user of this recency newly buys; exact in sums. */
    static Dataset<Row> weighted(Dataset<Row> people, double[] activity) {
        Column weight = lit(activity[activity.length - 1]);
        for (int i = activity.length - 2; i >= 0; i--) {
            weight = when(col("recency").equalTo(i), activity[i]).otherwise(weight);
        }
        return people.withColumn("weight", weight);
    }

    /**
     * How much more often than buyers as a whole those of each recency newly bought something in the window:
     * {@code (bought + k) / (users x mean + k)}. For example 100 who bought in the last week bought 60 things, where all
     * buyers buy .3 each: (60 + 20) / (30 + 20) = 1.6, with k = 20.
     *
     * @param people as of the day before the window
     * @param bought user_id, once for every product newly bought in the window
     */
    static double[] activity(Dataset<Row> people, Dataset<Row> bought, double shrinkage) {
        Dataset<Row> counts = bought.groupBy("user_id").agg(count(lit(1)).as("bought"));
        List<Row> classes = people.where("products_held > 0")
                .join(counts, new String[] {"user_id"}, "left")
                .groupBy("recency")
                .agg(count(lit(1)).as("users"), coalesce(sum("bought"), lit(0L)).as("bought"))
                .collectAsList();
        double users = classes.stream().mapToLong(row -> row.getLong(1)).sum();
        double all = classes.stream().mapToLong(row -> row.getLong(2)).sum();
        double[] activity = alike();
        for (Row row : classes) {
            double usual = users == 0 ? 0 : row.getLong(1) * all / users;
            double ratio = (row.getLong(2) + shrinkage) / (usual + shrinkage);
            activity[row.getInt(0)] = Math.round(ratio * STEP) / STEP;
        }
        return activity;
    }
}
