package koc.kocs;

import com.typesafe.config.Config;
import java.util.Set;
import koc.run.Job;
import koc.run.JobRun;
import koc.spark.Checkpoints;
import koc.tables.CleanTables;
import koc.tables.FeatureTables;
import koc.tables.InfluenceTables;
import koc.tables.KocTables;
import koc.warehouse.Table;

/**
 * Ranks the KOCs with reasons and moves them between levels. Reads events, users, products, what features and influence wrote,
 * koc_ranking of the previous day and koc_lifecycle of all earlier days; writes the tables of {@link koc.tables.KocTables}.
 */
public final class KocsJob implements Job {
    private final KocRanking ranking;

    /** A job with the settings of {@code koc.influence}. */
    public KocsJob(Config config) {
        this.ranking = new KocRanking(config);
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
        try (Checkpoints checkpoints = new Checkpoints()) {
            KocInputs inputs = KocInputs.read(run.tables(), run.day(), ranking.categoryDepth(), checkpoints);
            ranking.rank(ranking.known(run, inputs, checkpoints), run, inputs, checkpoints, name());
        }
    }
}
