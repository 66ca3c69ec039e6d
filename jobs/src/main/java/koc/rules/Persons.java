package koc.rules;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import koc.tables.Frame;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Decides which ids are persons: users, who have a row in {@code users}, and buyers, who have a purchase. Other ids in events
 * and ties are kept in the counts, but are never recommended as contacts: they may be typing errors, placeholders or robots.
 */
public final class Persons {
    /** Ids that are not persons. */
    public static final Frame STRANGERS =
            Frame.named("strangers").grain("one row per id that is no person").columns("""
                    person_id STRING NOT NULL COMMENT 'The id'""");

    private Persons() {}

    /**
     * Which ids are no persons: {@link #STRANGERS}. Usually none or few. Without recorded users everybody is a person.
     *
     * @param rows any rows with the ids, few compared with the events
     * @param id the column with the ids
     * @param users one or more rows per user
     * @param events all events up to a day, of which purchases count
     */
    public static Dataset<Row> findStrangers(Dataset<Row> rows, String id, Dataset<Row> users, Dataset<Row> events) {
        if (users.isEmpty()) {
            return rows.select(col(id).as("person_id")).limit(0);
        }
        Dataset<Row> noUsers = rows.select(col(id).as("person_id"))
                .distinct()
                .join(users.select(col("user_id").as("person_id")), new String[] {"person_id"}, "left_anti");
        Dataset<Row> buyers = events.where(EventTypes.isPurchase())
                .select(col("user_id").as("person_id"))
                .join(broadcast(noUsers), new String[] {"person_id"}, "left_semi");
        return noUsers.join(buyers, new String[] {"person_id"}, "left_anti");
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
}
