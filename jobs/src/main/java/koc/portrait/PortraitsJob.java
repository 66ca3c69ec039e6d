package koc.portrait;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.typesafe.config.Config;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import koc.config.Section;
import koc.portrait.PortraitNames.Naming;
import koc.run.Job;
import koc.run.JobRun;
import koc.table.FeatureTables;
import koc.table.PortraitTables;
import koc.table.Tables;
import koc.text.Texts;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * Tells users apart: fits a model when none is in force, then gives everybody the nearest portrait, on the run date
 * and before the holdout.
 */
public final class PortraitsJob implements Job {
    private static final StructType DESCRIBED = StructType.fromDDL(
            "portrait_id STRING, name STRING, summary STRING, top_categories STRING, top_tags STRING, stability DOUBLE");

    private final PortraitSettings settings;
    private final int newcomerActions;
    private final Texts texts;

    public PortraitsJob(Config config) {
        this.settings = PortraitSettings.from(config);
        this.newcomerActions = Section.of(config, "koc.features").whole("newcomer-actions", 0, 1000);
        this.texts = Texts.of(Section.of(config, "koc").oneOf("language", "en", "zh"));
    }

    @Override
    public String name() {
        return "portraits";
    }

    @Override
    public void run(JobRun run) {
        Tables tables = run.tables();
        LocalDate day = run.day();
        Dataset<Row> features = tables.read(FeatureTables.USER_FEATURES, day);
        Dataset<Row> categories = tables.read(FeatureTables.USER_CATEGORIES, day);
        LocalDate before = PortraitSamples.earliestAsOf(features);
        if (before.equals(day)) {
            run.progress().note(name(), texts.text("portraits.circular"));
        }

        Optional<PortraitModel> inForce = modelInForce(run);
        inForce.ifPresent(any -> clearModelOf(tables, day));
        PortraitModel model = inForce.orElseGet(() -> fit(run, features, categories, before));

        // Everybody's portrait is needed for the names, the portraits and the users: assign once.
        Dataset<Row> assigned = assigned(features, categories, day, model).persist();
        try {
            tables.atOnce(
                    () -> describe(
                            tables,
                            day,
                            model,
                            inForce.isPresent(),
                            assigned,
                            asOf(features, day),
                            asOf(categories, day)),
                    () -> tables.write(
                            PortraitTables.PORTRAIT_EXPOSURES,
                            day,
                            assigned(features, categories, before, model)
                                    .select(
                                            lit(day).as("day"),
                                            col("user_id"),
                                            col("portrait_id"),
                                            lit(before).as("as_of"))));
        } finally {
            assigned.unpersist();
        }
    }

    /** The latest model of an earlier day that is young enough and was made with these settings. */
    private Optional<PortraitModel> modelInForce(JobRun run) {
        Tables tables = run.tables();
        Optional<LocalDate> fitted = tables.previousDay(PortraitTables.PORTRAIT_MODELS, run.day());
        if (fitted.isEmpty() || !fitted.get().plusDays(settings.refitDays()).isAfter(run.day())) {
            return Optional.empty();
        }
        Row model = tables.read(PortraitTables.PORTRAIT_MODELS, fitted.get()).head();
        if (!model.getString(model.fieldIndex("settings")).equals(settings.ofFit())) {
            return Optional.empty();
        }
        PortraitModel inForce = PortraitModel.from(
                model,
                tables.read(PortraitTables.PORTRAIT_SCALING, fitted.get()),
                tables.read(PortraitTables.PORTRAIT_CENTRES, fitted.get()));
        run.progress()
                .note(name(), texts.text("portraits.frozen", inForce.modelId(), fitted.get(), settings.refitDays()));
        return Optional.of(inForce);
    }

    /** A day on which an older model is in force has none of its own: a run of the day before may have left one. */
    private static void clearModelOf(Tables tables, LocalDate day) {
        tables.clear(PortraitTables.PORTRAIT_MODELS, day);
        tables.clear(PortraitTables.PORTRAIT_VOTES, day);
        tables.clear(PortraitTables.PORTRAIT_SCALING, day);
        tables.clear(PortraitTables.PORTRAIT_CENTRES, day);
    }

    private PortraitModel fit(JobRun run, Dataset<Row> features, Dataset<Row> categories, LocalDate before) {
        Tables tables = run.tables();
        LocalDate day = run.day();
        Dataset<Row> next = tables.readUpTo(FeatureTables.USER_CATEGORY_DAYS, day)
                .where(col("day").gt(lit(before)).and(col("day").leq(lit(day))));
        PortraitSample sample = PortraitSamples.draw(
                PortraitAssignment.withAttention(asOf(features, before), asOf(categories, before)),
                asOf(categories, before),
                next,
                settings);
        PortraitModel model;
        if (sample.users().isEmpty()) {
            run.progress().note(name(), texts.text("portraits.no-users"));
            model = PortraitModel.withoutPortraits(day);
            clearModelOf(tables, day);
        } else {
            PortraitFit.Outcome outcome = PortraitFit.fit(sample, settings);
            model = PortraitModel.of(day, outcome);
            PortraitFit.Candidate chosen = outcome.chosen();
            run.progress()
                    .note(
                            name(),
                            texts.text(
                                    "portraits.fitted",
                                    chosen.portraits(),
                                    sample.users().size(),
                                    sample.eligibleUsers(),
                                    chosen.stability(),
                                    chosen.silhouette(),
                                    chosen.predictiveGain()));
            Row provenance = RowFactory.create(
                    Date.valueOf(day),
                    model.modelId(),
                    Date.valueOf(before),
                    sample.eligibleUsers(),
                    (long) sample.users().size(),
                    chosen.portraits(),
                    chosen.stability(),
                    chosen.silhouette(),
                    chosen.predictiveGain(),
                    settings.seed(),
                    settings.categoryShrinkage(),
                    settings.ofFit(),
                    "smile " + smile.clustering.KMeans.class.getPackage().getImplementationVersion() + ", spark "
                            + tables.spark().version());
            PortraitModel fitted = model;
            tables.atOnce(
                    () -> tables.write(PortraitTables.PORTRAIT_VOTES, day, fitted.voteRows(outcome)),
                    () -> tables.write(PortraitTables.PORTRAIT_SCALING, day, fitted.scalingRows()),
                    () -> tables.write(PortraitTables.PORTRAIT_MODELS, day, List.of(provenance)));
        }
        return model;
    }

    private void describe(
            Tables tables,
            LocalDate day,
            PortraitModel model,
            boolean isInForce,
            Dataset<Row> assigned,
            Dataset<Row> features,
            Dataset<Row> categories) {
        Map<String, String> given = new HashMap<>(isInForce ? namesOf(tables, model) : Map.of());
        given.putAll(settings.names());
        Map<String, Naming> namings = PortraitNames.name(
                PortraitRows.evidence(assigned, features, categories, tables.read(FeatureTables.USER_TAGS, day)),
                given,
                texts);
        Dataset<Row> described = described(tables, model, namings, given);
        long users = assigned.count();
        tables.atOnce(
                () -> {
                    if (!isInForce) {
                        tables.write(PortraitTables.PORTRAIT_CENTRES, day, model.centreRows(namings, texts));
                    }
                },
                () -> tables.write(
                        PortraitTables.PORTRAITS,
                        day,
                        PortraitRows.portraits(
                                assigned,
                                features,
                                described,
                                tables.readPrevious(PortraitTables.PORTRAITS, day),
                                day,
                                users)),
                () -> tables.write(
                        PortraitTables.USER_PORTRAITS,
                        day,
                        PortraitRows.userPortraits(
                                assigned,
                                described.select("portrait_id", "name"),
                                tables.readPrevious(PortraitTables.USER_PORTRAITS, day),
                                day)));
    }

    private Map<String, String> namesOf(Tables tables, PortraitModel model) {
        Map<String, String> names = new HashMap<>();
        tables.read(PortraitTables.PORTRAIT_CENTRES, model.fittedOn())
                .select("portrait_id", "name")
                .collectAsList()
                .forEach(row -> names.put(row.getString(0), row.getString(1)));
        return names;
    }

    private Dataset<Row> described(
            Tables tables, PortraitModel model, Map<String, Naming> namings, Map<String, String> given) {
        List<Row> rows = new ArrayList<>();
        for (Centre centre : model.centres()) {
            Naming naming = namings.getOrDefault(centre.portraitId(), PortraitNames.EMPTY);
            rows.add(RowFactory.create(
                    centre.portraitId(),
                    naming.name().isEmpty()
                            ? given.getOrDefault(centre.portraitId(), centre.portraitId())
                            : naming.name(),
                    naming.summary(),
                    naming.topCategories(),
                    naming.topTags(),
                    Math.round(centre.stability() * 1e6) / 1e6));
        }
        rows.add(RowFactory.create(
                PortraitTables.NEWCOMERS,
                settings.names().getOrDefault(PortraitTables.NEWCOMERS, texts.text("name.newcomers")),
                texts.text("summary.newcomers", newcomerActions),
                "",
                "",
                null));
        return tables.spark().createDataFrame(rows, DESCRIBED);
    }

    private static Dataset<Row> assigned(
            Dataset<Row> features, Dataset<Row> categories, LocalDate asOf, PortraitModel model) {
        return PortraitAssignment.assign(
                PortraitAssignment.withAttention(asOf(features, asOf), asOf(categories, asOf)),
                model.scaling(),
                model.centres());
    }

    private static Dataset<Row> asOf(Dataset<Row> rows, LocalDate asOf) {
        return rows.where(col("as_of").equalTo(lit(asOf)));
    }
}
