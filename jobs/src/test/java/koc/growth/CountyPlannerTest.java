package koc.growth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import koc.SparkTest;
import koc.tables.CleanTables;
import koc.tables.InfluenceTables;
import koc.tables.KocTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

class CountyPlannerTest extends SparkTest {
    private static final LocalDate DAY = day("2024-06-30");
    private static final String USERS = """
            user_id | province | city  | county
            a       | Hubei    | Wuhan | Hongshan
            b       | Hubei    | Wuhan | Hongshan
            c       | Hubei    | Wuhan | Hongshan
            d       | Hubei    | Wuhan | Hongshan
            x       |          |       | Hongshan
            nowhere | Hubei    | Wuhan |
            active  | Hubei    | Wuhan | Hongshan
            resting | Hubei    | Wuhan | Hongshan
            idle    | Hubei    | Wuhan | Hongshan
            gone    | Hubei    | Wuhan | Hongshan
            away    | Hunan    | Yong  | Jiang
            """;
    private static final String RANKING = """
            koc_id  | koc_type | level   | score | shares_90d
            active  | guide    | bronze  | 1     | 3
            away    | user     | silver  | 1     | 1
            resting | user     | trainee | 1     | 0
            idle    | user     |         |       | 0
            gone    | external | revoked | 1     | 9
            """;
    private static final String TIES = """
            koc_id  | user_id | edge            | is_inferred
            active  | a       | guide_customer  | false
            active  | b       | guide_customer  | false
            away    | b       | user_friend     | false
            away    | c       | user_friend     | false
            resting | a       | user_friend     | false
            resting | b       | user_friend     | false
            resting | d       | user_friend     | false
            idle    | d       | user_friend     | false
            idle    | nowhere | user_friend     | false
            gone    | d       | external_friend | false
            """;

    @Test
    void aCountyCountsItsOwnKocsAndItsUsersHoweverReached() {
        Row county = coverage("koc.growth.county.target-kocs=3")
                .where("province = 'Hubei'")
                .head();

        assertThat(county.<Long>getAs("users")).isEqualTo(8);
        assertThat(county.<Long>getAs("kocs")).isEqualTo(1);
        assertThat(county.<Integer>getAs("target_kocs")).isEqualTo(3);
        assertThat(county.<Long>getAs("gap")).isEqualTo(2);
        assertThat(county.<Long>getAs("users_reached")).isEqualTo(3);
        assertThat(county.<Long>getAs("users_reached_by_2")).isEqualTo(1);
        assertThat(county.<Double>getAs("reached_rate")).isEqualTo(3 / 8.0);
        assertThat(county.<Long>getAs("guide_customer_users")).isEqualTo(2);
        assertThat(county.<Long>getAs("user_friend_users")).isEqualTo(2);
        assertThat(county.<Long>getAs("employee_friend_users")).isZero();
        assertThat(county.<Long>getAs("store_users")).isEqualTo(2);
        assertThat(county.<Long>getAs("beyond_store_users")).isEqualTo(1);
        assertThat(county.<String>getAs("phase")).isEqualTo("offline-deep");
        assertThat(county.<String>getAs("reason"))
                .isEqualTo("1 of 3 active KOCs; 38% of 8 users reached, 13% by two or more; deep work offline first: "
                        + "online from 2 KOCs and 30% reached by two or more; the store's own contacts reach 2, users and"
                        + " external KOCs alone 1 more");
    }

    @Test
    void countiesOfOneNameAreKeptApartAndUsersWithoutOneCountNowhere() {
        assertThat(coverage()
                        .orderBy("users")
                        .select("province", "city", "county", "users")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactlyInAnyOrder(
                        "[null,null,Hongshan,1]", "[Hunan,Yong,Jiang,1]", "[Hubei,Wuhan,Hongshan,8]");
    }

    @Test
    void aCountyGoesOnlineWithItsShareOfKocsAndOfUsersReachedTwice() {
        assertThat(phase("target=2", "online-kocs=0.5", "online-reached-by-2=0.125"))
                .isEqualTo("online-dense");
        assertThat(phase("target=3", "online-kocs=0.5", "online-reached-by-2=0.125"))
                .isEqualTo("offline-deep");
        assertThat(phase("target=2", "online-kocs=0.5", "online-reached-by-2=0.13"))
                .isEqualTo("offline-deep");
    }

    @Test
    void theNextKocIsTheOneThatAddsMostAndRevokedOnesNeverCome() {
        Dataset<Row> next = next(TIES, "koc.growth.county.second-koc-weight=0.5");

        assertThat(next.orderBy("rank")
                        .select("county", "rank", "koc_id", "level", "users_added", "users_added_second", "gain")
                        .collectAsList())
                .extracting(Row::toString)
                // 'resting' is the first for d and the second for a; b has two already. 'idle' is the second for d.
                .containsExactly("[Hongshan,1,resting,trainee,1,1,1.5]", "[Hongshan,2,idle,null,0,1,0.5]");
        Row second = next.where("rank = 2").head();
        assertThat(second.<Double>getAs("total_gain")).isEqualTo(2);
        assertThat(second.<Double>getAs("greedy_bound")).isEqualTo(.75);
        assertThat(second.<Double>getAs("data_bound")).isEqualTo(1);
        assertThat(second.<Long>getAs("candidates")).isEqualTo(2);
        assertThat(second.<String>getAs("reason"))
                .isEqualTo(
                        "adds 0 users nobody reaches and a second KOC for 1; pool 2; the first 2 together reach surely"
                                + " 75% of the best choice of as many, by these numbers 100%");
    }

    @Test
    void noMoreAreProposedThanTheCountyLacks() {
        assertThat(next(TIES, "koc.growth.county.target-kocs=2").count()).isEqualTo(1);
        assertThat(next(TIES, "koc.growth.county.target-kocs=1").count()).isZero();
        assertThat(next(TIES, "koc.growth.county.max-next-kocs=1").count()).isEqualTo(1);
    }

    @Test
    void kocsThatAreNotComparedAreCountedAndWidenTheBound() {
        Row only = next(TIES, "koc.growth.county.max-candidates=1").head();

        assertThat(only.<String>getAs("koc_id")).isEqualTo("resting");
        assertThat(only.<Long>getAs("candidates")).isEqualTo(2);
        assertThat(only.<Long>getAs("candidates_compared")).isEqualTo(1);
        assertThat(only.<Double>getAs("data_bound")).isEqualTo(1);
        assertThat(only.<String>getAs("reason")).contains("the 1 with most to add were compared, of 2");
    }

    @Test
    void aLargeCountyIsEstimatedFromASampleOfItsUsers() {
        List<String> ids = IntStream.range(0, 2000).mapToObj(i -> "m" + i).toList();
        String users = "user_id | county\nk | Big\n" + String.join(" | Big\n", ids) + " | Big";
        String ties = "koc_id | user_id | edge | is_inferred\n"
                + String.join(
                        "\n",
                        ids.stream()
                                .map(id -> "k | " + id + " | user_friend | false")
                                .toList());
        Dataset<Row> people = Kocs.places(rows(CleanTables.USERS, users));
        Dataset<Row> strengths = rows(InfluenceTables.TIE_STRENGTHS, ties);
        Dataset<Row> kocs = kocs(people, strengths, "koc_id | koc_type | shares_90d\nk | user | 0");
        Dataset<Row> reached = CountyPlanner.reached(people, strengths, kocs);

        Row next = CountyPlanner.next(
                        CountyPlanner.additions(strengths, kocs, reached),
                        reached,
                        kocs,
                        GrowthSettings.from(config("koc.growth.county.max-sampled-users=500")),
                        DAY)
                .head();

        assertThat(next.<Double>getAs("sampled_fraction")).isEqualTo(500 / 2001.0);
        assertThat(next.<Long>getAs("users_added")).isBetween(1700L, 2300L);
        assertThat(next.<String>getAs("reason")).contains("estimated from 25% of the users");
    }

    @Test
    void withoutTiesNobodyIsReachedAndNobodyProposed() {
        String none = "koc_id | user_id | edge | is_inferred";

        assertThat(next(none).count()).isZero();
        Dataset<Row> users = Kocs.places(rows(CleanTables.USERS, USERS));
        Dataset<Row> strengths = rows(InfluenceTables.TIE_STRENGTHS, none);
        Dataset<Row> reached = CountyPlanner.reached(users, strengths, kocs(users, strengths, RANKING));
        assertThat(reached.agg(functions.max("times_reached")).head().getLong(0))
                .isZero();
    }

    private static String phase(String... county) {
        String[] settings = Arrays.stream(county)
                .map(setting -> "koc.growth.county." + setting)
                .toArray(String[]::new);
        return coverage(settings).where("province = 'Hubei'").head().getAs("phase");
    }

    private static Dataset<Row> coverage(String... settings) {
        Dataset<Row> users = Kocs.places(rows(CleanTables.USERS, USERS));
        Dataset<Row> strengths = rows(InfluenceTables.TIE_STRENGTHS, TIES);
        Dataset<Row> kocs = kocs(users, strengths, RANKING);
        return CountyPlanner.coverage(
                CountyPlanner.reached(users, strengths, kocs), kocs, GrowthSettings.from(config(settings)), DAY);
    }

    private static Dataset<Row> next(String ties, String... settings) {
        Dataset<Row> users = Kocs.places(rows(CleanTables.USERS, USERS));
        Dataset<Row> strengths = rows(InfluenceTables.TIE_STRENGTHS, ties);
        Dataset<Row> kocs = kocs(users, strengths, RANKING);
        Dataset<Row> reached = CountyPlanner.reached(users, strengths, kocs);
        return CountyPlanner.next(
                CountyPlanner.additions(strengths, kocs, reached),
                reached,
                kocs,
                GrowthSettings.from(config(settings)),
                DAY);
    }

    private static Dataset<Row> kocs(Dataset<Row> users, Dataset<Row> strengths, String ranking) {
        Dataset<Row> pools = strengths
                .groupBy("koc_id")
                .agg(functions.count(functions.lit(1)).as("pool_size"));
        return Kocs.of(
                rows(KocTables.KOC_RANKING, ranking).drop("pool_size").join(pools, new String[] {"koc_id"}, "left"),
                users.withColumn("liked_category", functions.lit("c")),
                SPARK.sql("SELECT 'k' AS koc_id, 'c' AS category, 1L AS category_shares"));
    }
}
