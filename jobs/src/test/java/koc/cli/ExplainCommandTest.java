package koc.cli;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import koc.SparkTest;
import koc.tables.CleanTables;
import koc.tables.EconomicsTables;
import koc.tables.FeatureTables;
import koc.tables.FitTables;
import koc.tables.InfluenceTables;
import koc.tables.KocTables;
import koc.tables.PortraitTables;
import koc.tables.RecommendTables;
import koc.warehouse.Table;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest extends SparkTest {
    private static final LocalDate DAY = LocalDate.parse("2024-06-30");
    private static final LocalDate WRONG = LocalDate.parse("2024-06-29");

    @TempDir
    static Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void writeOneKocWithOneRecommendation() {
        for (LocalDate day : List.of(WRONG, DAY)) {
            write(KocTables.KOC_RANKING, day, """
                    koc_id | koc_type | rank | score    | influence_lift | influence_low | extra_buyers_90d | influence | own_use | credibility | pool_size | level
                    k1     | user     | 1    | %s | 2.5            | 1.5           | 6                | .6        | .5      | 1           | 3         | gold
                    k2     | user     | 2    | .5       |                | 1             |                  | .5        |         | 1           | 2         | bronze
                    """.formatted(day.equals(DAY) ? ".5727272727" : ".9"));
        }
        write(RecommendTables.KOC_RECOMMENDATIONS, DAY, """
                koc_id | rank | score_rank | product_id | title | score | expected_buyers | from_portraits | overlap_factor | product_loyalty | pool_size | basis
                k1     | 1    | 1          | p1         | Tea   | 9     | 10              | 10             | .9             | 0               | 3         | county
                """, 1);
        write(FitTables.PRODUCT_PROFILE, DAY, """
                product_id | title  | quality_gate | is_in_stock | launched_on | category | is_consumable
                p1         | Tea    | pass         | true        |             | drinks   | true
                refused    | Bad    | 2.0 stars    | true        |             | drinks   | true
                gone       | Gone   | pass         | false       |             | drinks   | true
                later      | Later  | pass         | true        | 2024-07-01  | drinks   | true
                blocked    | Block  | pass         | true        |             | drinks   | true
                owned      | Lamp   | pass         | true        |             | drinks   | false
                fresh      | Fresh  | pass         | true        | 2024-06-28  | drinks   | true
                other      | Other  | pass         | true        |             | drinks   | true
                """);
        write(FeatureTables.USER_PRODUCT_DAYS, DAY, """
                user_id | product_id | day        | units | complaints
                k1      | blocked    | 2024-06-01 | 1     | 1
                u1      | owned      | 2024-06-01 | 1     | 0
                u2      | owned      | 2024-06-02 | 1     | 0
                u1      | other      | 2024-06-02 | 1     | 0
                """);
        write(InfluenceTables.KOC_INFLUENCE, DAY, """
                koc_id | portrait_id | expected_purchases | expected_purchases_90d | influence_lift
                k1     | *           | 7                  | 4                      | 2.5
                k1     | newcomers   | 5                  | 3                      | 2.5
                """);
        write(InfluenceTables.TIE_STRENGTHS, DAY, """
                koc_id | user_id | strength | tie_types
                k1     | u1      | 2.5      | friend
                k1     | u2      | 0        | friend
                """);
        write(CleanTables.USERS, DAY, """
                user_id | nickname
                k1      | Lily
                """);
        write(FeatureTables.USER_FEATURES, DAY, """
                user_id | as_of      | orders_365d | net_spend_365d | average_order_365d
                u1      | 2024-06-30 | 2           | 30             | 15
                u1      | 2024-06-02 | 1           | 10             | 10
                """);
        write(FeatureTables.USER_TAGS, DAY, """
                user_id | tag       | kind | weight
                u1      | value:low | rule | .75
                """);
        write(PortraitTables.USER_PORTRAITS, DAY, """
                user_id | portrait_id | portrait_name
                u1      | newcomers   | New
                """);
        write(EconomicsTables.USER_VALUE, DAY, """
                user_id | stage | expected_orders_90d | margin_per_order | expected_margin_90d
                u1      | buyer | .5                  | 10.01            | 5.01
                """);
        write(FitTables.PRODUCT_PORTRAIT_FIT, DAY, """
                product_id | portrait_id | buy_rate
                other      | newcomers   | .25
                p1         | newcomers   | .5
                owned      | newcomers   | .75
                refused    | newcomers   | .9
                """);
    }

    @Test
    void aKocIsDerivedFromStoredColumnsOnTheLatestDay() {
        assertThat(explain("--koc", "k1")).as(err.toString()).isZero();

        assertThat(lines()).startsWith("KOC k1 (Lily) on 2024-06-30");
        assertThat(lines())
                .containsSubsequence(
                        "Score and rank: the weighted mean of the components that are known",
                        "influence 0.6 koc_ranking.influence",
                        "its weight 0.4 koc.kocs.score.weights.influence",
                        "= score 0.572727 koc_ranking.score",
                        "= sum of component x weight / sum of their weights = 0.315 / 0.55",
                        "computed 0.572727, stored 0.572727: equal",
                        "= 1. p1 Tea 9 koc_recommendations.score")
                .last()
                .asString()
                .endsWith("numbers were computed again: all equal the stored ones");
    }

    @Test
    void whatThePostsAddedIsDerivedFromTheExpectedPurchasesOfTheSameDays() {
        assertThat(explain("--koc", "k1")).as(err.toString()).isZero();

        assertThat(lines())
                .containsSubsequence(
                        "expected_purchases 7 koc_influence.expected_purchases",
                        "expected_purchases_90d 4 koc_influence.expected_purchases_90d",
                        "= extra_buyers_90d 6 koc_ranking.extra_buyers_90d",
                        "= expected_purchases_90d x (influence_lift - 1) = 4 x (2.5 - 1)");
    }

    @Test
    void aRecommendationIsDerivedDownToTheProductOfItsFactors() {
        assertThat(explain("--koc", "k1", "--product", "p1")).as(err.toString()).isZero();

        assertThat(lines())
                .containsSubsequence(
                        "quality_gate pass product_profile.quality_gate",
                        "from_portraits 10 koc_recommendations.from_portraits",
                        "= expected_buyers 10 koc_recommendations.expected_buyers",
                        "It has the rank that its score gives it.",
                        "overlap_factor 0.9 koc_recommendations.overlap_factor",
                        "= score 9 koc_recommendations.score");
    }

    @Test
    void aProductThatIsNotOnTheListIsExplainedByTheStageThatDropsIt() {
        assertThat(reason("refused")).isEqualTo("The quality gate refuses it for every KOC: 2.0 stars");
        assertThat(reason("gone")).startsWith("It is out of stock");
        assertThat(reason("later")).startsWith("It is not launched yet");
        assertThat(reason("blocked")).startsWith("It is blocked for this KOC");
        assertThat(reason("owned")).startsWith("Every member of the pool owns it");
        assertThat(reason("fresh")).startsWith("It was launched on 2024-06-28, and in its first 14 days only KOCs");
        assertThat(reason("other")).startsWith("It is not among the candidates");
        assertThat(lines()).contains("members who own it 1 user_product_days.units");
    }

    @Test
    void aUserIsDerivedFromFeaturesTagsAndValue() {
        assertThat(explain("--user", "u1")).as(err.toString()).isZero();

        assertThat(lines())
                .containsSubsequence(
                        "= average_order_365d 15 user_features.average_order_365d",
                        "value:low (rule) 0.75 user_tags.weight",
                        "portrait_name New user_portraits.portrait_name",
                        "= expected_margin_90d 5.005 user_value.expected_margin_90d",
                        "computed 5.005, stored 5.01 (rounded): equal",
                        "tie with k1 friend tie_strengths.tie_types",
                        "level of the KOC gold koc_ranking.level",
                        "p1 Tea 0.5 product_portrait_fit.buy_rate",
                        "rank on the list of k1 1 koc_recommendations.rank",
                        "other Other 0.25 product_portrait_fit.buy_rate");
        assertThat(out.toString()).doesNotContain("owned Lamp", "refused Bad");
    }

    @Test
    void jsonHasTheSourceAndTheMeaningOfEachNumber() throws IOException {
        assertThat(explain("--koc", "k1", "--format", "json"))
                .as(err.toString())
                .isZero();

        JsonNode all = new ObjectMapper().readTree(out.toString());
        assertThat(all.path("subject").asText()).isEqualTo("KOC k1 (Lily)");
        assertThat(all.path("different").asInt()).isZero();
        JsonNode score = StreamSupport.stream(all.path("sections").spliterator(), false)
                .flatMap(section -> StreamSupport.stream(section.path("entries").spliterator(), false))
                .filter(entry -> entry.path("source").asText().equals("koc_ranking.score"))
                .findFirst()
                .orElseThrow();
        assertThat(score.path("recomputed").asDouble()).isEqualTo(.315 / .55);
        assertThat(score.path("stored").asDouble()).isEqualTo(.5727272727);
        assertThat(score.path("equal").asBoolean()).isTrue();
        assertThat(score.path("meaning").asText()).startsWith("Weighted mean of the components");
    }

    @Test
    void aStoredScoreThatCannotBeDerivedEndsWithExitCode4AndBothValues() {
        assertThat(explain("--koc", "k1", "--date", WRONG.toString())).isEqualTo(4);

        assertThat(out.toString()).contains("computed 0.572727, stored 0.9: DIFFERENT", "1 DIFFER");
        assertThat(err.toString())
                .contains("koc_ranking.score: computed 0.5727272727", "stored 0.9", "run the date again");
    }

    @Test
    void allNumbersOfADayAreComputedAgainAtOnce() {
        assertThat(explain("--all")).as(err.toString()).isZero();
        assertThat(lines())
                .contains("score 2 koc_ranking.score", "score 1 koc_recommendations.score")
                .doesNotContain("Rows that differ from the stored ones");
        out.getBuffer().setLength(0);

        assertThat(explain("--all", "--date", WRONG.toString())).isEqualTo(4);
        assertThat(lines())
                .containsSubsequence("Rows that differ from the stored ones", "= score 0.572727 koc_ranking.score");
    }

    @Test
    void otherSettingsThanThoseOfTheRunDiffer() {
        assertThat(explain("--koc", "k1", "--set", "koc.kocs.score.weights.influence=0"))
                .isEqualTo(4);

        assertThat(err.toString()).contains("koc_ranking.score: computed 0.5, stored 0.5727272727");
    }

    @Test
    void unknownIdsAndDaysAreNamedWithThoseThatExist() {
        assertThat(explain("--koc", "k3")).isEqualTo(3);
        assertThat(explain("--koc", "u1")).isEqualTo(3);
        assertThat(explain("--koc", "k1", "--product", "p2")).isEqualTo(3);
        assertThat(explain("--user", "u9")).isEqualTo(3);
        assertThat(explain("--koc", "k1", "--date", "2024-01-01")).isEqualTo(3);

        assertThat(err.toString().lines())
                .containsExactly(
                        "koc: KOC k3: not in koc_ranking of 2024-06-30; the nearest of 2 are k1, k2; name one of the KOCs"
                                + " with --koc.",
                        "koc: KOC u1: not in koc_ranking of 2024-06-30; this user is no KOC; the nearest of 2 are k1, k2;"
                                + " explain the user with --user u1.",
                        "koc: product p2: not in product_profile of 2024-06-30; the nearest of 8 are p1, gone, fresh,"
                                + " later, other; name one of the products with --product.",
                        "koc: user u9: not in user_features of 2024-06-30; the nearest of 1 are u1; name one of the users"
                                + " with --user.",
                        "koc: table koc_ranking: no such day as 2024-01-01; the days are 2024-06-29, 2024-06-30; name one"
                                + " of them with --date, or none for the latest.");
    }

    @Test
    void theOptionsMustNameOneSubjectInAWarehouseWithTables() {
        assertThat(explain()).isEqualTo(2);
        assertThat(explain("--koc", "k1", "--user", "u1")).isEqualTo(2);
        assertThat(explain("--product", "p1", "--user", "u1")).isEqualTo(2);
        assertThat(execute("explain", "--koc", "k1", "--warehouse", folder + "/none"))
                .isEqualTo(3);

        assertThat(err.toString())
                .contains("nothing to explain", "these options do not go together", "koc_ranking has no rows");
    }

    private String reason(String product) {
        out.getBuffer().setLength(0);
        assertThat(explain("--koc", "k1", "--product", product))
                .as(err.toString())
                .isZero();
        // The reason is the last line of its section; a blank line and the summary follow.
        List<String> lines = lines();
        return lines.get(lines.size() - 2);
    }

    private int explain(String... options) {
        return execute(Stream.concat(Stream.of("explain", "--warehouse", folder.toString()), Arrays.stream(options))
                .toArray(String[]::new));
    }

    private int execute(String... arguments) {
        return new Koc(TestJobs.with(run -> {}), new PrintWriter(out), new PrintWriter(err), false).execute(arguments);
    }

    /** The lines that are not empty, with single blanks. */
    private List<String> lines() {
        return out.toString()
                .lines()
                .map(line -> line.strip().replaceAll(" +", " "))
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static void write(Table table, LocalDate day, String text) {
        write(table, day, text, 0);
    }

    /** Writes rows in which columns that must not be null and are not given have this number, a dash, false or the day. */
    private static void write(Table table, LocalDate day, String text, int number) {
        Column[] columns = Arrays.stream(table.schema().fields())
                .map(field -> filled(field, day, number))
                .toArray(Column[]::new);
        openWarehouse(folder).write(table, day, rows(table, text).select(columns));
    }

    private static Column filled(StructField field, LocalDate day, int number) {
        if (field.nullable()) {
            return col(field.name());
        }
        DataType type = field.dataType();
        boolean isSource = field.name().startsWith("from_");
        Column value = type.equals(DataTypes.DateType)
                ? lit(day)
                : type.equals(DataTypes.StringType)
                        ? lit("-")
                        : type.equals(DataTypes.BooleanType)
                                ? lit(false)
                                : lit(isSource ? 0 : number).cast(type);
        return coalesce(col(field.name()), value).as(field.name());
    }
}
