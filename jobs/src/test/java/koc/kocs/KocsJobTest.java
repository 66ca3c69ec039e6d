package koc.kocs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import koc.Silence;
import koc.SparkJobs;
import koc.run.JobRun;
import koc.tables.FeatureTables;
import koc.tables.InfluenceTables;
import koc.tables.KocTables;
import koc.warehouse.Table;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three runs, a month apart. The riser's credited sales grow; those of the faller and the external KOC end. */
class KocsJobTest extends KocInputRows {
    private static final LocalDate MAY = LocalDate.parse("2024-05-31");
    private static final LocalDate JUNE = LocalDate.parse("2024-06-30");
    private static final LocalDate JULY = LocalDate.parse("2024-07-30");

    private static final Map<LocalDate, String> CREDITS = Map.of(
            MAY, """
                    purchase_event_id | touch_event_id | koc_id   | user_id | purchased_at        | credited_fraction | credited_amount
                    p1                | t1             | riser    | a       | 2024-05-20 10:00:00 | 1                 | 100
                    p2                | t2             | faller   | b       | 2024-03-20 10:00:00 | 1                 | 300
                    p3                | t3             | external | c       | 2024-03-20 10:00:00 | 1                 | 100
                    p4                | t4             | steady   | a       | 2024-05-20 10:00:00 | 1                 | 200
                    """,
            JUNE, """
                    purchase_event_id | touch_event_id | koc_id | user_id | purchased_at        | credited_fraction | credited_amount
                    p1                | t1             | riser  | a       | 2024-05-20 10:00:00 | 1                 | 100
                    p4                | t4             | steady | a       | 2024-05-20 10:00:00 | 1                 | 200
                    p5                | t5             | riser  | b       | 2024-06-20 10:00:00 | 1                 | 250
                    """,
            JULY, """
                    purchase_event_id | touch_event_id | koc_id | user_id | purchased_at        | credited_fraction | credited_amount
                    p4                | t4             | steady | a       | 2024-05-20 10:00:00 | 1                 | 200
                    p5                | t5             | riser  | b       | 2024-06-20 10:00:00 | 1                 | 350
                    """);

    private static final String TIES = """
            koc_id   | user_id | is_strong | strength
            riser    | a       | true      | 1
            faller   | b       | true      | 1
            guide    | c       | true      | 1
            steady   | d       | true      | 1
            external | c       | false     | 1
            riser    | x       | true      | 1
            faller   | x       | true      | 1
            steady   | x       | true      | 1
            external | x       | false     | 1
            sharer   | x       | false     | 1
            pausing  | x       | false     | 1
            """;

    private static final String INFLUENCE = """
            koc_id | portrait_id | reached | observed | expected | naive_lift | influence_lift | influence_low | influence_high
            guide  | *           | 100     | 20       | 10       | 3          | 2              | 1.5           | 2.5
            riser  | *           | 100     | 10       | 10       | 3          | 1              | 0.5           | 1.5
            """;

    @TempDir
    static Path folder;

    private static Warehouse warehouse;
    private static final List<String> NOTES = new ArrayList<>();

    @BeforeAll
    static void runThreeMonths() {
        warehouse = openWarehouse(folder);
        for (LocalDate day : List.of(MAY, JUNE, JULY)) {
            writeInputs(warehouse, day);
            NOTES.addAll(run(warehouse, day));
        }
    }

    @Test
    void levelEventsAreExactlyThePlantedOnes() {
        assertThat(warehouse
                        .readUpTo(KocTables.LEVEL_EVENTS, JULY)
                        .orderBy("day", "koc_id")
                        .collectAsList())
                .extracting(row -> row.getAs("day") + " " + row.getAs("koc_id") + " " + row.getAs("event") + " "
                        + row.getAs("from_level") + " -> " + row.getAs("to_level") + " until "
                        + row.getAs("grace_until"))
                .containsExactly(
                        "2024-06-30 external grace bronze -> bronze until 2024-07-14",
                        "2024-06-30 faller grace gold -> gold until 2024-07-14",
                        "2024-06-30 riser promotion bronze -> gold until null",
                        "2024-07-30 external revocation bronze -> revoked until null",
                        "2024-07-30 faller demotion gold -> trainee until null");
    }

    @Test
    void theKocWithMeasuredInfluenceRanksFirst() {
        List<Row> ranking =
                warehouse.read(KocTables.KOC_RANKING, JULY).orderBy("rank").collectAsList();

        assertThat(ranking).extracting(row -> row.<Integer>getAs("rank")).containsExactly(1, 2, 3, 4, 5);
        Row first = ranking.get(0);
        assertThat(first.<String>getAs("koc_id")).isEqualTo("guide");
        assertThat(first.<String>getAs("koc_type")).isEqualTo("guide");
        assertThat(first.<Double>getAs("influence_lift")).isEqualTo(2.0);
        assertThat(first.<String>getAs("level")).isEqualTo("trainee");
        assertThat(first.<String>getAs("reasons")).startsWith("Members buy 2.0 times as often after their posts");
    }

    @Test
    void theLifecycleContainsPeopleWithinReachOfRecruitment() {
        List<Row> lifecycle = warehouse
                .read(KocTables.KOC_LIFECYCLE, JULY)
                .where("koc_id IN ('sharer', 'riser', 'faller')")
                .orderBy("koc_id")
                .collectAsList();

        assertThat(lifecycle)
                .extracting(row -> row.getAs("koc_id") + " " + row.getAs("level") + " since " + row.getAs("since")
                        + ", " + row.getAs("days_at_previous_level") + " days as " + row.getAs("previous_level"))
                .containsExactly(
                        "faller trainee since 2024-07-30, 60 days as gold",
                        "riser gold since 2024-06-30, 30 days as bronze",
                        "sharer recruit since 2024-05-07, null days as null");
        assertThat(lifecycle.get(2).<String>getAs("missing")).isEqualTo("1 more pool member");
        assertThat(lifecycle.get(0).<String>getAs("journey")).isEqualTo("distributor");
    }

    @Test
    void aPersonWhoPausedContinuesFromTheirLatestRow() {
        assertThat(warehouse
                        .read(KocTables.KOC_LIFECYCLE, JUNE)
                        .where("koc_id = 'pausing'")
                        .isEmpty())
                .isTrue();

        Row july = warehouse
                .read(KocTables.KOC_LIFECYCLE, JULY)
                .where("koc_id = 'pausing'")
                .head();

        assertThat(july.getAs("since").toString()).isEqualTo(MAY.toString());
        assertThat(july.<Integer>getAs("days_at_level")).isEqualTo(60);
    }

    @Test
    void theAdvanceRateOfALevelLeavesOutTheRevoked() {
        // Two recruits, two trainees, a silver and a gold.
        assertThat(warehouse
                        .read(KocTables.KOC_LIFECYCLE, JULY)
                        .where("koc_id IN ('sharer', 'faller', 'riser', 'external')")
                        .orderBy("koc_id")
                        .select("koc_id", "advance_rate")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly("[external,null]", "[faller,0.5]", "[riser,0.0]", "[sharer,0.666667]");
    }

    @Test
    void absentSourcesAreNotedAndLeftOutOfTheScore() {
        assertThat(NOTES)
                .contains(
                        "no mute or leave is recorded: the score leaves restraint out, and no frequency cap is learned")
                .noneMatch(note -> note.startsWith("no tie is open"));
        assertThat(warehouse
                        .read(KocTables.KOC_RANKING, JULY)
                        .where("restraint IS NOT NULL OR frequency_cap IS NOT NULL")
                        .isEmpty())
                .isTrue();
    }

    @Test
    void repeatingADayGivesTheSameRows(@TempDir Path fresh) {
        Warehouse repeated = openWarehouse(fresh);
        for (LocalDate day : List.of(MAY, JUNE, JUNE)) {
            writeInputs(repeated, day);
            run(repeated, day);
        }

        assertThat(allRows(repeated)).isEqualTo(allRows(warehouse));
    }

    @Test
    void reasonsAreWrittenInTheLanguageOfTheSettings(@TempDir Path fresh) {
        Warehouse chinese = openWarehouse(fresh);
        writeInputs(chinese, MAY);

        run(chinese, MAY, "koc.language=zh");

        assertThat(chinese.read(KocTables.KOC_RANKING, MAY)
                        .where("koc_id = 'guide'")
                        .head()
                        .<String>getAs("reasons"))
                .startsWith("其发帖后，成员的购买频率是同类用户的 2.0 倍");
    }

    @Test
    void withoutCandidatesTheTablesAreEmptyAndANoteSaysWhy(@TempDir Path fresh) {
        Warehouse empty = openWarehouse(fresh);
        writeInputs(empty, MAY, Map.of());

        List<String> notes = new ArrayList<>();
        int jobs = SparkJobs.count(SPARK.sparkContext(), () -> notes.addAll(run(empty, MAY)));

        assertThat(jobs).as("the evidence of nobody is not gathered").isLessThan(60);
        assertThat(empty.read(KocTables.KOC_RANKING, MAY).isEmpty()).isTrue();
        assertThat(empty.read(KocTables.KOC_LIFECYCLE, MAY).isEmpty()).isTrue();
        assertThat(notes).last().asString().startsWith("nobody is a KOC");
    }

    private static void writeInputs(Warehouse target, LocalDate day) {
        writeInputs(
                target,
                day,
                Map.of(
                        InfluenceTables.TIE_STRENGTHS,
                        day.equals(JUNE) ? TIES.replace("pausing  | x", "steady   | y") : TIES,
                        InfluenceTables.PURCHASE_CREDITS,
                        CREDITS.getOrDefault(day, ""),
                        InfluenceTables.KOC_INFLUENCE,
                        INFLUENCE,
                        FeatureTables.USER_FEATURES,
                        userFeatures(day.equals(JUNE) ? 0 : 1)));
        if (day.equals(MAY)) {
            write(target, FeatureTables.USER_DAYS, MAY, """
                    arrived    | day        | user_id | shares
                    2024-05-31 | 2024-05-07 | sharer  | 1
                    """);
        }
    }

    private static String userFeatures(int sharesOfPausing) {
        return """
                user_id  | role     | shares_90d
                riser    | consumer | 1
                faller   | consumer | 1
                guide    | guide    | 1
                steady   | consumer | 1
                external | external | 1
                sharer   | consumer | 1
                idle     | consumer | 0
                pausing  | consumer | %d
                """.formatted(sharesOfPausing);
    }

    /** Runs the job with low thresholds. */
    private static List<String> run(Warehouse target, LocalDate day, String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "koc.recommend.min-pool=2",
                "koc.kocs.levels.recruitment.user={pool = 1, orders = 0, active-days = 0, tenure-days = 0}",
                "koc.kocs.levels.recruitment.external={pool = 0, orders = 0, active-days = 0, tenure-days = 0}",
                "koc.kocs.levels.bronze={net-sales = 100, new-customers = 0, active-days = 0, courses = 0}",
                "koc.kocs.levels.silver={net-sales = 200, new-customers = 0, active-days = 0, courses = 0}",
                "koc.kocs.levels.gold={net-sales = 300, new-customers = 0, active-days = 0, courses = 0}",
                "koc.kocs.levels.partner={net-sales = 400, new-customers = 0, active-days = 0, courses = 0}"));
        all.addAll(List.of(settings));
        List<String> notes = new ArrayList<>();
        Silence progress = new Silence() {
            @Override
            public void note(String job, String text) {
                notes.add(text);
            }
        };
        new KocsJob(config(all.toArray(String[]::new))).run(new JobRun(day, null, null, false, target, progress));
        return notes;
    }

    /** All rows up to June. */
    private static List<String> allRows(Warehouse source) {
        List<String> rows = new ArrayList<>();
        for (Table table : List.of(KocTables.KOC_RANKING, KocTables.KOC_LIFECYCLE, KocTables.LEVEL_EVENTS)) {
            source.readUpTo(table, JUNE)
                    .orderBy("day", "koc_id")
                    .collectAsList()
                    .forEach(row -> rows.add(row.toString()));
        }
        return rows;
    }
}
