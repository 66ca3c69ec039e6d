package koc.growth;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import koc.Silence;
import koc.SparkJobs;
import koc.SparkTest;
import koc.run.JobRun;
import koc.tables.CleanTables;
import koc.tables.FeatureTables;
import koc.tables.FitTables;
import koc.tables.GrowthTables;
import koc.tables.InfluenceTables;
import koc.tables.KocTables;
import koc.tables.PortraitTables;
import koc.text.RowSentences;
import koc.text.Texts;
import koc.warehouse.Table;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole job on a warehouse of one county with an active guide, an inactive user KOC, and their pools. */
class GrowthJobTest extends SparkTest {
    private static final LocalDate DAY = day("2024-06-30");
    private static final List<Table> WRITTEN = List.of(
            GrowthTables.COUNTY_COVERAGE,
            GrowthTables.COUNTY_NEXT_KOCS,
            GrowthTables.KOC_FUNNEL,
            GrowthTables.ACQUISITION_LEADS,
            GrowthTables.GROUP_HEALTH,
            GrowthTables.MENTOR_PAIRS,
            GrowthTables.CONTENT_TO_REPOST);

    /** Settings with which a brand of seven users gets every report. */
    private static final String[] SMALL_BRAND = {
        "koc.growth.county.users-per-koc=2", "koc.growth.groups.min-members=1", "koc.growth.groups.min-messages=1"
    };

    @TempDir
    Path folder;

    private final List<String> notes = new ArrayList<>();

    @Test
    void everyReportHasRowsAndASecondRunWritesTheSame() {
        Warehouse warehouse = warehouse();
        runJob(warehouse, SMALL_BRAND);
        List<List<String>> first = contents(warehouse);
        runJob(warehouse, SMALL_BRAND);

        assertThat(notes).isEmpty();
        assertThat(contents(warehouse)).isEqualTo(first);
        assertThat(first).allSatisfy(rows -> assertThat(rows).isNotEmpty());
        assertThat(onlyValue(warehouse, GrowthTables.COUNTY_COVERAGE, "users_reached"))
                .isEqualTo("2");
        assertThat(onlyValue(warehouse, GrowthTables.COUNTY_NEXT_KOCS, "koc_id"))
                .isEqualTo("inactive");
        assertThat(onlyValue(warehouse, GrowthTables.MENTOR_PAIRS, "mentor_id")).isEqualTo("guide");
        assertThat(onlyValue(warehouse, GrowthTables.CONTENT_TO_REPOST, "content_id"))
                .isEqualTo("hit");
        assertThat(onlyValue(warehouse, GrowthTables.GROUP_HEALTH, "verdict")).isEqualTo("lively");
        assertThat(warehouse
                        .read(GrowthTables.ACQUISITION_LEADS, DAY)
                        .select("user_id")
                        .distinct()
                        .collectAsList())
                .extracting(row -> row.getString(0))
                .contains("d")
                .doesNotContain("out");
    }

    @Test
    void sentencesAreShortAndTheirNumbersAreColumnsInBothLanguages() {
        Warehouse warehouse = warehouse();
        for (String language : List.of("en", "zh")) {
            runJob(
                    warehouse,
                    Stream.concat(Stream.of(SMALL_BRAND), Stream.of("koc.language=" + language))
                            .toArray(String[]::new));

            assertThat(sentenceFaults(warehouse, GrowthTables.COUNTY_COVERAGE, "reason", "next_action"))
                    .isEmpty();
            assertThat(sentenceFaults(warehouse, GrowthTables.COUNTY_NEXT_KOCS, "reason"))
                    .isEmpty();
            assertThat(sentenceFaults(warehouse, GrowthTables.ACQUISITION_LEADS, "reason"))
                    .isEmpty();
            assertThat(sentenceFaults(warehouse, GrowthTables.GROUP_HEALTH, "reason", "next_action"))
                    .isEmpty();
            assertThat(sentenceFaults(warehouse, GrowthTables.MENTOR_PAIRS, "reason"))
                    .isEmpty();
        }
    }

    private static List<String> sentenceFaults(Warehouse warehouse, Table table, String... columns) {
        List<Row> rows = warehouse.read(table, DAY).collectAsList();
        assertThat(rows).isNotEmpty();
        return RowSentences.faults(rows, List.of(), columns);
    }

    @Test
    void reportsWithoutInputsAreEmptyAndEachHasANote() {
        Warehouse warehouse = openWarehouse(folder);
        warehouse.write(CleanTables.USERS, DAY, rows(CleanTables.USERS, """
                arrived    | user_id | role     | marketing_opt_out
                2024-06-30 | a       | consumer | false
                """));
        for (Table table : List.of(
                PortraitTables.USER_PORTRAITS,
                FeatureTables.USER_FEATURES,
                FeatureTables.USER_CATEGORIES,
                FitTables.PRODUCT_PROFILE,
                InfluenceTables.TIE_STRENGTHS,
                InfluenceTables.PURCHASE_CREDITS,
                KocTables.KOC_RANKING,
                KocTables.KOC_LIFECYCLE)) {
            warehouse.write(table, DAY, warehouse.empty(table));
        }

        runJob(warehouse);

        assertThat(contents(warehouse)).allSatisfy(rows -> assertThat(rows).isEmpty());
        assertThat(String.join("\n", notes))
                .contains(
                        "county_coverage and county_next_kocs stay empty",
                        "koc_funnel stays empty",
                        "acquisition_leads stays empty",
                        "group_health stays empty",
                        "mentor_pairs stays empty",
                        "content_to_repost stays empty");
        assertThat(notes).hasSize(6);
    }

    @Test
    void withoutKocsTheReportsOnKocsAreNotComputed() {
        Warehouse warehouse = warehouse();
        int withKocs = SparkJobs.count(SPARK.sparkContext(), () -> runJob(warehouse, SMALL_BRAND));
        warehouse.write(KocTables.KOC_RANKING, DAY, warehouse.empty(KocTables.KOC_RANKING));

        int withoutKocs = SparkJobs.count(SPARK.sparkContext(), () -> runJob(warehouse, SMALL_BRAND));

        assertThat(withoutKocs).isLessThan(withKocs * 9 / 10);
        assertThat(warehouse.read(GrowthTables.COUNTY_COVERAGE, DAY).isEmpty()).isFalse();
        assertThat(warehouse.read(GrowthTables.GROUP_HEALTH, DAY).isEmpty()).isFalse();
        assertThat(warehouse.read(GrowthTables.CONTENT_TO_REPOST, DAY).isEmpty())
                .isTrue();
        assertThat(notes).hasSize(5);
    }

    @Test
    void everyReportHasANoteInEachLanguageForWhenItIsEmpty() {
        for (String language : List.of("en", "zh")) {
            for (Table table : WRITTEN) {
                assertThat(Texts.of(language).pattern("growth.note.empty." + table.name()))
                        .contains(table.name());
            }
        }
    }

    private void runJob(Warehouse warehouse, String... settings) {
        new GrowthJob(config(settings)).run(run(warehouse));
    }

    private static String onlyValue(Warehouse warehouse, Table table, String column) {
        List<Row> rows = warehouse.read(table, DAY).select(column).collectAsList();
        assertThat(rows).as(table.name()).hasSize(1);
        return String.valueOf(rows.get(0).get(0));
    }

    private static List<List<String>> contents(Warehouse warehouse) {
        return WRITTEN.stream()
                .map(table -> warehouse.read(table, DAY).collectAsList().stream()
                        .map(Row::toString)
                        .sorted()
                        .toList())
                .toList();
    }

    private Warehouse warehouse() {
        Warehouse warehouse = openWarehouse(folder);
        write(warehouse, CleanTables.USERS, """
                arrived    | user_id  | role     | county | nickname | marketing_opt_out
                2024-06-30 | guide    | guide    | J      | Lily     | false
                2024-06-30 | inactive | consumer | J      |          | false
                2024-06-30 | a        | consumer | J      |          | false
                2024-06-30 | b        | consumer | J      |          | false
                2024-06-30 | c        | consumer | J      |          | false
                2024-06-30 | d        | consumer | J      |          | false
                2024-06-30 | out      | consumer | J      |          | true
                """);
        write(warehouse, CleanTables.PRODUCTS, """
                arrived    | product_id | category
                2024-06-30 | tea1       | drinks > tea > green
                2024-06-30 | poor       | drinks > tea > green
                """);
        write(warehouse, CleanTables.TIES, """
                arrived    | koc_id   | user_id | tie_type | since      | group_id | scene
                2024-06-30 | guide    | a       | served   | 2024-05-01 | g        | order
                2024-06-30 | guide    | b       | served   | 2024-05-01 | g        | coupon
                2024-06-30 | inactive | b       | friend   | 2023-05-01 |          |
                2024-06-30 | inactive | c       | friend   | 2023-05-01 |          |
                """);
        write(warehouse, CleanTables.EVENTS, """
                arrived    | event_id | day        | occurred_at         | user_id | event_type | product_id | content_id | group_id | sharer_id | quantity
                2024-06-30 | 1        | 2024-06-20 | 2024-06-20 10:00:00 | guide   | share      | tea1       | hit        | g        |           | 1
                2024-06-30 | 2        | 2024-06-20 | 2024-06-20 10:00:00 | guide   | share      | tea1       | dull       | g        |           | 1
                2024-06-30 | 3        | 2024-06-20 | 2024-06-20 11:00:00 | a       | share_open | tea1       | hit        | g        | guide     | 1
                2024-06-30 | 5        | 2024-06-20 | 2024-06-20 10:00:00 | guide   | share      | poor       | refused    |          |           | 1
                2024-06-30 | 6        | 2024-06-20 | 2024-06-20 11:00:00 | a       | share_open | poor       | refused    |          | guide     | 1
                2024-06-30 | 7        | 2024-06-20 | 2024-06-20 11:00:00 | b       | share_open | poor       | refused    |          | guide     | 1
                2024-06-30 | 4        | 2024-06-21 | 2024-06-21 11:00:00 | out     | inquiry    | tea1       |            |          | guide     | 1
                """);
        writeWide(warehouse, FitTables.PRODUCT_PROFILE, """
                day        | product_id | quality_gate
                2024-06-30 | tea1       | pass
                2024-06-30 | poor       | quality too low
                """);
        writeWide(warehouse, FeatureTables.USER_DAYS, """
                arrived    | day        | user_id | purchase_lines | refunded_lines
                2024-06-30 | 2024-05-10 | a       | 1              | 0
                """);
        writeWide(warehouse, FeatureTables.USER_PRODUCT_DAYS, """
                arrived    | day        | user_id  | product_id | shares
                2024-06-30 | 2024-06-20 | guide    | tea1       | 2
                2024-06-30 | 2024-06-20 | inactive | tea1       | 40
                """);
        String features = """
                day | as_of | user_id | role | orders_90d | orders_365d | recency_days | net_spend_365d | inquiries_90d | is_likely_automated | is_newcomer""";
        for (String user : List.of("a", "b", "c", "d", "out", "inactive", "guide")) {
            features += "\n2024-06-30 | 2024-06-30 | " + user + " | consumer | 1 | 1 | 5 | 9 | 0 | false | true";
        }
        writeWide(warehouse, FeatureTables.USER_FEATURES, features);
        write(warehouse, FeatureTables.USER_CATEGORIES, """
                day        | as_of      | user_id  | category     | weight | attention_fraction
                2024-06-30 | 2024-06-30 | inactive | drinks > tea | 1      | 1
                """);
        write(warehouse, PortraitTables.USER_PORTRAITS, """
                day        | user_id | portrait_id | portrait_name | confidence | since
                2024-06-30 | a       | p1          | Sporty        | 1          | 2024-06-30
                """);
        writeWide(warehouse, InfluenceTables.TIE_STRENGTHS, """
                day        | koc_id   | user_id | relation       | since      | is_inferred | strength_out | strength_in | strength | shared_experiences | is_strong
                2024-06-30 | guide    | a       | guide_customer | 2024-05-01 | false       | 0            | 0           | 0        | 0                  | false
                2024-06-30 | guide    | b       | guide_customer | 2024-05-01 | false       | 0            | 0           | 0        | 0                  | false
                2024-06-30 | inactive | b       | user_friend    | 2023-05-01 | false       | 0            | 0           | 0        | 0                  | false
                2024-06-30 | inactive | c       | user_friend    | 2023-05-01 | false       | 0            | 0           | 0        | 0                  | false
                """);
        String credits = """
                day | purchase_event_id | touch_event_id | koc_id | user_id | product_id | category | touch_type | touched_at | purchased_at | touch_fraction | fraud_factor | credited_fraction | credited_amount""";
        for (int i = 0; i < 9; i++) {
            credits += "\n2024-06-30 | p" + i + " | 3 | guide | a | tea1 | drinks > tea > green | share_open"
                    + " | 2024-06-20 11:00:00 | 2024-06-21 11:00:00 | 1 | 1 | 1 | 9";
        }
        writeWide(warehouse, InfluenceTables.PURCHASE_CREDITS, credits);
        writeWide(warehouse, KocTables.KOC_RANKING, """
                day        | koc_id   | koc_type | level   | level_since | rank | score | shares_90d | pool_size | influence_lift
                2024-06-30 | guide    | guide    | gold    | 2024-06-30  | 1    | .9    | 2          | 2         | 1.5
                2024-06-30 | inactive | user     | recruit | 2024-06-30  | 2    | .5    | 0          | 2         | 1
                """);
        writeWide(warehouse, KocTables.KOC_LIFECYCLE, """
                day        | koc_id   | koc_type | listed_as | recruit_rank | level   | since      | sales_known_from
                2024-06-30 | guide    | guide    | koc       |              | gold    | 2024-06-30 | 2024-04-02
                2024-06-30 | a        | user     | unproven  | 1            | recruit | 2024-06-30 | 2024-04-02
                """);
        return warehouse;
    }

    /** Writes rows of a wide table; required columns that the text does not name are 0. */
    private static void writeWide(Warehouse warehouse, Table table, String text) {
        Dataset<Row> named = rows(table, text);
        Column[] complete = Arrays.stream(table.schema().fields())
                .map(field -> (field.nullable()
                                ? col(field.name())
                                : coalesce(col(field.name()), lit("0").try_cast(field.dataType())))
                        .as(field.name()))
                .toArray(Column[]::new);
        warehouse.write(table, DAY, named.select(complete));
    }

    private static void write(Warehouse warehouse, Table table, String text) {
        warehouse.write(table, DAY, rows(table, text));
    }

    private JobRun run(Warehouse warehouse) {
        return new JobRun(DAY, null, null, false, warehouse, new Silence() {

            @Override
            public void note(String job, String text) {
                notes.add(text);
            }
        });
    }
}
