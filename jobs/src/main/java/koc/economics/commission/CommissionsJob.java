package koc.economics.commission;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import com.typesafe.config.Config;
import java.time.LocalDate;
import java.util.Set;
import koc.run.Job;
import koc.run.JobRun;
import koc.spark.Checkpoints;
import koc.spark.Parallel;
import koc.tables.CleanTables;
import koc.tables.CommissionTables;
import koc.tables.FeatureTables;
import koc.tables.InfluenceTables;
import koc.tables.KocTables;
import koc.text.Texts;
import koc.warehouse.Table;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the ledger of commissions, and computes statements, the bonus fund of the teams, rewards and the competition
 * from it.
 */
public final class CommissionsJob implements Job {
    private final CommissionSettings settings;
    private final Texts texts;

    /** A job with the settings of {@code koc.economics.commission}. */
    public CommissionsJob(Config config) {
        this.settings = CommissionSettings.from(config);
        this.texts = Texts.of(settings.language());
    }

    @Override
    public String name() {
        return "commissions";
    }

    @Override
    public Set<Table> reads() {
        return Set.of(
                CleanTables.EVENTS,
                CleanTables.REFUNDS,
                CleanTables.USERS,
                CleanTables.PRODUCTS,
                FeatureTables.USER_PRODUCT_DAYS,
                InfluenceTables.PURCHASE_CREDITS,
                KocTables.KOC_RANKING,
                KocTables.LEVEL_EVENTS);
    }

    @Override
    public Set<Table> readsPrevious() {
        return writes();
    }

    @Override
    public Set<Table> writes() {
        return Set.of(
                CommissionTables.COMMISSION_LEDGER,
                CommissionTables.COMMISSION_STATEMENT,
                CommissionTables.COMMISSION_MONTHS,
                CommissionTables.TEAM_BONUS,
                CommissionTables.REWARD_GRANTS,
                CommissionTables.COMPETITION_BARS,
                CommissionTables.COMPETITION);
    }

    @Override
    public void run(JobRun run) {
        Warehouse warehouse = run.warehouse();
        LocalDate day = run.day();
        LocalDate before =
                warehouse.previousDay(CommissionTables.COMMISSION_MONTHS, day).orElse(null);
        Periods periods = before == null
                ? Periods.ofFirstRun(day, settings.closeDays())
                : new Periods(
                        day,
                        Statements.firstOpen(ofDay(warehouse, CommissionTables.COMMISSION_MONTHS, before)),
                        settings.closeDays());
        CommissionNotes notes = new CommissionNotes(run, texts, settings);
        try (Checkpoints checkpoints = new Checkpoints()) {
            post(warehouse, periods, notes, checkpoints);
            Dataset<Row> ledger = warehouse.readUpTo(CommissionTables.COMMISSION_LEDGER, day);
            Dataset<Row> statements = checkpoints.compute(Statements.byKoc(ledger, periods));
            Dataset<Row> sales = Competition.sales(statements);
            CompetitionBars competitionBars = new CompetitionBars(settings.competition(), periods);
            Dataset<Row> bars =
                    checkpoints.compute(competitionBars.compute(sales, CompetitionBars.firstWholeMonth(ledger, day)));

            Parallel.run(
                    () -> warehouse.write(CommissionTables.COMMISSION_STATEMENT, day, statements),
                    () -> writeOpen(
                            warehouse,
                            periods,
                            before,
                            CommissionTables.TEAM_BONUS,
                            TeamBonus.compute(
                                    statements,
                                    warehouse.readLatest(CleanTables.USERS, day),
                                    settings.team(),
                                    periods)),
                    () -> writeOpen(
                            warehouse,
                            periods,
                            before,
                            CommissionTables.COMPETITION_BARS,
                            competitionBars.countReached(bars, sales)),
                    () -> writeOpen(
                            warehouse,
                            periods,
                            before,
                            CommissionTables.COMPETITION,
                            Competition.compute(sales, bars, periods)),
                    () -> warehouse.write(
                            CommissionTables.REWARD_GRANTS, day, grantRewards(warehouse, periods, statements)));
            // Last, because it tells later runs that this one has posted.
            warehouse.write(CommissionTables.COMMISSION_MONTHS, day, Statements.byMonth(statements, periods));
        }
        notes.report();
    }

    /**
     * Writes the rows of the ledger. Rows of later dates do not count: the run gives what it would have given on its
     * day. The user is told to run the later dates again.
     */
    private void post(Warehouse warehouse, Periods periods, CommissionNotes notes, Checkpoints checkpoints) {
        LocalDate day = periods.day();
        RunOrder.requireOnce(warehouse.readUpTo(CommissionTables.COMMISSION_LEDGER, day.minusDays(1)));
        RunOrder.requireGrantedOnce(
                warehouse.readUpTo(CommissionTables.REWARD_GRANTS, day.minusDays(1)), settings.rewards());
        warehouse.write(
                CommissionTables.COMMISSION_LEDGER,
                day,
                new LedgerPosting(warehouse, settings, periods, checkpoints).compute());
        if (!warehouse
                .readAll(CommissionTables.COMMISSION_LEDGER)
                .where(col("day").gt(lit(day)))
                .isEmpty()) {
            notes.laterDates();
        }
    }

    /** Writes the rows of open months, and keeps those that the run before wrote for months that were closed then. */
    private static void writeOpen(
            Warehouse warehouse, Periods periods, @Nullable LocalDate before, Table table, Dataset<Row> rows) {
        Dataset<Row> result = before == null
                ? rows
                : rows.where(not(periods.wasClosed(col("month"))))
                        .unionByName(ofDay(warehouse, table, before)
                                .where(periods.wasClosed(col("month")))
                                .withColumn("day", lit(periods.day())));
        warehouse.write(table, periods.day(), result);
    }

    /** The rows of a day; none if the table was not written on it. */
    private static Dataset<Row> ofDay(Warehouse warehouse, Table table, LocalDate day) {
        return warehouse.readUpTo(table, day).where(col("day").equalTo(lit(day)));
    }

    private Dataset<Row> grantRewards(Warehouse warehouse, Periods periods, Dataset<Row> statements) {
        LocalDate day = periods.day();
        return new RewardGrants(periods, texts)
                .grant(
                        settings.rewards(),
                        new RewardGrants.Inputs(
                                statements,
                                warehouse.read(KocTables.KOC_RANKING, day),
                                warehouse.read(KocTables.LEVEL_EVENTS, day)),
                        warehouse.readUpTo(CommissionTables.REWARD_GRANTS, day.minusDays(1)),
                        warehouse.empty(CommissionTables.REWARD_GRANTS));
    }
}
