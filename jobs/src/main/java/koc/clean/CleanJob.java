package koc.clean;

import com.typesafe.config.Config;
import java.util.Set;
import koc.run.Job;
import koc.run.JobRun;
import koc.tables.CleanTables;
import koc.warehouse.Table;

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
    public Set<Table> reads() {
        return Set.of();
    }

    @Override
    public Set<Table> readsPrevious() {
        return Set.of(
                CleanTables.EVENTS,
                CleanTables.REFUNDS,
                CleanTables.USERS,
                CleanTables.PRODUCTS,
                CleanTables.TIES,
                CleanTables.COSTS,
                CleanTables.ASSETS,
                CleanTables.CAMPAIGNS,
                CleanTables.REJECTS,
                CleanTables.ARRIVAL_CHECKS);
    }

    @Override
    public Set<Table> writes() {
        return Set.of(
                CleanTables.EVENTS,
                CleanTables.REFUNDS,
                CleanTables.USERS,
                CleanTables.PRODUCTS,
                CleanTables.TIES,
                CleanTables.COSTS,
                CleanTables.ASSETS,
                CleanTables.CAMPAIGNS,
                CleanTables.REJECTS,
                CleanTables.ARRIVAL_CHECKS,
                CleanTables.DATA_QUALITY);
    }

    @Override
    public void run(JobRun run) {
        try (Cleaning cleaning = new Cleaning(run, settings)) {
            cleaning.clean();
        }
    }
}
