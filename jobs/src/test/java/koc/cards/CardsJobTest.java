package koc.cards;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import koc.SparkTest;
import koc.tables.CardTables;
import koc.tables.CleanTables;
import koc.tables.CommissionTables;
import koc.tables.EconomicsTables;
import koc.tables.FeatureTables;
import koc.tables.FitTables;
import koc.tables.GrowthTables;
import koc.tables.InfluenceTables;
import koc.tables.KocTables;
import koc.tables.PortraitTables;
import koc.tables.RecommendTables;
import koc.text.Texts;
import koc.warehouse.Table;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CardsJobTest extends SparkTest {
    private static final LocalDate DAY = day("2024-06-30");

    @TempDir
    static Path folder;

    private static CardInputs inputs;

    @BeforeAll
    static void writeInputs() {
        Warehouse warehouse = openWarehouse(folder);
        write(warehouse, CleanTables.USERS, """
                arrived    | user_id | nickname | city | county
                2024-06-30 | lili    | Lili     | C    | Wuhou
                2024-06-30 | bo      |          | D    | Wuhou
                2024-06-30 | gone    | Gone     |      |
                2024-06-30 | ann     | Ann      | C    | Wuhou
                2024-06-30 | new     |          | C    | Wuhou
                2024-06-30 | cat     | Cat      | C    | Wuhou
                2024-06-30 | dan     | Dan      | C    | Wuhou
                2024-06-30 | eve     |          | C    | Wuhou
                """);
        write(warehouse, KocTables.KOC_RANKING, """
                koc_id | koc_type | rank | level   | stage | pool_size | influence_lift | extra_buyers_90d | product_shares_90d | net_sales_90d | readiness | reasons | next_step  | next_action
                lili   | user     | 1    | gold    | koc   | 10        | 2              | 5                | 20                 | 100           | ready     | why     | share_more | share
                bo     | guide    | 2    | trainee | koc   | 10        |                |                  | 20                 | 0             | ready     | why     | answers    | ask
                gone   | external | 3    | revoked | koc   | 10        |                |                  | 0                  | 0             | ready     | why     | revoked    | leave
                """);
        write(warehouse, KocTables.KOC_LIFECYCLE, """
                koc_id | next_level | progress | missing
                lili   | partner    | .5       | trainings 1
                """);
        write(warehouse, RecommendTables.KOC_POOL_MIX, """
                koc_id | portrait_id | portrait_name | members
                lili   | p1          | Parents       | 3
                lili   | p2          | Singles       | 4
                lili   | p3          | Owners        | 2
                lili   | newcomers   | Newcomers     | 9
                """);
        write(warehouse, CommissionTables.COMMISSION_STATEMENT, """
                koc_id | month      | is_closed | due
                lili   | 2024-04-01 | true      | 100
                lili   | 2024-05-01 | false     | 10.50
                lili   | 2024-06-01 | false     | 5
                """);
        write(warehouse, EconomicsTables.KOC_ECONOMICS, """
                koc_id | cost | commission_as_koc | customer_value | ltv_to_cac | incremental_value | incremental_ratio | incremental_ratio_low | overall_verdict
                lili   | 10   | 0                 | 40             | 4          | 30                | 3                 | 1.5                   | pays
                ann    | 7    | 2.50              | 9              |            |                   |                   |                       | no_cost
                """);
        write(warehouse, RecommendTables.KOC_RECOMMENDATIONS, """
                koc_id | rank | product_id | title  | is_actionable | is_next_product | extra_buyers_if_shared | extra_margin_if_shared
                lili   | 1    | unready    | Unripe | false         | false           | 9                      |
                lili   | 2    | tea        | Tea    | true          | true            | 3                      | 12.50
                lili   | 3    | cake       |        | true          | false           | 2                      | 10
                lili   | 4    | owned      | Owned  | true          | false           | 1                      | 5
                """);
        write(warehouse, EconomicsTables.USER_VALUE, """
                user_id | stage  | orders | margin_to_date | ltv | expected_margin_90d
                ann     | repeat | 3      | 30             | 60  | 90
                new     | lead   | 0      | 0              |     |
                cat     | repeat | 9      | 30             |     | 45
                dan     | repeat | 2      | 30             |     |
                eve     | repeat | 2      | 30             |     |
                lili    | repeat | 9      | 30             |     |
                """);
        write(warehouse, FeatureTables.USER_FEATURES, """
                day        | as_of      | user_id | shares_90d
                2024-06-30 | 2024-06-30 | dan     | 2
                """);
        write(warehouse, GrowthTables.COUNTY_COVERAGE, """
                city | county | users | users_unreached | gap | recruit_id | next_action
                C    | Wuhou  | 6     | 4               | 2   | ann        | win
                D    | Wuhou  | 1     | 1               | 1   | bo         | win
                E    | Empty  | 0     | 0               | 0   |            | wait
                """);
        write(warehouse, PortraitTables.USER_PORTRAITS, """
                user_id | portrait_id | portrait_name
                ann     | p1          | Parents
                """);
        write(warehouse, FeatureTables.USER_TAGS, """
                user_id | tag        | weight
                ann     | a:5        | .1
                ann     | a:1        | 1
                ann     | a:3        | .5
                ann     | a:2        | .5
                ann     | a:4        | .2
                """);
        write(warehouse, InfluenceTables.TIE_STRENGTHS, """
                koc_id | user_id | strength
                gone   | ann     | 9
                lili   | ann     | 2
                bo     | ann     | 2
                """);
        write(warehouse, FitTables.PRODUCT_PORTRAIT_FIT, """
                product_id | portrait_id | fit
                tea        | p1          | .4
                cake       | p1          | .6
                owned      | p1          | .9
                """);
        write(warehouse, FeatureTables.USER_PRODUCT_DAYS, """
                arrived    | day        | user_id | product_id | units | refunded_units | shares
                2024-06-30 | 2024-06-30 | ann     | owned      | 1     | 0              | 0
                2024-06-30 | 2024-06-30 | ann     | cake       | 0     | 1              | 0
                2024-06-30 | 2024-06-03 | lili    | bad        | 0     | 0              | 2
                2024-06-30 | 2024-06-04 | lili    | bad        | 0     | 0              | 1
                2024-06-30 | 2024-06-04 | lili    | awful      | 0     | 0              | 1
                2024-06-30 | 2024-06-04 | lili    | tea        | 0     | 0              | 1
                2024-06-30 | 2024-06-02 | bo      | bad        | 0     | 0              | 1
                """);
        write(warehouse, FitTables.PRODUCT_PROFILE, """
                product_id | title | quality_gate    | buyers
                tea        | Tea   | pass            | 3
                bad        | Bad   | Quality too low | 3
                awful      |       | Quality too low | 3
                """);
        write(warehouse, FeatureTables.USER_PRODUCT_DAYS, DAY.minusDays(2), """
                arrived    | user_id | product_id | units | refunded_units
                2024-06-28 | ann     | cake       | 1     | 0
                """);
        inputs = new CardInputs(warehouse, DAY);
    }

    @Test
    void aKocHasOneCardWithTheAnswersOfTheOtherTables() {
        assertThat(KocCard.compute(inputs, Texts.of("en"))
                        .orderBy("rank")
                        .selectExpr(
                                "koc_name",
                                "level",
                                "next_level",
                                "missing",
                                "main_portraits",
                                "commission_due",
                                "overall_verdict",
                                "incremental_ratio",
                                "incremental_ratio_low",
                                "next_product",
                                "next_product_extra_buyers",
                                "next_product_extra_margin",
                                "usual_extra_buyers",
                                "stop_sharing",
                                "next_action")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly(
                        "[Lili,gold,partner,trainings 1,Singles; Parents,15.50,pays,3.0,1.5,Tea,3.0,12.50,0.25,Bad; awful,Let Lili share Tea: members surely buy"
                                + " more after their posts.]",
                        "[bo,trainee,null,null,null,0.00,null,null,null,null,null,null,null,null,ask]",
                        "[Gone,revoked,null,null,null,0.00,null,null,null,null,null,null,null,null,leave]");
    }

    @Test
    void aUserHasOneCardWithTheProductOfTheirKocThatFitsBest() {
        assertThat(UserCard.compute(inputs)
                        .orderBy("user_id")
                        .selectExpr(
                                "user_name",
                                "portrait_name",
                                "main_tags",
                                "stage",
                                "ltv",
                                "koc_name",
                                "fitting_product",
                                "fitting_product_fit")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly(
                        "[Ann,Parents,a:1; a:2; a:3; a:4,repeat,60.00,Lili,cake,0.6]",
                        "[Cat,null,null,repeat,null,null,null,null]",
                        "[Dan,null,null,repeat,null,null,null,null]",
                        "[eve,null,null,repeat,null,null,null,null]",
                        "[Lili,null,null,repeat,null,null,null,null]",
                        "[new,null,null,lead,null,null,null,null]");
    }

    @Test
    void aCountyHasOneCardWithItsMoneyAndThePeopleToWin() {
        // 4 of 6 users are without a KOC, and (90 + 45) / 6 x 28 / 90 is the margin of one. A KOC costs 10 x 28 / 90.
        // Ann is none.
        assertThat(counties(1)
                        .compute(inputs)
                        .orderBy("city")
                        .selectExpr(
                                "city",
                                "unreached_margin_28d",
                                "missing_kocs_cost_28d",
                                "koc_cost",
                                "koc_caused_value",
                                "recruit_name",
                                "recruit_cost",
                                "regular_customers")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly(
                        "[C,28.00,6.22,10.00,30.00,Ann,9.50,Dan; Cat; Ann]",
                        "[D,null,3.11,null,null,bo,null,null]",
                        "[E,null,null,null,null,null,null,null]");
    }

    @Test
    void whereKocsCostMoreThanTheyCausedNoneIsWonBeforeSomebodyKnowsWhy() {
        assertThat(rows(CardTables.COUNTY_CARD, """
                        county | gap | koc_cost | koc_caused_value | next_action
                        Wuhou  | 2   | 3419.4   | 1182.3           | Win 2 more
                        Gaoxin | 2   | 100      | 100              | Win 2 more
                        Pidu   | 2   | 100      |                  | Win 2 more
                        Jinniu | 0   | 3419.4   | 1182.3           | Go on
                        """)
                        .withColumn("is_proven", lit(true))
                        .select(counties().nextAction())
                        .collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactly(
                        "The KOCs in Wuhou cost 3,419 and probably caused 1,182: find out why before you win more.",
                        "Win 2 more",
                        "Win 2 more",
                        "Go on");
    }

    @Test
    void whereTheMissingKocsWouldCostMoreThanTheyAddOneIsWonAsATest() {
        assertThat(rows(CardTables.COUNTY_CARD, """
                        county | gap | unreached_margin_28d | missing_kocs_cost_28d | recruit_id | recruit_name | regular_customers | next_action
                        Wuhou  | 2   | 3000                 | 310                   | a          | Ann          | Cat               | Win 2 more
                        Gaoxin | 1   | 3000                 | 301                   |            |              | Cat; Dan          | Win 1 more
                        Pidu   | 2   | 0                    | 300                   |            |              |                   | Win 2 more
                        Jinniu | 2   | 3000                 | 300.4                 | a          | Ann          |                   | Win 2 more
                        Xindu  | 2   |                      | 300                   | a          | Ann          |                   | Win 2 more
                        Wenjia | 2   | 0                    | 0                     | a          | Ann          |                   | Win 2 more
                        """)
                        .withColumn("is_proven", lit(true))
                        .select(counties().nextAction())
                        .collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactly(
                        "Win one KOC in Wuhou as a test: in four weeks, 2 KOCs would cost 310, more than they are"
                                + " assumed to add. Start with Ann (proven).",
                        "Win one KOC in Gaoxin as a test: in four weeks, 1 KOC would cost 301, more than it is assumed to"
                                + " add. Ask a regular customer, such as Cat.",
                        "Win one KOC in Pidu as a test: in four weeks, 2 KOCs would cost 300, more than they are assumed"
                                + " to add. Find a regular customer who likes to share.",
                        "Win 2 more",
                        "Win 2 more",
                        "Win 2 more");
        Row county = counties().compute(inputs).where("city = 'C'").first();
        assertThat(county.<String>getAs("next_action"))
                .isEqualTo("Win one KOC in Wuhou as a test: in four weeks, 2 KOCs would cost 6, more than they are"
                        + " assumed to add. Nearest: Ann (unproven).");
        assertThat(county.<String>getAs("regular_customers"))
                .as("nobody but Ann is to be won")
                .isNull();
    }

    @Test
    void nobodyIsToBeRecruitedWhereKocsCostMoreThanTheyCaused(@TempDir Path other) {
        Warehouse warehouse = openWarehouse(other);
        new CardsJob(config()).reads().forEach(table -> warehouse.write(table, DAY, List.of()));
        write(warehouse, CleanTables.USERS, """
                arrived    | user_id | city | county
                2024-06-30 | lili    | C    | Wuhou
                2024-06-30 | ann     | C    | Wuhou
                2024-06-30 | cat     | C    | Wuhou
                """);
        write(warehouse, KocTables.KOC_RANKING, "koc_id | rank\nlili | 1\n");
        write(warehouse, EconomicsTables.KOC_ECONOMICS, "koc_id | cost | incremental_value\nlili | 10 | 9\n");
        write(warehouse, EconomicsTables.USER_VALUE, "user_id | stage | orders\ncat | repeat | 9\n");
        write(warehouse, GrowthTables.COUNTY_COVERAGE, """
                city | county | users | users_unreached | gap | recruit_id | next_action
                C    | Wuhou  | 3     | 2               | 2   | ann        | win
                """);

        Row county = counties().compute(new CardInputs(warehouse, DAY)).first();

        assertThat(county.<String>getAs("next_action")).startsWith("The KOCs in Wuhou cost 10 and probably caused 9");
        assertThat(county.<String>getAs("recruit_name")).isNull();
        assertThat(county.<String>getAs("regular_customers")).isNull();
    }

    private static CountyCard counties() {
        return counties(0.1);
    }

    private static CountyCard counties(double assumedGain) {
        return new CountyCard(new CardSettings("en", assumedGain, 90), Texts.of("en"));
    }

    @Test
    void cardsHaveTheColumnsOfTheirTables() {
        assertThat(KocCard.compute(inputs, Texts.of("en")).columns())
                .containsExactly(CardTables.KOC_CARD.columnNames().toArray(String[]::new));
        assertThat(counties().compute(inputs).columns())
                .containsExactly(CardTables.COUNTY_CARD.columnNames().toArray(String[]::new));
        assertThat(UserCard.compute(inputs).columns())
                .containsExactly(CardTables.USER_CARD.columnNames().toArray(String[]::new));
    }

    /** Writes rows of the day; columns that are not named are null, or the empty value where null is not allowed. */
    private static void write(Warehouse warehouse, Table table, String text) {
        write(warehouse, table, DAY, text);
    }

    private static void write(Warehouse warehouse, Table table, LocalDate date, String text) {
        Dataset<Row> rows = rows(table, text);
        warehouse.write(
                table,
                date,
                rows.selectExpr(Arrays.stream(table.schema().fields())
                        .map(CardsJobTest::present)
                        .toArray(String[]::new)));
    }

    private static String present(StructField field) {
        if (field.nullable()) {
            return field.name();
        }
        String empty = field.dataType() == DataTypes.DateType
                ? "DATE'" + DAY + "'"
                : field.dataType() == DataTypes.BooleanType
                        ? "false"
                        : "CAST('0' AS " + field.dataType().sql() + ")";
        return "coalesce(" + field.name() + ", " + empty + ") AS " + field.name();
    }
}
