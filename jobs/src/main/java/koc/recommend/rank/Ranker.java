package koc.recommend.rank;

import koc.recommend.NotReadyPolicy;
import koc.recommend.RecommendInputs;
import koc.recommend.RecommendSettings;
import koc.recommend.RerankSettings;
import koc.recommend.TargetEvent;
import koc.recommend.features.FeatureSnapshot;
import koc.recommend.model.BuyerModel;
import koc.recommend.products.Campaigns;
import koc.recommend.products.Launches;
import koc.recommend.products.OwnUse;
import koc.spark.Checkpoints;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Ranks the candidates of a snapshot into a list for each KOC: eligibility, scores, overlap penalty, re-ranking. */
public record Ranker(RecommendInputs inputs, BuyerModel model, RecommendSettings settings) {
    private static final String[] PAIR = {"koc_number", "product_number"};

    /** The same, with campaigns ignored. */
    public Ranker withoutCampaigns() {
        return new Ranker(inputs.withoutCampaigns(), model, settings);
    }

    /** Ranks the candidates of the snapshot. */
    public RankedLists rank(FeatureSnapshot snapshot, Checkpoints checkpoints) {
        Dataset<Row> ownUse =
                checkpoints.compute(OwnUse.compute(inputs.productDays(), snapshot.kocs(), inputs.products()));
        Dataset<Row> candidates = eligible(snapshot, ownUse);
        Dataset<Row> scores = Readiness.mark(
                new Scoring(model, settings).score(candidates, snapshot.kocs(), snapshot.offers(), ownUse),
                snapshot.kocs(),
                inputs.ranking(),
                inputs.event());
        Dataset<Row> kept = settings.rerank().notReady() == NotReadyPolicy.EXCLUDE
                ? scores.where("not_ready_reason IS NULL")
                : scores;
        Dataset<Row> levels = inputs.ranking().select("koc_id", "level");
        Dataset<Row> scored = checkpoints.compute(new OverlapPenalty(
                        settings.rerank().overlapPenalty(), settings.top())
                .apply(kept, snapshot.kocs().join(levels, new String[] {"koc_id"}, "left"), snapshot.members()));
        return new RankedLists(
                snapshot,
                candidates,
                scored,
                reranker(settings.rerank()).rerank(scored, snapshot.kocs(), snapshot.offers()));
    }

    /** The re-ranking of this run with other settings. */
    public Reranker reranker(RerankSettings rerank) {
        return new Reranker(inputs.portraits(), settings.top(), rerank);
    }

    /**
     * The features without products that the KOC may not recommend yet, that campaigns forbid, or that are blocked for
     * the KOC by their own complaint, return or bad review.
     */
    private Dataset<Row> eligible(FeatureSnapshot snapshot, Dataset<Row> ownUse) {
        Dataset<Row> blocked = ownUse.where("is_blocked").select("koc_number", "product_number");
        Dataset<Row> candidates = allowedByCampaigns(snapshot).join(blocked, PAIR, "left_anti");
        // With another target event few purchases are recorded, so hardly any KOC is loyal, and nobody would get a new
        // product.
        return snapshot.hasNewProducts() && inputs.event() == TargetEvent.PURCHASE
                ? Launches.keepForLoyalKocs(
                        candidates, snapshot.offers(), inputs.products(), ownUse, inputs.day(), settings.newProducts())
                : candidates;
    }

    private Dataset<Row> allowedByCampaigns(FeatureSnapshot snapshot) {
        if (inputs.campaigns().isEmpty()) {
            return snapshot.features();
        }
        Dataset<Row> kocs = snapshot.kocs().select("koc_number", "koc_id", "koc_type", "county");
        Dataset<Row> products = snapshot.offers().select("product_number", "product_id", "category", "brand");
        Dataset<Row> candidates = snapshot.features()
                .select("koc_number", "product_number")
                .join(kocs, new String[] {"koc_number"}, "inner")
                .join(products, new String[] {"product_number"}, "inner");
        Dataset<Row> allowed =
                Campaigns.keepAllowed(candidates, inputs.campaigns().get());
        return snapshot.features().join(allowed.select("koc_number", "product_number"), PAIR, "left_semi");
    }
}
