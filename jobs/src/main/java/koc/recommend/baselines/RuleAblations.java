package koc.recommend.baselines;

import static org.apache.spark.sql.functions.lit;

import koc.recommend.features.FeatureSnapshot;
import koc.recommend.features.SnapshotBuilder;
import koc.recommend.features.SnapshotInputs;
import koc.recommend.rank.RankedLists;
import koc.recommend.rank.Ranker;
import koc.recommend.split.UserState;
import koc.spark.Checkpoints;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Computes the lists without the stock rule and without the campaign rule, to measure the cost of each rule. A snapshot
 * does not contain the products that a rule excludes, so each list needs its own.
 */
public record RuleAblations(Ranker ranker, SnapshotInputs inputs, UserState userState, Checkpoints checkpoints) {

    /** Adds without_stock and without_campaigns to the lists of the baselines, where the rule is on. */
    public Dataset<Row> addTo(Dataset<Row> baselines, RankedLists published) {
        Dataset<Row> lists = baselines;
        if (ranker.settings().rerank().stock().isOn()) {
            lists = lists.unionByName(Baselines.ablation("stock", withoutStock(published)));
        }
        if (ranker.settings().rerank().campaigns().isOn()) {
            lists = lists.unionByName(Baselines.ablation("campaigns", withoutCampaigns(published)));
        }
        return lists;
    }

    private Dataset<Row> withoutStock(RankedLists published) {
        Dataset<Row> products = inputs.products();
        boolean hasEffect = !products.where("quality_gate = 'pass' AND is_allowed AND NOT is_in_stock")
                .isEmpty();
        return hasEffect ? rank(ranker, products.withColumn("is_in_stock", lit(true))) : published.lists();
    }

    private Dataset<Row> withoutCampaigns(RankedLists published) {
        return ranker.inputs().campaigns().isPresent()
                ? rank(ranker.withoutCampaigns(), inputs.products().withColumn("is_allowed", lit(true)))
                : published.lists();
    }

    /** The lists from a snapshot of these products, which is released when the lists are computed. */
    private Dataset<Row> rank(Ranker relaxed, Dataset<Row> products) {
        try (Checkpoints nested = checkpoints.nested()) {
            SnapshotBuilder builder = new SnapshotBuilder(relaxed.inputs().portraits(), relaxed.settings(), nested);
            FeatureSnapshot snapshot =
                    builder.build(userState, inputs.withProducts(products), SnapshotBuilder.ALL_KOCS);
            return checkpoints.compute(relaxed.rank(snapshot, nested).lists());
        }
    }
}
