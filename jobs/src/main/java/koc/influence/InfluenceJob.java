package koc.influence;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.typesafe.config.Config;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import koc.rules.DayWindow;
import koc.rules.OpenTies;
import koc.run.Job;
import koc.run.JobRun;
import koc.spark.Checkpoints;
import koc.spark.Parallel;
import koc.tables.CleanTables;
import koc.tables.InfluenceTables;
import koc.tables.PortraitTables;
import koc.text.Texts;
import koc.warehouse.Table;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Measures how far each KOC moves people: tie strengths, credit for purchases, fraud, and influence against expectation. Reads
 * events, refunds, users, products, ties and holdout_portraits; writes the tables of {@link InfluenceTables}.
 */
public final class InfluenceJob implements Job {
    /** Days of purchases, before the days looked at too, from which earlier purchases are known. */
    private static final int EARLIER_DAYS = 365;

    private final InfluenceSettings settings;
    private final String fingerprint;
    private final Texts texts;

    /** A job with the settings of {@code koc.influence}. */
    public InfluenceJob(Config config) {
        this.settings = InfluenceSettings.from(config);
        this.fingerprint = InfluenceSettings.fingerprint(config);
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
        Warehouse tables = run.tables();
        LocalDate day = run.day();
        try (Checkpoints checkpoints = new Checkpoints()) {
            InfluenceInputs inputs = InfluenceInputs.read(tables, day, settings.categoryDepth(), checkpoints);
            if (inputs.isInferred()) {
                run.progress().note(name(), texts.text("influence.note.inferred"));
            }
            tables.write(
                    InfluenceTables.TIE_STRENGTHS,
                    day,
                    TieStrength.strengths(inputs.spans(), inputs.events(), inputs.users(), day, settings));
            writeCredit(run, inputs, checkpoints);
        }
    }

    private void writeCredit(JobRun run, InfluenceInputs inputs, Checkpoints checkpoints) {
        Warehouse tables = run.tables();
        LocalDate day = run.day();
        LocalDate from = DayWindow.first(day, settings.historyDays());
        Dataset<Row> spans = inputs.spans();
        // A share reaches into the days looked at from a window before them.
        LocalDate first = from.minusDays(settings.windowDays());
        Dataset<Row> recent = inputs.events().where(col("day").geq(lit(first)));
        Dataset<Row> purchases = checkpoints.compute(Purchases.kept(
                inputs.events().where(col("day").gt(lit(from.minusDays(EARLIER_DAYS)))),
                inputs.products(),
                tables.readUpTo(CleanTables.REFUNDS, day),
                from));
        Dataset<Row> shares =
                checkpoints.compute(Purchases.shares(recent, inputs.products(), spans, from, day, settings));
        Dataset<Row> reachable = OpenTies.startAfterFirstContact(spans);
        Dataset<Row> reached = checkpoints.compute(Purchases.reached(purchases, shares, reachable));
        Dataset<Row> touches =
                checkpoints.compute(Attribution.touches(purchases, reached, recent, inputs.users(), settings));
        Dataset<Row> edges = checkpoints.compute(FraudDetection.edges(touches, purchases));
        Dataset<Row> selfReferrals = checkpoints.compute(FraudDetection.selfReferrals(edges, settings.flag()));
        Dataset<Row> rings = checkpoints.compute(FraudDetection.rings(edges, settings.flag(), checkpoints));
        Dataset<Row> damped = checkpoints.compute(FraudDetection.damped(edges, selfReferrals, rings));
        Parallel.run(
                () -> tables.write(InfluenceTables.PURCHASE_CREDITS, day, Attribution.credits(touches, damped, day)),
                () -> writeInfluence(
                        run, purchases, shares, reachable, reached, inputs.users(), damped, from, checkpoints));

        Dataset<Row> influence = tables.read(InfluenceTables.KOC_INFLUENCE, day)
                .where(col("portrait_id").equalTo(InfluenceTables.WHOLE_POOL));
        Dataset<Row> flags = FraudDetection.flags(selfReferrals, rings, texts)
                .unionByName(FraudDetection.floods(shares, settings, texts))
                .unionByName(FraudDetection.servedOnly(
                        spans.where(OpenTies.isOpenOn(lit(day))), influence, settings, texts));
        tables.write(
                InfluenceTables.KOC_FLAGS,
                day,
                flags.select(lit(day).as("day"), col("koc_id"), col("flag"), col("evidence"), col("severity")));
    }

    private void writeInfluence(
            JobRun run,
            Dataset<Row> purchases,
            Dataset<Row> shares,
            Dataset<Row> spans,
            Dataset<Row> reached,
            Dataset<Row> users,
            Dataset<Row> damped,
            LocalDate from,
            Checkpoints checkpoints) {
        Warehouse tables = run.tables();
        LocalDate day = run.day();
        if (shares.where("place >= 0").isEmpty()) {
            run.progress().note(name(), texts.text("influence.note.no-shares", from, day));
            writeInfluence(tables, day, from, InfluencePrior.START, tables.empty(InfluenceTables.KOC_INFLUENCE));
            return;
        }
        Dataset<Row> people = ExposureCounts.people(users, tables.read(PortraitTables.HOLDOUT_PORTRAITS, day));
        Dataset<Row> counts = InfluenceRows.withDeviation(
                ExposureCounts.withWhole(ExposureCounts.of(
                        purchases, shares, spans, reached, people, damped, from, day, settings, checkpoints)),
                settings.prior());
        InfluencePrior prior = InfluenceRows.prior(counts, settings);
        writeInfluence(tables, day, from, prior, InfluenceRows.influence(counts, prior, day, settings));
    }

    private void writeInfluence(
            Warehouse tables, LocalDate day, LocalDate from, InfluencePrior prior, Dataset<Row> influence) {
        Parallel.run(
                () -> tables.write(InfluenceTables.KOC_INFLUENCE, day, influence),
                () -> tables.write(
                        InfluenceTables.INFLUENCE_PRIORS,
                        day,
                        List.of(InfluenceRows.priorRow(prior, from, day, fingerprint))));
    }
}
