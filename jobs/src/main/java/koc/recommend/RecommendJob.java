package koc.recommend;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import com.typesafe.config.Config;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import koc.rules.KocLevels;
import koc.run.Job;
import koc.run.JobRun;
import koc.spark.Checkpoints;
import koc.spark.Parallel;
import koc.tables.CleanTables;
import koc.tables.FeatureTables;
import koc.tables.FitTables;
import koc.tables.InfluenceTables;
import koc.tables.KocTables;
import koc.tables.PortraitTables;
import koc.tables.RecommendTables;
import koc.text.Texts;
import koc.warehouse.Table;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Recommends to each KOC what its own pool will want next. Reads tie_strengths, koc_influence, koc_ranking, users,
 * user_product_days, user_category_days, portraits, user_portraits, holdout_portraits, product_portrait_fit,
 * product_profile and its own recommendations of the day before; writes koc_pool_mix, buyer_model,
 * koc_recommendations and, when asked, baseline_recommendations.
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
    public Set<Table> reads() {
        return Set.of(
                CleanTables.USERS,
                CleanTables.CAMPAIGNS,
                FeatureTables.USER_PRODUCT_DAYS,
                FeatureTables.USER_CATEGORY_DAYS,
                PortraitTables.PORTRAITS,
                PortraitTables.USER_PORTRAITS,
                PortraitTables.HOLDOUT_PORTRAITS,
                InfluenceTables.TIE_STRENGTHS,
                InfluenceTables.KOC_INFLUENCE,
                KocTables.KOC_RANKING,
                FitTables.PRODUCT_PORTRAIT_FIT,
                FitTables.PRODUCT_PROFILE);
    }

    @Override
    public Set<Table> readsPrevious() {
        return Set.of(RecommendTables.KOC_RECOMMENDATIONS);
    }

    @Override
    public Set<Table> writes() {
        return Set.of(
                RecommendTables.KOC_POOL_MIX,
                RecommendTables.KOC_RECOMMENDATIONS,
                RecommendTables.BUYER_MODEL,
                RecommendTables.BASELINE_RECOMMENDATIONS);
    }

    @Override
    public void run(JobRun run) {
        try (Checkpoints checkpoints = new Checkpoints()) {
            recommend(run, checkpoints);
        }
    }

    private void recommend(JobRun run, Checkpoints checkpoints) {
        Warehouse tables = run.tables();
        LocalDate day = run.day();
        PortraitOrder order = PortraitOrder.of(tables.read(PortraitTables.PORTRAITS, day));
        Dataset<Row> portraits = tables.read(PortraitTables.USER_PORTRAITS, day);
        Dataset<Row> ranking = tables.read(KocTables.KOC_RANKING, day);
        Optional<Dataset<Row>> campaigns = Optional.of(
                        Campaigns.openOn(day, tables.readLatest(CleanTables.CAMPAIGNS, day)))
                .filter(rules -> settings.rerank().campaigns().isOn() && !rules.isEmpty());
        Dataset<Row> productDays = tables.readUpTo(FeatureTables.USER_PRODUCT_DAYS, day);
        Interest interest = Interest.strongest(productDays, settings.learning().minFirstPurchases());
        Dataset<Row> all = Offers.numbered(
                interest.withBuyers(tables.read(FitTables.PRODUCT_PROFILE, day), productDays),
                settings.categoryDepth());
        Dataset<Row> allowed = campaigns
                .map(rules -> Offers.withAllowed(all, Campaigns.allowedForAll(all, rules, day)))
                .orElseGet(() -> all.withColumn("is_allowed", lit(true)));
        Dataset<Row> products = checkpoints.compute(
                settings.rerank().stock().isOn() ? allowed : allowed.withColumn("is_in_stock", lit(true)));
        Dataset<Row> pools = pools(run, ranking, checkpoints);
        LearningWindow window = LearningWindow.of(
                productDays,
                products,
                tables.read(PortraitTables.HOLDOUT_PORTRAITS, day),
                portraits,
                day,
                interest,
                settings,
                checkpoints);
        if (window.interest() != Interest.PURCHASE) {
            run.progress()
                    .note(
                            name(),
                            texts.text(
                                    "recommend.note.interest",
                                    settings.learning().minFirstPurchases(),
                                    window.interest().word()));
        }
        Picture.Scene scene = new Picture.Scene(
                pools,
                tables.readLatest(CleanTables.USERS, day),
                products,
                tables.read(FitTables.PRODUCT_PORTRAIT_FIT, day),
                KocInfluence.lifts(tables.read(InfluenceTables.KOC_INFLUENCE, day), order),
                order,
                // Of a share held out it would tell what was bought; other interest than purchases is what is held.
                window.isByShare() || window.interest() != Interest.PURCHASE
                        ? tables.empty(FeatureTables.USER_CATEGORY_DAYS)
                        : tables.readUpTo(FeatureTables.USER_CATEGORY_DAYS, day),
                window.since(),
                NewProducts.latestLaunch(products, day));
        Picture.Scene past = window.isByShare() ? scene.withoutNeed() : scene;
        Lesson lesson = Lesson.of(window, past, settings, checkpoints);
        Dataset<Row> holdings = Holdings.now(window.history());
        Parallel.Task<Dataset<Row>> people = new Parallel.Task<>(() ->
                checkpoints.compute(People.weighted(People.of(portraits, holdings, order, day), lesson.activity())));
        BiFunction<Picture.Scene, Checkpoints, Picture> drawn = (given, own) ->
                Picture.of(given, portraits, people.result(), holdings, day, Integer.MAX_VALUE, settings, own);
        Parallel.Task<Learned> learning = new Parallel.Task<>(() -> Learned.from(lesson, past, settings, checkpoints));
        Parallel.Task<Picture> drawing = new Parallel.Task<>(() -> drawn.apply(scene, checkpoints));
        Parallel.run(learning, () -> {
            people.run();
            drawing.run();
        });
        Picture now = drawing.result();
        Learned learned = learning.result();
        tables.write(RecommendTables.KOC_POOL_MIX, day, TrafficPools.mix(now.kocs(), order, day));
        tables.write(RecommendTables.BUYER_MODEL, day, learned.rows(products.sparkSession(), day));
        Optional<String> missing = whatIsMissing(day, scene.pools(), now);
        if (missing.isPresent()) {
            run.progress().note(name(), missing.get());
            tables.write(RecommendTables.KOC_RECOMMENDATIONS, day, tables.empty(RecommendTables.KOC_RECOMMENDATIONS));
            return;
        }
        Drafting drafting = new Drafting(
                day,
                products,
                productDays,
                ranking.select("koc_id", "level"),
                campaigns,
                window.interest(),
                learned.model(),
                order,
                settings);
        Drafting.Draft draft = drafting.of(now, checkpoints);
        tables.write(
                RecommendTables.KOC_RECOMMENDATIONS,
                day,
                Reasons.explain(
                        Ranking.described(draft.list(), now.kocs(), now.offers(), order),
                        scene.fits(),
                        ranking,
                        tables.readPrevious(RecommendTables.KOC_RECOMMENDATIONS, day),
                        order,
                        day,
                        window.interest(),
                        settings));
        if (settings.challengers()) {
            Dataset<Row> lists = Challengers.of(draft, window, learned.model(), order, settings);
            // What is out of stock or forbidden is in no picture: what that costs is told from a picture that has it.
            if (settings.rerank().stock().isOn()) {
                boolean keepsOut = !products.where("quality_gate = 'pass' AND is_allowed AND NOT is_in_stock")
                        .isEmpty();
                Picture.Scene inStock = scene.offering(products.withColumn("is_in_stock", lit(true)));
                lists = lists.unionByName(Challengers.without(
                        "stock",
                        keepsOut ? list(drafting, own -> drawn.apply(inStock, own), checkpoints) : draft.list()));
            }
            if (settings.rerank().campaigns().isOn()) {
                Picture.Scene allowedAll = scene.offering(products.withColumn("is_allowed", lit(true)));
                lists = lists.unionByName(Challengers.without(
                        "campaigns",
                        campaigns.isPresent()
                                ? list(drafting.withoutCampaigns(), own -> drawn.apply(allowedAll, own), checkpoints)
                                : draft.list()));
            }
            tables.write(
                    RecommendTables.BASELINE_RECOMMENDATIONS, day, Challengers.rows(lists, now.kocs(), products, day));
        }
    }

    /** The list from another picture, which is released when the list is made. */
    private static Dataset<Row> list(
            Drafting drafting, Function<Checkpoints, Picture> picture, Checkpoints checkpoints) {
        try (Checkpoints own = checkpoints.nested()) {
            return checkpoints.compute(drafting.of(picture.apply(own), own).list());
        }
    }

    /** Who is tied to whom today: koc_id, user_id, since. Revoked KOCs have no pool to recommend to. */
    private Dataset<Row> pools(JobRun run, Dataset<Row> ranking, Checkpoints checkpoints) {
        Dataset<Row> pools = checkpoints.compute(run.tables()
                .read(InfluenceTables.TIE_STRENGTHS, run.day())
                .select("koc_id", "user_id", "since", "is_inferred")
                .join(
                        ranking.where(KocLevels.isRevoked(col("level"))).select("koc_id"),
                        new String[] {"koc_id"},
                        "left_anti"));
        if (!pools.where("is_inferred").isEmpty()) {
            run.progress().note(name(), texts.text("recommend.note.inferred"));
        }
        return pools;
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
