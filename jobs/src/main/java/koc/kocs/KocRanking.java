package koc.kocs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.typesafe.config.Config;
import java.time.LocalDate;
import java.util.List;
import koc.config.Section;
import koc.rules.DayWindow;
import koc.rules.RecentCredits;
import koc.run.JobRun;
import koc.spark.Checkpoints;
import koc.spark.Parallel;
import koc.tables.FeatureTables;
import koc.tables.InfluenceTables;
import koc.tables.KocTables;
import koc.text.Texts;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Ranks the KOCs, says why, and moves them between levels.
 *
 * <p>Reads the sources of the job, user_features, user_days, user_product_days, tie_strengths, purchase_credits,
 * koc_influence, influence_priors, koc_flags, koc_ranking of the previous day and koc_lifecycle of all earlier ones; writes
 * koc_ranking, level_events and koc_lifecycle.
 */
final class KocRanking {
    private final KocRankingSettings settings;
    private final Texts texts;
    private final int categoryDepth;

    KocRanking(Config config) {
        this.settings = KocRankingSettings.from(config);
        this.texts = Texts.of(settings.language());
        this.categoryDepth = Section.of(config, "koc.features").whole("category-depth", 1, 10);
    }

    /** Levels of a category path that are told apart. */
    int categoryDepth() {
        return categoryDepth;
    }

    /**
     * What is known of everybody before it is known whom they move.
     *
     * @param isFirst whether nobody was ever ranked
     * @param people as {@link KocFacts#people} returns them
     * @param activities as {@link KocFacts#activities} returns them
     * @param budget posts a day that members bear, see {@link FrequencyCap}
     * @param topics as {@link KocFacts#topics} returns them
     * @param histories as {@link KocFacts#histories} returns them
     */
    record Known(
            boolean isFirst,
            Dataset<Row> people,
            Dataset<Row> activities,
            int budget,
            Dataset<Row> topics,
            Dataset<Row> histories) {}

    /**
     * Reads it, after tie_strengths were written.
     *
     * @param checkpoints for what is read more than once
     */
    Known known(JobRun run, KocInputs sources, Checkpoints checkpoints) {
        Warehouse tables = run.tables();
        LocalDate day = run.day();
        Dataset<Row> previous = tables.readPrevious(KocTables.KOC_RANKING, day);
        Dataset<Row> people = checkpoints.compute(people(tables, day, previous));
        // An event arrives on its day or later: what arrived before the window cannot be of it.
        Dataset<Row> recent = sources.events().where(col("arrived").geq(lit(DayWindow.first(day, 365))));
        // Thousands of days of KOCs, from all events: used for the budget and for each KOC.
        Dataset<Row> activity = checkpoints.compute(
                KocFacts.activity(recent, day, settings.score().answerDays()));
        int budget = FrequencyCap.learned(
                KocFacts.lossesByPosts(
                        activity, people, settings.score().frequencyCap().laterDays()),
                settings);
        return new Known(
                tables.previousDay(KocTables.KOC_RANKING, day).isEmpty(),
                people,
                KocFacts.activities(activity, day, budget),
                budget,
                checkpoints.compute(KocFacts.topics(
                        tables.readUpTo(FeatureTables.USER_PRODUCT_DAYS, day), sources.products(), people, day)),
                // One row a user, from all of history; three joins need it.
                checkpoints.compute(KocFacts.histories(tables.readUpTo(FeatureTables.USER_DAYS, day), day)));
    }

    /**
     * Ranks for the run's day, after purchase_credits, koc_influence and koc_flags were written.
     *
     * @param checkpoints for what is read more than once
     */
    void rank(Known known, JobRun run, KocInputs sources, Checkpoints checkpoints, String job) {
        Warehouse tables = run.tables();
        LocalDate day = run.day();
        Dataset<Row> facts = checkpoints.compute(facts(tables, day, sources, known));
        Levels levels = Levels.of(settings.levels());
        Dataset<Row> usual = KocComponents.withUsual(facts, tables.read(InfluenceTables.INFLUENCE_PRIORS, day));
        Dataset<Row> moved = checkpoints.compute(levels.move(usual, day, known.isFirst()));
        Dataset<Row> scored = KocComponents.scored(moved.where("is_candidate"), day, settings);
        Parallel.run(
                () -> tables.write(KocTables.LEVEL_EVENTS, day, LevelEvents.rows(moved, levels, day, texts)),
                () -> tables.write(
                        KocTables.KOC_LIFECYCLE,
                        day,
                        KocLifecycle.rows(
                                moved, tables.readUpTo(KocTables.KOC_LIFECYCLE, day.minusDays(1)), levels, day, texts)),
                () -> tables.write(
                        KocTables.KOC_RANKING,
                        day,
                        KocReasons.explained(scored, day, known.budget(), settings, texts)));
        Dataset<Row> ranked = tables.read(KocTables.KOC_RANKING, day);
        if (ranked.isEmpty()) {
            run.progress().note(job, texts.text("kocs.note.none", settings.minPool()));
        } else {
            // One row a component that nobody has: seven at most.
            KocReasons.unknownToAll(ranked)
                    .forEach(component -> run.progress().note(job, texts.text("kocs.note.absent." + component)));
        }
    }

    private Dataset<Row> people(Warehouse tables, LocalDate day, Dataset<Row> previous) {
        return KocFacts.people(
                tables.read(FeatureTables.USER_FEATURES, day).where(col("as_of").equalTo(lit(day))),
                tables.read(InfluenceTables.TIE_STRENGTHS, day),
                previous,
                settings.minPool());
    }

    private static Dataset<Row> facts(Warehouse tables, LocalDate day, KocInputs sources, Known known) {
        Dataset<Row> people = known.people();
        Dataset<Row> histories = known.histories();
        return KocFacts.joined(
                people,
                List.of(
                        known.activities(),
                        histories.select(
                                col("user_id").as("koc_id"),
                                col("first_purchase_on"),
                                col("last_purchase_on"),
                                col("first_share_on"),
                                col("purchase_days_365d"),
                                col("complaints_365d").as("own_complaints")),
                        KocFacts.sales(RecentCredits.readLast90Days(tables, day), histories, day),
                        KocFacts.ownUse(known.topics(), sources.products()),
                        KocFacts.originality(sources.sharing()),
                        KocFacts.poolVoices(tables.read(InfluenceTables.TIE_STRENGTHS, day), people, histories),
                        KocFacts.influences(tables.read(InfluenceTables.KOC_INFLUENCE, day)),
                        KocFacts.flags(tables.read(InfluenceTables.KOC_FLAGS, day)),
                        KocFacts.profiles(sources.users())));
    }
}
