package koc.clean;

import static koc.clean.RowChecks.VERDICT;
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
 * Users whose rate no human reaches: more than so many actions in an hour of an arrival, where an order is one action
 * whatever its lines. Their views and clicks of that day are rejected; what costs money is not what robots do.
 */
final class Robots {
    /** Enough for the bucket of an ordinary hour to stay below the limit, few enough to count in memory. */
    private static final int BUCKETS = 1 << 18;

    private Robots() {}

    /**
     * The hash buckets of (arrival, user, hour) with more rows than the limit: a cheap count without exceptions, since a
     * robot's hour has no fewer rows than actions. Usually none; one row a bucket.
     */
    static Dataset<Row> busyBuckets(Dataset<Row> checked, int actionsPerHour) {
        return checked.where(col(VERDICT).isNull())
                .groupBy(bucket().as("bucket"))
                .agg(count(lit(1)).as("rows"))
                .where(col("rows").gt(actionsPerHour))
                .select("bucket");
    }

    /** One row for each arrival, user and day on which the user exceeded the limit. */
    static Dataset<Row> days(Dataset<Row> judged, Dataset<Row> busyBuckets, int actionsPerHour) {
        Column isPurchase = col("event_type").equalTo("purchase");
        Column order = when(isPurchase, coalesce(col("order_id"), col("event_id")));
        return judged.where(col(VERDICT).isNull())
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

    /** The same rows with a verdict on the views and clicks of these users on these days. */
    static Dataset<Row> judge(Dataset<Row> judged, Dataset<Row> robotDays) {
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
                .and(col(VERDICT).isNull())
                .and(col("event_type").isin("view", "click"));
        return judged.join(broadcast(robots), isRobot, "left")
                .withColumn(
                        VERDICT,
                        when(isRejected, RowChecks.code(RejectReason.ROBOT, "user_id"))
                                .otherwise(col(VERDICT)))
                .drop("robot_arrived", "robot_user_id", "robot_day");
    }

    private static Column bucket() {
        return pmod(xxhash64(col("arrived"), col("user_id"), hour()), lit(BUCKETS));
    }

    private static Column hour() {
        return expr("unix_seconds(occurred_at) div 3600");
    }
}
