package koc.growth.leads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import koc.growth.CategoryShares;
import koc.growth.ContentPerformance;
import koc.growth.GrowthKocs;
import koc.growth.GrowthReportTest;
import koc.growth.GrowthSettings;
import koc.spark.Checkpoints;
import koc.tables.InfluenceTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class MentorPairsTest extends GrowthReportTest {
    private static final LocalDate DAY = day("2024-06-30");
    private static final String KOCS = """
            koc_id  | level   | influence_lift | region | main_category | score | is_revoked
            star    | gold    | 2              | J      | tea           | 9     | false
            distant | silver  | 3              | X      | tea           | 9     | false
            weak    | gold    | 1              | J      | tea           | 9     | false
            rare    | gold    | 2              | J      | tea           | 9     | false
            banned  | revoked | 2              | J      | tea           | 9     | true
            unsure  | gold    |                | J      | tea           | 9     | false
            near    | recruit |                | J      | tea           | 2     | false
            near2   | bronze  | 9              | J      | tea           | 1     | false
            far     | trainee |                | Z      | tea           | 1     | false
            coffee  | recruit |                | J      | coffee        | 1     | false
            nothing | recruit |                | J      |               | 1     | false
            """;
    private static final String CATEGORY_SHARES = """
            koc_id  | category | shares
            star    | tea      | 2
            distant | tea      | 2
            weak    | tea      | 6
            others  | tea      | 80
            """;
    private static final Checkpoints CHECKPOINTS = new Checkpoints();
    private static final String CREDITS = """
            purchase_event_id | touch_event_id | koc_id  | category | credited_fraction
            1                 | 1              | star    | tea      | 1
            2                 | 2              | star    | tea      | 1
            3                 | 3              | star    | tea      | 1
            4                 | 4              | distant | tea      | 3
            5                 | 5              | weak    | tea      | 9
            6                 | 6              | rare    | tea      | 2.9
            7                 | 7              | banned  | tea      | 9
            8                 | 8              | unsure  | tea      | 9
            9                 | 9              | near2   | tea      | 9
            """;

    @AfterAll
    static void close() {
        CHECKPOINTS.close();
    }

    @Test
    void menteesGetAMentorOfTheirCategoryInTheirCountyFirst() {
        Dataset<Row> pairs = pairs();

        assertThat(pairs.orderBy("mentee_id")
                        .select("mentee_id", "mentor_id", "category", "is_same_county")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly("[far,distant,tea,false]", "[near,star,tea,true]", "[near2,star,tea,true]");
    }

    @Test
    void theBestPostOfTheMentorIsTheTemplate() {
        Row near = pairs().where("mentee_id = 'near'").head();

        assertThat(near.<String>getAs("content_id")).isEqualTo("best");
        assertThat(near.<Double>getAs("content_lift")).isEqualTo(2.5);
        assertThat(near.<Double>getAs("mentor_lift")).isEqualTo(2);
        assertThat(near.<Double>getAs("purchases")).isEqualTo(3);
        // All KOCs: 44.9 purchases from 90 shares. The mentor: 3 purchases from 2 shares, and 10 shares at that rate.
        assertThat(near.<Double>getAs("purchases_per_share_lift"))
                .isCloseTo((3 + 10 * 44.9 / 90) / 12 / (44.9 / 90), within(1e-6));
        assertThat(near.<String>getAs("reason"))
                .isEqualTo(
                        "in tea, shares bring 1.3 times the average purchases (3.0 from 2 shares); influence 2.0; same"
                                + " county; template: post best, 2.5 times the mentor's average responses");
    }

    @Test
    void aMentorGetsAtMostTheMaximumAndOtherMenteesGoElsewhere() {
        Dataset<Row> pairs = pairs("koc.growth.mentors.max-mentees=1");

        assertThat(pairs.orderBy("mentee_id").select("mentee_id", "mentor_id").collectAsList())
                .extracting(Row::toString)
                .containsExactly("[far,distant]", "[near,star]");
    }

    @Test
    void menteesWhomAFullMentorOfTwoCategoriesCannotTakeGoToAnotherMentor() {
        Dataset<Row> pairs = pairsOf("""
                koc_id | level   | influence_lift | region | main_category | score | is_revoked
                both   | gold    | 3              | J      | tea           | 9     | false
                second | gold    | 2              | X      | coffee        | 9     | false
                tea1   | recruit |                | J      | tea           | 3     | false
                bean1  | recruit |                | J      | coffee        | 2     | false
                """, """
                koc_id | category | shares
                both   | tea      | 2
                both   | coffee   | 2
                second | coffee   | 2
                """, """
                purchase_event_id | touch_event_id | koc_id | category | credited_fraction
                1                 | 1              | both   | tea      | 3
                2                 | 2              | both   | coffee   | 3
                3                 | 3              | second | coffee   | 3
                """, "koc.growth.mentors.max-mentees=1");

        assertThat(pairs.orderBy("mentee_id")
                        .select("mentee_id", "mentor_id", "is_same_county")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly("[bean1,second,false]", "[tea1,both,true]");
    }

    @Test
    void withoutCreditsThereAreNoMentors() {
        assertThat(pairsOf(KOCS, CATEGORY_SHARES, "purchase_event_id | credited_fraction")
                        .count())
                .isZero();
    }

    private static Dataset<Row> pairs(String... settings) {
        return pairsOf(KOCS, CATEGORY_SHARES, CREDITS, settings);
    }

    private static Dataset<Row> pairsOf(String kocs, String categoryShares, String credits, String... settings) {
        return new MentorPairs(GrowthSettings.from(config(settings)), DAY, CHECKPOINTS)
                .match(
                        frame(GrowthKocs.SCHEMA, kocs),
                        frame(CategoryShares.SCHEMA, categoryShares),
                        rows(InfluenceTables.PURCHASE_CREDITS, credits),
                        frame(ContentPerformance.POSTS_WITH_LIFT, """
                        koc_id  | category | lift | content_id
                        star    | tea      | 2.5  | best
                        star    | tea      | 2    | good
                        star    | coffee   | 9    | other
                        distant | tea      | 1    | average
                        """));
    }
}
