package koc.growth.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Arrays;
import koc.growth.CountyReportTest;
import koc.growth.GrowthSettings;
import koc.tables.KocTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class CountyCoverageTest extends CountyReportTest {
    private static final LocalDate DAY = day("2024-06-30");

    @Test
    void aCountyCountsItsActiveKocsAndItsReachedUsers() {
        Row county = hongshan("target-kocs=3", "users-per-koc=1");

        assertThat(county.<Long>getAs("users")).isEqualTo(8);
        assertThat(county.<Long>getAs("kocs")).isEqualTo(1);
        assertThat(county.<Integer>getAs("target_kocs")).isEqualTo(3);
        assertThat(county.<Long>getAs("gap")).isEqualTo(2);
        assertThat(county.<Long>getAs("users_reached")).isEqualTo(3);
        assertThat(county.<Long>getAs("users_reached_by_2")).isEqualTo(1);
        assertThat(county.<Double>getAs("reached_rate")).isEqualTo(3 / 8.0);
        assertThat(county.<Double>getAs("reached_by_2_rate")).isEqualTo(.125);
    }

    @Test
    void reachedUsersAreCountedByTypeOfKoc() {
        Row county = hongshan();

        assertThat(county.<Long>getAs("guide_customer_users")).isEqualTo(2);
        assertThat(county.<Long>getAs("user_friend_users")).isEqualTo(2);
        assertThat(county.<Long>getAs("employee_friend_users")).isZero();
        assertThat(county.<Long>getAs("external_friend_users")).isZero();
        assertThat(county.<Long>getAs("store_users")).isEqualTo(2);
        assertThat(county.<Long>getAs("beyond_store_users")).isEqualTo(1);
    }

    @Test
    void theReasonGivesTheNumbersBehindThePhase() {
        assertThat(hongshan("target-kocs=3", "users-per-koc=1").<String>getAs("reason"))
                .isEqualTo(
                        "Active KOCs: 1 (target 3). 13% of users hear from two or more: not enough for the online phase.");
    }

    @Test
    void theNextActionIsToWinKocsAndOtherwiseUsers() {
        assertThat(hongshan("target-kocs=3", "users-per-koc=1").<String>getAs("next_action"))
                .isEqualTo("Win 2 more KOCs in Hongshan: 5 of 8 users there hear from no KOC. Start with d (proven).");
        assertThat(hongshan("target-kocs=2", "users-per-koc=1").<String>getAs("next_action"))
                .isEqualTo("Win 1 more KOC in Hongshan: 5 of 8 users there hear from no KOC. Start with d (proven).");
        assertThat(hongshan("target-kocs=1").<String>getAs("next_action"))
                .isEqualTo("Let the KOCs in Hongshan invite users: 5 of 8 there hear from no KOC.");
    }

    @Test
    void theFirstToRecruitWhoLivesThereIsNamedWhereAKocIsMissing() {
        assertThat(text(coverage("target-kocs=3", "users-per-koc=1")
                        .where("city IS NOT NULL")
                        .select("county", "gap", "recruit_id")))
                .containsExactlyInAnyOrder("[Hongshan,2,d]", "[Jiang,0,null]");
        assertThat(hongshan("target-kocs=1").isNullAt(hongshan().fieldIndex("recruit_id")))
                .isTrue();
        assertThat(text(coverage("target-kocs=3", "users-per-koc=1")
                        .where("city IS NULL")
                        .select("next_action")))
                .containsExactly("[Win 1 more KOC in Hongshan: 1 of 1 user there hears from no KOC. Nobody is in reach"
                        + " yet: look for regular customers who like to share.]");
    }

    @Test
    void theTargetIsOneKocForEveryTwentyUsersUpToTheMaximum() {
        assertThat(hongshan().<Integer>getAs("target_kocs")).isEqualTo(1);
        // 8 users, 3 a KOC.
        assertThat(hongshan("users-per-koc=3").<Integer>getAs("target_kocs")).isEqualTo(3);
        assertThat(hongshan("users-per-koc=3", "target-kocs=2").<Integer>getAs("target_kocs"))
                .isEqualTo(2);
    }

    @Test
    void theGapIsNeverNegative() {
        assertThat(hongshan("target-kocs=1").<Long>getAs("gap")).isZero();
    }

    @Test
    void countiesOfOneNameInDifferentCitiesAreDifferent() {
        assertThat(text(coverage().select("province", "city", "county", "users")))
                .containsExactlyInAnyOrder(
                        "[null,null,Hongshan,1]", "[Hunan,Yong,Jiang,1]", "[Hubei,Wuhan,Hongshan,8]");
    }

    @Test
    void theOnlinePhaseNeedsBothEnoughKocsAndEnoughUsersReachedTwice() {
        assertThat(phase(
                        "target-kocs=2",
                        "users-per-koc=1",
                        "online-target-fraction=0.5",
                        "online-reached-by-2-rate=0.125"))
                .isEqualTo("online");
        assertThat(phase(
                        "target-kocs=3",
                        "users-per-koc=1",
                        "online-target-fraction=0.5",
                        "online-reached-by-2-rate=0.125"))
                .isEqualTo("in_store");
        assertThat(phase(
                        "target-kocs=2",
                        "users-per-koc=1",
                        "online-target-fraction=0.5",
                        "online-reached-by-2-rate=0.13"))
                .isEqualTo("in_store");
    }

    private static String phase(String... settings) {
        return hongshan(settings).getAs("phase");
    }

    private static Row hongshan(String... settings) {
        return coverage(settings).where("province = 'Hubei'").head();
    }

    private static Dataset<Row> coverage(String... settings) {
        String[] keys = Arrays.stream(settings)
                .map(setting -> "koc.growth.county." + setting)
                .toArray(String[]::new);
        return new CountyCoverage(GrowthSettings.from(config(keys)), DAY)
                .compute(
                        UserReach.measure(users(), ties(TIES), kocs()),
                        kocs(),
                        CountyCoverage.selectRecruits(rows(KocTables.KOC_LIFECYCLE, """
                                koc_id    | recruit_rank | listed_as
                                active    |              | koc
                                away      | 1            | proven
                                nowhere   | 2            | proven
                                c         | 4            | unproven
                                d         | 3            | proven
                                """), users()));
    }
}
