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
import koc.tables.Frame;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The rows of portraits and user_portraits. */
public final class PortraitRows {
    /** What the table portraits says about each portrait, without the numbers of its users. */
    public static final Frame DESCRIPTIONS = Frame.named("descriptions")
            .grain("one row per portrait, newcomers included")
            .columns("""
                    portrait_id    STRING COMMENT 'Identifier of the portrait',
                    name           STRING COMMENT 'Its name',
                    summary        STRING COMMENT 'What distinguishes it, in words with numbers',
                    top_categories STRING COMMENT 'Its distinctive categories',
                    top_products   STRING COMMENT 'Its distinctive products',
                    top_tags       STRING COMMENT 'Its distinctive tags',
                    stability      DOUBLE COMMENT 'Mean Jaccard overlap in bootstrap refits, 0..1; null for newcomers',
                    change         STRING COMMENT 'Change since the previous run: new, kept, split or merged',
                    retained_rate  DOUBLE COMMENT 'Fraction of its users of the previous run who are still in it',
                    spread_ratio   DOUBLE COMMENT 'Mean distance to its centre / the same on the day of the fit'""");

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
                        col("top_products"),
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
