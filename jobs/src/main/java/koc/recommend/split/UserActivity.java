package koc.recommend.split;

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
import koc.recommend.PortraitIndex;
import koc.recommend.model.ActivityFactors;
import koc.spark.ExactSums;
import koc.tables.Frame;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Each user's portrait, recency (how lately they bought) and breadth (how many products they own), as of a day. */
public final class UserActivity {
    /** What {@link #classify} and {@link #withActivity} return. */
    public static final Frame USERS = Frame.named("users")
            .grain("one row per user with a portrait or a product")
            .columns("""
            user_id                 STRING COMMENT 'User',
            portrait_index          INT COMMENT 'Index of the portrait; the number of portraits for a user without one',
            owned_products          BIGINT COMMENT 'Products the user owns, 0 and more',
            recency_class           INT COMMENT 'Class of days since the last purchase: 0 below 7, 1 below 28, 2 below 90, 3 the rest',
            breadth_class           INT COMMENT 'Class of owned products over the average: 0 below .25, then from .25, .5, 1, 2 and 4',
            repurchase_activity     DOUBLE COMMENT 'Factor for due repurchases; 1 for the average buyer',
            first_purchase_activity DOUBLE COMMENT 'Factor for first purchases; 1 for the average buyer. For users without a product it has the breadth factor 1'""");

    /**
     * Upper bounds of the recency classes, in days since the last purchase. Users of the last class bought earlier, or
     * never.
     */
    private static final int[] RECENCY_DAYS = {7, 28, 90};

    /** Lower bounds of the breadth classes from the second on: owned products over the average of users who own any. */
    private static final double[] BREADTH_RATIOS = {.25, .5, 1, 2, 4};

    private UserActivity() {}

    public static int recencyClasses() {
        return RECENCY_DAYS.length + 1;
    }

    public static int breadthClasses() {
        return BREADTH_RATIOS.length + 1;
    }

    /**
     * Classifies every user who has a portrait or a product. Returns {@link #USERS} without the two factors.
     *
     * <p>Breadth is relative to the average, because what users own grows with history. With an average of 4 products,
     * 7 products are a ratio of 1.75: class 3.
     *
     * @param userPortraits one row per user: user_id, portrait_id
     * @param owned {@link Ownership#OWNED}
     */
    public static Dataset<Row> classify(
            Dataset<Row> userPortraits, Dataset<Row> owned, PortraitIndex portraits, LocalDate day) {
        Dataset<Row> owners = owned.groupBy("user_id")
                .agg(count(lit(1)).as("owned_products"), max("last_bought_on").as("last_bought_on"));
        return userPortraits
                .select("user_id", "portrait_id")
                .join(owners, new String[] {"user_id"}, "full_outer")
                .crossJoin(broadcast(owners.agg(avg("owned_products").as("average_products"))))
                .select(
                        col("user_id"),
                        portraits.indexOf(col("portrait_id")).as("portrait_index"),
                        coalesce(col("owned_products"), lit(0L)).as("owned_products"),
                        recencyClass(day).as("recency_class"),
                        breadthClass().as("breadth_class"));
    }

    /**
     * Adds first_purchase_activity and repurchase_activity. A first purchase depends on recency and breadth. A
     * repurchase depends on recency alone: users with many products already have more of them due. Users without
     * products have the breadth factor 1.
     */
    public static Dataset<Row> withActivity(Dataset<Row> users, ActivityFactors factors) {
        Column recencyFactor = factorOf("recency_class", factors.recency());
        Column breadthFactor = when(col("owned_products").gt(0), factorOf("breadth_class", factors.breadth()))
                .otherwise(1.0);
        return users.withColumn("repurchase_activity", ExactSums.roundToStep(recencyFactor, ExactSums.COARSE_STEPS))
                .withColumn(
                        "first_purchase_activity",
                        ExactSums.roundToStep(recencyFactor.multiply(breadthFactor), ExactSums.COARSE_STEPS));
    }

    private static Column recencyClass(LocalDate day) {
        Column days = datediff(lit(day), col("last_bought_on"));
        Column recency = lit(RECENCY_DAYS.length);
        for (int i = RECENCY_DAYS.length - 1; i >= 0; i--) {
            recency = when(days.lt(RECENCY_DAYS[i]), i).otherwise(recency);
        }
        return recency;
    }

    private static Column breadthClass() {
        Column ratio = col("owned_products").divide(col("average_products"));
        Column breadth = lit(0);
        for (int i = 0; i < BREADTH_RATIOS.length; i++) {
            breadth = when(ratio.geq(BREADTH_RATIOS[i]), i + 1).otherwise(breadth);
        }
        return breadth;
    }

    private static Column factorOf(String column, double[] factors) {
        Column factor = lit(factors[factors.length - 1]);
        for (int i = factors.length - 2; i >= 0; i--) {
            factor = when(col(column).equalTo(i), factors[i]).otherwise(factor);
        }
        return factor;
    }
}
