package koc.clean;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Finds users who act faster than a person can: more than a number of actions in one hour of one arrival. All lines of an
 * order count as one action. Views and clicks of such a user on that day are rejected; other events stay, because robots
 * do not spend money.
 */
final class RobotDetection {
    /** Enough buckets that one of ordinary users stays below the limit, and few enough to count in memory. */
    private static final int BUCKETS = 1 << 18;

    private RobotDetection() {}

    /**
     * The hash buckets of (arrival, user, hour) with more rows than the limit; one row per bucket, and usually no row.
     *
     * <p>This cheap count misses no robot, because an hour has at least as many rows as actions.
     */
    static Dataset<Row> findBusyBuckets(Dataset<Row> events, int actionsPerHour) {
        return events.where(Verdict.isAccepted())
                .groupBy(bucket().as("bucket"))
                .agg(count(lit(1)).as("rows"))
                .where(col("rows").gt(actionsPerHour))
                .select("bucket");
    }

    /** One row for each arrival, user and day with an hour above the limit. */
    static Dataset<Row> findRobotDays(Dataset<Row> events, Dataset<Row> busyBuckets, int actionsPerHour) {
        Column isPurchase = col("event_type").equalTo("purchase");
        Column order = when(isPurchase, coalesce(col("order_id"), col("event_id")));
        return events.where(Verdict.isAccepted())
                .withColumn("bucket", bucket())
                .join(broadcast(busyBuckets), "bucket")
                .groupBy(col("arrived"), col("user_id"), col("day"), hour().as("hour"))
                .agg(count_if(isPurchase.equalTo(false))
                        .plus(count_distinct(order))
                        .as("actions"))
                .where(col("actions").gt(actionsPerHour))
                .select("arrived", "user_id", "day")
                .distinct();
    }

    /** The same rows, with the views and clicks of these users on these days rejected. */
    static Dataset<Row> reject(Dataset<Row> events, Dataset<Row> robotDays) {
        Dataset<Row> robots = robotDays
                .withColumnRenamed("arrived", "robot_arrived")
                .withColumnRenamed("user_id", "robot_user_id")
                .withColumnRenamed("day", "robot_day");
        Column isRobot = col("arrived")
                .equalTo(col("robot_arrived"))
                .and(col("user_id").equalTo(col("robot_user_id")))
                .and(col("day").equalTo(col("robot_day")));
        Column isRejected = col("robot_user_id")
                .isNotNull()
                .and(Verdict.isAccepted())
                .and(col("event_type").isin("view", "click"));
        return events.join(broadcast(robots), isRobot, "left")
                .withColumn(
                        Verdict.COLUMN,
                        when(isRejected, Verdict.reject(RejectReason.ROBOT, "user_id"))
                                .otherwise(col(Verdict.COLUMN)))
                .drop("robot_arrived", "robot_user_id", "robot_day");
    }

    private static Column bucket() {
        return pmod(xxhash64(col("arrived"), col("user_id"), hour()), lit(BUCKETS));
    }

    private static Column hour() {
        return expr("unix_seconds(occurred_at) div 3600");
    }
}
