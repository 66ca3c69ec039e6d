package koc.recommend.model;

import koc.recommend.PortraitIndex;
import koc.recommend.RecommendSettings;
import koc.recommend.features.SnapshotInputs;
import koc.recommend.split.HoldoutSplit;
import koc.recommend.split.Ownership;
import koc.recommend.split.UserActivity;
import koc.recommend.split.UserState;
import koc.spark.Checkpoints;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The data of one holdout that the model is trained on.
 *
 * @param split past and holdout
 * @param inputs the inputs of the snapshot of the past
 * @param userState the users as of the day before the holdout, weighted by their activity
 * @param labels user_id, product_number: purchases of the holdout, without products that the user owned and was not due
 *     to repurchase
 * @param activity how much more the users of each activity class buy
 */
public record TrainingData(
        HoldoutSplit split, SnapshotInputs inputs, UserState userState, Dataset<Row> labels, ActivityFactors activity) {
    private static final String[] PAIR = {"user_id", "product_number"};

    /**
     * Prepares the training data.
     *
     * @param snapshotInputs the inputs of all snapshots, past and present
     */
    public static TrainingData prepare(
            HoldoutSplit split,
            SnapshotInputs snapshotInputs,
            PortraitIndex portraits,
            RecommendSettings settings,
            Checkpoints checkpoints) {
        SnapshotInputs inputs = split.isRandom() ? snapshotInputs.withoutRepurchases() : snapshotInputs;
        Dataset<Row> owned = checkpoints.compute(Ownership.selectBeforeHoldout(split.history()));
        Dataset<Row> labels = checkpoints.compute(selectLabels(
                Ownership.selectBoughtInHoldout(split.history()),
                Ownership.withDue(owned, inputs.products(), split.pastUntil(), settings)));
        Dataset<Row> users =
                checkpoints.compute(UserActivity.classify(split.userPortraits(), owned, portraits, split.pastUntil()));
        // A random holdout says nothing about activity. It has no order in time, and users who own more have more pairs
        // held out.
        ActivityFactors activity = !split.hasEnoughPurchases() || split.isRandom()
                ? ActivityFactors.neutral()
                : ActivityFactors.estimate(
                        users,
                        labels.join(owned, PAIR, "left_anti"),
                        settings.training().priorBuyers());
        UserState state = new UserState(
                split.pastUntil(), split.userPortraits(), UserActivity.withActivity(users, activity), owned);
        return new TrainingData(split, inputs, state, labels, activity);
    }

    /**
     * Removes purchases of products that the user owned already and was not due to repurchase.
     *
     * @param bought user_id, product_number
     * @param owned user_id, product_number, is_due: as of the day before the holdout
     */
    public static Dataset<Row> selectLabels(Dataset<Row> bought, Dataset<Row> owned) {
        return bought.join(owned.where("NOT is_due").select("user_id", "product_number"), PAIR, "left_anti");
    }
}
