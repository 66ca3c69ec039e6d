package koc.fit;

import com.typesafe.config.Config;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import koc.run.Job;
import koc.run.JobRun;
import koc.spark.Checkpoints;
import koc.spark.Parallel;
import koc.statistics.DirichletMultinomial.Prior;
import koc.tables.CleanTables;
import koc.tables.FeatureTables;
import koc.tables.FitTables;
import koc.tables.PortraitTables;
import koc.text.Texts;
import koc.warehouse.Table;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Scores every product and category against every portrait, and describes every product.
 *
 * <p>The lift says how much more or less than average a portrait bought an item in the holdout window, whose purchases the
 * portraits were not fitted on. The buy rate is taken from all history. The profile of a product has its generality, its
 * trust, and whether it passes the quality gate.
 */
public final class FitJob implements Job {
    private final FitSettings settings;
    private final Texts texts;

    public FitJob(Config config) {
        this.settings = FitSettings.from(config);
        this.texts = Texts.of(settings.language());
    }

    @Override
    public String name() {
        return "fit";
    }

    @Override
    public Set<Table> reads() {
        return Set.of(
                CleanTables.PRODUCTS,
                FeatureTables.USER_PRODUCT_DAYS,
                PortraitTables.PORTRAITS,
                PortraitTables.PRODUCT_GROUPS,
                PortraitTables.USER_PORTRAITS,
                PortraitTables.HOLDOUT_PORTRAITS);
    }

    @Override
    public Set<Table> writes() {
        return Set.of(
                FitTables.CATEGORY_PORTRAIT_FIT,
                FitTables.PRODUCT_PORTRAIT_FIT,
                FitTables.PRODUCT_PROFILE,
                FitTables.FIT_PRIORS);
    }

    @Override
    public void run(JobRun run) {
        Warehouse warehouse = run.warehouse();
        LocalDate day = run.day();
        try (Checkpoints checkpoints = new Checkpoints()) {
            FitInputs inputs = FitInputs.read(warehouse, day, settings, checkpoints);

            CataloguePriors priors = CataloguePriors.fit(inputs, settings, checkpoints);

            CategoryFit categories = new CategoryFit(inputs, priors.categories(), settings, checkpoints);
            warehouse.write(FitTables.CATEGORY_PORTRAIT_FIT, day, categories.score(texts));
            Dataset<Row> categoryFit =
                    checkpoints.cache(categories.withEvidence(warehouse.read(FitTables.CATEGORY_PORTRAIT_FIT, day)));

            BrandFit brands = new BrandFit(inputs, priors.brands(), categoryFit, checkpoints);

            ProductProfiles profiles = new ProductProfiles(inputs, settings, texts);
            Dataset<Row> quality = checkpoints.cache(profiles.assessQuality());

            ProductFit products =
                    new ProductFit(inputs, priors.products(), categoryFit, brands.score(), settings, checkpoints);
            warehouse.write(FitTables.PRODUCT_PORTRAIT_FIT, day, products.score(texts, quality));
            Dataset<Row> productFit = checkpoints.cache(warehouse.read(FitTables.PRODUCT_PORTRAIT_FIT, day));

            List<Row> priorRows = List.of(
                    priorRow("category", priors.categories(), inputs),
                    priorRow("category_brand", priors.brands(), inputs),
                    priorRow("product", priors.products(), inputs));
            Parallel.run(
                    () -> warehouse.write(
                            FitTables.PRODUCT_PROFILE, day, profiles.describe(quality, productFit, categoryFit)),
                    () -> warehouse.write(FitTables.FIT_PRIORS, day, priorRows));
            noteMissingEvidence(run);
        }
    }

    private static Row priorRow(String level, Prior prior, FitInputs inputs) {
        return RowFactory.create(
                Date.valueOf(inputs.day()),
                level,
                prior.concentration(),
                prior.observations(),
                prior.logLikelihood(),
                Date.valueOf(inputs.historyFrom()),
                Date.valueOf(inputs.day()));
    }

    /** Reports evidence that no product has: at most four notes. */
    private void noteMissingEvidence(JobRun run) {
        Dataset<Row> profiles = run.warehouse().read(FitTables.PRODUCT_PROFILE, run.day());
        ProductProfiles.missingEvidence(profiles)
                .forEach(evidence -> run.progress().note(name(), texts.text("fit.note.absent." + evidence)));
    }
}
