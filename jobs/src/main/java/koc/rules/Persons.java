package koc.rules;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.get_json_object;
import static org.apache.spark.sql.functions.min;

import koc.tables.Frame;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Decides which ids are persons: users, who have a row in {@code users}, and buyers, who ever had a purchase and whose views
 * and clicks were not rejected as those of a robot. Other ids in events and ties are kept in the counts, but are never
 * recommended as contacts: they may be typing errors, placeholders or robots.
 *
 * <p>An account that several people use is no person either ({@link #removeJointAccounts}).
 */
public final class Persons {
    /** Ids that are not persons. */
    public static final Frame STRANGERS =
            Frame.named("strangers").grain("one row per id that is no person").columns("""
                    person_id STRING NOT NULL COMMENT 'The id'""");

    /** Ids that are persons because they bought. */
    public static final Frame BUYERS =
            Frame.named("buyers").grain("one row per id with a purchase").columns("""
                    user_id         STRING NOT NULL COMMENT 'The id',
                    first_bought_on DATE NOT NULL COMMENT 'Day of its first purchase, refunded or not'""");

    private static final String[] USER = {"user_id"};

    private Persons() {}

    /**
     * The {@link #BUYERS}. Robots are left out, also those with a purchase; a robot that has a row in users is a user.
     *
     * @param purchases user_id and day, one or more rows per buyer
     * @param rejects the table of this name up to the same day
     */
    public static Dataset<Row> findBuyers(Dataset<Row> purchases, Dataset<Row> rejects) {
        return removeRobots(purchases.groupBy("user_id").agg(min("day").as("first_bought_on")), rejects);
    }

    /**
     * The same rows without those of robots.
     *
     * @param rows need user_id
     * @param rejects the table of this name up to the same day
     */
    public static Dataset<Row> removeRobots(Dataset<Row> rows, Dataset<Row> rejects) {
        return rows.join(broadcast(findRobots(rejects)), USER, "left_anti");
    }

    /**
     * Which ids are no persons: {@link #STRANGERS}. Usually none or few. Without recorded users everybody but robots is a
     * person.
     *
     * @param rows any rows with the ids, few compared with the events
     * @param id the column with the ids
     * @param users one or more rows per user
     * @param events all events up to a day, of which purchases count
     * @param rejects the table of this name up to the same day
     */
    public static Dataset<Row> findStrangers(
            Dataset<Row> rows, String id, Dataset<Row> users, Dataset<Row> events, Dataset<Row> rejects) {
        Dataset<Row> ids = rows.select(col(id).as("user_id")).distinct();
        if (users.isEmpty()) {
            return named(ids.join(broadcast(findRobots(rejects)), USER, "left_semi"));
        }
        Dataset<Row> noUsers = ids.join(users.select("user_id"), USER, "left_anti");
        Dataset<Row> purchases = events.where(EventTypes.isPurchase())
                .select("user_id", "day")
                .join(broadcast(noUsers), USER, "left_semi");
        return named(noUsers.join(findBuyers(purchases, rejects), USER, "left_anti"));
    }

    /**
     * The same rows without those of strangers.
     *
     * @param id the column with the ids
     * @param strangers {@link #STRANGERS}
     */
    public static Dataset<Row> removeStrangers(Dataset<Row> rows, String id, Dataset<Row> strangers) {
        return rows.join(broadcast(strangers), col(id).equalTo(col("person_id")), "left_anti");
    }

    /**
     * The same rows without those of likely joint accounts, such as that of a shop counter. Keeps the grain.
     *
     * @param id the column with the ids
     * @param userFeatures user_features as of the day
     */
    public static Dataset<Row> removeJointAccounts(Dataset<Row> rows, String id, Dataset<Row> userFeatures) {
        Dataset<Row> joint = userFeatures
                .where("is_likely_joint_account")
                .select(col("user_id").as("person_id"));
        return rows.join(broadcast(joint), col(id).equalTo(col("person_id")), "left_anti");
    }

    /** The users of rejected views and clicks: user_id. */
    private static Dataset<Row> findRobots(Dataset<Row> rejects) {
        return rejects.where("source = 'events' AND reason = 'robot'")
                .select(get_json_object(col("raw"), "$.user_id").as("user_id"))
                .distinct();
    }

    private static Dataset<Row> named(Dataset<Row> ids) {
        return ids.select(col("user_id").as("person_id"));
    }
}
