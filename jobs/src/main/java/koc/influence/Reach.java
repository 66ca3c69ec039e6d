package koc.influence;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import koc.rules.DayWindow;
import koc.run.Interim;
import koc.run.JobRun;
import koc.table.Catalog;
import koc.table.FeatureTables;
import koc.table.InfluenceTables;
import koc.table.KocTables;
import koc.table.ReachTables;
import koc.table.Table;
import koc.table.Tables;
import koc.text.Texts;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How far KOCs reach and how to reach further. Reads the sources of the job, user_days, user_features, and what the
 * kocs job wrote before (tie_strengths, purchase_credits, koc_ranking); writes county_coverage, county_next_kocs,
 * koc_funnel, drawing_leads, group_health, mentor_pairs and content_to_repost.
 */
final class Reach {
    private static final String JOB = "kocs";

    private final JobRun run;
    private final KocSources sources;
    private final Dataset<Row> topics;
    private final Tables tables;
    private final LocalDate day;
    private final ReachSettings settings;
    private final Texts texts;
    /** Tables that have no rows, each with the note that says why. */
    private final Map<Table, String> empty = new ConcurrentHashMap<>();

    private Reach(JobRun run, KocSources sources, Dataset<Row> topics, ReachSettings settings) {
        this.run = run;
        this.sources = sources;
        this.topics = topics;
        this.tables = run.tables();
        this.day = run.day();
        this.settings = settings;
        this.texts = Texts.of(settings.language());
    }

    /**
     * Writes the tables of the day; where a source is absent, an empty one and a note that says why.
     *
     * @param topics as {@link KocFacts#topics} returns them
     * @param interim holds what is read more than once: at most a row per tie, or per KOC and user who talk
     */
    static void write(JobRun run, KocSources sources, Dataset<Row> topics, ReachSettings settings, Interim interim) {
        new Reach(run, sources, topics, settings).write(interim);
    }

    private void write(Interim interim) {
        LocalDate first = DayWindow.first(day, settings.funnel().windowDays());
        Dataset<Row> strengths = tables.read(InfluenceTables.TIE_STRENGTHS, day);
        Dataset<Row> credits = KocRanking.creditsOf90Days(tables, day);
        Dataset<Row> events = sources.events();
        Dataset<Row> sharedCategories = Kocs.sharedCategories(topics);
        Dataset<Row> kocs =
                interim.of(Kocs.of(tables.read(KocTables.KOC_RANKING, day), sources.users(), sharedCategories));
        Dataset<Row> talk = interim.of(Talk.of(events, first, day));
        Dataset<Row> reached = interim.of(CountyPlanner.reached(sources.users(), strengths, kocs));
        Dataset<Row> contents = interim.of(
                Contents.of(sources.sharing(), events, credits, sources.products(), kocs, settings.content(), day));
        Dataset<Row> lifted = Contents.withLift(contents, settings.content());

        tables.atOnce(
                () -> planCounties(strengths, kocs, reached),
                () -> write(
                        ReachTables.KOC_FUNNEL,
                        Funnel.rows(
                                Funnel.drawn(sources.spans(), first, day),
                                talk,
                                Funnel.boughtDays(tables.readUpTo(FeatureTables.USER_DAYS, day), first, day),
                                Funnel.posts(events, first, day),
                                kocs,
                                settings.funnel(),
                                day),
                        "reach.note.no-funnel"),
                () -> write(
                        ReachTables.DRAWING_LEADS,
                        DrawingLeads.rows(
                                DrawingLeads.people(
                                        sources.users(),
                                        tables.read(FeatureTables.USER_FEATURES, day)
                                                .where(col("as_of").equalTo(lit(day))),
                                        settings.leads()),
                                kocs,
                                talk,
                                known(sources.spans(), talk),
                                settings,
                                day),
                        "reach.note.no-leads"),
                () -> write(
                        ReachTables.GROUP_HEALTH,
                        GroupHealth.rows(sources.ties(), talk, events, kocs, settings, day),
                        "reach.note.no-groups"),
                () -> write(
                        ReachTables.MENTOR_PAIRS,
                        MentorPairs.rows(kocs, sharedCategories, credits, lifted, settings, day, interim),
                        "reach.note.no-mentors"),
                () -> write(
                        ReachTables.CONTENT_TO_REPOST,
                        Contents.toRepost(lifted, settings, day),
                        "reach.note.no-content"));
        // In the order of the dictionary, whichever ended first.
        Catalog.tables().stream().map(empty::get).filter(Objects::nonNull).forEach(note -> run.progress()
                .note(JOB, texts.text(note)));
    }

    private void planCounties(Dataset<Row> strengths, Dataset<Row> kocs, Dataset<Row> reached) {
        boolean hasCounties = write(
                ReachTables.COUNTY_COVERAGE,
                CountyPlanner.coverage(reached, kocs, settings, day),
                "reach.note.no-counties");
        if (!hasCounties) {
            tables.write(ReachTables.COUNTY_NEXT_KOCS, day, tables.empty(ReachTables.COUNTY_NEXT_KOCS));
            return;
        }
        Dataset<Row> additions =
                CountyPlanner.additions(strengths, kocs, reached).persist();
        try {
            write(
                    ReachTables.COUNTY_NEXT_KOCS,
                    CountyPlanner.next(additions, reached, kocs, settings, day),
                    "reach.note.no-candidates");
        } finally {
            additions.unpersist();
        }
    }

    /** Pairs that are or were tied, or of whom one had enough of the other: nobody is drawn twice. */
    private static Dataset<Row> known(Dataset<Row> spans, Dataset<Row> talk) {
        return spans.select("koc_id", "user_id")
                .unionByName(talk.where("left_on IS NOT NULL OR muted_on IS NOT NULL")
                        .select("koc_id", "user_id"));
    }

    /** Writes the day; says why when there is nothing to write. Whether there was. */
    private boolean write(Table table, Dataset<Row> rows, String noteWhenEmpty) {
        boolean hasRows = tables.write(table, day, rows) > 0;
        if (!hasRows) {
            empty.put(table, noteWhenEmpty);
        }
        return hasRows;
    }
}
