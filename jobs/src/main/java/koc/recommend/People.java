package koc.recommend;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import koc.spark.ExactSums;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** All users as of a day: their portrait, how lately they bought, and how much they have. */
final class People {
    /** Days since the last purchase up to which a user is of a class; the last class is older, or has nothing. */
    private static final int[] RECENT_DAYS = {7, 28, 90};

    /** Products a user has over those a user with any has on average, from which on it is of the next class. */
    private static final double[] BREADTHS = {.25, .5, 1, 2, 4};

    /** Steps of weights in 1, so that plain sums of them are exact. */
    private static final double STEPS = 1024;

    private People() {}

    /** How many classes of recency there are. */
    static int recencies() {
        return RECENT_DAYS.length + 1;
    }

    /** How many classes of breadth there are. */
    static int breadths() {
        return BREADTHS.length + 1;
    }

    /**
     * Every user who has a portrait or a product.
     *
     * <p>Breadth is relative: what a user has grows with history, and who has twice the usual now had twice the usual then.
     *
     * @param userPortraits one row per user: user_id, portrait_id
     * @param holdings user_id, product_number, last_bought_on
     * @return user_id, place (of the portrait; the last place for a user without one), products_held (0 and more),
     *     recency (class of days since the last purchase, 0 the latest), breadth (class of products held, 0 the fewest)
     */
    static Dataset<Row> of(Dataset<Row> userPortraits, Dataset<Row> holdings, PortraitOrder order, LocalDate day) {
        Dataset<Row> held = holdings.groupBy("user_id")
                .agg(count(lit(1)).as("products_held"), max("last_bought_on").as("last_bought_on"));
        Column days = datediff(lit(day), col("last_bought_on"));
        Column recency = lit(RECENT_DAYS.length);
        for (int i = RECENT_DAYS.length - 1; i >= 0; i--) {
            recency = when(days.lt(RECENT_DAYS[i]), i).otherwise(recency);
        }
        Column relative = col("products_held").divide(col("usual"));
        Column breadth = lit(0);
        for (int i = 0; i < BREADTHS.length; i++) {
            breadth = when(relative.geq(BREADTHS[i]), i + 1).otherwise(breadth);
        }
        return userPortraits
                .select("user_id", "portrait_id")
                .join(held, new String[] {"user_id"}, "full_outer")
                .crossJoin(broadcast(held.agg(avg("products_held").as("usual"))))
                .select(
                        col("user_id"),
                        order.place(col("portrait_id")).as("place"),
                        coalesce(col("products_held"), lit(0L)).as("products_held"),
                        recency.as("recency"),
                        breadth.as("breadth"));
    }

    /**
     * Adds how much more or less than a usual buyer a user buys, exact in sums: weight, of what it lacks, by recency and
     * breadth; time_weight, of what it has become time to buy again, by recency alone: that it has much is why it is time
     * for much. Of who has nothing no breadth is known.
     */
    static Dataset<Row> weighted(Dataset<Row> people, Activity activity) {
        Column recency = factorOf("recency", activity.recency());
        Column breadth = when(col("products_held").gt(0), factorOf("breadth", activity.breadth()))
                .otherwise(1.0);
        return people.withColumn("time_weight", ExactSums.roundToStep(recency, STEPS))
                .withColumn("weight", ExactSums.roundToStep(recency.multiply(breadth), STEPS));
    }

    private static Column factorOf(String column, double[] classes) {
        Column weight = lit(classes[classes.length - 1]);
        for (int i = classes.length - 2; i >= 0; i--) {
            weight = when(col(column).equalTo(i), classes[i]).otherwise(weight);
        }
        return weight;
    }
}
