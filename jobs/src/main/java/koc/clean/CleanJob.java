package koc.clean;

import com.typesafe.config.Config;
import koc.run.Job;
import koc.run.JobRun;

/**
 * Turns what landed into tables that can be trusted.
 *
 * <p>Reads the landing folder and its own tables of earlier arrivals; writes events, refunds, users, products, ties,
 * costs, assets, campaigns, and about them rejects, arrival_checks and data_quality.
 */
public final class CleanJob implements Job {
    private final CleanSettings settings;

    public CleanJob(Config config) {
        this.settings = CleanSettings.from(config);
    }

    @Override
    public String name() {
        return "clean";
    }

    @Override
    public void run(JobRun run) {
        try (Cleaning cleaning = new Cleaning(run, settings)) {
            cleaning.clean();
        }
    }
}
