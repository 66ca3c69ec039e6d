package koc.portraits.fit;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.sql.Date;
import java.time.LocalDate;
import java.util.Optional;
import koc.portraits.PortraitInputs;
import koc.portraits.PortraitsJob;
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
 * @param fingerprint settings of the fit, as portrait_models stores them
 */
public record ModelFitting(JobRun run, ModelSettings settings, String fingerprint, Texts texts) {

    /**
     * Fits a model.
     *
     * @param reason why a model is fitted, in words, for portrait_models
     */
    public FittedModel fit(PortraitInputs inputs, String reason) {
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
        PortraitFit.Outcome outcome = PortraitFit.fit(sample, settings);
        PortraitModel model = PortraitModel.of(day, outcome);
        noteFit(outcome, sample, reason);
        Parallel.run(
                () -> warehouse.write(PortraitTables.PORTRAIT_VOTES, day, model.voteRows(outcome)),
                () -> warehouse.write(PortraitTables.PORTRAIT_SCALING, day, model.scalingRows()));
        Row row = modelRow(model, outcome, sample, inputs.lastDayBeforeHoldout(), reason);
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

    private void noteFit(PortraitFit.Outcome outcome, PortraitSample sample, String reason) {
        PortraitFit.Candidate chosen = outcome.chosen();
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
        if (!outcome.temperature().isCalibrated()) {
            run.progress()
                    .note(
                            PortraitsJob.NAME,
                            texts.text(
                                    "portraits.uncalibrated",
                                    outcome.temperature().users()));
        }
    }

    private Row modelRow(
            PortraitModel model, PortraitFit.Outcome outcome, PortraitSample sample, LocalDate asOf, String reason) {
        PortraitFit.Candidate chosen = outcome.chosen();
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
                outcome.temperature().value(),
                outcome.temperature().users(),
                settings.seed(),
                settings.categoryShrinkage(),
                fingerprint,
                reason,
                "smile " + smile.clustering.KMeans.class.getPackage().getImplementationVersion() + ", spark "
                        + run.warehouse().spark().version());
    }
}
