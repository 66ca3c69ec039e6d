package koc.portraits.assign;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** The rows of portraits and user_portraits. */
public final class PortraitRows {
    /** Portrait grain, newcomers included: name, summary and transition of each portrait. */
    public static final StructType DESCRIPTIONS = StructType.fromDDL(
            "portrait_id STRING, name STRING, summary STRING, top_categories STRING, top_tags STRING, stability DOUBLE,"
                    + " change STRING, retained_rate DOUBLE, spread_ratio DOUBLE");

    private static final String[] USER = {"user_id"};

    private PortraitRows() {}

    /**
     * User grain -> portrait grain: the descriptions with number of users, spend, orders and sharer rate.
     *
     * @param assignments {@link PortraitAssignment#ASSIGNMENTS} of the run date
     * @param features user_features as of the run date
     * @param descriptions {@link #DESCRIPTIONS}
     * @param users all users, newcomers included
     */
    public static Dataset<Row> portraits(
            Dataset<Row> assignments, Dataset<Row> features, Dataset<Row> descriptions, LocalDate day, long users) {
        Dataset<Row> sums = assignments
                .join(features, USER, "inner")
                .groupBy("portrait_id")
                .agg(
                        count(lit(1)).as("users"),
                        avg("net_spend_90d").cast("decimal(18,2)").as("net_spend_90d"),
                        avg("orders_90d").as("orders_90d"),
                        avg(when(col("shares_90d").gt(0), 1).otherwise(0)).as("sharer_rate"));
        return descriptions
                .join(sums, new String[] {"portrait_id"}, "left")
                .select(
                        lit(day).as("day"),
                        col("portrait_id"),
                        col("name"),
                        coalesce(col("users"), lit(0L)).as("users"),
                        coalesce(col("users"), lit(0L))
                                .cast("double")
                                .divide(Math.max(1, users))
                                .as("user_fraction"),
                        col("summary"),
                        col("top_categories"),
                        col("top_tags"),
                        coalesce(col("net_spend_90d"), lit(0).cast("decimal(18,2)"))
                                .as("net_spend_90d"),
                        round(coalesce(col("orders_90d"), lit(0.0)), 6).as("orders_90d"),
                        round(coalesce(col("sharer_rate"), lit(0.0)), 6).as("sharer_rate"),
                        col("stability"),
                        col("change"),
                        col("retained_rate"),
                        col("spread_ratio"));
    }

    /**
     * User grain -> user grain: adds the portrait's name, the day since which the user is in it, and the previous portrait.
     *
     * @param assignments {@link PortraitAssignment#ASSIGNMENTS} of the run date
     * @param names portrait_id, name
     * @param previous user_portraits of the previous run
     */
    public static Dataset<Row> userPortraits(
            Dataset<Row> assignments, Dataset<Row> names, Dataset<Row> previous, LocalDate day) {
        Dataset<Row> old = previous.select(
                col("user_id"),
                col("portrait_id").as("old_portrait_id"),
                col("since").as("old_since"),
                col("previous_portrait_id").as("old_previous_id"));
        Column isSame = col("old_portrait_id").equalTo(col("portrait_id"));
        return assignments
                .join(broadcast(names), new String[] {"portrait_id"}, "inner")
                .join(old, USER, "left")
                .select(
                        lit(day).as("day"),
                        col("user_id"),
                        col("portrait_id"),
                        col("name").as("portrait_name"),
                        col("confidence"),
                        when(isSame, col("old_since")).otherwise(lit(day)).as("since"),
                        when(isSame, col("old_previous_id"))
                                .otherwise(col("old_portrait_id"))
                                .as("previous_portrait_id"));
    }
}
