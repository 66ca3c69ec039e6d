package koc.portraits;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.typesafe.config.Config;
import java.sql.Date;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import koc.portraits.PortraitLives.Change;
import koc.portraits.PortraitNames.Naming;
import koc.portraits.PortraitTransitions.Matrix;
import koc.run.Job;
import koc.run.JobRun;
import koc.spark.Checkpoints;
import koc.spark.Parallel;
import koc.tables.FeatureTables;
import koc.tables.PortraitTables;
import koc.text.Texts;
import koc.warehouse.Table;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * Tells users apart: gives everybody the nearest portrait of the model in force, on the run date and before the
 * holdout. Fits a model when none is in force, when its time is over, or when users have drifted from it; then says
 * what became of the portraits before.
 */
public final class PortraitsJob implements Job {
    private static final StructType DESCRIBED = StructType.fromDDL(
            "portrait_id STRING, name STRING, summary STRING, top_categories STRING, top_tags STRING, stability DOUBLE,"
                    + " change STRING, kept_share DOUBLE, spread DOUBLE");

    private final PortraitSettings settings;
    private final String modelFingerprint;
    private final Texts texts;

    public PortraitsJob(Config config) {
        this.settings = PortraitSettings.from(config);
        this.modelFingerprint = ModelSettings.fingerprint(config);
        this.texts = Texts.of(settings.language());
    }

    /**
     * What is known of users.
     *
     * @param before last day before the holdout
     * @param checkpoints released at the end of the run
     */
    private record Known(Dataset<Row> features, Dataset<Row> categories, LocalDate before, Checkpoints checkpoints) {
        Dataset<Row> featuresOf(LocalDate asOf) {
            return features.where(col("as_of").equalTo(lit(asOf)));
        }

        Dataset<Row> categoriesOf(LocalDate asOf) {
            return categories.where(col("as_of").equalTo(lit(asOf)));
        }

        Dataset<Row> placed(PortraitModel model, LocalDate asOf) {
            return PortraitAssignment.assign(
                    PortraitAssignment.withAttention(featuresOf(asOf), categoriesOf(asOf)),
                    model.scaling(),
                    model.centres());
        }

        /** The same, stored because most tables of the job are made from it. */
        Dataset<Row> cachedPlaced(PortraitModel model, LocalDate asOf) {
            return checkpoints.cache(placed(model, asOf));
        }
    }

    /**
     * Everybody's portrait on the run date.
     *
     * @param old the model before, when there is one
     * @param lives what became of its portraits
     * @param standings of the portraits, by id, newcomers among them
     * @param provenance the row of portrait_models of a model that was fitted today
     */
    private record Placement(
            PortraitModel model,
            Optional<ModelInForce> old,
            PortraitLives lives,
            Dataset<Row> placed,
            Map<String, Standing> standings,
            Optional<Row> provenance) {
        boolean isFitted(LocalDate day) {
            return model.fittedOn().equals(day);
        }
    }

    /** A model of today and its row of portrait_models, which is written when all else of it has been. */
    private record Fitted(PortraitModel model, Optional<Row> provenance) {}

    @Override
    public String name() {
        return "portraits";
    }

    @Override
    public Set<Table> reads() {
        return Set.of(
                FeatureTables.USER_CATEGORY_DAYS,
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
                PortraitTables.USER_PORTRAITS);
    }

    @Override
    public Set<Table> writes() {
        return Set.of(
                PortraitTables.PORTRAIT_MODELS,
                PortraitTables.PORTRAIT_VOTES,
                PortraitTables.PORTRAIT_SCALING,
                PortraitTables.PORTRAIT_CENTRES,
                PortraitTables.PORTRAITS,
                PortraitTables.USER_PORTRAITS,
                PortraitTables.HOLDOUT_PORTRAITS,
                PortraitTables.PORTRAIT_TRANSITIONS);
    }

    @Override
    public void run(JobRun run) {
        Warehouse tables = run.tables();
        LocalDate day = run.day();
        Dataset<Row> features = tables.read(FeatureTables.USER_FEATURES, day);
        try (Checkpoints checkpoints = new Checkpoints()) {
            Known known = new Known(
                    features,
                    tables.read(FeatureTables.USER_CATEGORIES, day),
                    PortraitSamples.earliestAsOf(features),
                    checkpoints);
            if (known.before().equals(day)) {
                run.progress().note(name(), texts.text("portraits.circular"));
            }
            Optional<ModelInForce> latest = latestModel(tables, day);
            if (latest.isEmpty()) {
                fitFirst(run, known);
            } else {
                keepOrRefit(run, known, latest.get());
            }
        }
    }

    private void fitFirst(JobRun run, Known known) {
        Fitted fitted = fit(run, known, texts.text("portraits.why.first"));
        PortraitModel model = fitted.model();
        Dataset<Row> placed = known.cachedPlaced(model, run.day());
        PortraitLives lives = PortraitLives.first(model.portraitIds());
        describe(
                run,
                known,
                new Placement(model, Optional.empty(), lives, placed, standings(placed), fitted.provenance()));
    }

    private void keepOrRefit(JobRun run, Known known, ModelInForce old) {
        Dataset<Row> placed = known.cachedPlaced(old.model(), run.day());
        Map<String, Standing> standings = standings(placed);
        Drift drift = Drift.between(old.standings(), List.copyOf(standings.values()));
        Optional<String> reason = whyRefit(old, drift, run.day());
        if (reason.isPresent()) {
            refit(run, known, old, placed, standings, reason.get());
        } else {
            run.progress()
                    .note(
                            name(),
                            texts.text(
                                    "portraits.frozen",
                                    old.model().modelId(),
                                    old.model().fittedOn(),
                                    settings.refitDays(),
                                    drift.shares(),
                                    settings.drift().maxPopulationStabilityIndex(),
                                    drift.distance(),
                                    settings.drift().maxDistance()));
            keep(run, known, old, placed, standings);
        }
    }

    private void keep(JobRun run, Known known, ModelInForce old, Dataset<Row> placed, Map<String, Standing> standings) {
        clearModelOf(run.tables(), run.day());
        PortraitLives lives = PortraitLives.unchanged(old.model().portraitIds());
        describe(run, known, new Placement(old.model(), Optional.of(old), lives, placed, standings, Optional.empty()));
    }

    /** Places everybody under both models, and lets the new portraits have the ids of those that they carry on. */
    private void refit(
            JobRun run,
            Known known,
            ModelInForce old,
            Dataset<Row> placedByOld,
            Map<String, Standing> standingsByOld,
            String reason) {
        Fitted fresh = fit(run, known, reason);
        PortraitModel fitted = fresh.model();
        if (fitted.centres().isEmpty()) {
            // Nobody to fit anew on: the old portraits still tell people apart.
            keep(run, known, old, placedByOld, standingsByOld);
            return;
        }
        Dataset<Row> placed = known.cachedPlaced(fitted, run.day());
        PortraitLives found = PortraitLives.match(
                old.model().portraitIds(),
                fitted.portraitIds(),
                PortraitAssignment.shared(
                        membersSinceFit(run.tables(), old.model().fittedOn()), placedByOld, placed),
                settings.life());
        PortraitLives lives = found.renamed();
        run.progress().note(name(), livesInWords(lives, old.model().fittedOn()));
        Dataset<Row> renamed = PortraitAssignment.renamed(placed, found.ids());
        describe(
                run,
                known,
                new Placement(
                        fitted.renamed(found.ids()),
                        Optional.of(old),
                        lives,
                        renamed,
                        standings(renamed),
                        fresh.provenance()));
    }

    /** Why a model is to be fitted anew though there is one; empty while it stays in force. */
    Optional<String> whyRefit(ModelInForce old, Drift drift, LocalDate day) {
        LocalDate fittedOn = old.model().fittedOn();
        if (!old.settings().equals(modelFingerprint)) {
            return Optional.of(texts.text("portraits.why.settings", fittedOn));
        }
        if (!fittedOn.plusDays(settings.refitDays()).isAfter(day)) {
            return Optional.of(texts.text("portraits.why.schedule", fittedOn, ChronoUnit.DAYS.between(fittedOn, day)));
        }
        if (drift.shares() > settings.drift().maxPopulationStabilityIndex()) {
            return Optional.of(texts.text(
                    "portraits.why.shares",
                    fittedOn,
                    drift.shares(),
                    settings.drift().maxPopulationStabilityIndex()));
        }
        if (drift.distance() > settings.drift().maxDistance()) {
            return Optional.of(texts.text(
                    "portraits.why.distance",
                    fittedOn,
                    drift.distance(),
                    settings.drift().maxDistance()));
        }
        return Optional.empty();
    }

    private static Optional<ModelInForce> latestModel(Warehouse tables, LocalDate day) {
        return tables.previousDay(PortraitTables.PORTRAIT_MODELS, day)
                .map(fitted -> ModelInForce.from(
                        tables.read(PortraitTables.PORTRAIT_MODELS, fitted).head(),
                        tables.read(PortraitTables.PORTRAIT_SCALING, fitted).collectAsList(),
                        tables.read(PortraitTables.PORTRAIT_CENTRES, fitted).collectAsList()));
    }

    private static Dataset<Row> membersSinceFit(Warehouse tables, LocalDate fittedOn) {
        return tables.readPrevious(PortraitTables.USER_PORTRAITS, fittedOn.plusDays(1));
    }

    private String livesInWords(PortraitLives lives, LocalDate fittedOn) {
        Collection<Change> fates = lives.fates().values();
        Collection<Change> origins = lives.origins().values();
        return texts.text(
                "portraits.lives",
                fittedOn,
                Collections.frequency(fates, Change.KEPT),
                Collections.frequency(fates, Change.SPLIT),
                Collections.frequency(fates, Change.MERGED),
                Collections.frequency(fates, Change.GONE),
                Collections.frequency(origins, Change.SPLIT),
                Collections.frequency(origins, Change.MERGED),
                Collections.frequency(origins, Change.NEW));
    }

    /** A day on which an older model is in force has none of its own: a run of the day before may have left one. */
    private static void clearModelOf(Warehouse tables, LocalDate day) {
        tables.clear(PortraitTables.PORTRAIT_MODELS, day);
        tables.clear(PortraitTables.PORTRAIT_VOTES, day);
        tables.clear(PortraitTables.PORTRAIT_SCALING, day);
        tables.clear(PortraitTables.PORTRAIT_CENTRES, day);
    }

    private Fitted fit(JobRun run, Known known, String reason) {
        Warehouse tables = run.tables();
        LocalDate day = run.day();
        LocalDate before = known.before();
        Dataset<Row> next = tables.readUpTo(FeatureTables.USER_CATEGORY_DAYS, day)
                .where(col("day").gt(lit(before)).and(col("day").leq(lit(day))));
        PortraitSample sample = PortraitSamples.draw(
                PortraitAssignment.withAttention(known.featuresOf(before), known.categoriesOf(before)),
                known.categoriesOf(before),
                next,
                settings.model());
        if (sample.users().isEmpty()) {
            run.progress().note(name(), texts.text("portraits.no-users"));
            clearModelOf(tables, day);
            return new Fitted(PortraitModel.withoutPortraits(day), Optional.empty());
        }
        // A model without its row is not in force: it gets the row back when the rest of it is whole.
        tables.clear(PortraitTables.PORTRAIT_MODELS, day);
        PortraitFit.Outcome outcome = PortraitFit.fit(sample, settings.model());
        PortraitModel model = PortraitModel.of(day, outcome);
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
                                chosen.predictiveGain(),
                                reason));
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
                settings.model().seed(),
                settings.model().categoryShrinkage(),
                modelFingerprint,
                reason,
                "smile " + smile.clustering.KMeans.class.getPackage().getImplementationVersion() + ", spark "
                        + tables.spark().version());
        Parallel.run(
                () -> tables.write(PortraitTables.PORTRAIT_VOTES, day, model.voteRows(outcome)),
                () -> tables.write(PortraitTables.PORTRAIT_SCALING, day, model.scalingRows()));
        return new Fitted(model, Optional.of(provenance));
    }

    private void describe(JobRun run, Known known, Placement today) {
        Warehouse tables = run.tables();
        LocalDate day = run.day();
        PortraitModel model = today.model();
        Dataset<Row> placed = today.placed();
        Dataset<Row> previous = tables.readPrevious(PortraitTables.USER_PORTRAITS, day);
        Matrix migrations = PortraitTransitions.matrix(previous, placed);

        Map<String, String> oldNames = today.old().map(ModelInForce::names).orElse(Map.of());
        Map<String, String> given = new HashMap<>(oldNames);
        given.keySet().retainAll(model.portraitIds());
        // Nobody was in it on the day of its fit, so that it was called by its id.
        given.entrySet().removeIf(name -> name.getValue().equals(name.getKey()));
        // What a person calls one portrait, no other is called.
        given.values().removeAll(settings.names().values());
        Set<String> taken = new HashSet<>(oldNames.values());
        taken.addAll(settings.names().values());
        Map<String, Naming> namings = PortraitNames.name(
                PortraitRows.evidence(
                        placed,
                        known.featuresOf(day),
                        known.categoriesOf(day),
                        tables.read(FeatureTables.USER_TAGS, day)),
                given,
                taken,
                texts);
        Map<String, String> own = names(model, namings, given);
        Map<String, String> names = withPersons(own);
        Dataset<Row> described = described(tables, today, day, namings, names, migrations);
        long users =
                today.standings().values().stream().mapToLong(Standing::users).sum();
        Parallel.run(
                () -> {
                    if (today.isFitted(day)) {
                        tables.write(PortraitTables.PORTRAIT_CENTRES, day, model.centreRows(own, today.standings()));
                    }
                },
                () -> tables.write(
                        PortraitTables.PORTRAITS,
                        day,
                        PortraitRows.portraits(placed, known.featuresOf(day), described, day, users)),
                () -> tables.write(
                        PortraitTables.USER_PORTRAITS,
                        day,
                        PortraitRows.userPortraits(placed, described.select("portrait_id", "name"), previous, day)),
                () -> tables.write(
                        PortraitTables.PORTRAIT_TRANSITIONS,
                        day,
                        PortraitTransitions.rows(
                                day,
                                migrations,
                                today.lives(),
                                today.isFitted(day)
                                        ? today.old()
                                                .map(old -> old.model().fittedOn())
                                                .orElse(null)
                                        : null,
                                names,
                                withPersons(oldNames),
                                texts)),
                () -> tables.write(
                        PortraitTables.HOLDOUT_PORTRAITS,
                        day,
                        known.placed(model, known.before())
                                .select(
                                        lit(day).as("day"),
                                        col("user_id"),
                                        col("portrait_id"),
                                        lit(known.before()).as("as_of"))));
        today.provenance().ifPresent(row -> tables.write(PortraitTables.PORTRAIT_MODELS, day, List.of(row)));
    }

    /** The name of every portrait, newcomers among them; one that has no users today keeps the name it had. */
    private Map<String, String> names(PortraitModel model, Map<String, Naming> namings, Map<String, String> given) {
        Map<String, String> names = new HashMap<>();
        for (String portrait : model.portraitIds()) {
            String found = namings.getOrDefault(portrait, PortraitNames.EMPTY).name();
            names.put(portrait, found.isEmpty() ? given.getOrDefault(portrait, portrait) : found);
        }
        names.put(PortraitTables.NEWCOMERS, texts.text("name.newcomers"));
        return names;
    }

    /** The names with a person's over them. They are never stored with the model: without them its own are back. */
    private Map<String, String> withPersons(Map<String, String> own) {
        Map<String, String> names = new HashMap<>(own);
        settings.names().forEach((portrait, name) -> names.computeIfPresent(portrait, (id, old) -> name));
        return names;
    }

    private Dataset<Row> described(
            Warehouse tables,
            Placement today,
            LocalDate day,
            Map<String, Naming> namings,
            Map<String, String> names,
            Matrix migrations) {
        Map<String, Change> origins = today.lives().origins();
        Map<String, Double> keptShares = migrations.keptShares();
        List<Row> rows = new ArrayList<>();
        for (Centre centre : today.model().centres()) {
            String portrait = centre.portraitId();
            Naming naming = namings.getOrDefault(portrait, PortraitNames.EMPTY);
            rows.add(RowFactory.create(
                    portrait,
                    names.get(portrait),
                    naming.summary(),
                    naming.topCategories(),
                    naming.topTags(),
                    rounded(centre.stability()),
                    origins.getOrDefault(portrait, Change.NEW).word(),
                    keptShares.get(portrait),
                    rounded(spread(today, portrait, day))));
        }
        rows.add(RowFactory.create(
                PortraitTables.NEWCOMERS,
                names.get(PortraitTables.NEWCOMERS),
                texts.text("summary.newcomers", settings.model().newcomerActions()),
                "",
                "",
                null,
                (migrations.previousDay() == null ? Change.NEW : Change.KEPT).word(),
                keptShares.get(PortraitTables.NEWCOMERS),
                null));
        return tables.spark().createDataFrame(rows, DESCRIBED);
    }

    /** Mean distance to the centre over that at the fit; 1 on the day of the fit. */
    private static double spread(Placement today, String portrait, LocalDate day) {
        if (today.isFitted(day)) {
            return 1;
        }
        double fit = today.old().stream()
                .flatMap(old -> old.standings().stream())
                .filter(standing -> standing.portraitId().equals(portrait))
                .mapToDouble(Standing::distance)
                .sum();
        Standing now = today.standings().get(portrait);
        return fit == 0 || now == null ? 1 : now.distance() / fit;
    }

    private static Map<String, Standing> standings(Dataset<Row> placed) {
        return PortraitAssignment.standings(placed).stream()
                .collect(Collectors.toMap(Standing::portraitId, standing -> standing));
    }

    private static double rounded(double value) {
        return Math.round(value * 1e6) / 1e6;
    }
}
