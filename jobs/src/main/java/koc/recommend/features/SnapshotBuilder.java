package koc.recommend.features;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import koc.recommend.PortraitIndex;
import koc.recommend.RecommendSettings;
import koc.recommend.model.ItemModel;
import koc.recommend.model.LongTail;
import koc.recommend.pools.KocInfluence;
import koc.recommend.pools.TrafficPools;
import koc.recommend.products.ColdStart;
import koc.recommend.products.Launches;
import koc.recommend.products.Offers;
import koc.recommend.products.PoolShortlist;
import koc.recommend.products.PortraitRates;
import koc.recommend.products.RecentPopularity;
import koc.recommend.split.Ownership;
import koc.recommend.split.UserState;
import koc.spark.Checkpoints;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Builds {@link FeatureSnapshot}s: the features of all candidates as of a day. */
public record SnapshotBuilder(PortraitIndex portraits, RecommendSettings settings, Checkpoints checkpoints) {
    /** No limit on the number of KOCs. */
    public static final int ALL_KOCS = Integer.MAX_VALUE;

    /**
     * The shortlists of the pools, and what users own, both with item scores.
     *
     * @param shortlist {@link PoolShortlist#SHORTLIST}
     * @param owned user_id, product_number, is_due, overdue_factor, item_score
     */
    private record ItemScored(Dataset<Row> shortlist, Dataset<Row> owned) {}

    /**
     * Builds a snapshot.
     *
     * @param state the users as of the day
     * @param maxKocs KOCs at most, drawn by a seeded hash
     */
    public FeatureSnapshot build(UserState state, SnapshotInputs inputs, int maxKocs) {
        boolean hasNewProducts = inputs.hasLaunchWithin(settings.newProducts().days(), state.day());
        Dataset<Row> products =
                Launches.withAge(inputs.products(), inputs.historyFrom(), state.day(), settings.newProducts());
        Dataset<Row> offers = checkpoints.compute(RecentPopularity.addTo(
                new Offers(portraits, settings)
                        .select(products, computeRates(products, state, hasNewProducts), inputs.fits()),
                state.owned(),
                state.day()));
        TrafficPools pools = new TrafficPools(portraits, settings.minPool(), settings.minBuyingMembers());
        Dataset<Row> allMembers =
                checkpoints.compute(pools.describeMembers(inputs.selectOpenPools(state.day()), state.users()));
        Dataset<Row> kocs = checkpoints.compute(
                sampleKocs(pools.selectKocs(allMembers, inputs.users(), state.userPortraits()), maxKocs)
                        .join(inputs.lifts(), new String[] {"koc_id"}, "left")
                        .withColumn("lifts", KocInfluence.liftsWithDefault(portraits)));
        Dataset<Row> members = allMembers
                .join(kocs.select("koc_id", "koc_number"), new String[] {"koc_id"}, "inner")
                .drop("koc_id");
        Dataset<Row> owned = Ownership.withDue(state.owned(), inputs.products(), state.day(), settings);
        Dataset<Row> baskets =
                computeBaskets(state.owned(), settings.itemModel().head());
        Broadcast<ItemModel> model = checkpoints.broadcast(
                baskets.sparkSession(),
                ItemModel.fit(baskets, settings.itemModel().regularisation()));
        ItemScored scored = withLongTail(
                new ItemScored(
                        PoolShortlist.combine(
                                PoolShortlist.selectByPortraits(
                                        kocs, offers.where("is_core_offer"), portraits, settings.shortlist()),
                                PoolShortlist.scoreItems(members, baskets, model, offers),
                                offers,
                                settings.shortlist()),
                        PoolShortlist.withItemScores(owned, baskets, model)),
                members,
                offers,
                state.owned());
        CategoryAffinity affinity = new CategoryAffinity(portraits, settings);
        Dataset<Row> fractions = checkpoints.compute(affinity.computeCategoryFractions(
                state.owned(), inputs.interactions().where(col("day").leq(lit(state.day()))), products));
        Dataset<Row> shortlist = checkpoints.compute(
                affinity.withAffinity(scored.shortlist(), kocs, members, fractions, state.users(), offers));
        Dataset<Row> features = checkpoints.compute(
                new CandidateFeatures(portraits, settings).compute(kocs, members, scored.owned(), shortlist, offers));
        // Released early: it takes 16 MB of every executor, and everything that reads it is computed.
        model.unpersist();
        return new FeatureSnapshot(kocs, members, offers, owned, hasNewProducts, features);
    }

    private Dataset<Row> computeRates(Dataset<Row> products, UserState state, boolean hasNewProducts) {
        PortraitRates rates = new PortraitRates(portraits, settings.rateShrinkage());
        Dataset<Row> counts = rates.count(state.owned(), state.users(), products);
        if (!hasNewProducts) {
            return ColdStart.withoutNewProducts(rates.compute(counts));
        }
        Dataset<Row> computed = checkpoints.compute(counts);
        return new ColdStart(portraits, settings.newProducts()).withRates(rates.compute(computed), computed, products);
    }

    private Dataset<Row> sampleKocs(Dataset<Row> kocs, int maxKocs) {
        return maxKocs == ALL_KOCS
                ? kocs
                : kocs.orderBy(xxhash64(col("koc_id"), lit(settings.seed())), col("koc_id"))
                        .limit(maxKocs);
    }

    private Dataset<Row> computeBaskets(Dataset<Row> owned, int head) {
        return checkpoints.compute(
                ItemModel.selectBaskets(owned, head, settings.itemModel().history()));
    }

    /** Adds products of the long tail when it is on ({@code neighbours} above 0) and somebody owns one. */
    private ItemScored withLongTail(ItemScored scored, Dataset<Row> members, Dataset<Row> offers, Dataset<Row> owned) {
        int head = settings.itemModel().head();
        boolean isOn = settings.itemModel().longTail().neighbours() > 0;
        if (!isOn || owned.where(col("product_number").gt(head)).isEmpty()) {
            return scored;
        }
        Dataset<Row> baskets = computeBaskets(owned, Integer.MAX_VALUE);
        Dataset<Row> neighbours = checkpoints.compute(LongTail.findNeighbours(baskets, settings.itemModel()));
        Dataset<Row> offered = neighbours.join(
                broadcast(offers.select(col("product_number").as("long_tail_number"))),
                new String[] {"long_tail_number"},
                "left_semi");
        return new ItemScored(
                PoolShortlist.withLongTail(
                        scored.shortlist(), LongTail.sumByPool(members, baskets, offered), settings.shortlist()),
                PoolShortlist.withLongTailScores(scored.owned(), LongTail.scoreOwned(owned, baskets, neighbours)));
    }
}
