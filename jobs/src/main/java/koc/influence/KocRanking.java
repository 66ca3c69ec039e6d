package koc.influence;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.to_date;

import com.typesafe.config.Config;
import java.time.LocalDate;
import java.util.List;
import koc.run.Interim;
import koc.run.JobRun;
import koc.table.CleanTables;
import koc.table.FeatureTables;
import koc.table.InfluenceTables;
import koc.table.KocTables;
import koc.table.Tables;
import koc.text.Texts;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Ranks the KOCs, says why, and moves them between levels.
 *
 * <p>Reads users, products, events, user_features, user_days, user_product_days, tie_strengths, purchase_credits,
 * koc_influence, koc_flags, and koc_ranking and koc_pipeline of the previous day; writes koc_ranking, level_events and
 * koc_pipeline.
 */
final class KocRanking {
    private final KocRankingSettings settings;
    private final Texts texts;

    KocRanking(Config config) {
        this.settings = KocRankingSettings.from(config);
        this.texts = Texts.of(settings.language());
    }

    /** Does it for the run's day, after tie_strengths, purchase_credits, koc_influence and koc_flags were written. */
    void run(JobRun run, String job) {
        Tables tables = run.tables();
        LocalDate day = run.day();
        try (Interim interim = new Interim()) {
            Dataset<Row> previous = tables.readPrevious(KocTables.KOC_RANKING, day);
            boolean isFirst = tables.previousDay(KocTables.KOC_RANKING, day).isEmpty();
            Dataset<Row> people = interim.of(people(tables, day, previous));
            // Thousands of days of KOCs, from all events: used for the budget and for each KOC.
            Dataset<Row> activity = interim.of(KocFacts.activity(recentEvents(tables, day), day));
            int budget = PostingBudget.learned(
                    KocFacts.lossesByPosts(activity, people, settings.budget().laterDays()), settings);
            Dataset<Row> facts =
                    interim.of(facts(tables, day, people, KocFacts.activities(activity, day, budget), interim));
            Levels levels = Levels.of(settings.levels());
            Dataset<Row> moved = interim.of(levels.move(KocComponents.withUsual(facts), day, isFirst));
            Dataset<Row> scored = KocComponents.scored(moved.where("is_candidate"), day, settings);
            tables.atOnce(
                    () -> tables.write(KocTables.LEVEL_EVENTS, day, LevelEvents.rows(moved, levels, day, texts)),
                    () -> tables.write(
                            KocTables.KOC_PIPELINE,
                            day,
                            KocPipelineRows.rows(
                                    moved, tables.readPrevious(KocTables.KOC_PIPELINE, day), levels, day, texts)),
                    () -> tables.write(
                            KocTables.KOC_RANKING, day, KocReasons.explained(scored, day, budget, settings, texts)));
            Dataset<Row> ranked = tables.read(KocTables.KOC_RANKING, day);
            if (ranked.isEmpty()) {
                run.progress().note(job, texts.text("kocs.note.none", settings.minPool()));
            } else {
                // One row a component that nobody has: seven at most.
                KocReasons.unknownToAll(ranked)
                        .forEach(component -> run.progress().note(job, texts.text("kocs.note.absent." + component)));
            }
        }
    }

    private Dataset<Row> people(Tables tables, LocalDate day, Dataset<Row> previous) {
        return KocFacts.people(
                tables.read(FeatureTables.USER_FEATURES, day).where(col("as_of").equalTo(lit(day))),
                tables.read(InfluenceTables.TIE_STRENGTHS, day),
                previous,
                settings.minPool());
    }

    private Dataset<Row> facts(
            Tables tables, LocalDate day, Dataset<Row> people, Dataset<Row> activities, Interim interim) {
        // One row a user, from all of history; three of the joins below need it.
        Dataset<Row> histories = interim.of(KocFacts.histories(tables.readUpTo(FeatureTables.USER_DAYS, day), day));
        return KocFacts.joined(
                people,
                List.of(
                        activities,
                        histories
                                .withColumnRenamed("user_id", "koc_id")
                                .select(
                                        "koc_id",
                                        "first_purchase_on",
                                        "last_purchase_on",
                                        "first_share_on",
                                        "purchase_days_365d"),
                        KocFacts.sales(creditsOf90Days(tables, day), histories, day),
                        KocFacts.ownUse(
                                tables.readUpTo(FeatureTables.USER_PRODUCT_DAYS, day),
                                tables.readLatest(CleanTables.PRODUCTS, day),
                                people,
                                day,
                                settings.categoryDepth()),
                        KocFacts.poolVoices(tables.read(InfluenceTables.TIE_STRENGTHS, day), people, histories),
                        KocFacts.influences(tables.read(InfluenceTables.KOC_INFLUENCE, day)),
                        KocFacts.flags(tables.read(InfluenceTables.KOC_FLAGS, day)),
                        KocFacts.profiles(tables.readLatest(CleanTables.USERS, day))));
    }

    /** An event arrives on its day or later: what arrived before the window cannot be of it. */
    private static Dataset<Row> recentEvents(Tables tables, LocalDate day) {
        return tables.readUpTo(CleanTables.EVENTS, day).where(col("arrived").geq(lit(day.minusDays(364))));
    }

    /** The columns say 90 days, however many credit is told from. */
    static Dataset<Row> creditsOf90Days(Tables tables, LocalDate day) {
        return tables.read(InfluenceTables.PURCHASE_CREDITS, day)
                .where(to_date(col("purchased_at")).gt(lit(day.minusDays(90))));
    }
}
