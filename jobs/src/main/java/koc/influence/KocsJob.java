package koc.influence;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.typesafe.config.Config;
import java.time.LocalDate;
import java.util.List;
import koc.run.Interim;
import koc.run.Job;
import koc.run.JobRun;
import koc.table.CategoryPath;
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
    private final KocRanking ranking;
    private final ReachSettings reach;
    private final Texts texts;

    /** A job with the settings of {@code koc.influence}. */
    public KocsJob(Config config) {
        this.settings = InfluenceSettings.from(config);
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
        LocalDate from = day.minusDays(settings.historyDays() - 1L);
        try (Interim interim = new Interim()) {
            Dataset<Row> events =
                    tables.readUpTo(CleanTables.EVENTS, day).where(col("day").leq(lit(day)));
            Dataset<Row> users = interim.of(tables.readLatest(CleanTables.USERS, day));
            Dataset<Row> products = interim.of(tables.readLatest(CleanTables.PRODUCTS, day)
                    .select(
                            col("product_id"),
                            CategoryPath.cut(col("category"), settings.categoryDepth())
                                    .as("category")));
            Dataset<Row> spans = interim.of(spans(run, events));
            Dataset<Row> strengths =
                    TieStrength.strengths(spans, events, users.select("user_id", "role"), day, settings);
            tables.atOnce(
                    () -> tables.write(InfluenceTables.TIE_STRENGTHS, day, strengths),
                    () -> writeCredit(run, events, users, products, spans, from, interim));
        }
        ranking.run(run, name());
        Reach.write(run, reach);
    }

    private void writeCredit(
            JobRun run,
            Dataset<Row> events,
            Dataset<Row> users,
            Dataset<Row> products,
            Dataset<Row> spans,
            LocalDate from,
            Interim interim) {
        Tables tables = run.tables();
        LocalDate day = run.day();
        // A share reaches into the days looked at from a window before them.
        LocalDate first = from.minusDays(settings.windowDays());
        Dataset<Row> recent = events.where(col("day").geq(lit(first)));
        Dataset<Row> purchases = interim.of(Purchases.kept(
                events.where(col("day").gt(lit(from.minusDays(EARLIER_DAYS)))),
                products,
                tables.readUpTo(CleanTables.REFUNDS, day),
                from));
        Dataset<Row> shares = interim.of(Purchases.shares(recent, products, spans, from, day, settings));
        Dataset<Row> reached = interim.of(Purchases.reached(purchases, shares, spans));
        Dataset<Row> touches = interim.of(Attribution.touches(purchases, reached, recent, users, settings));
        Dataset<Row> edges = interim.of(CreditFakes.edges(touches));
        Dataset<Row> selfReferrals = interim.of(CreditFakes.selfReferrals(edges, settings.flag()));
        Dataset<Row> rings = interim.of(CreditFakes.rings(edges, settings.flag()));
        Dataset<Row> damped = interim.of(CreditFakes.damped(edges, selfReferrals, rings));
        tables.write(InfluenceTables.PURCHASE_CREDITS, day, Attribution.credits(touches, damped, day));

        writeInfluence(run, purchases, shares, spans, reached, users, damped, from, interim);

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
            tables.write(InfluenceTables.KOC_INFLUENCE, day, tables.empty(InfluenceTables.KOC_INFLUENCE));
            tables.write(
                    InfluenceTables.INFLUENCE_PRIORS,
                    day,
                    List.of(InfluenceRows.priorRow(InfluencePrior.START, from, day, settings)));
            return;
        }
        Dataset<Row> people = ExposureCounts.people(users, tables.read(PortraitTables.PORTRAIT_EXPOSURES, day));
        Dataset<Row> counts = interim.of(InfluenceRows.withDeviation(
                ExposureCounts.withWhole(ExposureCounts.of(
                        purchases, shares, spans, reached, people, damped, from, day, settings, interim)),
                settings.prior()));
        InfluencePrior prior = InfluenceRows.prior(counts, settings);
        tables.write(InfluenceTables.KOC_INFLUENCE, day, InfluenceRows.influence(counts, prior, day, settings));
        tables.write(
                InfluenceTables.INFLUENCE_PRIORS, day, List.of(InfluenceRows.priorRow(prior, from, day, settings)));
    }

    /** Recorded ties over time; where no tie was ever recorded, those who came through somebody's shares. */
    private Dataset<Row> spans(JobRun run, Dataset<Row> events) {
        Dataset<Row> ties = run.tables().readUpTo(CleanTables.TIES, run.day());
        if (!ties.isEmpty()) {
            return OpenTies.spans(
                    run.tables().readLatest(CleanTables.TIES, run.day()), events.where("event_type = 'leave'"));
        }
        run.progress().note(name(), texts.text("influence.note.inferred"));
        return OpenTies.inferredSpans(events, run.day());
    }
}
