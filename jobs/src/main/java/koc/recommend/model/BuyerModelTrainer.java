package koc.recommend.model;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import koc.recommend.RecommendSettings;
import koc.recommend.features.CandidateFeatures;
import koc.recommend.features.FeatureSnapshot;
import koc.recommend.features.Part;
import koc.recommend.features.SnapshotBuilder;
import koc.recommend.split.Ownership;
import koc.spark.Parallel;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Trains the weights of {@link BuyerModel} on what pools bought in the holdout. */
public record BuyerModelTrainer(SnapshotBuilder snapshotBuilder, RecommendSettings settings) {
    /**
     * Weight of each part when there is too little data to train on. When 30% of a portrait own a product, its portrait
     * part then expects 1.5% of the members to buy it within the horizon.
     */
    public static final double UNTRAINED_WEIGHT = 0.05;
    /** Smallest starting weight, because training leaves a weight of 0 as it is. */
    private static final double MIN_START_WEIGHT = 1e-6;

    /**
     * Trains the model on snapshots of the past, one for each holdout. Without enough data, every part has the weight
     * .05.
     *
     * @param holdouts the holdouts, the latest first
     */
    public TrainedModel train(List<TrainingData> holdouts) {
        TrainingData latest = holdouts.get(0);
        if (!latest.split().hasEnoughPurchases()) {
            RecommenderSelection untrained =
                    new RecommenderSelection(BuyerModel.untrained(UNTRAINED_WEIGHT), RecommenderSelection.STACK, null);
            return new TrainedModel(untrained, latest.activity(), latest.split(), holdouts.size(), 0);
        }
        OwnershipCounts current = OwnershipCounts.current(latest.split().history());
        List<PreparedHoldout> prepared = Parallel.map(holdouts, holdout -> prepare(holdout, current));
        RecommenderSelection selection = RecommenderSelection.select(
                prepared.stream().map(PreparedHoldout::examples).toList(),
                Math.max(
                        MIN_START_WEIGHT,
                        prepared.stream()
                                .mapToDouble(PreparedHoldout::start)
                                .average()
                                .orElseThrow()),
                settings.training().priorBuyers(),
                settings.top(),
                settings.minKocs());
        long labels = prepared.stream().mapToLong(PreparedHoldout::labels).sum();
        return new TrainedModel(selection, latest.activity(), latest.split(), holdouts.size(), labels);
    }

    /**
     * What the model learns from one holdout.
     *
     * @param labels number of purchases of the holdout
     * @param start the weight that an untrained model would need to expect as many buyers as came
     */
    private record PreparedHoldout(HoldoutExamples examples, long labels, double start) {}

    private PreparedHoldout prepare(TrainingData holdout, OwnershipCounts current) {
        OwnershipCounts past = OwnershipCounts.past(holdout.split().history());
        long bought = holdout.labels().count();
        double growth = current.growthSince(past);
        // With the weight 1, a part made of rates of ownership expects about as many buyers as there are pairs of user
        // and owned product. The weight that fits is labels / pairs, times the scale of the parts (computeScales).
        double start = bought * ownershipScale(holdout.split().days(), growth) / Math.max(1, past.pairs());
        FeatureSnapshot snapshot = snapshotBuilder.build(
                holdout.userState(), holdout.inputs(), settings.training().kocs());
        double[] scales = computeScales(holdout.split().days(), growth);
        return new PreparedHoldout(collect(snapshot, holdout.labels(), scales), bought, start);
    }

    /**
     * The examples of a holdout, with parts scaled to the horizon. The driver collects one row for each KOC and product
     * of a shortlist: at most {@code training.kocs} x 3 x {@code shortlist} rows, with the long tail x 4.
     *
     * @param past the snapshot of the day before the holdout
     * @param labels user_id, product_number
     * @param scales of the parts, as {@link #computeScales} returns them
     */
    HoldoutExamples collect(FeatureSnapshot past, Dataset<Row> labels, double[] scales) {
        Dataset<Row> buyers = past.members()
                .join(labels, new String[] {"user_id"}, "inner")
                .groupBy("koc_number", "product_number")
                .agg(count(lit(1)).as("buyers"));
        Stream<Column> parts = Arrays.stream(Part.values())
                .map(part -> part == Part.REPURCHASE
                        ? col(part.column())
                        : col(part.column()).plus(col(part.dueColumn())));
        Stream<Column> affinities = CandidateFeatures.AFFINITIES.stream().map(name -> col(name));
        Column observed = coalesce(col("buyers"), lit(0L)).cast("double");
        List<Row> rows = past.features()
                .join(buyers, new String[] {"koc_number", "product_number"}, "left")
                .join(past.kocs().select("koc_number", "koc_id"), new String[] {"koc_number"}, "inner")
                .orderBy("koc_id", "product_number")
                .select(Stream.of(parts, affinities, Stream.of(observed, col("koc_id")))
                        .flatMap(columns -> columns)
                        .toArray(Column[]::new))
                .collectAsList();
        Map<String, List<BuyerModel.Example>> pools = new LinkedHashMap<>();
        for (Row row : rows) {
            pools.computeIfAbsent(row.getAs("koc_id"), koc -> new ArrayList<>()).add(example(row, scales));
        }
        return new HoldoutExamples(pools.entrySet().stream()
                .map(pool ->
                        new HoldoutExamples.Pool(pool.getKey(), pool.getValue().toArray(BuyerModel.Example[]::new)))
                .toList());
    }

    private static BuyerModel.Example example(Row row, double[] scales) {
        int parts = Part.values().length;
        int affinities = CandidateFeatures.AFFINITIES.size();
        double[] values = new double[parts + affinities];
        Arrays.setAll(values, index -> row.getDouble(index) * (index < parts ? 1 / scales[index] : 1));
        return new BuyerModel.Example(
                Arrays.copyOf(values, parts),
                Arrays.copyOfRange(values, parts, parts + affinities),
                row.getDouble(parts + affinities));
    }

    /**
     * The scale of each part: (buyers per unit of the part, today and within the horizon) / (buyers per unit of it in
     * the holdout) = (horizon days / holdout days) / growth of products per owner. The growth matters because most
     * parts come from rates of ownership, which grow with history, while purchases per month do not. Repurchases and
     * monthly and weekly popularity do not grow, so they are not divided by the growth. Example: holdout 14 days,
     * horizon 28, 8 products per owner then and 10 now: 2 / 1.25 = 1.6.
     *
     * <p>The parts of the holdout are divided by their scales, so the trained weights become larger by as much: they
     * are right for today's parts and the horizon.
     *
     * @param holdoutDays length of the holdout
     * @param growth as {@link OwnershipCounts#growthSince} returns it
     */
    public double[] computeScales(long holdoutDays, double growth) {
        return Arrays.stream(Part.values())
                .mapToDouble(part ->
                        part.growsWithHistory() ? ownershipScale(holdoutDays, growth) : horizonRatio(holdoutDays))
                .toArray();
    }

    /** The scale of a part that comes from rates of ownership. */
    private double ownershipScale(long holdoutDays, double growth) {
        return horizonRatio(holdoutDays) / growth;
    }

    /** The horizon as a multiple of the holdout. */
    private double horizonRatio(long holdoutDays) {
        return (double) settings.horizonDays() / holdoutDays;
    }

    /**
     * How much users own.
     *
     * @param pairs pairs of user and product
     * @param owners users who own a product
     */
    public record OwnershipCounts(long pairs, long owners) {
        /** Counts what is owned at the end of {@link Ownership#HISTORY}. */
        public static OwnershipCounts current(Dataset<Row> history) {
            return count(history, col("kept_units").gt(0));
        }

        /** Counts what was owned before the holdout of {@link Ownership#HISTORY}. */
        public static OwnershipCounts past(Dataset<Row> history) {
            return count(history, col("past_units").gt(0));
        }

        private static OwnershipCounts count(Dataset<Row> history, Column isOwned) {
            Row counts = history.agg(count_if(isOwned), count_distinct(when(isOwned, col("user_id"))))
                    .head();
            return new OwnershipCounts(counts.getLong(0), counts.getLong(1));
        }

        /** Products of each owner now, over products of each owner then; 1 when either is unknown. */
        double growthSince(OwnershipCounts past) {
            return past.pairs() == 0 || pairs == 0
                    ? 1
                    : (double) pairs / owners / ((double) past.pairs() / past.owners());
        }
    }
}
