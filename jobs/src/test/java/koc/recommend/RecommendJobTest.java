package koc.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import koc.SparkTest;
import koc.error.ExitCode;
import koc.run.JobRun;
import koc.run.Progress;
import koc.table.CleanTables;
import koc.table.FeatureTables;
import koc.table.FitTables;
import koc.table.PortraitTables;
import koc.table.RecommendTables;
import koc.table.Tables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecommendJobTest extends SparkTest {
    private static final LocalDate DAY = LocalDate.parse("2024-01-31");

    @TempDir
    static Path folder;

    private static Tables tables;
    private final List<String> notes = new ArrayList<>();

    @BeforeAll
    static void aWarehouseWithTwoPortraitsAndThreeProducts() {
        tables = tables(folder);
        tables.write(PortraitTables.PORTRAITS, DAY, rows(PortraitTables.PORTRAITS, """
                day        | portrait_id | name           | users | user_share | summary | top_categories | top_tags | net_spend_90d | orders_90d | share_rate | change
                2024-01-31 | mothers     | Young mothers  | 600   | 0.6        | s       | c              | t        | 1             | 1          | 0.1        | new
                2024-01-31 | students    | Students       | 400   | 0.4        | s       | c              | t        | 1             | 1          | 0.1        | new
                """));
        tables.write(PortraitTables.USER_PORTRAITS, DAY, rows(PortraitTables.USER_PORTRAITS, """
                day        | user_id | portrait_id | portrait_name | confidence | since
                2024-01-31 | a       | mothers     | Young mothers | 1          | 2024-01-31
                2024-01-31 | b       | mothers     | Young mothers | 1          | 2024-01-31
                2024-01-31 | c       | students    | Students      | 1          | 2024-01-31
                """));
        tables.write(FitTables.PRODUCT_PROFILE, DAY, rows(FitTables.PRODUCT_PROFILE, """
                day        | product_id | title    | category | unit_margin | is_consumable | use_cycle_days | is_in_stock | buyers | daily_buy_rate | generality | generality_low | generality_basis | quality_gate | trust | trust_value | repeat_buyers | refunded_lines | purchase_lines | complaints | reviews | bad_reviews | trust_reason
                2024-01-31 | diapers    | Diapers  | baby     | 32          | true          | 30             | true        | 150    | 0.004          | 0.6        | 0.5            | product          | pass         | 0.7   | 0.7         | 1             | 0              | 9              | 0          | 0       | 0           | t
                2024-01-31 | notebook | Notebook | office   |             | false         |                | true        | 100    | 0.003          | 0.9        | 0.8            | product          | pass         | 0.5   |             | 1             | 0              | 9              | 0          | 0       | 0           | t
                2024-01-31 | stroller   | Stroller | baby     | 32          | false         |                | true        | 60     | 0.001          | 0.6        | 0.5            | product          | pass         | 0.7   | 0.7         | 1             | 0              | 9              | 0          | 0       | 0           | t
                """));
        tables.write(FitTables.PRODUCT_SEGMENT_FIT, DAY, rows(FitTables.PRODUCT_SEGMENT_FIT, """
                day        | product_id | portrait_id | buyers | buyers_if_average | lift | lift_low | lift_high | history_buyers | users | buy_rate | fit  | basis | reason
                2024-01-31 | diapers    | mothers     | 9      | 3                 | 3.1  | 2.2      | 4         | 150            | 600   | 0.25     | 0.69 | b     | r
                2024-01-31 | diapers    | students    | 0      | 3                 | 0.1  | 0        | 1         | 4              | 400   | 0.01     | 0    | b     | r
                2024-01-31 | notebook   | mothers     | 3      | 3                 | 1    | 0.5      | 2         | 60             | 600   | 0.1      | 0.33 | b     | r
                2024-01-31 | notebook   | students    | 3      | 3                 | 1.2  | 0.6      | 2         | 40             | 400   | 0.1      | 0.38 | b     | r
                2024-01-31 | stroller   | mothers     | 3      | 2                 | 1.5  | 1.1      | 2         | 60             | 600   | 0.1      | 0.52 | b     | r
                2024-01-31 | stroller   | students    | 0      | 1                 | 0.2  | 0        | 1         | 0              | 400   | 0.001    | 0    | b     | r
                """));
        tables.write(CleanTables.USERS, DAY, rows(CleanTables.USERS, """
                arrived    | user_id | role  | marketing_opt_out
                2024-01-31 | guide   | guide | false
                """));
        tables.write(FeatureTables.USER_PRODUCT_DAYS, DAY, bought("""
                day        | user_id | product_id
                2024-01-01 | a       | stroller
                2024-01-30 | b       | diapers
                2024-01-01 | c       | pencil
                """));
        tables.write(
                RecommendTables.KOC_RECOMMENDATIONS, DAY.minusDays(2), rows(RecommendTables.KOC_RECOMMENDATIONS, """
                day        | koc_id | koc_type | rank | product_id | score | expected_buyers | margin_factor | trust_factor | generality_factor | fit | trust | generality | pool_size | owners | holders | appetite | target_portraits | basis | reason | change | interest
                2024-01-29 | guide  | guide    | 1    | stroller   | 1     | 1               | 1             | 1            | 1                 | 0   | 0     | 0          | 1         | 0      | 0       | 1        | t                | pool  | r      | new    | purchase
                2024-01-29 | guide  | guide    | 2    | diapers    | 1     | 1               | 1             | 1            | 1                 | 0   | 0     | 0          | 1         | 0      | 0       | 1        | t                | pool  | r      | new    | purchase
                """));
    }

    @Test
    void aPoolIsToldWhatItsMembersWillNewlyBuyWithNumbersAndReason() {
        tables.write(CleanTables.TIES, DAY, ties("guide", "a", "b", "c"));

        run(config("koc.recommend.min-pool=3", "koc.recommend.appetite-shrinkage=1000000"));

        List<Row> found = recommendations();
        assertThat(found).extracting(row -> row.getAs("product_id")).containsExactly("notebook", "diapers", "stroller");
        // 224 new buyers in 28 days; .25 x 450 + .01 x 396 + .1 x 540 + .1 x 360 + .1 x 540 + .001 x 400 at the rates.
        double scale = 28 * 1000 * .008 / (112.5 + 3.96 + 54 + 36 + 54 + .4);
        Row diapers = found.get(1);
        assertThat(diapers.<Double>getAs("expected_buyers")).isCloseTo((.25 + .01) * scale, within(1e-5));
        assertThat(diapers.<Double>getAs("score"))
                .isCloseTo(
                        diapers.<Double>getAs("expected_buyers")
                                * diapers.<Double>getAs("margin_factor")
                                * diapers.<Double>getAs("trust_factor")
                                * diapers.<Double>getAs("generality_factor"),
                        within(1e-12));
        assertThat(diapers.<Long>getAs("owners")).isEqualTo(1);
        assertThat(diapers.<Double>getAs("fit")).isCloseTo(.69 * 2 / 3, within(1e-9));
        assertThat(diapers.<String>getAs("target_portraits")).isEqualTo("Young mothers (0.2)");
        assertThat(diapers.<String>getAs("reason"))
                .isEqualTo("2 of 3 members: 'Young mothers', who buy it 3.1 times as often as average (at least 2.2); "
                        + "0.2 new buyers expected in 28 days; bought before by 1 in the pool, 1.00 times what their portraits say; "
                        + "not counted, for they need no other yet: 1; trust 0.70; margin 32.00 CNY each");
        assertThat(found.get(0).<String>getAs("target_portraits")).isEqualTo("Young mothers (0.2), Students (0.1)");
        assertThat(found.get(0).<String>getAs("reason"))
                .isEqualTo(
                        "2 of 3 members: 'Young mothers', who buy it 1.0 times as often as average, perhaps only 0.5 times; "
                                + "0.3 new buyers expected in 28 days; trust not assessed yet; margin unknown");
        assertThat(found).extracting(row -> row.getAs("change")).containsExactly("new", "kept", "down");
        assertThat(tables.read(RecommendTables.KOC_POOL_MIX, DAY).count()).isEqualTo(2);
        assertThat(notes).isEmpty();
    }

    @Test
    void aThinPoolSaysWhatStandsInForItAndTheDayBeforeIsComparedWith() {
        tables.write(CleanTables.TIES, DAY, ties("guide", "a", "stranger"));

        run(config());

        List<Row> found = recommendations();
        assertThat(found)
                .extracting(
                        row -> row.getAs("product_id") + " " + row.getAs("change") + " " + row.getAs("previous_rank"))
                .containsExactly("diapers up 2", "notebook new null", "stroller down 1");
        assertThat(found).extracting(row -> row.getAs("basis")).containsOnly("everybody");
        assertThat(found.get(0).<String>getAs("reason"))
                .startsWith("too few buyers in the pool to go by (1 of 2 members, 10 needed), so all users stand in; "
                        + "1 of 2 members: 'Young mothers', who buy it 3.1 times as often");
    }

    @Test
    void withoutTiesTheTablesAreEmptyAndTheRunSaysWhy() {
        tables.write(CleanTables.TIES, DAY, ties("guide"));

        run(config());

        assertThat(recommendations()).isEmpty();
        assertThat(notes).singleElement().asString().startsWith("no KOC has a pool: no tie is open on 2024-01-31");
    }

    @Test
    void whenNoPoolIsLargeEnoughTheRunSaysHowLargeTheyAre() {
        tables.write(CleanTables.TIES, DAY, ties("friend", "a", "b"));

        run(config());

        assertThat(recommendations()).isEmpty();
        assertThat(notes).singleElement().asString().contains("of 1 pools the largest has 2 members, below");
    }

    private List<Row> recommendations() {
        return tables.readUpTo(RecommendTables.KOC_RECOMMENDATIONS, DAY)
                .where("day = DATE'2024-01-31'")
                .orderBy("koc_id", "rank")
                .collectAsList();
    }

    private void run(Config config) {
        new RecommendJob(config).run(new JobRun(DAY, null, null, false, tables, new Progress() {
            @Override
            public void started(String job) {}

            @Override
            public void note(String job, String text) {
                notes.add(text);
            }

            @Override
            public void finished(String job, long rowsIn, long rowsOut, double seconds) {}

            @Override
            public void failed(String job, ExitCode exitCode, String reason) {}
        }));
    }

    private static Dataset<Row> ties(String koc, String... members) {
        StringBuilder text = new StringBuilder("arrived | koc_id | user_id | tie_type\n");
        for (String member : members) {
            text.append("2024-01-31 | " + koc + " | " + member + " | friend\n");
        }
        return rows(CleanTables.TIES, text.toString());
    }

    private static Dataset<Row> bought(String text) {
        return rows(FeatureTables.USER_PRODUCT_DAYS, text)
                .selectExpr(FeatureTables.USER_PRODUCT_DAYS.columnNames().stream()
                        .map(name -> switch (name) {
                            case "arrived" -> "DATE'2024-01-31' AS arrived";
                            case "day", "user_id", "product_id" -> name;
                            case "units", "purchase_lines" -> "1L AS " + name;
                            case "gross_spend", "refunded" -> "CAST(1 AS DECIMAL(18,2)) AS " + name;
                            default -> "0L AS " + name;
                        })
                        .toArray(String[]::new));
    }
}
