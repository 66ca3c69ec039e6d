package koc.recommend;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import com.typesafe.config.Config;
import java.util.List;
import java.util.Set;
import koc.recommend.baselines.Baselines;
import koc.recommend.baselines.RuleAblations;
import koc.recommend.explain.Explanations;
import koc.recommend.features.FeatureSnapshot;
import koc.recommend.features.SnapshotBuilder;
import koc.recommend.features.SnapshotInputs;
import koc.recommend.model.BuyerModelTrainer;
import koc.recommend.model.RecommenderSelection;
import koc.recommend.model.TrainedModel;
import koc.recommend.model.TrainingData;
import koc.recommend.pools.TrafficPools;
import koc.recommend.rank.RankedLists;
import koc.recommend.rank.Ranker;
import koc.recommend.rank.Scoring;
import koc.recommend.rank.SharingEffect;
import koc.recommend.split.HoldoutSplit;
import koc.recommend.split.UserState;
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
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Recommends to each KOC the products that their pool will most likely buy. Reads the pools, portraits, fits and
 * purchase history as of the day, and the recommendations of the previous run. Writes koc_pool_mix, buyer_model,
 * koc_recommendations and, when {@code koc.recommend.baselines} is on, baseline_recommendations.
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
                FeatureTables.USER_FEATURES,
                FeatureTables.USER_PRODUCT_DAYS,
                FeatureTables.USER_CATEGORY_DAYS,
                PortraitTables.PORTRAITS,
                PortraitTables.USER_PORTRAITS,
                PortraitTables.HOLDOUT_PORTRAITS,
                PortraitTables.PRODUCT_GROUPS,
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
            RecommendInputs inputs = RecommendInputs.read(run.warehouse(), run.day(), settings, checkpoints);
            PoolCounts pools = countPools(inputs);
            if (pools.kocs() == 0) {
                // Without a KOC there is no list, so neither model nor features are computed.
                writeEmptyTables(run, explainNoKocs(inputs, pools));
                return;
            }
            noteInputs(run, inputs);
            long trainingKocs = Math.min(pools.kocs(), settings.training().kocs());
            List<HoldoutSplit> splits = HoldoutSplit.select(inputs, settings, trainingKocs, checkpoints);
            HoldoutSplit split = splits.get(0);
            SnapshotInputs snapshotInputs = inputs.snapshotInputs(split);
            SnapshotBuilder snapshotBuilder = new SnapshotBuilder(inputs.portraits(), settings, checkpoints);
            List<TrainingData> data = Parallel.map(
                    splits,
                    holdout ->
                            TrainingData.prepare(holdout, snapshotInputs, inputs.portraits(), settings, checkpoints));

            Parallel.Task<TrainedModel> training =
                    new Parallel.Task<>(() -> new BuyerModelTrainer(snapshotBuilder, settings).train(data));
            Parallel.Task<UserState> userState = new Parallel.Task<>(
                    () -> inputs.computeCurrentUsers(split, data.get(0).activity(), checkpoints));
            Parallel.Task<FeatureSnapshot> features = new Parallel.Task<>(
                    () -> snapshotBuilder.build(userState.result(), snapshotInputs, SnapshotBuilder.ALL_KOCS));
            Parallel.run(
                    () -> {
                        training.run();
                        writeModel(run, inputs, training.result());
                    },
                    () -> {
                        userState.run();
                        features.run();
                        writePoolMix(run, inputs, features.result());
                    });
            noteSelection(run, training.result());
            if (features.result().offers().isEmpty()) {
                writeNoRecommendations(run, texts.text("recommend.note.no-offers"));
                return;
            }
            Ranker ranker = new Ranker(inputs, training.result().model(), settings);
            RankedLists ranked = ranker.rank(features.result(), checkpoints);
            RuleAblations relaxed = new RuleAblations(ranker, snapshotInputs, userState.result(), checkpoints);
            Parallel.run(
                    () -> writeRecommendations(run, inputs, ranked),
                    () -> writeBaselines(run, new Baselines(ranked, split, ranker), relaxed));
        }
    }

    private void writePoolMix(JobRun run, RecommendInputs inputs, FeatureSnapshot now) {
        TrafficPools pools = new TrafficPools(inputs.portraits(), settings.minPool(), settings.minBuyingMembers());
        run.warehouse().write(RecommendTables.KOC_POOL_MIX, run.day(), pools.computeMixRows(now.kocs(), run.day()));
    }

    private void writeModel(JobRun run, RecommendInputs inputs, TrainedModel trained) {
        run.warehouse()
                .write(
                        RecommendTables.BUYER_MODEL,
                        run.day(),
                        trained.rows(inputs.products().sparkSession(), run.day()));
    }

    private void writeBaselines(JobRun run, Baselines baselines, RuleAblations relaxed) {
        if (!settings.baselines()) {
            run.warehouse().clear(RecommendTables.BASELINE_RECOMMENDATIONS, run.day());
            return;
        }
        Dataset<Row> lists = relaxed.addTo(baselines.compute(), baselines.ranked());
        run.warehouse().write(RecommendTables.BASELINE_RECOMMENDATIONS, run.day(), baselines.rows(lists));
    }

    /**
     * Writes tables that other jobs read without rows, because a read of a day that was never written fails. Clears the
     * others.
     */
    private void writeEmptyTables(JobRun run, String reason) {
        run.warehouse()
                .write(RecommendTables.KOC_POOL_MIX, run.day(), run.warehouse().empty(RecommendTables.KOC_POOL_MIX));
        run.warehouse().clear(RecommendTables.BUYER_MODEL, run.day());
        writeNoRecommendations(run, reason);
    }

    private void writeNoRecommendations(JobRun run, String reason) {
        run.progress().note(name(), reason);
        run.warehouse()
                .write(
                        RecommendTables.KOC_RECOMMENDATIONS,
                        run.day(),
                        run.warehouse().empty(RecommendTables.KOC_RECOMMENDATIONS));
        run.warehouse().clear(RecommendTables.BASELINE_RECOMMENDATIONS, run.day());
    }

    private void writeRecommendations(JobRun run, RecommendInputs inputs, RankedLists ranked) {
        Dataset<Row> described = Scoring.describe(
                ranked.lists(), ranked.snapshot().kocs(), ranked.snapshot().offers(), inputs.portraits());
        Dataset<Row> withEffect = new SharingEffect(inputs.portraits(), settings).addTo(described, inputs.influence());
        Dataset<Row> previous = run.warehouse().readPrevious(RecommendTables.KOC_RECOMMENDATIONS, run.day());
        run.warehouse()
                .write(
                        RecommendTables.KOC_RECOMMENDATIONS,
                        run.day(),
                        new Explanations(inputs, settings).explain(withEffect, previous));
    }

    /** Notes when weaker events or inferred ties are used instead of purchases and recorded ties. */
    private void noteInputs(JobRun run, RecommendInputs inputs) {
        if (!inputs.pools().where("is_inferred").isEmpty()) {
            run.progress().note(name(), texts.text("recommend.note.inferred"));
        }
        if (inputs.event() != TargetEvent.PURCHASE) {
            run.progress()
                    .note(
                            name(),
                            texts.text(
                                    "recommend.note.target_event",
                                    settings.training().minPurchases(),
                                    inputs.event().eventType()));
        }
    }

    /** Says which recommender is published, and why. */
    private void noteSelection(JobRun run, TrainedModel trained) {
        if (trained.trainingPurchases() == 0) {
            run.progress()
                    .note(
                            name(),
                            texts.text(
                                    "recommend.note.untrained",
                                    HoldoutSplit.minTrainingPairs(settings),
                                    BuyerModelTrainer.UNTRAINED_WEIGHT));
            return;
        }
        RecommenderSelection selection = trained.selection();
        RecommenderSelection.Comparison comparison = selection.comparison();
        if (comparison == null) {
            run.progress().note(name(), texts.text("recommend.note.not-compared", settings.minKocs()));
            return;
        }
        String simple = texts.text("recommend.simple." + comparison.bestSimple());
        run.progress()
                .note(
                        name(),
                        selection.recommender().equals(RecommenderSelection.STACK)
                                ? texts.text(
                                        "recommend.note.stack",
                                        comparison.stackNdcg(),
                                        comparison.simpleNdcg(),
                                        simple,
                                        comparison.kocHoldouts())
                                : texts.text(
                                        "recommend.note.single",
                                        simple,
                                        comparison.stackNdcg(),
                                        comparison.simpleNdcg(),
                                        comparison.low(),
                                        comparison.high(),
                                        comparison.kocHoldouts()));
    }

    /**
     * How many traffic pools a run has.
     *
     * @param pools number of pools of any size
     * @param largest number of members of the largest
     * @param kocs number of pools that belong to a KOC
     */
    private record PoolCounts(long pools, long largest, long kocs) {}

    private PoolCounts countPools(RecommendInputs inputs) {
        Row counts = new TrafficPools(inputs.portraits(), settings.minPool(), settings.minBuyingMembers())
                .countMembers(inputs.pools(), inputs.users())
                .agg(count(lit(1)), coalesce(max("pool_size"), lit(0L)), count_if(col("is_koc")))
                .head();
        return new PoolCounts(counts.getLong(0), counts.getLong(1), counts.getLong(2));
    }

    /** Why there is no KOC to recommend to, and what to do about it. */
    private String explainNoKocs(RecommendInputs inputs, PoolCounts pools) {
        return pools.pools() == 0
                ? texts.text("recommend.note.no-ties", inputs.day())
                : texts.text("recommend.note.small-pools", pools.pools(), pools.largest(), settings.minPool());
    }
}
