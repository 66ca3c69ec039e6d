package koc.influence;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.typesafe.config.Config;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import koc.influence.exposure.ExposureCounts;
import koc.influence.exposure.ExposureInputs;
import koc.influence.exposure.PoolMembers;
import koc.influence.fraud.FraudDetection;
import koc.influence.fraud.KocFlags;
import koc.influence.prior.InfluenceEstimates;
import koc.influence.prior.InfluencePrior;
import koc.rules.KnownHistory;
import koc.rules.OpenTies;
import koc.run.Job;
import koc.run.JobRun;
import koc.spark.Checkpoints;
import koc.spark.Parallel;
import koc.tables.CleanTables;
import koc.tables.FeatureTables;
import koc.tables.InfluenceTables;
import koc.tables.PortraitTables;
import koc.text.Texts;
import koc.warehouse.Table;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Measures how much each KOC influences purchases: strength of ties, credit for purchases, fraud, and observed
 * purchases over expected ones. Reads events, rejects, refunds, users, products, ties, user_days and holdout_portraits;
 * writes the tables of {@link InfluenceTables}.
 */
public final class InfluenceJob implements Job {
    private final InfluenceSettings settings;
    private final String settingsAsJson;
    private final Texts texts;

    /** A job with the settings of {@code koc.influence}. */
    public InfluenceJob(Config config) {
        this.settings = InfluenceSettings.from(config);
        this.settingsAsJson = InfluenceSettings.asJson(config);
        this.texts = Texts.of(settings.language());
    }

    @Override
    public String name() {
        return "influence";
    }

    @Override
    public Set<Table> reads() {
        return Set.of(
                CleanTables.EVENTS,
                CleanTables.REFUNDS,
                CleanTables.USERS,
                CleanTables.PRODUCTS,
                CleanTables.TIES,
                CleanTables.REJECTS,
                FeatureTables.USER_DAYS,
                PortraitTables.HOLDOUT_PORTRAITS);
    }

    @Override
    public Set<Table> writes() {
        return Set.of(
                InfluenceTables.TIE_STRENGTHS,
                InfluenceTables.PURCHASE_CREDITS,
                InfluenceTables.KOC_INFLUENCE,
                InfluenceTables.INFLUENCE_PRIORS,
                InfluenceTables.KOC_FLAGS);
    }

    @Override
    public void run(JobRun run) {
        Warehouse warehouse = run.warehouse();
        LocalDate day = run.day();
        try (Checkpoints checkpoints = new Checkpoints()) {
            InfluenceInputs inputs = InfluenceInputs.read(warehouse, day, settings.categoryDepth(), checkpoints);
            noteInferredTies(run, inputs);
            warehouse.write(
                    InfluenceTables.TIE_STRENGTHS,
                    day,
                    new TieStrength(settings.tie(), day).compute(inputs.ties(), inputs.events(), inputs.users()));

            ExposureInputs exposure = ExposureInputs.select(inputs, period(day), settings.windowDays(), checkpoints);
            Dataset<Row> touches = checkpoints.compute(new Attribution(settings)
                    .selectTouches(exposure, inputs.eventsSince(firstTouchDay(day)), inputs.users()));
            FraudDetection.Findings fraud =
                    new FraudDetection(settings.fraud(), checkpoints).detect(touches, exposure.purchases());
            Parallel.run(
                    () -> warehouse.write(
                            InfluenceTables.PURCHASE_CREDITS,
                            day,
                            Attribution.computeCredits(touches, fraud.fraudulentCredits(), day)),
                    () -> measureInfluence(run, inputs, exposure, fraud, checkpoints));
            warehouse.write(InfluenceTables.KOC_FLAGS, day, computeFlags(run, inputs, exposure, fraud));
        }
    }

    private InfluencePeriod period(LocalDate day) {
        return InfluencePeriod.endingOn(day, settings.historyDays());
    }

    /** Touches that are events come at most one window before a purchase. Referrals are read from users. */
    private LocalDate firstTouchDay(LocalDate day) {
        return period(day).from().minusDays(settings.windowDays());
    }

    private void noteInferredTies(JobRun run, InfluenceInputs inputs) {
        if (inputs.isInferred()) {
            run.progress().note(name(), texts.text("influence.note.inferred"));
        }
    }

    private void measureInfluence(
            JobRun run,
            InfluenceInputs inputs,
            ExposureInputs exposure,
            FraudDetection.Findings fraud,
            Checkpoints checkpoints) {
        InfluencePeriod period = period(run.day());
        InfluenceEstimates estimates = new InfluenceEstimates(period, settings);
        if (!exposure.hasShares()) {
            run.progress().note(name(), texts.text("influence.note.no-shares", period.from(), run.day()));
            writeInfluence(
                    run, estimates, InfluencePrior.WITHOUT_DATA, run.warehouse().empty(InfluenceTables.KOC_INFLUENCE));
            return;
        }
        Dataset<Row> users = PoolMembers.withPortraits(
                inputs.users(), run.warehouse().read(PortraitTables.HOLDOUT_PORTRAITS, run.day()));
        Dataset<Row> counts = estimates.withHomophily(ExposureCounts.withWholePools(
                new ExposureCounts(period, settings, checkpoints).compute(exposure, users, fraud.fraudulentCredits())));
        InfluencePrior prior = estimates.fitPrior(counts);
        writeInfluence(run, estimates, prior, estimates.estimateLifts(counts, prior));
    }

    private void writeInfluence(
            JobRun run, InfluenceEstimates estimates, InfluencePrior prior, Dataset<Row> influence) {
        Parallel.run(
                () -> run.warehouse().write(InfluenceTables.KOC_INFLUENCE, run.day(), influence), () -> run.warehouse()
                        .write(
                                InfluenceTables.INFLUENCE_PRIORS,
                                run.day(),
                                List.of(estimates.toPriorRow(prior, settingsAsJson))));
    }

    private Dataset<Row> computeFlags(
            JobRun run, InfluenceInputs inputs, ExposureInputs exposure, FraudDetection.Findings fraud) {
        Dataset<Row> pools = run.warehouse()
                .read(InfluenceTables.KOC_INFLUENCE, run.day())
                .where(col("portrait_id").equalTo(InfluenceTables.WHOLE_POOL));
        Dataset<Row> openTies = inputs.ties().where(OpenTies.isOpenOn(lit(run.day())));
        KnownHistory history =
                KnownHistory.read(run.warehouse().readUpTo(FeatureTables.USER_DAYS, run.day()), run.day());
        return new KocFlags(settings).compute(fraud, exposure.shares(), openTies, pools, history);
    }
}
