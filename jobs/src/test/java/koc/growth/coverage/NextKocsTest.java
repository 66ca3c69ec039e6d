package koc.growth.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import koc.growth.CountyReportTest;
import koc.growth.GrowthSettings;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class NextKocsTest extends CountyReportTest {
    private static final LocalDate DAY = day("2024-06-30");

    @Test
    void onlyInactiveKocsOfTheCountyAddUsersAndOnlyThoseReachedLessThanTwice() {
        Dataset<Row> reach = UserReach.measure(users(), ties(TIES), kocs());

        assertThat(text(NextKocs.selectAdditions(ties(TIES), kocs(), reach)
                        .orderBy("koc_id", "user_id")
                        .select("koc_id", "user_id", "reaching_kocs")))
                .containsExactly("[inactive1,a,1]", "[inactive1,d,0]", "[inactive2,d,0]");
    }

    @Test
    void theKocWhoAddsMostUsersIsFirst() {
        Dataset<Row> next = next(TIES, "second-koc-weight=0.5");

        // inactive1 is the first KOC for d and the second for a. After that, inactive2 is the second for d.
        assertThat(text(next.select("county", "rank", "koc_id", "level", "users_added", "users_added_second", "gain")))
                .containsExactly("[Hongshan,1,inactive1,trainee,1,1,1.5]", "[Hongshan,2,inactive2,null,0,1,0.5]");
    }

    @Test
    void theBoundsAndTheReasonDescribeTheSelectionUpToTheRank() {
        Row second = next(TIES, "second-koc-weight=0.5").where("rank = 2").head();

        assertThat(second.<Double>getAs("total_gain")).isEqualTo(2);
        assertThat(second.<Double>getAs("greedy_bound")).isEqualTo(.75);
        assertThat(second.<Double>getAs("data_bound")).isEqualTo(1);
        assertThat(second.<Long>getAs("candidates")).isEqualTo(2);
        assertThat(second.<String>getAs("reason"))
                .isEqualTo("Ask inactive2 to share again: they would become the second KOC of 1 user.");
    }

    @Test
    void theReasonNamesOnlyTheUsersWhomTheKocWouldReach() {
        String first = """
                koc_id    | user_id | relation    | is_inferred
                inactive1 | d       | user_friend | false
                """;

        assertThat(reason(next(first)))
                .isEqualTo("Ask inactive1 to share again: they would reach 1 user without a KOC.");
        assertThat(reason(next(TIES)))
                .isEqualTo("Ask inactive1 to share again: they would reach 1 user without a KOC and become the second"
                        + " KOC of 1.");
    }

    @Test
    void noMoreKocsAreSelectedThanTheCountyLacks() {
        assertThat(next(TIES, "target-kocs=2").count()).isEqualTo(1);
        assertThat(next(TIES, "target-kocs=1").count()).isZero();
        assertThat(next(TIES, "max-next-kocs=1").count()).isEqualTo(1);
    }

    @Test
    void uncomparedCandidatesAreCountedAndNamedInTheReason() {
        Row only = next(TIES, "max-candidates=1").head();

        assertThat(only.<String>getAs("koc_id")).isEqualTo("inactive1");
        assertThat(only.<Long>getAs("candidates")).isEqualTo(2);
        assertThat(only.<Long>getAs("candidates_compared")).isEqualTo(1);
        assertThat(only.<Double>getAs("data_bound")).isEqualTo(1);
    }

    @Test
    void aLargeCountyIsEstimatedFromASampleOfItsUsers() {
        List<String> ids = IntStream.range(0, 2000).mapToObj(i -> "m" + i).toList();
        Dataset<Row> users = describe("user_id | county\nk | Big\n"
                + ids.stream().map(id -> id + " | Big").collect(Collectors.joining("\n")));
        Dataset<Row> ties = ties("koc_id | user_id | relation | is_inferred\n"
                + ids.stream().map(id -> "k | " + id + " | user_friend | false").collect(Collectors.joining("\n")));
        Dataset<Row> kocs = users.where("user_id = 'k'")
                .selectExpr(
                        "'k' AS koc_id",
                        "region",
                        "'k' AS name",
                        "'user' AS koc_type",
                        "'recruit' AS level",
                        "2000L AS pool_size",
                        "false AS is_active",
                        "false AS is_revoked");
        Dataset<Row> reach = UserReach.measure(users, ties, kocs);

        Row next = new NextKocs(GrowthSettings.from(config("koc.growth.county.max-sampled-users=500")), DAY)
                .select(NextKocs.selectAdditions(ties, kocs, reach), reach, kocs)
                .head();

        assertThat(next.<Double>getAs("sampled_fraction")).isEqualTo(500 / 2001.0);
        assertThat(next.<Long>getAs("users_added")).isBetween(1700L, 2300L);
        assertThat(next.<String>getAs("reason")).endsWith(" The numbers are estimates.");
    }

    @Test
    void withoutTiesNoKocIsSelected() {
        assertThat(next(NO_TIES).count()).isZero();
    }

    private static String reason(Dataset<Row> next) {
        return next.head().getAs("reason");
    }

    private static Dataset<Row> next(String ties, String... settings) {
        // One KOC for every user, so that the counties are below target.
        String[] keys = Stream.concat(Stream.of("users-per-koc=1"), Arrays.stream(settings))
                .map(setting -> "koc.growth.county." + setting)
                .toArray(String[]::new);
        Dataset<Row> reach = UserReach.measure(users(), ties(ties), kocs());
        return new NextKocs(GrowthSettings.from(config(keys)), DAY)
                .select(NextKocs.selectAdditions(ties(ties), kocs(), reach), reach, kocs())
                .orderBy("rank");
    }
}
