package koc.fit;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;

import com.typesafe.config.Config;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import koc.rules.CategoryPath;
import koc.run.Job;
import koc.run.JobRun;
import koc.spark.Checkpoints;
import koc.spark.Parallel;
import koc.statistics.GammaPoisson;
import koc.statistics.GammaPoisson.Prior;
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
 * Scores every product against every portrait: how much more or less than average the portrait bought it in the window
 * that the portraits have not seen, and at which rate over all history; then says of every product for how many kinds
 * of users it is and whether it passes the bar.
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
        Warehouse tables = run.tables();
        LocalDate day = run.day();
        Dataset<Row> members = tables.read(PortraitTables.USER_PORTRAITS, day).select("user_id", "portrait_id");
        Dataset<Row> exposed = tables.read(PortraitTables.HOLDOUT_PORTRAITS, day);
        Dataset<Row> productDays = tables.readUpTo(FeatureTables.USER_PRODUCT_DAYS, day);
        LocalDate before = lastDayBeforeWindow(exposed, day);

        try (Checkpoints checkpoints = new Checkpoints()) {
            // Each data set that is cached here is read more than once. The largest has a row per user and product.
            Dataset<Row> portraits =
                    checkpoints.cache(tables.read(PortraitTables.PORTRAITS, day).select("portrait_id", "users"));
            Dataset<Row> products = checkpoints.cache(tables.readLatest(CleanTables.PRODUCTS, day)
                    .withColumn("path", CategoryPath.truncate(col("category"), settings.categoryDepth())));
            // Everything below is counted from these pairs; they are summed from history once.
            Dataset<Row> history = checkpoints.cache(FitHistory.pairs(productDays, before, day));
            Dataset<Row> window = FitHistory.windowBuyers(history, exposed, products);
            Dataset<Row> everBought = FitHistory.buyers(history, members, products);
            writeFit(run, window, everBought, history, portraits, products, before, checkpoints);
        }
    }

    private void writeFit(
            JobRun run,
            Dataset<Row> window,
            Dataset<Row> everBought,
            Dataset<Row> history,
            Dataset<Row> portraits,
            Dataset<Row> products,
            LocalDate before,
            Checkpoints checkpoints) {
        Warehouse tables = run.tables();
        LocalDate day = run.day();

        Dataset<Row> categoryCounts = checkpoints.cache(SegmentFit.counts(FitHistory.distinct(window, "path"), "path"));
        Dataset<Row> categoryCells = checkpoints.cache(SegmentFit.cells(categoryCounts, portraits, "path")
                .withColumn("prior_mean", lit(1.0))
                .withColumn("prior_evidence", lit(GammaPoisson.CERTAIN)));
        Prior categoryPrior = SegmentFit.prior(categoryCells, settings, "path", "portrait_id");
        tables.write(
                FitTables.CATEGORY_PORTRAIT_FIT,
                day,
                FitRows.categories(
                        SegmentFit.withLift(categoryCells, categoryPrior),
                        FitHistory.distinct(everBought, "path"),
                        portraits,
                        day,
                        settings,
                        texts));
        Dataset<Row> categoryFit = checkpoints.cache(tables.read(FitTables.CATEGORY_PORTRAIT_FIT, day)
                .withColumn("concentration", lit(categoryPrior.concentration()))
                .withColumn("evidence", col("buyers_if_average").plus(col("concentration"))));

        Dataset<Row> brandCounts = checkpoints.cache(SegmentFit.counts(
                FitHistory.distinct(window.where("brand IS NOT NULL"), "path", "brand"), "path", "brand"));
        Dataset<Row> brandCells =
                checkpoints.cache(SegmentFit.leaning(SegmentFit.cells(brandCounts, portraits, "path", "brand")
                        .join(
                                categoryFit.select(
                                        col("category").as("path"),
                                        col("portrait_id"),
                                        col("lift").as("parent_lift"),
                                        col("evidence").as("parent_evidence"),
                                        col("concentration").as("parent_concentration")),
                                new String[] {"path", "portrait_id"},
                                "inner")));
        Prior brandPrior = SegmentFit.prior(brandCells, settings, "path", "brand", "portrait_id");

        Dataset<Row> productCounts = checkpoints.cache(SegmentFit.counts(window, "product_id"));
        Dataset<Row> productCells = checkpoints.cache(FitRows.withBackOff(
                SegmentFit.cells(productCounts, portraits, "product_id"),
                everBought,
                portraits,
                products,
                categoryFit,
                SegmentFit.withLift(brandCells, brandPrior)
                        .withColumn("concentration", GammaPoisson.concentration(brandPrior, col("prior_evidence")))
                        .withColumn("evidence", col("buyers_if_average").plus(col("concentration"))),
                settings));
        Prior productPrior = SegmentFit.prior(productCells, settings, "product_id", "portrait_id");
        tables.write(
                FitTables.PRODUCT_PORTRAIT_FIT,
                day,
                FitRows.products(SegmentFit.withLift(productCells, productPrior), day, texts));

        Dataset<Row> productFit = checkpoints.cache(tables.read(FitTables.PRODUCT_PORTRAIT_FIT, day));
        Parallel.run(
                () -> tables.write(
                        FitTables.PRODUCT_PROFILE,
                        day,
                        FitRows.profiles(
                                products,
                                ProductProfiles.totals(history, before),
                                productFit,
                                categoryFit,
                                portraits,
                                firstDay(history, day),
                                before,
                                day,
                                settings,
                                texts)),
                () -> writePriors(tables, day, before, categoryPrior, brandPrior, productPrior));
        // One row an evidence that no product has: four at most.
        ProductProfiles.unknownToAll(tables.read(FitTables.PRODUCT_PROFILE, day))
                .forEach(evidence -> run.progress().note(name(), texts.text("fit.note.absent." + evidence)));
    }

    private static void writePriors(
            Warehouse tables, LocalDate day, LocalDate before, Prior category, Prior brand, Prior product) {
        tables.write(
                FitTables.FIT_PRIORS,
                day,
                List.of(
                        priorRow(day, "category", category, before),
                        priorRow(day, "category_brand", brand, before),
                        priorRow(day, "product", product, before)));
    }

    private static Row priorRow(LocalDate day, String level, Prior prior, LocalDate before) {
        return RowFactory.create(
                Date.valueOf(day),
                level,
                prior.concentration(),
                prior.cells(),
                prior.logLikelihood(),
                Date.valueOf(before.isBefore(day) ? before.plusDays(1) : before),
                Date.valueOf(day));
    }

    private static LocalDate lastDayBeforeWindow(Dataset<Row> exposed, LocalDate day) {
        Row first = exposed.agg(min("as_of")).head();
        return first.isNullAt(0) ? day : first.getDate(0).toLocalDate();
    }

    private static LocalDate firstDay(Dataset<Row> history, LocalDate day) {
        Row first = history.agg(min("first_day")).head();
        return first.isNullAt(0) ? day : first.getDate(0).toLocalDate();
    }
}
