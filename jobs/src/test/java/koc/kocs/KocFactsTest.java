package koc.kocs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import koc.SparkTest;
import koc.tables.CleanTables;
import koc.tables.FeatureTables;
import koc.tables.InfluenceTables;
import koc.tables.KocTables;
import koc.warehouse.Table;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class KocFactsTest extends SparkTest {
    private static final LocalDate DAY = LocalDate.parse("2024-06-30");
    private static final Table PEOPLE =
            Table.named("people").columns("koc_id STRING, koc_type STRING, pool_size BIGINT");

    @Test
    void candidatesAreKocsAndPeopleWhoHadALevel() {
        Dataset<Row> features = filled(FeatureTables.USER_FEATURES, """
                user_id  | role     | shares_90d
                guide    | guide    | 0
                idle     | guide    | 0
                external | external | 0
                outsider | external | 2
                large    | consumer | 0
                small    | consumer | 3
                silent   | consumer | 0
                held     | consumer | 0
                """);
        Dataset<Row> ties = filled(InfluenceTables.TIE_STRENGTHS, """
                koc_id   | user_id | is_strong
                guide    | a       | true
                large    | a       | true
                large    | b       | false
                external | a       | false
                external | b       | false
                outsider | a       | false
                small    | a       | false
                silent   | a       | false
                stranger | a       | false
                stranger | b       | false
                """);
        Dataset<Row> previous = rows(KocTables.KOC_RANKING, """
                koc_id | koc_type | level   | level_since
                held   | user     | bronze  | 2024-01-01
                silent | user     | recruit | 2024-01-01
                gone   | external | revoked | 2024-01-01
                """);

        Map<String, String> found = new TreeMap<>();
        KocFacts.people(features, ties, previous, 2)
                .collectAsList()
                .forEach(row -> found.put(
                        row.getAs("koc_id"),
                        row.getAs("koc_type") + " " + row.getAs("is_candidate") + " " + row.getAs("pool_size") + " "
                                + row.getAs("strong_ties")));

        assertThat(found)
                .isEqualTo(new TreeMap<>(Map.of(
                        "guide", "guide true 1 1",
                        "external", "external true 2 0",
                        "outsider", "external false 1 0",
                        "large", "user true 2 1",
                        "stranger", "user true 2 0",
                        "held", "user true 0 0",
                        "gone", "external true 0 0",
                        "small", "user false 1 0")));
    }

    @Test
    void aNewCustomerIsOneWhoseFirstPurchaseIsMostlyTheKocs() {
        Dataset<Row> credits = rows(InfluenceTables.PURCHASE_CREDITS, """
                purchase_event_id | touch_event_id | koc_id | user_id | purchased_at        | credited_fraction | credited_amount
                first             | t1             | main   | new     | 2024-06-20 10:00:00 | 0.3               | 30
                first             | t2             | main   | new     | 2024-06-20 10:00:00 | 0.3               | 30
                first             | t3             | helper | new     | 2024-06-20 10:00:00 | 0.4               | 40
                again             | t4             | helper | new     | 2024-06-25 10:00:00 | 1                 | 100
                old               | t5             | helper | old     | 2024-05-20 10:00:00 | 1                 | 50
                returned          | t6             | helper | else    | 2024-06-20 10:00:00 | 1                 | 0
                own               | t7             | helper | helper  | 2024-06-20 10:00:00 | 1                 | 70
                """);
        Dataset<Row> histories = SPARK.sql("SELECT * FROM VALUES ('new', DATE'2024-06-20'), ('old', DATE'2023-01-01')"
                + " AS (user_id, first_purchase_on)");

        List<Row> found =
                KocFacts.sales(credits, histories, DAY).orderBy("koc_id").collectAsList();

        assertThat(found)
                .extracting(row -> row.getAs("koc_id") + " buyers " + row.getAs("attributed_buyers_90d") + " sales "
                        + row.getAs("net_sales_30d") + " " + row.getAs("net_sales_90d") + " new "
                        + row.getAs("new_customers_30d") + " " + row.getAs("new_customers_90d") + " from "
                        + row.getAs("first_credit_on"))
                .containsExactly(
                        "helper buyers 2 sales 140.00 190.00 new 0 0 from 2024-05-20",
                        "main buyers 1 sales 60.00 60.00 new 1 1 from 2024-06-20");
    }

    @Test
    void activityCountsUsersADayAndKeepsOtherPeoplesActsApart() {
        Dataset<Row> events = rows(CleanTables.EVENTS, """
                day        | user_id | event_type | sharer_id | group_id
                2024-06-30 | koc     | share      |           | g
                2024-06-30 | koc     | post       |           |
                2024-06-30 | a       | share_open | koc       |
                2024-06-30 | a       | inquiry    | koc       |
                2024-06-30 | b       | inquiry    | koc       |
                2024-06-30 | koc     | reply      | a         |
                2024-06-30 | koc     | share_open | koc       |
                2024-06-29 | a       | mute       | koc       |
                2024-06-30 | a       | leave      | koc       |
                2024-06-30 | b       | mute       | koc       |
                2024-04-02 | koc     | share      |           |
                2024-04-01 | koc     | share      |           |
                2024-01-01 | koc     | train      |           |
                2024-06-30 | koc     | purchase   | b         |
                """);

        Dataset<Row> activity = KocFacts.activity(events, DAY, 2);
        Row found =
                KocFacts.activities(activity.where("koc_id = 'koc'"), DAY, 1).head();

        assertThat(found.<Long>getAs("responses_90d")).isEqualTo(2);
        assertThat(found.<Long>getAs("inquiries_90d")).isEqualTo(2);
        assertThat(found.<Long>getAs("replies_90d")).isEqualTo(1);
        assertThat(found.<Long>getAs("group_shares_90d")).isEqualTo(1);
        assertThat(found.<Long>getAs("muted_or_left_90d")).isEqualTo(2);
        assertThat(found.<Long>getAs("left_90d")).isEqualTo(1);
        assertThat(found.<Long>getAs("courses_365d")).isEqualTo(1);
        assertThat(found.<Long>getAs("active_days_30d")).isEqualTo(1);
        assertThat(found.<Long>getAs("active_days_90d")).isEqualTo(2);
        assertThat(found.<Long>getAs("days_above_cap")).isEqualTo(1);
    }

    @Test
    void anInquiryIsAnsweredByAReplyToWhoAskedWithinDays() {
        Dataset<Row> events = rows(CleanTables.EVENTS, """
                day        | user_id | event_type | sharer_id
                2024-06-10 | a       | inquiry    | koc
                2024-06-12 | koc     | reply      | a
                2024-06-10 | b       | inquiry    | koc
                2024-06-13 | koc     | reply      | b
                2024-06-10 | c       | inquiry    | koc
                2024-06-09 | koc     | reply      | c
                2024-06-20 | koc     | reply      | d
                2024-06-20 | e       | inquiry    | other
                2024-06-20 | koc     | reply      | e
                """);

        Row found = KocFacts.activities(KocFacts.activity(events, DAY, 2).where("koc_id = 'koc'"), DAY, 1)
                .head();

        assertThat(found.<Long>getAs("inquiries_90d")).isEqualTo(3);
        assertThat(found.<Long>getAs("answered_inquiries_90d")).isEqualTo(1);
        assertThat(found.<Long>getAs("replies_90d")).isEqualTo(5);
    }

    @Test
    void nothingIsAboveABudgetWithoutAnEnd() {
        String posts = "day | user_id | event_type";
        for (int i = 0; i < 12; i++) {
            posts += "\n2024-06-30 | koc | share";
        }
        Dataset<Row> activity = KocFacts.activity(rows(CleanTables.EVENTS, posts), DAY, 2);

        assertThat(KocFacts.activities(activity, DAY, 9).head().<Long>getAs("days_above_cap"))
                .isEqualTo(1);
        assertThat(KocFacts.activities(activity, DAY, FrequencyCap.MOST).head().<Long>getAs("days_above_cap"))
                .isZero();
    }

    @Test
    void contentIsOriginalWhenNobodySharedItBefore() {
        Dataset<Row> sharing = SPARK.sql("SELECT * FROM VALUES ('own', 'koc', true, 3L), ('copied', 'koc', false, 1L),"
                + " ('early', 'koc', true, 0L), ('copied', 'other', true, 0L)"
                + " AS sharing(content_id, koc_id, is_author, shares_90d)");

        assertThat(KocFacts.originality(sharing).collectAsList())
                .extracting(Row::toString)
                .containsExactly("[koc,4,3]");
    }

    @Test
    void aLossIsBlamedOnThePostsOfTheDaysBeforeIt() {
        Dataset<Row> events = rows(CleanTables.EVENTS, """
                day        | user_id | event_type | sharer_id
                2024-06-10 | koc     | share      |
                2024-06-20 | koc     | share      |
                2024-06-20 | koc     | share      |
                2024-06-22 | a       | mute       | koc
                2024-06-23 | b       | leave      | koc
                """);

        List<Row> found = KocFacts.lossesByPosts(KocFacts.activity(events, DAY, 2), people("koc | user | 50"), 2)
                .orderBy("posts")
                .collectAsList();

        assertThat(found)
                .extracting(row -> row.getAs("posts") + " " + row.getAs("member_days") + " " + row.getAs("lost"))
                .containsExactly("1 50 0", "2 50 1");
    }

    @Test
    void ownUseKnowsWhatWasKeptAndOnWhichTopics() {
        Dataset<Row> productDays = filled(FeatureTables.USER_PRODUCT_DAYS, """
                day        | user_id | product_id | units | refunded_units | shares | reviews | rating_sum
                2023-01-01 | koc     | cream      | 2     | 1              | 0      | 1       | 1
                2024-06-01 | koc     | cream      | 0     | 0              | 3      | 1       | 5
                2024-06-02 | koc     | phone      | 1     | 1              | 1      | 0       | 0
                2024-03-01 | koc     | phone      | 0     | 0              | 7      | 0       | 0
                2024-06-02 | other   | phone      | 1     | 1              | 1      | 0       | 0
                """);
        Dataset<Row> products = rows(CleanTables.PRODUCTS, """
                product_id | category
                cream      | beauty
                phone      | digital
                book       | books
                """).select("product_id", "category");

        List<Row> all = KocFacts.ownUse(KocFacts.topics(productDays, products, people("koc | user | 1"), DAY), products)
                .collectAsList();

        Row found = all.get(0);
        assertThat(all).hasSize(1);
        assertThat(found.<Long>getAs("product_shares_90d")).isEqualTo(4);
        assertThat(found.<Long>getAs("used_shares_90d")).isEqualTo(3);
        assertThat(found.<Long>getAs("products_used")).isEqualTo(1);
        assertThat(found.<Long>getAs("own_reviews")).isEqualTo(1);
        assertThat(found.<Long>getAs("own_rating_sum")).isEqualTo(5);
        assertThat(found.<Long>getAs("topics")).isEqualTo(2);
        assertThat(found.<Double>getAs("topic_weight")).isCloseTo(3 * Math.log(3), within(1e-9));
        assertThat(found.<String>getAs("top_topic")).isEqualTo("beauty");
        assertThat(found.<Long>getAs("all_topics")).isEqualTo(3);
    }

    @Test
    void aHistoryBeginsWithTheFirstPurchaseThatWasKept() {
        Dataset<Row> userDays = filled(FeatureTables.USER_DAYS, """
                arrived    | day        | user_id | purchase_lines | refunded_lines | gross_spend | refunded | shares | complaints
                2023-01-01 | 2023-01-01 | u       | 0              | 0              | 0           | 0        | 0      | 1
                2024-01-01 | 2024-01-01 | u       | 1              | 0              | 10          | 0        | 0      | 2
                2024-01-09 | 2024-01-01 | u       | 0              | 1              | 0           | 10       | 0      | 0
                2024-02-01 | 2024-02-01 | u       | 2              | 1              | 20          | 10       | 0      | 0
                2024-03-01 | 2024-03-01 | u       | 0              | 0              | 0           | 0        | 1      | 0
                2024-07-01 | 2024-07-01 | u       | 1              | 0              | 10          | 0        | 0      | 0
                """);

        Row found = KocFacts.histories(userDays, DAY).head();

        assertThat(found.getAs("first_purchase_on").toString()).isEqualTo("2024-02-01");
        assertThat(found.getAs("last_purchase_on").toString()).isEqualTo("2024-02-01");
        assertThat(found.getAs("first_share_on").toString()).isEqualTo("2024-03-01");
        assertThat(found.<Long>getAs("purchase_days_365d")).isEqualTo(1);
        assertThat(found.<Long>getAs("complaints_365d")).isEqualTo(2);
    }

    @Test
    void theVoicesOfAPoolAreCountedForGuidesOnly() {
        Dataset<Row> ties = rows(InfluenceTables.TIE_STRENGTHS, """
                koc_id | user_id
                guide  | a
                guide  | b
                user   | a
                """);
        Dataset<Row> histories = SPARK.sql("SELECT * FROM VALUES ('a', 2L, 1L, 4L, 0L), ('b', 3L, 0L, 0L, 1L)"
                + " AS (user_id, purchase_lines_90d, reviews_90d, rating_sum_90d, complaints_90d)");

        List<Row> found = KocFacts.poolVoices(ties, people("guide | guide | 2\nuser | user | 1"), histories)
                .collectAsList();

        assertThat(found)
                .extracting(row -> row.getAs("koc_id") + " " + row.getAs("pool_lines") + " " + row.getAs("pool_reviews")
                        + " " + row.getAs("pool_rating_sum") + " " + row.getAs("pool_complaints"))
                .containsExactly("guide 5 1 4 1");
    }

    private static Dataset<Row> people(String lines) {
        return rows(PEOPLE, "koc_id | koc_type | pool_size\n" + lines);
    }

    /** Numbers that are not named are 0. */
    private static Dataset<Row> filled(Table table, String text) {
        return rows(table, text).na().fill(0);
    }
}
