package koc.influence.exposure;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_date;

import koc.influence.InfluencePeriod;
import koc.tables.Frame;
import koc.tables.PortraitTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Which users are in which pool on which days of the period, by portrait. */
public final class PoolMembers {
    public static final Frame USERS =
            Frame.named("users_with_portrait").grain("one row per user").columns("""
                    user_id       STRING COMMENT 'The user',
                    portrait_id   STRING COMMENT 'Portrait before the holdout; newcomers for users without one, such as joint accounts and those who came later',
                    registered_at TIMESTAMP COMMENT 'Instant of the registration; null when it is unknown',
                    user_days     DOUBLE COMMENT 'Days of the period since the registration'""");

    public static final Frame MEMBERS = Frame.named("pool_members")
            .grain("one row per KOC and user with a tie that was open in the period")
            .columns("""
                    user_id      STRING COMMENT 'Member of the pool',
                    koc_id       STRING COMMENT 'The KOC',
                    first_offset INT COMMENT 'First day of the period on which the tie was open, counted from 0',
                    last_offset  INT COMMENT 'Last such day',
                    portrait_id  STRING COMMENT 'Portrait of the member'""");

    public static final Frame PORTRAIT_DAYS =
            Frame.named("portrait_days").grain("one row per portrait").columns("""
                    portrait_id        STRING COMMENT 'The portrait',
                    user_days          DOUBLE COMMENT 'Days of all its users in the period',
                    days_of_tied_users DOUBLE COMMENT 'Number of its users with a tie that was open on at least one day of the period, times all days of the period; at most user_days',
                    ties_per_tied_user DOUBLE COMMENT 'Ties of users with a tie / number of these users, over all portraits together; 1 for a portrait without such a user'""");

    private final InfluencePeriod period;

    public PoolMembers(InfluencePeriod period) {
        this.period = period;
    }

    /**
     * Adds the portrait that each user had before the holdout. Users without one are newcomers here. The recommend job
     * treats them as a class of their own, with the lift of the whole pool.
     */
    public static Dataset<Row> withPortraits(Dataset<Row> users, Dataset<Row> holdoutPortraits) {
        return users.select("user_id", "registered_at")
                .join(holdoutPortraits.select("user_id", "portrait_id"), new String[] {"user_id"}, "full_outer")
                .select(
                        col("user_id"),
                        coalesce(col("portrait_id"), lit(PortraitTables.NEWCOMERS))
                                .as("portrait_id"),
                        col("registered_at"));
    }

    /**
     * Turns users into {@link #USERS}: adds user_days. Users without a known registration count for the whole period.
     */
    public Dataset<Row> withUserDays(Dataset<Row> users) {
        int days = period.days();
        return users.withColumn(
                "user_days",
                lit((double) days)
                        .minus(greatest(
                                lit(0),
                                least(lit(days), coalesce(period.dayOffset(to_date(col("registered_at"))), lit(0))))));
    }

    /**
     * Turns ties into {@link #MEMBERS}: the ties of {@link #USERS}, limited to the period.
     *
     * @param ties ties over time
     * @param users {@link #USERS}
     */
    public Dataset<Row> selectMembers(Dataset<Row> ties, Dataset<Row> users) {
        return ties.select(
                        col("koc_id"),
                        col("user_id"),
                        greatest(lit(0), period.dayOffset(col("since"))).as("first_offset"),
                        least(lit(period.days() - 1), period.dayOffset(col("until")))
                                .as("last_offset"))
                .where("last_offset >= first_offset")
                .join(users.select("user_id", "portrait_id"), new String[] {"user_id"}, "inner");
    }

    /**
     * Computes {@link #PORTRAIT_DAYS}.
     *
     * @param users {@link #USERS}
     * @param members {@link #MEMBERS}
     */
    public Dataset<Row> computePortraitDays(Dataset<Row> users, Dataset<Row> members) {
        Dataset<Row> tied = members.groupBy("portrait_id")
                .agg(
                        count_distinct(col("user_id")).as("tied_users"),
                        count(lit(1)).as("ties"))
                .withColumn(
                        "ties_per_tied_user",
                        sum("ties")
                                .over(GroupWindow.by())
                                .divide(sum("tied_users").over(GroupWindow.by())));
        return users.groupBy("portrait_id")
                .agg(sum("user_days").as("user_days"))
                .join(tied, new String[] {"portrait_id"}, "left")
                .withColumn(
                        "days_of_tied_users",
                        least(
                                col("user_days"),
                                coalesce(col("tied_users"), lit(0L)).multiply((double) period.days())))
                .select(
                        col("portrait_id"),
                        col("user_days"),
                        col("days_of_tied_users"),
                        coalesce(col("ties_per_tied_user"), lit(1.0)).as("ties_per_tied_user"));
    }
}
