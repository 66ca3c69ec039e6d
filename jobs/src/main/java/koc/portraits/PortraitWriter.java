package koc.portraits;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import koc.portraits.assign.CurrentPortraits;
import koc.portraits.assign.PortraitEvidence;
import koc.portraits.assign.PortraitRows;
import koc.portraits.fit.Centre;
import koc.portraits.fit.PortraitModel;
import koc.portraits.fit.Representation;
import koc.portraits.groups.ProductGroupRows;
import koc.portraits.groups.ProductTitles;
import koc.portraits.names.AssignedNames;
import koc.portraits.names.PortraitNames;
import koc.portraits.names.PortraitNames.Naming;
import koc.portraits.transitions.ClusterTransitions.Transition;
import koc.portraits.transitions.TransitionMatrix;
import koc.portraits.transitions.TransitionRows;
import koc.run.JobRun;
import koc.spark.Parallel;
import koc.tables.FeatureTables;
import koc.tables.PortraitTables;
import koc.text.Texts;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Names the portraits of a run and writes the tables that describe them and their users. */
public final class PortraitWriter {
    /** Names are made of the most popular products only; others are known to few. */
    private static final int PRODUCTS_IN_NAMES = 500;

    private static final StructType WORDS = StructType.fromDDL("product_id STRING, word STRING");

    private final Warehouse warehouse;
    private final LocalDate day;
    private final PortraitInputs inputs;
    private final PortraitSettings settings;
    private final Texts texts;

    public PortraitWriter(JobRun run, PortraitInputs inputs, PortraitSettings settings, Texts texts) {
        this.warehouse = run.warehouse();
        this.day = run.day();
        this.inputs = inputs;
        this.settings = settings;
        this.texts = texts;
    }

    /**
     * Writes all tables of the job except portrait_votes and portrait_scaling, which the fit writes. The row of
     * portrait_models comes last, because it makes the model valid.
     */
    public void write(CurrentPortraits current) {
        Dataset<Row> assignments = current.assignments();
        Dataset<Row> previous = warehouse.readPrevious(PortraitTables.USER_PORTRAITS, day);
        TransitionMatrix matrix = TransitionMatrix.between(previous, assignments);
        AssignedNames names =
                AssignedNames.assign(current, evidence(current.model(), assignments), settings.names(), texts);
        Dataset<Row> descriptions = describe(current, names, matrix);
        List<Row> transitionRows = new TransitionRows(day, current.transitions(), current.refitFrom(day), texts)
                .rows(matrix, names.published(), names.previous());
        Parallel.run(
                () -> writeCentres(current, names),
                () -> warehouse.write(
                        PortraitTables.PORTRAITS,
                        day,
                        PortraitRows.portraits(
                                assignments, inputs.featuresAsOf(day), descriptions, day, current.users())),
                () -> warehouse.write(
                        PortraitTables.USER_PORTRAITS,
                        day,
                        PortraitRows.userPortraits(
                                assignments, descriptions.select("portrait_id", "name"), previous, day)),
                () -> warehouse.write(
                        PortraitTables.PRODUCT_GROUPS,
                        day,
                        ProductGroupRows.compute(current.model().groups(), inputs.productAttention(day), day)),
                () -> warehouse.write(PortraitTables.PORTRAIT_TRANSITIONS, day, transitionRows),
                () -> warehouse.write(PortraitTables.HOLDOUT_PORTRAITS, day, holdoutPortraits(current.model())));
        current.modelRow().ifPresent(row -> warehouse.write(PortraitTables.PORTRAIT_MODELS, day, List.of(row)));
    }

    private List<PortraitNames.Evidence> evidence(PortraitModel model, Dataset<Row> assignments) {
        return PortraitEvidence.collect(
                assignments,
                inputs.featuresAsOf(day),
                inputs.categoriesAsOf(day),
                productWords(model),
                warehouse.read(FeatureTables.USER_TAGS, day));
    }

    /** Attention to the most popular products by title: user_id, word, weight. Empty for a model of categories alone. */
    private Dataset<Row> productWords(PortraitModel model) {
        List<String> products = model.representation() == Representation.CATEGORIES
                ? List.of()
                : model.groups().mostPopular(PRODUCTS_IN_NAMES);
        Map<String, String> titles = ProductTitles.read(warehouse, day, products);
        List<Row> words = products.stream()
                .map(product -> RowFactory.create(product, titles.getOrDefault(product, product)))
                .toList();
        Dataset<Row> byProduct = warehouse.spark().createDataFrame(words, WORDS);
        return inputs.productAttention(day)
                .join(broadcast(byProduct), new String[] {"product_id"}, "inner")
                .select("user_id", "word", "weight");
    }

    private void writeCentres(CurrentPortraits current, AssignedNames names) {
        if (current.isFittedOn(day)) {
            warehouse.write(
                    PortraitTables.PORTRAIT_CENTRES,
                    day,
                    current.model().centreRows(names.stored(), current.statistics()));
        }
    }

    private Dataset<Row> holdoutPortraits(PortraitModel model) {
        LocalDate lastDay = inputs.lastDayBeforeHoldout();
        return inputs.assign(model, lastDay)
                .select(
                        lit(day).as("day"),
                        col("user_id"),
                        col("portrait_id"),
                        lit(lastDay).as("as_of"));
    }

    /** One row per portrait, newcomers included: {@link PortraitRows#DESCRIPTIONS}. */
    private Dataset<Row> describe(CurrentPortraits current, AssignedNames names, TransitionMatrix matrix) {
        Map<String, Transition> transitions = current.transitions().byNewPortrait();
        Map<String, Double> retainedRates = matrix.retainedRates();
        List<Row> rows = new ArrayList<>();
        for (Centre centre : current.model().centres()) {
            String portrait = centre.portraitId();
            Naming naming = names.naming(portrait);
            rows.add(RowFactory.create(
                    portrait,
                    names.published().get(portrait),
                    naming.summary(),
                    naming.topCategories(),
                    naming.topProducts(),
                    naming.topTags(),
                    round(centre.stability()),
                    transitions.getOrDefault(portrait, Transition.EMERGED).code(),
                    retainedRates.get(portrait),
                    round(current.spreadRatio(portrait, day))));
        }
        rows.add(describeNewcomers(names, matrix.previousDay(), retainedRates.get(PortraitTables.NEWCOMERS)));
        return warehouse.spark().createDataFrame(rows, PortraitRows.DESCRIPTIONS.schema());
    }

    private Row describeNewcomers(AssignedNames names, @Nullable LocalDate previousDay, @Nullable Double retainedRate) {
        return RowFactory.create(
                PortraitTables.NEWCOMERS,
                names.published().get(PortraitTables.NEWCOMERS),
                texts.text("summary.newcomers"),
                "",
                "",
                "",
                null,
                (previousDay == null ? Transition.EMERGED : Transition.SURVIVED).code(),
                retainedRate,
                null);
    }

    private static double round(double value) {
        return Math.round(value * 1e6) / 1e6;
    }
}
