package koc.kocs;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import koc.Silence;
import koc.SparkTest;
import koc.run.JobRun;
import koc.spark.Checkpoints;
import koc.tables.FeatureTables;
import koc.tables.InfluenceTables;
import koc.tables.KocTables;
import koc.warehouse.Table;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two runs a month apart, with a rise and a fall planted between them. */
class KocRankingTest extends SparkTest {
    private static final LocalDate MAY = LocalDate.parse("2024-05-31");
    private static final LocalDate JUNE = LocalDate.parse("2024-06-30");
    private static final LocalDate JULY = LocalDate.parse("2024-07-30");
    private static final String[] SMALL = {
        "koc.recommend.min-pool=1",
        "koc.kocs.levels.recruitment.user={pool = 1, orders = 0, active-days = 0, tenure-days = 0}",
        "koc.kocs.levels.recruitment.external={pool = 0, orders = 0, active-days = 0, tenure-days = 0}",
        "koc.kocs.levels.bronze={net-sales = 100, new-customers = 0, active-days = 0, courses = 0}",
        "koc.kocs.levels.silver={net-sales = 200, new-customers = 0, active-days = 0, courses = 0}",
        "koc.kocs.levels.gold={net-sales = 300, new-customers = 0, active-days = 0, courses = 0}",
        "koc.kocs.levels.partner={net-sales = 400, new-customers = 0, active-days = 0, courses = 0}"
    };

    @TempDir
    static Path folder;

    private static Warehouse tables;
    private static final List<String> NOTES = new ArrayList<>();

    @BeforeAll
    static void twoMonths() {
        tables = tables(folder);
        run(MAY, """
                purchase_event_id | touch_event_id | koc_id   | user_id | purchased_at        | credited_fraction | credited_amount
                p1                | t1             | riser    | a       | 2024-05-20 10:00:00 | 1                 | 100
                p2                | t2             | faller   | b       | 2024-03-20 10:00:00 | 1                 | 300
                p3                | t3             | external | c       | 2024-03-20 10:00:00 | 1                 | 100
                p4                | t4             | steady   | a       | 2024-05-20 10:00:00 | 1                 | 200
                """);
        run(JUNE, """
                purchase_event_id | touch_event_id | koc_id | user_id | purchased_at        | credited_fraction | credited_amount
                p1                | t1             | riser  | a       | 2024-05-20 10:00:00 | 1                 | 100
                p4                | t4             | steady | a       | 2024-05-20 10:00:00 | 1                 | 200
                p5                | t5             | riser  | b       | 2024-06-20 10:00:00 | 1                 | 250
                """);
        run(JULY, """
                purchase_event_id | touch_event_id | koc_id | user_id | purchased_at        | credited_fraction | credited_amount
                p4                | t4             | steady | a       | 2024-05-20 10:00:00 | 1                 | 200
                p5                | t5             | riser  | b       | 2024-06-20 10:00:00 | 1                 | 350
                """);
    }

    @Test
    void theEventsAreExactlyThosePlanted() {
        assertThat(events())
                .containsExactly(
                        "2024-06-30 external grace bronze -> bronze until 2024-07-14",
                        "2024-06-30 faller grace gold -> gold until 2024-07-14",
                        "2024-06-30 riser promotion bronze -> gold until null",
                        "2024-07-30 external revocation bronze -> revoked until null",
                        "2024-07-30 faller demotion gold -> trainee until null");
    }

    @Test
    void aRunOfTheSameDayGivesTheSameRows() {
        List<String> before = everything();

        execute(JULY);

        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void theRankingHoldsWhatItsReadersArePromised() {
        List<Row> found =
                tables.read(KocTables.KOC_RANKING, JULY).orderBy("rank").collectAsList();

        assertThat(found).extracting(row -> row.<Integer>getAs("rank")).containsExactly(1, 2, 3, 4, 5);
        Row guide = found.stream()
                .filter(row -> row.getAs("koc_id").equals("guide"))
                .findFirst()
                .orElseThrow();
        assertThat(guide.<String>getAs("koc_type")).isEqualTo("guide");
        assertThat(guide.<Integer>getAs("rank")).isEqualTo(1);
        assertThat(guide.<Double>getAs("influence_lift")).isEqualTo(2.0);
        assertThat(guide.<String>getAs("level")).isEqualTo("trainee");
        assertThat(guide.<String>getAs("reasons")).contains("those it reached bought 2.00 times");
    }

    @Test
    void thePipelineAlsoHoldsThoseWhoOnlyShared() {
        List<Row> found = tables.read(KocTables.KOC_LIFECYCLE, JULY)
                .where("koc_id IN ('sharer', 'riser', 'faller')")
                .orderBy("koc_id")
                .collectAsList();

        assertThat(found)
                .extracting(row -> row.getAs("koc_id") + " " + row.getAs("state") + " since " + row.getAs("since")
                        + ", " + row.getAs("days_in_previous_state") + " days as " + row.getAs("previous_state"))
                .containsExactly(
                        "faller trainee since 2024-07-30, 60 days as gold",
                        "riser gold since 2024-06-30, 30 days as bronze",
                        "sharer recruit since 2024-05-07, null days as null");
        assertThat(found.get(2).<String>getAs("missing")).isEqualTo("members of the pool 0 of 1");
        assertThat(found.get(0).<String>getAs("journey")).isEqualTo("distributor");
    }

    @Test
    void whoWasSilentForAWhileIsNotForgotten() {
        assertThat(tables.read(KocTables.KOC_LIFECYCLE, JUNE)
                        .where("koc_id = 'pausing'")
                        .isEmpty())
                .isTrue();

        Row back = tables.read(KocTables.KOC_LIFECYCLE, JULY)
                .where("koc_id = 'pausing'")
                .head();

        assertThat(back.getAs("since").toString()).isEqualTo(MAY.toString());
        assertThat(back.<Integer>getAs("days_in_state")).isEqualTo(60);
    }

    @Test
    void ofAStateItIsToldHowManyGoOn() {
        // Two recruits, two trainees, a silver and a gold; the revoked does not count.
        assertThat(tables.read(KocTables.KOC_LIFECYCLE, JULY)
                        .where("koc_id IN ('sharer', 'faller', 'riser', 'external')")
                        .orderBy("koc_id")
                        .select("koc_id", "advance_rate")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly("[external,null]", "[faller,0.5]", "[riser,0.0]", "[sharer,0.666667]");
    }

    @Test
    void inChineseItSaysTheSame() {
        execute(JULY.plusDays(1), "koc.language=zh");

        assertThat(tables.read(KocTables.KOC_RANKING, JULY.plusDays(1))
                        .where("koc_id = 'guide'")
                        .head()
                        .<String>getAs("reasons"))
                .contains("触达的人购买频率是未触达同类人的 2.00 倍");
        tables.clear(KocTables.KOC_RANKING, JULY.plusDays(1));
        tables.clear(KocTables.KOC_LIFECYCLE, JULY.plusDays(1));
        tables.clear(KocTables.LEVEL_EVENTS, JULY.plusDays(1));
    }

    @Test
    void withoutAnyoneTheTablesAreEmptyAndTheRunSaysWhy(@TempDir Path empty) {
        Warehouse full = tables;
        try {
            tables = tables(empty);
            inputs(MAY, "koc_id\n", "koc_id\n", "user_id\n", "koc_id\n");
            execute(MAY);

            assertThat(tables.read(KocTables.KOC_RANKING, MAY).isEmpty()).isTrue();
            assertThat(tables.read(KocTables.KOC_LIFECYCLE, MAY).isEmpty()).isTrue();
            assertThat(NOTES).last().asString().startsWith("nobody is a KOC");
        } finally {
            tables = full;
        }
    }

    @Test
    void sourcesThatAreAbsentAreToldAndLeftOutOfTheScore() {
        assertThat(NOTES)
                .contains(
                        "no mute or leave is recorded: the score leaves restraint out, and no posting budget is learned")
                .noneMatch(note -> note.startsWith("no tie is open"));
        assertThat(tables.read(KocTables.KOC_RANKING, JULY)
                        .where("restraint IS NOT NULL")
                        .isEmpty())
                .isTrue();
    }

    private static List<String> events() {
        return tables.readUpTo(KocTables.LEVEL_EVENTS, JULY).orderBy("day", "koc_id").collectAsList().stream()
                .map(row -> row.getAs("day") + " " + row.getAs("koc_id") + " " + row.getAs("event") + " "
                        + row.getAs("from_level") + " -> " + row.getAs("to_level") + " until "
                        + row.getAs("grace_until"))
                .toList();
    }

    private static List<String> everything() {
        List<String> found = new ArrayList<>();
        for (Table table : List.of(KocTables.KOC_RANKING, KocTables.KOC_LIFECYCLE, KocTables.LEVEL_EVENTS)) {
            tables.readUpTo(table, JULY)
                    .orderBy("day", "koc_id")
                    .collectAsList()
                    .forEach(row -> found.add(row.toString()));
        }
        return found;
    }

    private static void run(LocalDate day, String credits) {
        inputs(day, """
                koc_id   | user_id | is_strong | strength
                riser    | a       | true      | 1
                faller   | b       | true      | 1
                guide    | c       | true      | 1
                steady   | d       | true      | 1
                external | c       | false     | 1
                """, credits, """
                user_id  | role     | shares_90d
                riser    | consumer | 1
                faller   | consumer | 1
                guide    | guide    | 1
                steady   | consumer | 1
                external | external | 1
                sharer   | consumer | 1
                idle     | consumer | 0
                pausing  | consumer | %d
                """.formatted(day.equals(JUNE) ? 0 : 1), """
                koc_id | portrait_id | exposures | observed_purchases | expected_purchases | naive_lift | influence_lift | influence_low | influence_high
                guide  | *           | 100     | 20       | 10       | 3          | 2              | 1.5           | 2.5
                riser  | *           | 100     | 10       | 10       | 3          | 1              | 0.5           | 1.5
                """);
        execute(day);
    }

    private static void inputs(LocalDate day, String ties, String credits, String features, String influence) {
        write(InfluenceTables.TIE_STRENGTHS, day, ties);
        write(InfluenceTables.PURCHASE_CREDITS, day, credits);
        write(InfluenceTables.KOC_INFLUENCE, day, influence);
        write(InfluenceTables.KOC_FLAGS, day, "koc_id\n");
        write(InfluenceTables.INFLUENCE_PRIORS, day, "prior_low\n0.25");
        write(FeatureTables.USER_CATEGORIES, day, "user_id\n");
        write(FeatureTables.USER_FEATURES, day, features);
        if (day.equals(MAY)) {
            tables.write(
                    FeatureTables.USER_DAYS,
                    MAY,
                    rows(FeatureTables.USER_DAYS, """
                            arrived    | day        | user_id | shares
                            2024-05-31 | 2024-05-07 | sharer  | 1
                            """).na().fill(0));
        }
    }

    /** Rows of a day; what is not named and may not be null is 0, false or a dash. */
    private static void write(Table table, LocalDate day, String text) {
        Dataset<Row> rows = rows(table, text).na().fill(0).na().fill(false);
        tables.write(
                table,
                day,
                rows.selectExpr(Arrays.stream(table.schema().fields())
                        .map(field -> valueOf(field, day))
                        .toArray(String[]::new)));
    }

    private static String valueOf(StructField field, LocalDate day) {
        String name = field.name();
        if (name.equals("day") || name.equals("as_of")) {
            return "DATE'" + day + "' AS " + name;
        }
        return field.nullable()
                ? name
                : switch (field.dataType().typeName()) {
                    case "string" -> "coalesce(" + name + ", '-') AS " + name;
                    case "timestamp" -> "coalesce(" + name + ", TIMESTAMP'2024-01-01 00:00:00') AS " + name;
                    case "date" -> "coalesce(" + name + ", DATE'2024-01-01') AS " + name;
                    default -> name;
                };
    }

    private static void execute(LocalDate day, String... settings) {
        List<String> all = new ArrayList<>(List.of(SMALL));
        all.addAll(List.of(settings));
        Config config = config(all.toArray(String[]::new));
        // The inputs of a later day are those of the last.
        if (!day.equals(MAY) && !day.equals(JUNE) && !day.equals(JULY)) {
            for (Table table : List.of(
                    InfluenceTables.TIE_STRENGTHS,
                    InfluenceTables.PURCHASE_CREDITS,
                    InfluenceTables.KOC_INFLUENCE,
                    InfluenceTables.KOC_FLAGS,
                    InfluenceTables.INFLUENCE_PRIORS,
                    FeatureTables.USER_CATEGORIES,
                    FeatureTables.USER_FEATURES)) {
                tables.write(
                        table,
                        day,
                        tables.read(table, JULY)
                                .selectExpr(table.columnNames().stream()
                                        .map(name -> name.equals("day") || name.equals("as_of")
                                                ? "DATE'" + day + "' AS " + name
                                                : name)
                                        .toArray(String[]::new)));
            }
        }
        JobRun run = new JobRun(day, null, null, false, tables, new Noting());
        try (Checkpoints checkpoints = new Checkpoints()) {
            KocRanking ranking = new KocRanking(config);
            KocInputs sources = KocInputs.read(run.tables(), run.day(), 2, checkpoints);
            ranking.rank(ranking.known(run, sources, checkpoints), run, sources, checkpoints, "kocs");
        }
    }

    private static final class Noting extends Silence {

        @Override
        public void note(String job, String text) {
            NOTES.add(text);
        }
    }
}
