package koc.kocs;

import com.typesafe.config.Config;
import java.time.LocalDate;
import java.util.Set;
import koc.config.Section;
import koc.kocs.features.KocFeatures;
import koc.kocs.levels.KocLifecycle;
import koc.kocs.levels.LevelCriteria;
import koc.kocs.levels.LevelEvents;
import koc.kocs.levels.LevelMovement;
import koc.kocs.score.KocBaselines;
import koc.kocs.score.KocComponents;
import koc.kocs.score.KocExplanations;
import koc.kocs.score.KocScoring;
import koc.run.Job;
import koc.run.JobRun;
import koc.spark.Checkpoints;
import koc.spark.Parallel;
import koc.tables.CleanTables;
import koc.tables.FeatureTables;
import koc.tables.FitTables;
import koc.tables.InfluenceTables;
import koc.tables.KocTables;
import koc.text.Texts;
import koc.warehouse.Table;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Ranks the KOCs, explains the ranking, and moves KOCs between levels.
 *
 * <p>Reads events, users, products, what the jobs features, fit and influence wrote, koc_ranking of the previous run,
 * and koc_lifecycle of all earlier days. Writes the tables of {@link KocTables}.
 */
public final class KocsJob implements Job {
    private final KocSettings settings;
    private final Texts texts;
    private final int categoryDepth;

    /** A job with the settings of {@code koc.kocs}. */
    public KocsJob(Config config) {
        this.settings = KocSettings.from(config);
        this.texts = Texts.of(settings.language());
        this.categoryDepth = Section.of(config, "koc.features").whole("category-depth", 1, 10);
    }

    @Override
    public String name() {
        return "kocs";
    }

    @Override
    public Set<Table> reads() {
        return Set.of(
                CleanTables.EVENTS,
                CleanTables.USERS,
                CleanTables.PRODUCTS,
                FeatureTables.USER_DAYS,
                FeatureTables.USER_PRODUCT_DAYS,
                FeatureTables.USER_FEATURES,
                FitTables.PRODUCT_PROFILE,
                InfluenceTables.TIE_STRENGTHS,
                InfluenceTables.PURCHASE_CREDITS,
                InfluenceTables.KOC_INFLUENCE,
                InfluenceTables.INFLUENCE_PRIORS,
                InfluenceTables.KOC_FLAGS);
    }

    @Override
    public Set<Table> readsPrevious() {
        return Set.of(KocTables.KOC_RANKING, KocTables.KOC_LIFECYCLE);
    }

    @Override
    public Set<Table> writes() {
        return Set.of(KocTables.KOC_RANKING, KocTables.KOC_LIFECYCLE, KocTables.LEVEL_EVENTS);
    }

    @Override
    public void run(JobRun run) {
        Warehouse warehouse = run.warehouse();
        LocalDate day = run.day();
        LevelCriteria criteria = new LevelCriteria(settings.levels());
        LevelEvents events = new LevelEvents(criteria, texts, day);
        KocLifecycle lifecycle = new KocLifecycle(settings.lifecycle(), criteria, texts, day);
        try (Checkpoints checkpoints = new Checkpoints()) {
            KocInputs inputs = new KocInputs(warehouse, day, categoryDepth, checkpoints);
            Dataset<Row> candidates = checkpoints.compute(KocFeatures.selectCandidates(inputs, settings));
            if (candidates.isEmpty()) {
                writes().forEach(table -> warehouse.write(table, day, warehouse.empty(table)));
                noteMissingSources(run);
                return;
            }
            KocFeatures features = KocFeatures.gather(inputs, candidates, settings, checkpoints);
            Dataset<Row> people = KocBaselines.withBaselines(features.rows(), inputs.influencePriors());
            Dataset<Row> moved =
                    checkpoints.compute(new LevelMovement(criteria, day).move(people, inputs.isFirstDay()));
            Dataset<Row> scored = new KocScoring(settings, day).score(moved.where("is_ranked"));
            KocExplanations explanations = new KocExplanations(settings, texts, day, features.frequencyCaps());

            Parallel.run(
                    () -> warehouse.write(KocTables.LEVEL_EVENTS, day, events.explain(moved)),
                    () -> warehouse.write(
                            KocTables.KOC_LIFECYCLE, day, lifecycle.compute(moved, inputs.earlierLifecycles())),
                    () -> warehouse.write(KocTables.KOC_RANKING, day, explanations.explain(scored)));
            noteMissingSources(run);
        }
    }

    /** Says why nobody is ranked, or which components no KOC has. */
    private void noteMissingSources(JobRun run) {
        Dataset<Row> ranking = run.warehouse().read(KocTables.KOC_RANKING, run.day());
        if (ranking.isEmpty()) {
            run.progress().note(name(), texts.text("kocs.note.none", settings.minPool()));
            return;
        }
        for (String component : KocComponents.findMissing(ranking)) {
            run.progress().note(name(), texts.text("kocs.note.absent." + component));
        }
    }
}
