package koc.growth.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import koc.growth.CountyReportTest;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class UserReachTest extends CountyReportTest {
    @Test
    void onlyActiveKocsReachUsersWhereverTheKocsLive() {
        assertThat(text(reach(TIES).where("reaching_kocs > 0").select("user_id", "reaching_kocs")))
                .containsExactly("[a,1]", "[b,2]", "[c,1]");
    }

    @Test
    void theTypesOfTheReachingKocsAreFlagged() {
        assertThat(text(reach(TIES)
                        .where("user_id IN ('a', 'b', 'c', 'd')")
                        .select(
                                "user_id",
                                "is_employee_reached",
                                "is_guide_reached",
                                "is_user_reached",
                                "is_store_reached")))
                .containsExactly(
                        "[a,false,true,false,true]",
                        "[b,false,true,true,true]",
                        "[c,false,false,true,false]",
                        "[d,false,false,false,false]");
    }

    @Test
    void usersWithoutACountyAreLeftOut() {
        assertThat(text(reach(TIES).select("user_id"))).hasSize(10).doesNotContain("[nowhere]");
    }

    @Test
    void withoutTiesNoUserIsReached() {
        assertThat(reach(NO_TIES).where("reaching_kocs > 0").count()).isZero();
    }

    private static Dataset<Row> reach(String ties) {
        return UserReach.measure(users(), ties(ties), kocs()).orderBy("user_id");
    }
}
