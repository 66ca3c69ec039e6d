package koc.recommend.model;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import koc.recommend.RecommendSettings;
import koc.recommend.features.CandidateFeatures;
import koc.recommend.features.FeatureSnapshot;
import koc.recommend.features.FeatureSnapshots;
import koc.recommend.features.SnapshotInputs;
import koc.recommend.split.HoldoutSplit;
import koc.recommend.split.Ownership;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Trains the weights of {@link BuyerModel} on what pools bought in the holdout. */
public record BuyerModelTrainer(FeatureSnapshots snapshots, RecommendSettings settings) {
    /**
     * Weight of each part when there is too little data to train on. When 30% of a portrait own a product, its portrait
     * part then expects 3% of the members to buy it within the horizon.
     */
    private static final double UNTRAINED_WEIGHT = 0.1;
    /** Smallest starting weight, because training leaves a weight of 0 as it is. */
    private static final double MIN_START_WEIGHT = 1e-6;

    /**
     * Trains the model on a snapshot of the past. Without enough data, every part has the weight .1.
     *
     * @param inputs of the snapshot of the past
     */
    public TrainedModel train(TrainingData data, SnapshotInputs inputs) {
        HoldoutSplit split = data.split();
        if (!split.hasEnoughPurchases()) {
            return new TrainedModel(CandidateFeatures.prior(UNTRAINED_WEIGHT), data.activity(), split, 0);
        }
        FeatureSnapshot past =
                snapshots.compute(data.users(), inputs, settings.training().kocs());
        long labels = data.labels().count();
        OwnershipGrowth growth = OwnershipGrowth.measure(split.history());
        // A weight of 1 would expect as many purchases in the holdout as in all of the past. The start is the fraction
        // that users really made.
        double start = Math.max(MIN_START_WEIGHT, (double) labels / Math.max(1, growth.pastPairs()));
        BuyerModel model = fit(past, data.labels(), start);
        return new TrainedModel(model.scale(computeScales(split.days(), growth)), data.activity(), split, labels);
    }

    /**
     * Finds the weights with the highest likelihood of the purchases of the pools. The driver collects one row for each KOC
     * and product of a shortlist: at most {@code training.kocs} x 2 x {@code shortlist} rows, with the long tail x 3.
     *
     * @param past the snapshot of the day before the holdout
     * @param labels user_id, product_number
     * @param startWeight the weight of every part before training
     */
    public BuyerModel fit(FeatureSnapshot past, Dataset<Row> labels, double startWeight) {
        Dataset<Row> buyers = past.members()
                .join(labels, new String[] {"user_id"}, "inner")
                .groupBy("koc_number", "product_number")
                .agg(count(lit(1)).as("buyers"));
        Stream<Column> parts = CandidateFeatures.PARTS.stream()
                .map(part -> part.equals(CandidateFeatures.REPURCHASE_PART)
                        ? col(part)
                        : col(part).plus(col(CandidateFeatures.due(part))));
        Stream<Column> affinities = CandidateFeatures.AFFINITIES.stream().map(name -> col(name));
        Column observed = coalesce(col("buyers"), lit(0L)).cast("double");
        List<Row> rows = past.features()
                .join(buyers, new String[] {"koc_number", "product_number"}, "left")
                .orderBy("koc_number", "product_number")
                .select(Stream.concat(Stream.concat(parts, affinities), Stream.of(observed))
                        .toArray(Column[]::new))
                .collectAsList();
        BuyerModel.Example[] examples =
                rows.stream().map(BuyerModelTrainer::example).toArray(BuyerModel.Example[]::new);
        return BuyerModel.fit(
                examples,
                CandidateFeatures.prior(startWeight),
                settings.training().priorBuyers());
    }

    private static BuyerModel.Example example(Row row) {
        int parts = CandidateFeatures.PARTS.size();
        int affinities = CandidateFeatures.AFFINITIES.size();
        double[] values = new double[parts + affinities];
        Arrays.setAll(values, index -> row.getDouble(index));
        return new BuyerModel.Example(
                Arrays.copyOf(values, parts),
                Arrays.copyOfRange(values, parts, parts + affinities),
                row.getDouble(parts + affinities));
    }

    /**
     * The scale of each part from the holdout to the horizon: the ratio of their lengths, divided by the growth of ownership.
     * The parts grow with history: after a year every product has more owners than after half a year. Next month's
     * purchases do not grow with it. For example a holdout of 14 days, 8 products a user before it and 10 now, and a
     * horizon of 28 days: 2 / 1.25 = 1.6. The part of due repurchases does not contain rates of owners, so it is not
     * divided by the growth.
     *
     * @param holdoutDays length of the holdout
     */
    public double[] computeScales(long holdoutDays, OwnershipGrowth growth) {
        double length = (double) settings.horizonDays() / holdoutDays;
        return CandidateFeatures.PARTS.stream()
                .mapToDouble(part -> part.equals(CandidateFeatures.REPURCHASE_PART) ? length : length / growth.ratio())
                .toArray();
    }

    /**
     * How much users own before the holdout and now.
     *
     * @param pastPairs pairs of user and product before the holdout
     * @param pastOwners users who owned a product before the holdout
     * @param currentPairs pairs of user and product now
     * @param currentOwners users who own a product now
     */
    public record OwnershipGrowth(long pastPairs, long pastOwners, long currentPairs, long currentOwners) {
        /** Counts the pairs and users of {@link Ownership#HISTORY}. */
        public static OwnershipGrowth measure(Dataset<Row> history) {
            Column isPast = col("past_units").gt(0);
            Column isOwned = col("kept_units").gt(0);
            Row counts = history.agg(
                            count_if(isPast),
                            count_distinct(when(isPast, col("user_id"))),
                            count_if(isOwned),
                            count_distinct(when(isOwned, col("user_id"))))
                    .head();
            return new OwnershipGrowth(counts.getLong(0), counts.getLong(1), counts.getLong(2), counts.getLong(3));
        }

        /** Products of each owner now, over products of each owner before the holdout; 1 when either is unknown. */
        double ratio() {
            return pastPairs == 0 || currentPairs == 0
                    ? 1
                    : (double) currentPairs / currentOwners / ((double) pastPairs / pastOwners);
        }
    }
}
