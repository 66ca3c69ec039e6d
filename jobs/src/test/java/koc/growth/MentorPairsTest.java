package koc.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import koc.SparkTest;
import koc.spark.Checkpoints;
import koc.tables.InfluenceTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class MentorPairsTest extends SparkTest {
    private static final LocalDate DAY = day("2024-06-30");
    private static final String KOCS = """
            ('star',    'gold',    2.0D, 'J',  'tea',    9D, false),
            ('distant', 'silver',  3.0D, 'X',  'tea',    9D, false),
            ('weak',    'gold',    1.0D, 'J',  'tea',    9D, false),
            ('rare',    'gold',    2.0D, 'J',  'tea',    9D, false),
            ('banned',  'revoked', 2.0D, 'J',  'tea',    9D, true),
            ('unsure',  'gold',    NULL, 'J',  'tea',    9D, false),
            ('near',    'recruit', NULL, 'J',  'tea',    2D, false),
            ('near2',   'bronze',  9.0D, 'J',  'tea',    1D, false),
            ('far',     'trainee', NULL, 'Z',  'tea',    1D, false),
            ('coffee',  'recruit', NULL, 'J',  'coffee', 1D, false),
            ('nothing', 'recruit', NULL, 'J',  NULL,     1D, false)""";
    private static final String SHARED = "SELECT * FROM VALUES ('star', 'tea', 2L), ('distant', 'tea', 2L),"
            + " ('weak', 'tea', 6L), ('others', 'tea', 80L) AS shared(koc_id, category, category_shares)";
    private static final Checkpoints HELD = new Checkpoints();
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
    static void letGo() {
        HELD.close();
    }

    @Test
    void beginnersGoToAMentorOfTheirCategoryInTheirCountyFirst() {
        Dataset<Row> pairs = pairs();

        assertThat(pairs.orderBy("mentee_id")
                        .select("mentee_id", "mentor_id", "category", "is_same_county")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly("[far,distant,tea,false]", "[near,star,tea,true]", "[near2,star,tea,true]");
    }

    @Test
    void thePostThatWorkedIsTheTemplate() {
        Row near = pairs().where("mentee_id = 'near'").head();

        assertThat(near.<String>getAs("content_id")).isEqualTo("best");
        assertThat(near.<Double>getAs("content_lift")).isEqualTo(2.5);
        assertThat(near.<Double>getAs("mentor_lift")).isEqualTo(2);
        assertThat(near.<Double>getAs("purchases")).isEqualTo(3);
        // 54.9 purchases in 90 shares of all: .61 a share; the mentor's 3 in 2 shares are mixed with 10 shares of
        // these.
        assertThat(near.<Double>getAs("purchases_per_share_lift"))
                .isCloseTo((3 + 10 * 44.9 / 90) / 12 / (44.9 / 90), within(1e-6));
        assertThat(near.<String>getAs("reason"))
                .isEqualTo(
                        "in tea its shares bring 1.3 times the usual purchases (3.0 in 2 shares), influence 2.0; same"
                                + " county; template: post best, 2.5 times the usual responses");
    }

    @Test
    void aMentorHasRoomForSoManyAndTheOthersGoElsewhere() {
        Dataset<Row> pairs = pairs("koc.growth.mentors.max-mentees=1");

        assertThat(pairs.orderBy("mentee_id").select("mentee_id", "mentor_id").collectAsList())
                .extracting(Row::toString)
                .containsExactly("[far,distant]", "[near,star]");
    }

    @Test
    void whomAFullMentorOfTwoCategoriesCannotTakeGoesToOneWhoHasRoom() {
        Dataset<Row> pairs = pairsOf(
                """
                ('both',   'gold',    3.0D, 'J', 'tea',    9D, false),
                ('second', 'gold',    2.0D, 'X', 'coffee', 9D, false),
                ('tea1',   'recruit', NULL, 'J', 'tea',    3D, false),
                ('bean1',  'recruit', NULL, 'J', 'coffee', 2D, false)""",
                "SELECT * FROM VALUES ('both', 'tea', 2L), ('both', 'coffee', 2L), ('second', 'coffee', 2L)"
                        + " AS shared(koc_id, category, category_shares)",
                """
                purchase_event_id | touch_event_id | koc_id | category | credited_fraction
                1                 | 1              | both   | tea      | 3
                2                 | 2              | both   | coffee   | 3
                3                 | 3              | second | coffee   | 3
                """,
                "koc.growth.mentors.max-mentees=1");

        assertThat(pairs.orderBy("mentee_id")
                        .select("mentee_id", "mentor_id", "is_same_county")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly("[bean1,second,false]", "[tea1,both,true]");
    }

    @Test
    void withoutCreditsNobodyCanTeach() {
        assertThat(pairsOf(KOCS, SHARED, "purchase_event_id | credited_fraction")
                        .count())
                .isZero();
    }

    private static Dataset<Row> pairs(String... settings) {
        return pairsOf(KOCS, SHARED, CREDITS, settings);
    }

    private static Dataset<Row> pairsOf(String kocs, String shared, String credits, String... settings) {
        return MentorPairs.rows(
                SPARK.sql("SELECT koc_id, level, influence_lift, place, main_category, score, is_revoked FROM VALUES "
                        + kocs + " AS kocs(koc_id, level, influence_lift, place, main_category, score, is_revoked)"),
                SPARK.sql(shared),
                rows(InfluenceTables.PURCHASE_CREDITS, credits),
                SPARK.sql("SELECT * FROM VALUES ('star', 'tea', 2.5D, 'best'), ('star', 'tea', 2D, 'good'),"
                        + " ('star', 'coffee', 9D, 'other'), ('distant', 'tea', 1D, 'usual')"
                        + " AS posts(koc_id, category, lift, content_id)"),
                GrowthSettings.from(config(settings)),
                DAY,
                HELD);
    }
}
