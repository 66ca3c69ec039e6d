package koc.kocs;

import com.typesafe.config.Config;
import koc.run.Interim;
import koc.run.Job;
import koc.run.JobRun;

/**
 * Ranks the KOCs with reasons and moves them between levels. Reads events, users, products, what features and influence wrote,
 * koc_ranking of the previous day and koc_pipeline of all earlier days; writes the tables of {@link koc.table.KocTables}.
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
    public void run(JobRun run) {
        try (Interim interim = new Interim()) {
            KocInputs inputs = KocInputs.read(run.tables(), run.day(), ranking.categoryDepth(), interim);
            ranking.rank(ranking.known(run, inputs, interim), run, inputs, interim, name());
        }
    }
}
