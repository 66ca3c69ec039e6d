package koc.influence.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import koc.SparkTest;
import koc.influence.InfluencePeriod;
import koc.rules.OpenTies;
import koc.tables.CleanTables;
import koc.tables.PortraitTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class PoolMembersTest extends SparkTest {
    private static final PoolMembers POOLS = new PoolMembers(new InfluencePeriod(day("2024-01-01"), day("2024-01-10")));

    private static Dataset<Row> users() {
        return rows(PoolMembers.USERS, """
                user_id | portrait_id | user_days
                a       | parents     | 10
                b       | parents     | 10
                c       | students    | 10
                """);
    }

    private static Dataset<Row> members() {
        return POOLS.selectMembers(OpenTies.computeSpans(rows(CleanTables.TIES, """
                koc_id | user_id | tie_type | since      | until
                k      | a       | friend   |            |
                l      | a       | friend   | 2024-01-03 | 2024-01-05
                k      | b       | friend   | 2023-01-01 | 2023-12-31
                """)), users());
    }

    @Test
    void usersWithoutAPortraitAreNewcomers() {
        Dataset<Row> users = PoolMembers.withPortraits(
                rows(CleanTables.USERS, "user_id\na\nnew"),
                rows(PortraitTables.HOLDOUT_PORTRAITS, "user_id | portrait_id\na | parents"));

        assertThat(users.orderBy("user_id").collectAsList())
                .extracting(row -> row.getAs("portrait_id"))
                .containsExactly("parents", PortraitTables.NEWCOMERS);
    }

    @Test
    void usersCountFromTheirRegistration() {
        List<Row> users = POOLS.withUserDays(rows(PoolMembers.USERS, """
                        user_id | registered_at
                        early   | 2023-05-01 00:00:00
                        later   | 2024-01-04 15:00:00
                        unknown |
                        """).drop("user_days"))
                .orderBy("user_id")
                .collectAsList();

        assertThat(users).extracting(row -> row.getAs("user_days")).containsExactly(10.0, 7.0, 10.0);
    }

    @Test
    void membershipIsCutToThePeriod() {
        Dataset<Row> members = members();

        assertThat(members.columns()).containsExactlyElementsOf(PoolMembers.MEMBERS.columnNames());
        assertThat(members.orderBy("koc_id").collectAsList())
                .extracting(
                        row -> row.getAs("koc_id") + " " + row.getAs("first_offset") + " " + row.getAs("last_offset"))
                .containsExactly("k 0 9", "l 2 4");
    }

    @Test
    void portraitsWithoutTiesHaveNoTiedDays() {
        Dataset<Row> portraits = POOLS.computePortraitDays(users(), members());

        assertThat(portraits.columns()).containsExactlyElementsOf(PoolMembers.PORTRAIT_DAYS.columnNames());
        assertThat(portraits.orderBy("portrait_id").collectAsList())
                .extracting(Row::toString)
                .containsExactly("[parents,20.0,10.0,2.0]", "[students,10.0,0.0,1.0]");
    }
}
