package koc.growth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.stream.Stream;
import koc.rules.OpenTies;
import koc.tables.CleanTables;
import koc.tables.FeatureTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

class FunnelTest extends GrowthReportTest {
    private static final LocalDate DAY = day("2024-06-30");
    private static final Funnel FUNNEL = new Funnel(new GrowthSettings.Funnel(90, 14, 30, 30, 1), DAY);
    private static final String NO_EVENTS = "event_id | user_id";
    private static final String NO_DAYS = "user_id | day";

    @Test
    void aUserIsAcquiredByTheFirstTieIfThatTieBeganInTheWindow() {
        Dataset<Row> acquired = FUNNEL.selectAcquisitions(OpenTies.computeSpans(rows(CleanTables.TIES, """
                koc_id | user_id | since      | until      | scene
                k      | twice   | 2024-05-02 |            | coupon
                k      | twice   | 2024-05-01 |            | order
                k      | ended   | 2024-06-01 | 2024-06-02 |
                k      | before  | 2024-04-01 |            | order
                k      | before  | 2024-05-01 |            | coupon
                k      | first   | 2024-04-02 |            | order
                k      | last    | 2024-06-30 |            | order
                k      | later   | 2024-07-01 |            | order
                k      | unknown |            |            | order
                k      | older   |            |            | order
                k      | older   | 2024-05-01 |            | coupon
                k      | k       | 2024-05-01 |            | order
                """)));

        assertThat(acquired.orderBy("user_id")
                        .select("user_id", "since", "scene")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly(
                        "[ended,2024-06-01,(none)]",
                        "[first,2024-04-02,order]",
                        "[last,2024-06-30,order]",
                        "[twice,2024-05-01,order]");
    }

    @Test
    void inferredTiesCountAsAcquisitionsEvenIfTheyEndedSince() {
        Dataset<Row> acquired = FUNNEL.selectAcquisitions(OpenTies.inferSpans(rows(CleanTables.EVENTS, """
                occurred_at         | day        | user_id | event_type | sharer_id
                2024-05-05 10:00:00 | 2024-05-05 | stays   | share_open | k
                2024-05-05 10:00:00 | 2024-05-05 | left    | share_open | k
                2024-05-09 10:00:00 | 2024-05-09 | left    | leave      | k
                2024-04-01 10:00:00 | 2024-04-01 | earlier | share_open | k
                """), DAY));

        assertThat(acquired.orderBy("user_id")
                        .select("user_id", "since", "scene")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly("[left,2024-05-05,(none)]", "[stays,2024-05-05,(none)]");
    }

    @Test
    void eachRateCountsOnlyUsersWhoseTimeIsOver() {
        // Conversion is due for ties up to 05-31, activation for ties up to 06-16.
        Row all = all(funnel("""
                koc_id | user_id | since      | scene
                k      | quick   | 2024-05-01 | order
                k      | slow    | 2024-05-01 | order
                k      | same    | 2024-05-31 | order
                k      | young   | 2024-06-16 | order
                k      | newest  | 2024-06-17 | order
                """, """
                event_id | day        | user_id | event_type | sharer_id
                1        | 2024-05-15 | quick   | click      | k
                2        | 2024-05-16 | slow    | inquiry    | k
                3        | 2024-06-16 | young   | inquiry    | k
                4        | 2024-06-17 | newest  | click      | k
                5        | 2024-05-02 | slow    | click      | somebody
                """, """
                user_id | day        | purchase_lines | refunded_lines
                quick   | 2024-05-02 | 1              | 0
                quick   | 2024-06-01 | 2              | 0
                slow    | 2024-06-01 | 1              | 0
                same    | 2024-05-31 | 1              | 0
                young   | 2024-06-17 | 1              | 0
                """));

        assertThat(counts(all, "acquired", "activation_due", "activated", "conversion_due", "converted"))
                .isEqualTo("5 4 2 3 1");
        assertThat(counts(all, "repeat_due", "repeated")).isEqualTo("1 1");
        assertThat(all.<Double>getAs("activation_rate")).isEqualTo(.5);
        assertThat(all.<Double>getAs("conversion_rate")).isEqualTo(.3333);
        assertThat(all.<Double>getAs("repeat_rate")).isEqualTo(1);
    }

    @Test
    void aRateOfTooFewDueUsersIsNull() {
        Funnel strict = new Funnel(new GrowthSettings.Funnel(90, 14, 30, 30, 2), DAY);

        Dataset<Row> funnel = funnel(strict, """
                koc_id | user_id | since      | scene
                k      | a       | 2024-05-01 | order
                k      | b       | 2024-06-20 | order
                k      | c       | 2024-05-01 | coupon
                """, NO_EVENTS, NO_DAYS);

        assertThat(text(funnel.where("koc_id = 'k'")
                        .orderBy("scene")
                        .select("scene", "activation_due", "activation_rate", "conversion_due", "conversion_rate")))
                .containsExactly("[*,2,0.0,2,0.0]", "[coupon,1,null,1,null]", "[order,1,null,1,null]");
    }

    @Test
    void aReturnedPurchaseIsNoConversion() {
        Row all = all(funnel(
                "koc_id | user_id | since | scene\nk | a | 2024-05-01 | order\nk | b | 2024-05-01 | order",
                NO_EVENTS,
                """
                user_id | day        | purchase_lines | refunded_lines
                a       | 2024-05-02 | 1              | 0
                a       | 2024-05-02 | 0              | 1
                b       | 2024-05-02 | 2              | 1
                """));

        assertThat(counts(all, "acquired", "converted", "repeat_due", "repeated"))
                .isEqualTo("2 1 1 0");
    }

    @Test
    void countsAreTotaledByKocSceneAndProfile() {
        Dataset<Row> funnel = funnel("""
                koc_id | user_id | since      | scene
                k      | a       | 2024-05-01 | order
                k      | b       | 2024-05-01 | coupon
                m      | a       | 2024-05-01 | order
                nobody | a       | 2024-05-01 | order
                """, NO_EVENTS, NO_DAYS);

        assertThat(funnel.orderBy("koc_id", "profile", "scene")
                        .select("koc_id", "profile", "scene", "kocs", "acquired")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly(
                        "[*,*,*,2,3]",
                        "[*,*,coupon,1,1]",
                        "[*,*,order,2,2]",
                        "[*,avatar,*,1,2]",
                        "[*,none,*,1,1]",
                        "[k,avatar,*,1,2]",
                        "[k,avatar,coupon,1,1]",
                        "[k,avatar,order,1,1]",
                        "[m,none,*,1,1]",
                        "[m,none,order,1,1]");
    }

    @Test
    void postsInquiriesRepliesAndClicksCountForTheKocAndNotForSingleScenes() {
        Dataset<Row> funnel = funnel("koc_id | user_id | since | scene\nk | a | 2024-05-01 | order", """
                event_id | day        | user_id | event_type | sharer_id
                1        | 2024-06-01 | k       | share      |
                2        | 2024-06-01 | k       | post       |
                3        | 2024-06-20 | a       | share_open | k
                4        | 2024-06-02 | other   | inquiry    | k
                5        | 2024-06-03 | k       | reply      | other
                6        | 2024-06-03 | other   | reply      | somebody
                7        | 2024-06-03 | a       | leave      | k
                8        | 2024-06-25 | k       | click      | k
                """, NO_DAYS);
        Row koc = funnel.where("koc_id = 'k' AND scene = '*'").head();
        Row scene = funnel.where("koc_id = 'k' AND scene = 'order'").head();

        assertThat(counts(koc, "posts", "inquiries", "replies", "clicks")).isEqualTo("2 1 1 1");
        assertThat(koc.<Double>getAs("inquiries_per_post")).isEqualTo(.5);
        assertThat(koc.<Double>getAs("clicks_per_post")).isEqualTo(.5);
        assertThat(koc.<Integer>getAs("days_since_engagement")).isEqualTo(10);
        assertThat(scene.isNullAt(scene.fieldIndex("posts"))).isTrue();
        assertThat(scene.isNullAt(scene.fieldIndex("clicks_per_post"))).isTrue();
    }

    @Test
    void withoutTiesEventsAndPurchasesThereAreNoRows() {
        assertThat(funnel("koc_id | user_id | since", NO_EVENTS, NO_DAYS).count())
                .isZero();
    }

    private static Row all(Dataset<Row> funnel) {
        return funnel.where("koc_id = '*' AND profile = '*' AND scene = '*'").head();
    }

    private static String counts(Row row, String... columns) {
        return String.join(
                " ",
                Stream.of(columns)
                        .map(column -> String.valueOf(row.<Long>getAs(column)))
                        .toList());
    }

    private static Dataset<Row> funnel(String ties, String events, String userDays) {
        return funnel(FUNNEL, ties, events, userDays);
    }

    private static Dataset<Row> funnel(Funnel funnel, String ties, String events, String userDays) {
        Dataset<Row> allEvents = rows(CleanTables.EVENTS, events).withColumn("arrived", functions.lit(DAY));
        Dataset<Row> days = rows(FeatureTables.USER_DAYS, userDays).withColumn("arrived", functions.lit(DAY));
        return funnel.compute(
                funnel.selectAcquisitions(OpenTies.computeSpans(rows(CleanTables.TIES, ties))),
                Engagement.count(allEvents, DAY.minusDays(89), DAY),
                funnel.collectPurchaseDays(days),
                funnel.countPosts(allEvents),
                rows(GrowthKocs.KOCS, """
                koc_id | profile | profile_completeness
                k      | avatar  | .333
                m      | none    | 0
                """));
    }
}
