package koc.recommend.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import koc.SparkTest;
import koc.recommend.PortraitIndex;
import koc.recommend.PortraitIndex.Portrait;
import koc.recommend.model.ActivityFactors;
import koc.recommend.split.UserActivity;
import koc.tables.CleanTables;
import koc.tables.PortraitTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class TrafficPoolsTest extends SparkTest {
    private static final PortraitIndex PORTRAITS =
            new PortraitIndex(List.of(new Portrait("m", "Mothers", 30), new Portrait("s", "Students", 10)));
    private static final TrafficPools POOLS = new TrafficPools(PORTRAITS, 2, 2);

    @Test
    void employeesAndGuidesNeedOneMemberAndOthersAPool() {
        Dataset<Row> kocs = kocs("""
                koc_id   | user_id
                guide    | a
                employee | a
                small    | a
                apart    | a
                outsider | a
                outsider | b
                stranger | a
                stranger | b
                """, """
                user_id  | role
                guide    | guide
                employee | employee
                small    | consumer
                apart    | external
                outsider | external
                """, "user_id | portrait_id\na | m\nb | s", "a", "b");

        assertThat(kocs.orderBy("koc_id")
                        .select("koc_id", "koc_number", "koc_type", "pool_size")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly(
                        "[employee,1,employee,1]",
                        "[guide,2,guide,1]",
                        "[outsider,3,external,2]",
                        "[stranger,4,user,2]");
    }

    @Test
    void anUnknownMemberCountsInThePoolWithoutAPortrait() {
        Dataset<Row> kocs = kocs("""
                koc_id | user_id
                k      | a
                k      | b
                k      | nobody
                """, "user_id | role\nk | consumer", "user_id | portrait_id\na | m\nb | m", "a", "b");

        assertThat(kocs.head().<Long>getList(kocs.head().fieldIndex("members"))).containsExactly(2L, 0L, 1L);
        assertThat(POOLS.computeMixRows(kocs, day("2024-01-10")).collectAsList())
                .extracting(Row::toString)
                .containsExactly("[2024-01-10,k,m,Mothers,2,0.6666666666666666,0.75]");
    }

    @Test
    void aPoolWithEnoughBuyersIsJudgedByItself() {
        Row koc = kocs(
                        "koc_id | user_id\nk | a\nk | b\nk | c",
                        "user_id | role\nk | guide",
                        "user_id | portrait_id\na | m\nb | s\nc | s",
                        "a",
                        "b")
                .head();

        assertThat(koc.<String>getAs("basis")).isEqualTo("pool");
        assertThat(koc.<Double>getList(koc.fieldIndex("mix"))).containsExactly(1 / 3.0, 2 / 3.0, 0.0);
        assertThat(koc.<Double>getAs("heterogeneity")).isCloseTo(0.918, within(.001));
    }

    @Test
    void recentBuyersWeighMoreAndMembersWithoutPurchasesAreCountedSeparately() {
        Row koc = kocs(
                        "koc_id | user_id\nk | a\nk | b\nk | c",
                        "user_id | role\nk | guide",
                        "user_id | portrait_id\na | m\nb | s\nc | s",
                        "a",
                        "b")
                .head();

        assertThat(koc.<Double>getList(koc.fieldIndex("buying_member_activity")))
                .containsExactly(1.5, 1.5, 0.0);
        assertThat(koc.<Long>getList(koc.fieldIndex("non_buyers"))).containsExactly(0L, 1L, 0L);
    }

    @Test
    void allUsersStandInForTheMissingPartOfAThinPool() {
        Row koc = kocs(
                        "koc_id | user_id\nk | a\nk | b\nk | c",
                        "user_id | role\nk | guide",
                        "user_id | portrait_id\na | s\nb | s\nc | s",
                        "a")
                .head();

        assertThat(koc.<String>getAs("basis")).isEqualTo("all_users");
        assertThat(koc.<Double>getAs("pool_weight")).isEqualTo(0.5);
        assertThat(koc.<Double>getList(koc.fieldIndex("mix"))).containsExactly(0.375, 0.625, 0.0);
    }

    @Test
    void theCountyStandsInBeforeAllUsersWhenItHasEnough() {
        String users = """
                user_id | role     | province | city  | county
                k       | guide    | Hubei    | Wuhan | Jiang'an
                g       | guide    | Hubei    | Xian  | Jiang'an
                a       | consumer | Hubei    | Wuhan | Jiang'an
                b       | consumer | Hubei    | Wuhan | Jiang'an
                """;
        Dataset<Row> kocs = kocs("koc_id | user_id\nk | c\ng | c", users, "user_id | portrait_id\na | s\nb | s\nc | m");

        assertThat(kocs.orderBy("koc_id").select("koc_id", "basis").collectAsList())
                .extracting(Row::toString)
                .containsExactly("[g,all_users]", "[k,county]");
        Row koc = kocs.where("koc_id = 'k'").head();
        assertThat(koc.<Double>getList(koc.fieldIndex("mix"))).containsExactly(0.0, 1.0, 0.0);
        assertThat(koc.<Double>getAs("heterogeneity")).isZero();
    }

    private static Dataset<Row> kocs(String pools, String users, String portraits, String... buyers) {
        Dataset<Row> userPortraits = rows(PortraitTables.USER_PORTRAITS, portraits);
        Dataset<Row> owned = rows(
                        PortraitTables.USER_PORTRAITS,
                        "user_id | since\n" + String.join(" | 2024-01-09\n", buyers)
                                + (buyers.length == 0 ? "" : " | 2024-01-09"))
                .selectExpr("user_id", "1 AS product_number", "since AS last_bought_on");
        Dataset<Row> activity = UserActivity.withActivity(
                UserActivity.classify(userPortraits, owned, PORTRAITS, day("2024-01-10")),
                new ActivityFactors(
                        new double[] {1.5, 1, 1, 1}, ActivityFactors.neutral().breadth()));
        Dataset<Row> members =
                POOLS.describeMembers(rows(CleanTables.TIES, pools).select("koc_id", "user_id"), activity);
        return POOLS.selectKocs(members, rows(CleanTables.USERS, users), userPortraits);
    }
}
