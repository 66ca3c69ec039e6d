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
            koc_id  | name    | level   | influence_lift | region | main_category | score | pool_size | is_ready
            star    | star    | gold    | 2              | J      | tea           | 9     | 10        | true
            distant | distant | silver  | 3              | X      | tea           | 9     | 10        | true
            weak    | weak    | gold    | 1              | J      | tea           | 9     | 10        | true
            lucky   | lucky   | gold    | 2              | J      | tea           | 9     | 10        | true
            unready | unready | gold    | 2              | J      | tea           | 9     | 10        | false
            average | average | gold    | 2              | J      | tea           | 9     | 10        | true
            near    | near    | recruit |                | J      | tea           | 2     | 10        | true
            near2   | near2   | bronze  | 1              | J      | tea           | 1     | 10        | true
            far     | far     | trainee |                | Z      | tea           | 1     | 10        | true
            unknown | unknown | trainee |                | J      | tea           | 1     | 10        | true
            selling | selling | trainee |                | J      | tea           | 1     | 10        | true
            skilled | skilled | recruit | 9              | J      | tea           | 1     | 10        | true
            coffee  | coffee  | recruit |                | J      | coffee        | 1     | 10        | true
            nothing | nothing | recruit |                | J      |               | 1     | 10        | true
            """;
    private static final String CATEGORY_SHARES = """
            koc_id  | category | shares
            star    | tea      | 10
            distant | tea      | 10
            weak    | tea      | 10
            lucky   | tea      | 1
            unready | tea      | 10
            average | tea      | 20
            near    | tea      | 20
            near2   | tea      | 20
            far     | tea      | 20
            unknown | tea      | 1
            selling | tea      | 80
            skilled | tea      | 20
            """;
    private static final Checkpoints CHECKPOINTS = new Checkpoints();
    /** Of all KOCs 111 purchases from 222 shares: 5 of 10 shares of a pool of 10 are average. */
    private static final String CREDITS = """
            purchase_event_id | touch_event_id | koc_id  | category | credited_fraction
            1                 | 1              | star    | tea      | 20
            2                 | 2              | distant | tea      | 20
            3                 | 3              | weak    | tea      | 25
            4                 | 4              | lucky   | tea      | 2
            5                 | 5              | unready | tea      | 7
            6                 | 6              | average | tea      | 14
            7                 | 7              | selling | tea      | 22
            8                 | 8              | near    | tea      | 1
            """;

    @AfterAll
    static void close() {
        CHECKPOINTS.close();
    }

    @Test
    void aKocWhoIsNotReadyIsNoMentor() {
        String star = "star    | star    | gold    | 2              | J      | tea           | 9     | 10        | ";

        assertThat(pairsOf(KOCS.replace(star + "true", star + "false"), CATEGORY_SHARES, CREDITS)
                        .select("mentor_id")
                        .distinct()
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly("[distant]");
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
        assertThat(near.<Double>getAs("mentor_influence_lift")).isEqualTo(2);
        assertThat(near.<Double>getAs("purchases")).isEqualTo(20);
        // 5 purchases were expected of the mentor and 10 of the mentee; the prior is 2.
        assertThat(near.<Double>getAs("sales_lift")).isCloseTo((20 + 2) / (5 + 2.0), within(1e-4));
        assertThat(near.<Double>getAs("mentee_sales_lift")).isCloseTo((1 + 2) / (10 + 2.0), within(1e-4));
        assertThat(near.<Double>getAs("sales_lift_low")).isGreaterThan(1);
        assertThat(near.<Double>getAs("mentee_sales_lift_high")).isLessThan(1);
        assertThat(near.<String>getAs("reason"))
                .isEqualTo("Let star show near how to sell tea: star's shares sell 3.1 times the average, near's 0.3"
                        + " times.");
    }

    @Test
    void theReasonHasAtMost160CharactersWithLongNames() {
        String category = "c".repeat(30);
        String kocs = KOCS.replace("| star    |", "| " + "s".repeat(30) + " |")
                .replace("| near    |", "| " + "n".repeat(30) + " |")
                .replace("tea", category);

        String reason = pairsOf(kocs, CATEGORY_SHARES.replace("tea", category), CREDITS.replace("tea", category))
                .where("mentee_id = 'near'")
                .head()
                .getAs("reason");

        assertThat(reason)
                .startsWith("Let " + "s".repeat(15) + "… show " + "n".repeat(15) + "… how to sell ccc")
                .endsWith(" 3.1 times the average, " + "n".repeat(15) + "…'s 0.3 times.")
                .hasSizeLessThanOrEqualTo(160);
    }

    @Test
    void nobodyLearnsFromOneWhoIsNotCertainlyBetterOrIsNotCertainlyWorseThemselves() {
        // lucky and unknown have too few shares to be certain; selling sells more than any mentor, skilled has more
        // influence.
        assertThat(text(pairs().select("mentor_id").distinct().orderBy("mentor_id")))
                .containsExactly("[distant]", "[star]");
        assertThat(text(pairs().select("mentee_id").orderBy("mentee_id")))
                .containsExactly("[far]", "[near]", "[near2]");
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
                koc_id | level   | influence_lift | region | main_category | score | pool_size | is_ready
                both   | gold    | 3              | J      | tea           | 9     | 10        | true
                second | gold    | 2              | X      | coffee        | 9     | 10        | true
                tea1   | recruit |                | J      | tea           | 3     | 10        | true
                bean1  | recruit |                | J      | coffee        | 2     | 10        | true
                """, """
                koc_id | category | shares
                both   | tea      | 10
                tea1   | tea      | 20
                both   | coffee   | 10
                second | coffee   | 10
                bean1  | coffee   | 40
                """, """
                purchase_event_id | touch_event_id | koc_id | category | credited_fraction
                1                 | 1              | both   | tea      | 20
                2                 | 2              | both   | coffee   | 20
                3                 | 3              | second | coffee   | 20
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
                        rows(GrowthKocs.KOCS, kocs),
                        rows(CategoryShares.CATEGORY_SHARES, categoryShares),
                        rows(InfluenceTables.PURCHASE_CREDITS, credits),
                        rows(ContentPerformance.POSTS_WITH_LIFT, """
                        koc_id  | category | lift | content_id
                        star    | tea      | 2.5  | best
                        star    | tea      | 2    | good
                        star    | coffee   | 9    | other
                        distant | tea      | 1    | average
                        """));
    }
}
