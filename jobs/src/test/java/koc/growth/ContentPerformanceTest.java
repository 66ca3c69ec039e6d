package koc.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import koc.rules.ContentSharing;
import koc.tables.CleanTables;
import koc.tables.FeatureTables;
import koc.tables.InfluenceTables;
import koc.text.TextNumbers;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentPerformanceTest extends GrowthReportTest {
    private static final LocalDate DAY = day("2024-06-30");
    private static final String EVENTS = """
            event_id | day        | occurred_at         | user_id | event_type | content_id | product_id | sharer_id
            1        | 2024-06-20 | 2024-06-20 10:00:00 | k       | share      | hit        | tea1       |
            2        | 2024-06-21 | 2024-06-21 10:00:00 | m       | share      | hit        | tea1       |
            3        | 2024-06-20 | 2024-06-20 10:00:00 | k       | share      | dull       | tea1       |
            4        | 2024-06-20 | 2024-06-20 10:00:00 | k       | post       | words      |            |
            5        | 2024-06-20 | 2024-06-20 11:00:00 | a       | share_open | hit        | tea1       | k
            6        | 2024-06-20 | 2024-06-20 12:00:00 | b       | share_open | hit        | tea1       | k
            7        | 2024-06-22 | 2024-06-22 12:00:00 | c       | inquiry    | hit        | tea1       | m
            8        | 2024-06-20 | 2024-06-20 12:00:00 | b       | train      | lesson     |            |
            9        | 2024-06-20 | 2024-06-20 12:00:00 | b       | share_open | unshared   | tea1       | k
            10       | 2024-06-20 | 2024-06-20 12:00:00 | gone    | share      | bad        | tea1       |
            11       | 2024-05-20 | 2024-05-20 12:00:00 | k       | share      | early      | tea1       |
            12       | 2024-06-23 | 2024-06-23 12:00:00 | a       | click      | hit        | tea1       | m
            13       | 2024-06-23 | 2024-06-23 12:00:00 | m       | click      | hit        | tea1       | m
            14       | 2023-01-01 | 2023-01-01 12:00:00 | gone    | share      | old        | tea1       |
            15       | 2024-06-20 | 2024-06-20 12:00:00 | k       | share      | old        | tea1       |
            """;
    private static final String CREDITS = """
            purchase_event_id | touch_event_id | koc_id | credited_fraction
            p1                | 5              | k      | .75
            p1                | 1              | k      | .25
            p2                | 6              | k      | 1
            """;

    @Test
    void aPostBelongsToItsFirstSharerAndCountsTheResponsesToAllSharers() {
        Row hit = posts(EVENTS, CREDITS).where("content_id = 'hit'").head();

        assertThat(hit.<String>getAs("koc_id")).isEqualTo("k");
        assertThat(hit.<String>getAs("category")).isEqualTo("drinks > tea");
        assertThat(hit.<Long>getAs("shares")).isEqualTo(2);
        assertThat(hit.<Long>getAs("users_reached")).isEqualTo(30);
        assertThat(hit.<Long>getAs("openers")).isEqualTo(3);
        assertThat(hit.<Double>getAs("purchases")).isEqualTo(2);
        assertThat(hit.<Number>getAs("responses").doubleValue()).isEqualTo(23);
    }

    @Test
    void theAuthorIsTheFirstUserWhoEverSharedTheContent() {
        Dataset<Row> sharing = ContentSharing.computeSharers(rows(CleanTables.EVENTS, EVENTS), DAY);

        assertThat(sharing.where("content_id IN ('hit', 'old')")
                        .orderBy("content_id", "koc_id")
                        .select("content_id", "koc_id", "is_author", "first_shared_on", "shares_90d")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly(
                        "[hit,k,true,2024-06-20,1]",
                        "[hit,m,false,2024-06-21,1]",
                        "[old,gone,true,2023-01-01,0]",
                        "[old,k,false,2024-06-20,1]");
    }

    @Test
    void onlyPostsOfKocsWhoAreNotRevokedCount() {
        assertThat(posts(EVENTS, CREDITS)
                        .orderBy("content_id")
                        .select("content_id")
                        .collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactly("dull", "early", "hit", "words");
    }

    @Test
    void theLiftComparesAPostWithTheOtherPostsOfTheKoc() {
        Row hit = performance()
                .withLift(posts(EVENTS, CREDITS))
                .where("content_id = 'hit'")
                .head();

        // The other 3 posts have no responses. The mean of all posts is 23 / 4, and counts as 3 posts: 3 x 5.75 / 6.
        assertThat(hit.<Double>getAs("baseline_responses")).isEqualTo(2.875);
        assertThat(hit.<Double>getAs("lift")).isCloseTo(28 / 7.875, within(1e-6));
        assertThat(hit.<Double>getAs("persona_fit")).isEqualTo(.75);
    }

    @Test
    void onlyRecentPostsWithALiftAbove1AreReposted() {
        ContentPerformance performance = performance();

        Dataset<Row> repost =
                performance.selectToRepost(performance.withLift(posts(EVENTS, CREDITS)), users(), titles());

        Row hit = repost.head();
        assertThat(repost.count()).isEqualTo(1);
        assertThat(hit.<Integer>getAs("rank")).isEqualTo(1);
        assertThat(hit.<Double>getAs("score")).isCloseTo(.75 * 28 / 7.875, within(1e-6));
        assertThat(hit.<String>getAs("reason"))
                .isEqualTo(
                        "Repost Li Mei's post about Green tea: 3 users opened it, 2 credited purchases, 3.6 times their"
                                + " average post.");
    }

    @Test
    void withEqualLiftsPostsThatFitThePersonaComeFirstThenTheSmallerId() {
        Dataset<Row> lifted = rows(ContentPerformance.POSTS_WITH_LIFT, """
                content_id | koc_id | category | first_shared_on | shares | users_reached | openers | purchases | responses | baseline_responses | lift | persona_fit
                b          | k      | c        | 2024-06-30      | 1      | 9             | 5       | 0         | 5         | 2                  | 2    | .5
                a          | k      | c        | 2024-06-30      | 1      | 9             | 5       | 0         | 5         | 2                  | 2    | .5
                z          | k      | c        | 2024-06-30      | 1      | 9             | 5       | 0         | 5         | 2                  | 2    | .9
                """);

        assertThat(performance("koc.growth.content.max-posts=2")
                        .selectToRepost(lifted, users(), titles())
                        .orderBy("rank")
                        .select("content_id")
                        .collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactly("z", "a");
    }

    @Test
    void aPostAboutAProductThatItsAuthorComplainedAboutIsNotReposted() {
        Dataset<Row> posts = rows(ContentPerformance.POSTS, """
                content_id | koc_id | product_id
                good       | k      | tea1
                blocked    | k      | tea2
                words      | k      |
                of another | m      | tea2
                """);
        Dataset<Row> days = rows(FeatureTables.USER_PRODUCT_DAYS, """
                arrived    | day        | user_id | product_id | units | refunded_units | reviews | good_reviews | bad_reviews | complaints
                2024-06-01 | 2024-06-01 | k       | tea1       | 1     | 0              | 0       | 0            | 0           | 0
                2024-06-01 | 2024-06-01 | k       | tea2       | 1     | 0              | 0       | 0            | 0           | 1
                """);

        assertThat(ContentPerformance.withoutBlocked(posts, days)
                        .orderBy("content_id")
                        .select("content_id")
                        .collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactly("good", "of another", "words");
    }

    @Test
    void withoutPostsThereIsNothingToRepost() {
        Dataset<Row> none = posts("event_id | content_id", "purchase_event_id | touch_event_id | credited_fraction");

        assertThat(performance().withLift(none).count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void everyNumberInTheReasonIsAColumnHoweverLongTheNames(String language) {
        String name = "7 up ".repeat(1000);
        Dataset<Row> lifted = rows(ContentPerformance.POSTS_WITH_LIFT, """
                content_id | koc_id | product_id | category | first_shared_on | shares | users_reached | openers | purchases | responses | baseline_responses | lift  | persona_fit
                a          | k      | tea1       | c        | 2024-06-30      | 1      | 9             | 54321   | 9876.54   | 5         | 2                  | 12.34 | .5
                b          | z9     | x8         | c        | 2024-06-30      | 1      | 9             | 5       | 0         | 5         | 2                  | 2     | .5
                c          | z9     |            | c        | 2024-06-30      | 1      | 9             | 5       | 0         | 5         | 2                  | 2     | .5
                """);
        Dataset<Row> users = users().withColumn("nickname", functions.lit(name));
        Dataset<Row> titles = titles().withColumn("title", functions.lit(name));

        assertThat(performance("koc.language=" + language)
                        .selectToRepost(lifted, users, titles)
                        .collectAsList())
                .hasSize(3)
                .allSatisfy(row -> assertThat(TextNumbers.faults(row, "reason", name, "koc_id", "product_id"))
                        .isEmpty());
    }

    private static Dataset<Row> users() {
        return rows(CleanTables.USERS, "user_id | nickname\nk | Li Mei");
    }

    private static Dataset<Row> titles() {
        return rows(CleanTables.PRODUCTS, "product_id | title\ntea1 | Green tea");
    }

    private static ContentPerformance performance(String... settings) {
        return new ContentPerformance(GrowthSettings.from(config(settings)), DAY);
    }

    private static Dataset<Row> posts(String events, String credits) {
        Dataset<Row> allEvents = rows(CleanTables.EVENTS, events).withColumn("arrived", functions.lit(DAY));
        ContentPerformance performance = performance();
        return performance.measure(
                ContentSharing.computeSharers(allEvents, DAY),
                performance.countResponses(allEvents, rows(InfluenceTables.PURCHASE_CREDITS, credits)),
                rows(CleanTables.PRODUCTS, "product_id | category\ntea1 | drinks > tea")
                        .select("product_id", "category"),
                rows(GrowthKocs.KOCS, """
                koc_id | pool_size | is_revoked
                k      | 10        | false
                m      | 20        | false
                gone   | 5         | true
                """));
    }
}
