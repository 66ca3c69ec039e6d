package koc.recommend;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import com.typesafe.config.Config;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Supplier;
import koc.run.Interim;
import koc.run.Job;
import koc.run.JobRun;
import koc.table.CleanTables;
import koc.table.FeatureTables;
import koc.table.FitTables;
import koc.table.InfluenceTables;
import koc.table.KocTables;
import koc.table.PortraitTables;
import koc.table.RecommendTables;
import koc.table.Tables;
import koc.text.Texts;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Recommends to each KOC what its own pool will want next. Reads tie_strengths, koc_influence, koc_ranking, users,
 * user_product_days, user_category_days, portraits, user_portraits, portrait_exposures, product_segment_fit,
 * product_profile and its own recommendations of the day before; writes koc_pool_mix, buyer_model,
 * koc_recommendations and, when asked, koc_challengers.
 */
public final class RecommendJob implements Job {
    private final RecommendSettings settings;
    private final Texts texts;

    /** A job with the settings of {@code koc.recommend}. */
    public RecommendJob(Config config) {
        this.settings = RecommendSettings.from(config);
        this.texts = Texts.of(settings.language());
    }

    @Override
    public String name() {
        return "recommend";
    }

    @Override
    public void run(JobRun run) {
        try (Interim interim = new Interim()) {
            recommend(run, interim);
        }
    }

    private void recommend(JobRun run, Interim interim) {
        Tables tables = run.tables();
        LocalDate day = run.day();
        PortraitOrder order = PortraitOrder.of(tables.read(PortraitTables.PORTRAITS, day));
        Dataset<Row> portraits = tables.read(PortraitTables.USER_PORTRAITS, day);
        Dataset<Row> ranking = tables.read(KocTables.KOC_RANKING, day);
        Dataset<Row> campaigns = tables.readLatest(CleanTables.CAMPAIGNS, day);
        boolean hasCampaigns = !campaigns.isEmpty();
        Dataset<Row> productDays = tables.readUpTo(FeatureTables.USER_PRODUCT_DAYS, day);
        Interest interest = Interest.strongest(productDays, settings.learning().leastBought());
        Dataset<Row> all = Offers.numbered(
                interest.withBuyers(tables.read(FitTables.PRODUCT_PROFILE, day), productDays),
                settings.categoryDepth());
        Dataset<Row> products =
                interim.of(Offers.withAllowed(all, hasCampaigns ? Campaigns.allowedForAll(all, campaigns, day) : all));
        Dataset<Row> pools = pools(run, ranking, interim);
        LearningWindow window = LearningWindow.of(
                productDays,
                products,
                tables.read(PortraitTables.PORTRAIT_EXPOSURES, day),
                portraits,
                day,
                interest,
                settings,
                interim);
        if (window.interest() != Interest.PURCHASE) {
            run.progress()
                    .note(
                            name(),
                            texts.text(
                                    "recommend.note.interest",
                                    settings.learning().leastBought(),
                                    window.interest().word()));
        }
        Picture.Scene scene = new Picture.Scene(
                pools,
                tables.readLatest(CleanTables.USERS, day),
                products,
                tables.read(FitTables.PRODUCT_SEGMENT_FIT, day),
                KocInfluence.lifts(tables.read(InfluenceTables.KOC_INFLUENCE, day), order),
                order,
                // Of a share held out it would tell what was bought; other interest than purchases is what is held.
                window.isByShare() || window.interest() != Interest.PURCHASE
                        ? tables.empty(FeatureTables.USER_CATEGORY_DAYS)
                        : tables.readUpTo(FeatureTables.USER_CATEGORY_DAYS, day),
                window.since(),
                NewProducts.latestLaunch(products, day));
        Lesson lesson = Lesson.of(window, scene, settings, interim);
        Supplier<Learned> learning = interim.meanwhile(() -> Learned.from(lesson, scene, settings, interim));
        Dataset<Row> holdings = Holdings.now(window.history());
        Picture now = Picture.of(
                scene,
                portraits,
                People.weighted(People.of(portraits, holdings, order, day), lesson.activity()),
                holdings,
                day,
                Integer.MAX_VALUE,
                settings,
                interim);
        Learned learned = learning.get();
        tables.write(RecommendTables.KOC_POOL_MIX, day, TrafficPools.mix(now.kocs(), order, day));
        tables.write(RecommendTables.BUYER_MODEL, day, learned.rows(products.sparkSession(), day));
        Optional<String> missing = whatIsMissing(day, scene.pools(), now);
        if (missing.isPresent()) {
            run.progress().note(name(), missing.get());
            tables.write(RecommendTables.KOC_RECOMMENDATIONS, day, tables.empty(RecommendTables.KOC_RECOMMENDATIONS));
            return;
        }
        Dataset<Row> ownUse = interim.of(OwnUse.of(productDays, now.kocs(), products));
        Dataset<Row> allowed = (hasCampaigns ? allowed(now, campaigns, day) : now.parts())
                .join(
                        ownUse.where("is_disappointed").select("koc_number", "product_number"),
                        new String[] {"koc_number", "product_number"},
                        "left_anti");
        // Where no purchases are recorded nobody can be loyal, and no launch would wait for it.
        Dataset<Row> seeded = now.hasNew() && window.interest() == Interest.PURCHASE
                ? NewProducts.keepSeeded(allowed, now.offers(), products, ownUse, day, settings.newProducts())
                : allowed;
        Dataset<Row> scored = interim.of(Coordination.of(
                Ranking.score(seeded, now.kocs(), now.offers(), ownUse, learned.model(), settings),
                now.kocs().join(ranking.select("koc_id", "level"), new String[] {"koc_id"}, "left"),
                now.members(),
                settings.top(),
                settings.rerank()));
        Dataset<Row> ranked =
                Reranking.list(scored, now.kocs(), now.offers(), order, settings.top(), settings.rerank());
        tables.write(
                RecommendTables.KOC_RECOMMENDATIONS,
                day,
                Reasons.explain(
                        Ranking.described(ranked, now.kocs(), now.offers(), order),
                        scene.fits(),
                        ranking,
                        tables.readPrevious(RecommendTables.KOC_RECOMMENDATIONS, day),
                        order,
                        day,
                        window.interest(),
                        settings));
        if (settings.challengers()) {
            tables.write(
                    RecommendTables.KOC_CHALLENGERS,
                    day,
                    Challengers.of(now, seeded, scored, window, order, day, settings));
        }
    }

    /** Who is tied to whom today: koc_id, user_id, since. Revoked KOCs have no pool to recommend to. */
    private Dataset<Row> pools(JobRun run, Dataset<Row> ranking, Interim interim) {
        Dataset<Row> pools = interim.of(run.tables()
                .read(InfluenceTables.TIE_STRENGTHS, run.day())
                .select("koc_id", "user_id", "since", "is_inferred")
                .join(ranking.where("level = 'revoked'").select("koc_id"), new String[] {"koc_id"}, "left_anti"));
        if (!pools.where("is_inferred").isEmpty()) {
            run.progress().note(name(), texts.text("recommend.note.inferred"));
        }
        return pools;
    }

    /** The parts less what a campaign forbids the KOC to recommend. */
    private static Dataset<Row> allowed(Picture now, Dataset<Row> campaigns, LocalDate day) {
        Dataset<Row> candidates = now.parts()
                .select("koc_number", "product_number")
                .join(
                        now.kocs().select("koc_number", "koc_id", "koc_type", "county"),
                        new String[] {"koc_number"},
                        "inner")
                .join(
                        now.offers().select("product_number", "product_id", "category", "brand"),
                        new String[] {"product_number"},
                        "inner");
        return now.parts()
                .join(
                        Campaigns.allowed(candidates, campaigns, day).select("koc_number", "product_number"),
                        new String[] {"koc_number", "product_number"},
                        "left_semi");
    }

    /** Why there is nothing to recommend, and what to do about it; empty when there is something. */
    private Optional<String> whatIsMissing(LocalDate day, Dataset<Row> pools, Picture now) {
        if (!now.kocs().isEmpty()) {
            return now.offers().isEmpty() ? Optional.of(texts.text("recommend.note.no-offers")) : Optional.empty();
        }
        Row sizes = pools.groupBy("koc_id")
                .agg(count(lit(1)).as("members"))
                .agg(count(lit(1)), coalesce(max("members"), lit(0L)))
                .head();
        return Optional.of(
                sizes.getLong(0) == 0
                        ? texts.text("recommend.note.no-ties", day)
                        : texts.text(
                                "recommend.note.small-pools", sizes.getLong(0), sizes.getLong(1), settings.minPool()));
    }
}
