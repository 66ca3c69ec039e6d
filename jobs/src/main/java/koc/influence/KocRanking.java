package koc.influence;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.typesafe.config.Config;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import koc.config.Section;
import koc.run.JobRun;
import koc.table.CleanTables;
import koc.table.FeatureTables;
import koc.table.InfluenceTables;
import koc.table.KocTables;
import koc.table.Tables;
import koc.text.Texts;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

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
        this.texts = Texts.of(Section.of(config, "koc").oneOf("language", "en", "zh"));
    }

    /** Does it for the run's day, after tie_strengths, purchase_credits, koc_influence and koc_flags were written. */
    void run(JobRun run, String job) {
        Tables tables = run.tables();
        LocalDate day = run.day();
        Deque<Dataset<Row>> held = new ArrayDeque<>();
        try {
            Dataset<Row> previous = held(held, tables.readPrevious(KocTables.KOC_RANKING, day));
            boolean isFirst = previous.isEmpty();
            Dataset<Row> people = held(held, people(tables, day, previous));
            // Thousands of days of KOCs, from all events: used for the budget and for each KOC.
            Dataset<Row> activity = held(held, KocFacts.activity(recentEvents(tables, day), day));
            int budget = PostingBudget.learned(
                    KocFacts.lossesByPosts(activity, people, settings.budget().laterDays()), settings);
            Dataset<Row> facts =
                    held(held, facts(tables, day, people, KocFacts.activities(activity, day, budget), held));
            Levels levels = Levels.of(settings.levels());
            // What three tables are written from: one plan instead of three.
            Dataset<Row> moved = held(held, levels.move(KocComponents.withUsual(facts), day, isFirst));
            Dataset<Row> scored = KocComponents.scored(moved.where("is_candidate"), day, settings);
            tables.write(KocTables.LEVEL_EVENTS, day, LevelEvents.rows(moved, levels, day, texts));
            tables.write(
                    KocTables.KOC_PIPELINE,
                    day,
                    KocPipelineRows.rows(moved, tables.readPrevious(KocTables.KOC_PIPELINE, day), levels, day, texts));
            // Last: what is held comes from this table's earlier day, and would be made anew after a write.
            long ranked = tables.write(
                    KocTables.KOC_RANKING, day, KocReasons.explained(scored, day, budget, settings, texts));
            if (ranked == 0) {
                run.progress().note(job, texts.text("kocs.note.none", settings.minPool()));
            } else {
                // One row a component that nobody has: seven at most.
                KocReasons.unknownToAll(tables.read(KocTables.KOC_RANKING, day))
                        .forEach(component -> run.progress().note(job, texts.text("kocs.note.absent." + component)));
            }
        } finally {
            held.forEach(Dataset::unpersist);
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
            Tables tables, LocalDate day, Dataset<Row> people, Dataset<Row> activities, Deque<Dataset<Row>> held) {
        // One row a user, from all of history; three of the joins below need it.
        Dataset<Row> histories = held(held, KocFacts.histories(tables.readUpTo(FeatureTables.USER_DAYS, day), day));
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
                        KocFacts.sales(tables.read(InfluenceTables.PURCHASE_CREDITS, day), histories, day),
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

    private static Dataset<Row> held(Deque<Dataset<Row>> held, Dataset<Row> rows) {
        held.push(rows.persist(StorageLevel.MEMORY_AND_DISK()));
        return rows;
    }
}
