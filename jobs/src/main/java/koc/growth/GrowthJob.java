package koc.growth;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.typesafe.config.Config;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import koc.rules.RecentCredits;
import koc.run.Job;
import koc.run.JobRun;
import koc.spark.Checkpoints;
import koc.spark.Parallel;
import koc.tables.Catalog;
import koc.tables.CleanTables;
import koc.tables.FeatureTables;
import koc.tables.GrowthTables;
import koc.tables.InfluenceTables;
import koc.tables.KocTables;
import koc.text.Texts;
import koc.warehouse.Table;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Finds where KOCs are missing and how to grow: coverage of counties, the funnel, leads, groups, mentors and content. Reads
 * events, users, products, ties, user_days, user_product_days, user_categories, user_features, tie_strengths, purchase_credits
 * and koc_ranking; writes the tables of {@link GrowthTables}.
 */
public final class GrowthJob implements Job {
    private final GrowthSettings settings;
    private final Texts texts;

    /** A job with the settings of {@code koc.growth}. */
    public GrowthJob(Config config) {
        this.settings = GrowthSettings.from(config);
        this.texts = Texts.of(settings.language());
    }

    @Override
    public String name() {
        return "growth";
    }

    @Override
    public Set<Table> reads() {
        return Set.of(
                CleanTables.EVENTS,
                CleanTables.USERS,
                CleanTables.PRODUCTS,
                CleanTables.TIES,
                FeatureTables.USER_DAYS,
                FeatureTables.USER_PRODUCT_DAYS,
                FeatureTables.USER_CATEGORIES,
                FeatureTables.USER_FEATURES,
                InfluenceTables.TIE_STRENGTHS,
                InfluenceTables.PURCHASE_CREDITS,
                KocTables.KOC_RANKING);
    }

    @Override
    public Set<Table> writes() {
        return Set.of(
                GrowthTables.COUNTY_COVERAGE,
                GrowthTables.COUNTY_NEXT_KOCS,
                GrowthTables.KOC_FUNNEL,
                GrowthTables.ACQUISITION_LEADS,
                GrowthTables.GROUP_HEALTH,
                GrowthTables.MENTOR_PAIRS,
                GrowthTables.CONTENT_TO_REPOST);
    }

    @Override
    public void run(JobRun run) {
        try (Checkpoints checkpoints = new Checkpoints()) {
            new Reports(run, GrowthInputs.read(run.tables(), run.day(), settings.categoryDepth(), checkpoints))
                    .write(checkpoints);
        }
    }

    /** The reports of one day; where a source is absent, an empty table and a note that says why. */
    private final class Reports {
        private final JobRun run;
        private final GrowthInputs sources;
        private final Warehouse tables;
        private final LocalDate day;
        /** Tables that have no rows, each with the note that says why. */
        private final Map<Table, String> empty = new ConcurrentHashMap<>();

        Reports(JobRun run, GrowthInputs sources) {
            this.run = run;
            this.sources = sources;
            this.tables = run.tables();
            this.day = run.day();
        }

        private void write(Checkpoints checkpoints) {
            LocalDate first = day.minusDays(settings.funnel().windowDays() - 1L);
            Dataset<Row> strengths = tables.read(InfluenceTables.TIE_STRENGTHS, day);
            Dataset<Row> credits = RecentCredits.readLast90Days(tables, day);
            Dataset<Row> events = sources.events();
            Dataset<Row> sharedCategories = Kocs.sharedCategories(
                    tables.readUpTo(FeatureTables.USER_PRODUCT_DAYS, day), sources.products(), day);
            Dataset<Row> kocs = checkpoints.compute(
                    Kocs.of(tables.read(KocTables.KOC_RANKING, day), sources.users(), sharedCategories));
            Dataset<Row> talk = checkpoints.compute(Talk.of(events, first, day));
            Dataset<Row> reached = checkpoints.compute(CountyPlanner.reached(sources.users(), strengths, kocs));
            Dataset<Row> contents = checkpoints.compute(
                    Contents.of(sources.sharing(), events, credits, sources.products(), kocs, settings.content(), day));
            Dataset<Row> lifted = Contents.withLift(contents, settings.content());

            Parallel.run(
                    () -> planCounties(strengths, kocs, reached, checkpoints),
                    () -> write(
                            GrowthTables.KOC_FUNNEL,
                            Funnel.rows(
                                    Funnel.drawn(sources.spans(), first, day),
                                    talk,
                                    Funnel.boughtDays(tables.readUpTo(FeatureTables.USER_DAYS, day), first, day),
                                    Funnel.posts(events, first, day),
                                    kocs,
                                    settings.funnel(),
                                    day),
                            "growth.note.no-funnel"),
                    () -> write(
                            GrowthTables.ACQUISITION_LEADS,
                            AcquisitionLeads.rows(
                                    AcquisitionLeads.people(
                                            sources.users(),
                                            tables.read(FeatureTables.USER_FEATURES, day)
                                                    .where(col("as_of").equalTo(lit(day))),
                                            settings.leads()),
                                    kocs,
                                    talk,
                                    known(sources.spans(), talk),
                                    settings,
                                    day),
                            "growth.note.no-leads"),
                    () -> write(
                            GrowthTables.GROUP_HEALTH,
                            GroupHealth.rows(sources.ties(), talk, events, kocs, settings, day),
                            "growth.note.no-groups"),
                    () -> write(
                            GrowthTables.MENTOR_PAIRS,
                            MentorPairs.rows(kocs, sharedCategories, credits, lifted, settings, day, checkpoints),
                            "growth.note.no-mentors"),
                    () -> write(
                            GrowthTables.CONTENT_TO_REPOST,
                            Contents.toRepost(lifted, settings, day),
                            "growth.note.no-content"));
            // In the order of the dictionary, whichever ended first.
            Catalog.tables().stream().map(empty::get).filter(Objects::nonNull).forEach(note -> run.progress()
                    .note(name(), texts.text(note)));
        }

        private void planCounties(
                Dataset<Row> strengths, Dataset<Row> kocs, Dataset<Row> reached, Checkpoints checkpoints) {
            boolean hasCounties = write(
                    GrowthTables.COUNTY_COVERAGE,
                    CountyPlanner.coverage(reached, kocs, settings, day),
                    "growth.note.no-counties");
            if (!hasCounties) {
                tables.write(GrowthTables.COUNTY_NEXT_KOCS, day, tables.empty(GrowthTables.COUNTY_NEXT_KOCS));
                return;
            }
            Dataset<Row> additions = checkpoints.cache(CountyPlanner.additions(strengths, kocs, reached));
            write(
                    GrowthTables.COUNTY_NEXT_KOCS,
                    CountyPlanner.next(additions, reached, kocs, settings, day),
                    "growth.note.no-candidates");
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
}
