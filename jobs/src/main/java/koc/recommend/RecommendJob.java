package koc.recommend;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import com.typesafe.config.Config;
import java.time.LocalDate;
import java.util.Optional;
import koc.run.Job;
import koc.run.JobRun;
import koc.table.CleanTables;
import koc.table.FeatureTables;
import koc.table.FitTables;
import koc.table.OpenTies;
import koc.table.PortraitTables;
import koc.table.RecommendTables;
import koc.table.Tables;
import koc.text.Texts;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Recommends to each KOC what its own pool will want next. Reads ties, users, user_product_days, portraits,
 * user_portraits, product_segment_fit, product_profile and its own recommendations of the day before; writes
 * koc_pool_mix and koc_recommendations.
 */
public final class RecommendJob implements Job {
    private final RecommendSettings settings;

    /** A job with the settings of {@code koc.recommend}. */
    public RecommendJob(Config config) {
        this.settings = RecommendSettings.from(config);
    }

    @Override
    public String name() {
        return "recommend";
    }

    @Override
    public void run(JobRun run) {
        Tables tables = run.tables();
        LocalDate day = run.day();
        PortraitOrder order = PortraitOrder.of(tables.read(PortraitTables.PORTRAITS, day));
        Dataset<Row> userPortraits = tables.read(PortraitTables.USER_PORTRAITS, day);
        Dataset<Row> profiles = tables.read(FitTables.PRODUCT_PROFILE, day);
        Dataset<Row> fits = tables.read(FitTables.PRODUCT_SEGMENT_FIT, day);
        Dataset<Row> pools = pools(run);
        Dataset<Row> users = tables.readLatest(CleanTables.USERS, day);
        // Used twice, and from all of history; the members are used twice as well.
        Dataset<Row> holdings = Holdings.of(tables.readUpTo(FeatureTables.USER_PRODUCT_DAYS, day))
                .persist();
        Dataset<Row> members = TrafficPools.members(pools, userPortraits, Holdings.counted(holdings), order)
                .persist();
        // Small, and every step needs them.
        Dataset<Row> kocs = TrafficPools.candidates(members, users, userPortraits, order, settings)
                .persist();
        Dataset<Row> offers = Offers.of(profiles, fits, order, settings).persist();
        try {
            tables.atOnce(
                    () -> tables.write(RecommendTables.KOC_POOL_MIX, day, TrafficPools.mix(kocs, order, day)),
                    () -> recommend(run, members, kocs, offers, fits, holdings, order));
        } finally {
            offers.unpersist();
            kocs.unpersist();
            members.unpersist();
            holdings.unpersist();
        }
    }

    private void recommend(
            JobRun run,
            Dataset<Row> members,
            Dataset<Row> kocs,
            Dataset<Row> offers,
            Dataset<Row> fits,
            Dataset<Row> holdings,
            PortraitOrder order) {
        Tables tables = run.tables();
        LocalDate day = run.day();
        Optional<String> missing = whatIsMissing(day, members, kocs, offers);
        if (missing.isPresent()) {
            run.progress().note(name(), missing.get());
            tables.write(RecommendTables.KOC_RECOMMENDATIONS, day, tables.empty(RecommendTables.KOC_RECOMMENDATIONS));
            return;
        }
        Dataset<Row> shortlist = Ranking.shortlist(kocs, offers, order, settings, shortlistLength(kocs));
        Dataset<Row> held = Holdings.ofOffers(holdings, offers, day, settings.repurchaseShare());
        Dataset<Row> owners = Ranking.owners(members, kocs, held, shortlist, order);
        Dataset<Row> ranked = Ranking.rank(kocs, offers, shortlist, owners, order, settings);
        Dataset<Row> previous = tables.readPrevious(RecommendTables.KOC_RECOMMENDATIONS, day);
        tables.write(
                RecommendTables.KOC_RECOMMENDATIONS,
                day,
                Reasons.explain(ranked, fits, previous, order, day, settings));
    }

    /** Open ties; where no tie was ever recorded, those who came through somebody's shares. */
    private Dataset<Row> pools(JobRun run) {
        Dataset<Row> pools = OpenTies.pools(run.tables(), run.day());
        if (!OpenTies.areRecorded(run.tables(), run.day()) && !pools.isEmpty()) {
            run.progress().note(name(), Texts.of(settings.language()).text("recommend.note.inferred"));
        }
        return pools;
    }

    /** Long enough for the pool in which every member has the most, so that somebody lacks what is on the list. */
    private int shortlistLength(Dataset<Row> kocs) {
        long held = kocs.agg(coalesce(max("fewest_held"), lit(0L))).head().getLong(0);
        return (int) Math.min(settings.shortlist() + held, Integer.MAX_VALUE);
    }

    /** Why there is nothing to recommend, and what to do about it; empty when there is something. */
    private Optional<String> whatIsMissing(
            LocalDate day, Dataset<Row> members, Dataset<Row> kocs, Dataset<Row> offers) {
        Texts texts = Texts.of(settings.language());
        if (!kocs.isEmpty()) {
            return offers.isEmpty() ? Optional.of(texts.text("recommend.note.no-offers")) : Optional.empty();
        }
        Row pools = members.groupBy("koc_id")
                .agg(count(lit(1)).as("members"))
                .agg(count(lit(1)), coalesce(max("members"), lit(0L)))
                .head();
        return Optional.of(
                pools.getLong(0) == 0
                        ? texts.text("recommend.note.no-ties", day)
                        : texts.text(
                                "recommend.note.small-pools", pools.getLong(0), pools.getLong(1), settings.minPool()));
    }
}
