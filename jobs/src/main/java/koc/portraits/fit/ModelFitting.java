package koc.portraits.fit;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.sql.Date;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import koc.portraits.PortraitInputs;
import koc.portraits.PortraitsJob;
import koc.portraits.groups.BasketSampling;
import koc.portraits.groups.ProductBaskets;
import koc.portraits.groups.ProductGroupFit;
import koc.portraits.groups.ProductGroups;
import koc.portraits.groups.ProductTitles;
import koc.portraits.sample.PortraitSample;
import koc.portraits.sample.PortraitSampling;
import koc.run.JobRun;
import koc.spark.Parallel;
import koc.tables.FeatureTables;
import koc.tables.PortraitTables;
import koc.text.Texts;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Fits a new model on a sample of the users before the holdout, and writes its votes and scaling.
 *
 * @param settingsAsJson settings of the fit, as portrait_models stores them
 */
public record ModelFitting(JobRun run, ModelSettings settings, String settingsAsJson, Texts texts) {
    /** Portraits with a lower mean stability would come out differently with other users (Hennig 2007). */
    private static final double STABLE = 0.75;

    /**
     * Fits a model.
     *
     * @param previous the model before: its representation and the ids of its groups are kept where possible
     * @param reason why a model is fitted, in words, for portrait_models
     */
    public FittedModel fit(PortraitInputs inputs, Optional<PortraitModel> previous, String reason) {
        Warehouse warehouse = run.warehouse();
        LocalDate day = run.day();
        PortraitSample sample = drawSample(inputs);
        if (sample.users().isEmpty()) {
            run.progress().note(PortraitsJob.NAME, texts.text("portraits.no-users"));
            clearModel(warehouse, day);
            return new FittedModel(PortraitModel.withoutPortraits(day), Optional.empty());
        }
        // A model is valid when it has its row in portrait_models, which is written after its other tables.
        warehouse.clear(PortraitTables.PORTRAIT_MODELS, day);
        ProductBaskets baskets = drawBaskets(inputs);
        ProductGroups groups = fitGroups(baskets, previous);
        RepresentationVote vote =
                RepresentationVote.hold(sample, baskets, groups, previous.map(PortraitModel::representation), settings);
        PortraitClustering.Outcome outcome = vote.outcome();
        PortraitModel model = PortraitModel.of(day, outcome, groups);
        noteFit(vote, sample, reason);
        Parallel.run(
                () -> warehouse.write(PortraitTables.PORTRAIT_VOTES, day, model.voteRows(outcome)),
                () -> warehouse.write(PortraitTables.PORTRAIT_SCALING, day, model.scalingRows()));
        Row row = modelRow(model, vote, sample, inputs.lastDayBeforeHoldout(), reason);
        return new FittedModel(model, Optional.of(row));
    }

    /** Removes the model of a day: an earlier run of the same day may have left one. */
    public static void clearModel(Warehouse warehouse, LocalDate day) {
        warehouse.clear(PortraitTables.PORTRAIT_MODELS, day);
        warehouse.clear(PortraitTables.PORTRAIT_VOTES, day);
        warehouse.clear(PortraitTables.PORTRAIT_SCALING, day);
        warehouse.clear(PortraitTables.PORTRAIT_CENTRES, day);
    }

    private PortraitSample drawSample(PortraitInputs inputs) {
        LocalDate lastDay = inputs.lastDayBeforeHoldout();
        Dataset<Row> holdout = run.warehouse()
                .readUpTo(FeatureTables.USER_CATEGORY_DAYS, run.day())
                .where(col("day").gt(lit(lastDay)).and(col("day").leq(lit(run.day()))));
        Dataset<Row> users = inputs.featuresAsOf(lastDay).select("user_id");
        return PortraitSampling.draw(
                inputs.usersWithAttention(lastDay),
                inputs.categoriesAsOf(lastDay).join(users, new String[] {"user_id"}, "left_semi"),
                holdout,
                settings);
    }

    private ProductBaskets drawBaskets(PortraitInputs inputs) {
        LocalDate lastDay = inputs.lastDayBeforeHoldout();
        return BasketSampling.draw(
                PortraitSampling.sampledUsers(inputs.featuresAsOf(lastDay), settings)
                        .select("user_id"),
                inputs.productDays(),
                lastDay,
                run.day(),
                settings,
                inputs.checkpoints());
    }

    private ProductGroups fitGroups(ProductBaskets baskets, Optional<PortraitModel> previous) {
        ProductGroups groups = ProductGroupFit.fit(baskets, PortraitModel.idOf(run.day()), settings);
        ProductGroups stable =
                previous.map(model -> groups.continuing(model.groups())).orElse(groups);
        return stable.named(ProductTitles.read(run.warehouse(), run.day(), stable.popularProducts(2)));
    }

    private void noteFit(RepresentationVote vote, PortraitSample sample, String reason) {
        PortraitClustering.Outcome outcome = vote.outcome();
        PortraitClustering.Candidate chosen = outcome.chosen();
        run.progress()
                .note(
                        PortraitsJob.NAME,
                        texts.text(
                                "portraits.fitted",
                                chosen.portraits(),
                                sample.users().size(),
                                sample.eligibleUsers(),
                                chosen.stability(),
                                chosen.silhouette(),
                                chosen.predictiveGain(),
                                reason));
        vote.runnerUp()
                .ifPresent(other -> note(
                        "portraits.representation",
                        texts.text("portraits.by." + vote.chosen().name().toLowerCase(Locale.ROOT)),
                        texts.text(
                                "portraits.by." + other.representation().name().toLowerCase(Locale.ROOT)),
                        other.predictiveGain()));
        if (!outcome.isUseful()) {
            note("portraits.useless");
        } else if (chosen.portraits() > 1 && chosen.stability() < STABLE) {
            note("portraits.unstable", chosen.stability(), STABLE);
        }
        if (!outcome.temperature().isCalibrated()) {
            run.progress()
                    .note(
                            PortraitsJob.NAME,
                            texts.text(
                                    "portraits.uncalibrated",
                                    outcome.temperature().users()));
        }
    }

    private void note(String text, Object... values) {
        run.progress().note(PortraitsJob.NAME, texts.text(text, values));
    }

    private Row modelRow(
            PortraitModel model, RepresentationVote vote, PortraitSample sample, LocalDate asOf, String reason) {
        PortraitClustering.Outcome outcome = vote.outcome();
        PortraitClustering.Candidate chosen = outcome.chosen();
        return RowFactory.create(
                Date.valueOf(run.day()),
                model.modelId(),
                Date.valueOf(asOf),
                sample.eligibleUsers(),
                (long) sample.users().size(),
                chosen.portraits(),
                chosen.stability(),
                chosen.silhouette(),
                chosen.predictiveGain(),
                outcome.isUseful(),
                vote.chosen().code(),
                vote.runnerUp().map(other -> other.representation().code()).orElse(null),
                vote.runnerUp().map(RepresentationVote.RunnerUp::predictiveGain).orElse(null),
                outcome.temperature().value(),
                outcome.temperature().users(),
                settings.seed(),
                settings.categoryShrinkage(),
                settingsAsJson,
                reason,
                "koc-pipeline " + version() + ", spark "
                        + run.warehouse().spark().version());
    }

    /** The version of the pipeline's jar, which bundles Smile. */
    private static String version() {
        return Optional.ofNullable(ModelFitting.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
