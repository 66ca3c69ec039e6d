package koc.influence;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.typesafe.config.Config;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Supplier;
import koc.run.Interim;
import koc.run.Job;
import koc.run.JobRun;
import koc.table.CleanTables;
import koc.table.InfluenceTables;
import koc.table.OpenTies;
import koc.table.PortraitTables;
import koc.table.Tables;
import koc.text.Texts;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Says who of the KOCs really moves whom, ranks them, moves them between levels, and shows where KOCs are missing. Reads events,
 * refunds, users, products, ties, portrait_exposures and what features wrote; writes the tables of {@link InfluenceTables},
 * {@link koc.table.KocTables} and {@link koc.table.ReachTables}.
 */
public final class KocsJob implements Job {
    /** Days of purchases, before the days looked at too, from which earlier purchases are known. */
    private static final int EARLIER_DAYS = 365;

    private final InfluenceSettings settings;
    private final String fingerprint;
    private final KocRanking ranking;
    private final ReachSettings reach;
    private final Texts texts;

    /** A job with the settings of {@code koc.influence}. */
    public KocsJob(Config config) {
        this.settings = InfluenceSettings.from(config);
        this.fingerprint = InfluenceSettings.fingerprint(config);
        this.ranking = new KocRanking(config);
        this.reach = ReachSettings.from(config);
        this.texts = Texts.of(settings.language());
    }

    @Override
    public String name() {
        return "kocs";
    }

    @Override
    public void run(JobRun run) {
        Tables tables = run.tables();
        LocalDate day = run.day();
        // What is read more than once is held.
        try (Interim interim = new Interim()) {
            KocSources sources = KocSources.read(run, settings.categoryDepth(), interim);
            if (sources.isInferred()) {
                run.progress().note(name(), texts.text("influence.note.inferred"));
            }
            Dataset<Row> strengths =
                    TieStrength.strengths(sources.spans(), sources.events(), sources.users(), day, settings);
            Supplier<KocRanking.Known> reading = interim.meanwhile(() -> {
                tables.write(InfluenceTables.TIE_STRENGTHS, day, strengths);
                return ranking.known(run, sources, interim);
            });
            writeCredit(run, sources);
            KocRanking.Known known = reading.get();
            ranking.rank(known, run, sources, interim, name());
            Reach.write(run, sources, known.topics(), reach, interim);
        }
    }

    private void writeCredit(JobRun run, KocSources sources) {
        // Large, and let go of before the KOCs are ranked.
        try (Interim interim = new Interim()) {
            writeCredit(run, sources, interim);
        }
    }

    private void writeCredit(JobRun run, KocSources sources, Interim interim) {
        Tables tables = run.tables();
        LocalDate day = run.day();
        LocalDate from = day.minusDays(settings.historyDays() - 1L);
        Dataset<Row> spans = sources.spans();
        // A share reaches into the days looked at from a window before them.
        LocalDate first = from.minusDays(settings.windowDays());
        Dataset<Row> recent = sources.events().where(col("day").geq(lit(first)));
        Dataset<Row> purchases = interim.of(Purchases.kept(
                sources.events().where(col("day").gt(lit(from.minusDays(EARLIER_DAYS)))),
                sources.products(),
                tables.readUpTo(CleanTables.REFUNDS, day),
                from));
        Dataset<Row> shares = interim.of(Purchases.shares(recent, sources.products(), spans, from, day, settings));
        Dataset<Row> reachable = OpenTies.afterFirstContact(spans);
        Dataset<Row> reached = interim.of(Purchases.reached(purchases, shares, reachable));
        Dataset<Row> touches = interim.of(Attribution.touches(purchases, reached, recent, sources.users(), settings));
        Dataset<Row> edges = interim.of(CreditFakes.edges(touches, purchases));
        Dataset<Row> selfReferrals = interim.of(CreditFakes.selfReferrals(edges, settings.flag()));
        Dataset<Row> rings = interim.of(CreditFakes.rings(edges, settings.flag(), interim));
        Dataset<Row> damped = interim.of(CreditFakes.damped(edges, selfReferrals, rings));
        tables.atOnce(
                () -> tables.write(InfluenceTables.PURCHASE_CREDITS, day, Attribution.credits(touches, damped, day)),
                () -> writeInfluence(
                        run, purchases, shares, reachable, reached, sources.users(), damped, from, interim));

        Dataset<Row> influence = tables.read(InfluenceTables.KOC_INFLUENCE, day)
                .where(col("portrait_id").equalTo(InfluenceTables.WHOLE_POOL));
        Dataset<Row> flags = CreditFakes.flags(selfReferrals, rings, texts)
                .unionByName(CreditFakes.floods(shares, settings, texts))
                .unionByName(
                        CreditFakes.servedOnly(spans.where(OpenTies.isOpenOn(lit(day))), influence, settings, texts));
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
            Interim interim) {
        Tables tables = run.tables();
        LocalDate day = run.day();
        if (shares.where("place >= 0").isEmpty()) {
            run.progress().note(name(), texts.text("influence.note.no-shares", from, day));
            writeInfluence(tables, day, from, InfluencePrior.START, tables.empty(InfluenceTables.KOC_INFLUENCE));
            return;
        }
        Dataset<Row> people = ExposureCounts.people(users, tables.read(PortraitTables.PORTRAIT_EXPOSURES, day));
        Dataset<Row> counts = InfluenceRows.withDeviation(
                ExposureCounts.withWhole(ExposureCounts.of(
                        purchases, shares, spans, reached, people, damped, from, day, settings, interim)),
                settings.prior());
        InfluencePrior prior = InfluenceRows.prior(counts, settings);
        writeInfluence(tables, day, from, prior, InfluenceRows.influence(counts, prior, day, settings));
    }

    private void writeInfluence(
            Tables tables, LocalDate day, LocalDate from, InfluencePrior prior, Dataset<Row> influence) {
        tables.atOnce(
                () -> tables.write(InfluenceTables.KOC_INFLUENCE, day, influence),
                () -> tables.write(
                        InfluenceTables.INFLUENCE_PRIORS,
                        day,
                        List.of(InfluenceRows.priorRow(prior, from, day, fingerprint))));
    }
}
