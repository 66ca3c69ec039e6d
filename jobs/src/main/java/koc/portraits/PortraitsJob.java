package koc.portraits;

import com.typesafe.config.Config;
import java.util.Set;
import koc.portraits.assign.CurrentPortraits;
import koc.portraits.fit.ModelSettings;
import koc.portraits.fit.PreviousModel;
import koc.run.Job;
import koc.run.JobRun;
import koc.spark.Checkpoints;
import koc.tables.CleanTables;
import koc.tables.FeatureTables;
import koc.tables.PortraitTables;
import koc.text.Texts;
import koc.warehouse.Table;

/**
 * Groups similar users into portraits: assigns every user to the nearest portrait of the current model, as of the run date
 * and as of the last day before the holdout.
 *
 * <p>A new model is fitted when there is none, when it is too old, or when its settings changed or users drifted. The job
 * then says what became of the previous portraits.
 */
public final class PortraitsJob implements Job {
    public static final String NAME = "portraits";

    private final PortraitSettings settings;
    private final String settingsAsJson;
    private final Texts texts;

    public PortraitsJob(Config config) {
        this.settings = PortraitSettings.from(config);
        this.settingsAsJson = ModelSettings.asJson(config);
        this.texts = Texts.of(settings.language());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Table> reads() {
        return Set.of(
                CleanTables.PRODUCTS,
                FeatureTables.USER_CATEGORY_DAYS,
                FeatureTables.USER_PRODUCT_DAYS,
                FeatureTables.USER_FEATURES,
                FeatureTables.USER_CATEGORIES,
                FeatureTables.USER_TAGS);
    }

    @Override
    public Set<Table> readsPrevious() {
        return Set.of(
                PortraitTables.PORTRAIT_MODELS,
                PortraitTables.PORTRAIT_SCALING,
                PortraitTables.PORTRAIT_CENTRES,
                PortraitTables.PRODUCT_GROUPS,
                PortraitTables.USER_PORTRAITS);
    }

    @Override
    public Set<Table> writes() {
        return Set.of(
                PortraitTables.PORTRAIT_MODELS,
                PortraitTables.PORTRAIT_VOTES,
                PortraitTables.PORTRAIT_SCALING,
                PortraitTables.PORTRAIT_CENTRES,
                PortraitTables.PRODUCT_GROUPS,
                PortraitTables.PORTRAITS,
                PortraitTables.USER_PORTRAITS,
                PortraitTables.HOLDOUT_PORTRAITS,
                PortraitTables.PORTRAIT_TRANSITIONS);
    }

    @Override
    public void run(JobRun run) {
        try (Checkpoints checkpoints = new Checkpoints()) {
            PortraitInputs inputs = PortraitInputs.read(
                    run.warehouse(), run.day(), settings.model().interestWeight(), checkpoints);
            if (inputs.lastDayBeforeHoldout().equals(run.day())) {
                run.progress().note(NAME, texts.text("portraits.no-holdout"));
            }
            PortraitUpdate update = new PortraitUpdate(run, inputs, settings, settingsAsJson, texts);
            CurrentPortraits current = PreviousModel.read(run.warehouse(), run.day())
                    .map(update::keepOrRefit)
                    .orElseGet(update::fitFirst);
            new PortraitWriter(run, inputs, settings, texts).write(current);
        }
    }
}
