package koc.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import koc.SparkTest;
import koc.tables.CleanTables;
import koc.tables.FeatureTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class PersonsTest extends SparkTest {
    private static final Dataset<Row> IDS = rows(CleanTables.TIES, """
            koc_id
            user
            buyer
            buyer
            robot
            user and robot
            viewer
            """);
    private static final Dataset<Row> EVENTS = rows(CleanTables.EVENTS, """
            day        | user_id        | event_type
            2024-06-02 | buyer          | purchase
            2024-06-01 | buyer          | purchase
            2024-06-01 | robot          | purchase
            2024-06-01 | viewer         | view
            """);
    private static final Dataset<Row> REJECTS = rows(CleanTables.REJECTS, """
            source | reason    | raw
            events | robot     | {"user_id":"robot","event_type":"view"}
            events | robot     | {"user_id":"user and robot","event_type":"view"}
            events | duplicate | {"user_id":"buyer","event_type":"view"}
            """);

    @Test
    void usersAndBuyersArePersonsAndRobotsAreNot() {
        Dataset<Row> users = rows(CleanTables.USERS, """
                user_id
                user
                user and robot
                """);

        Dataset<Row> strangers = Persons.findStrangers(IDS, "koc_id", users, EVENTS, REJECTS);

        assertThat(strangers.columns())
                .containsExactly(Persons.STRANGERS.schema().fieldNames());
        assertThat(texts(strangers)).containsExactly("robot", "viewer");
        assertThat(texts(Persons.removeStrangers(IDS, "koc_id", strangers).select("koc_id")))
                .containsExactly("buyer", "buyer", "user", "user and robot");
    }

    @Test
    void withoutRecordedUsersEverybodyButRobotsIsAPerson() {
        Dataset<Row> strangers =
                Persons.findStrangers(IDS, "koc_id", rows(CleanTables.USERS, "user_id"), EVENTS, REJECTS);

        assertThat(texts(strangers)).containsExactly("robot", "user and robot");
    }

    @Test
    void aBuyerIsOneFromTheFirstPurchaseOn() {
        Dataset<Row> buyers = Persons.findBuyers(EVENTS.where("event_type = 'purchase'"), REJECTS);

        assertThat(buyers.columns()).containsExactly(Persons.BUYERS.schema().fieldNames());
        assertThat(buyers.collectAsList()).extracting(Row::toString).containsExactly("[buyer,2024-06-01]");
    }

    @Test
    void accountsThatLookSharedAreLeftOut() {
        Dataset<Row> features = rows(FeatureTables.USER_FEATURES, """
                user_id | is_likely_joint_account
                user    | false
                buyer   | true
                """);

        assertThat(texts(Persons.removeJointAccounts(IDS, "koc_id", features).select("koc_id")))
                .containsExactly("robot", "user", "user and robot", "viewer");
    }

    private static List<String> texts(Dataset<Row> rows) {
        return rows.collectAsList().stream()
                .map(row -> row.getString(0))
                .sorted()
                .toList();
    }
}
