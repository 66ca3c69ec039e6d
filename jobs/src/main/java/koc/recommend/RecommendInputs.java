package koc.recommend;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;

import java.time.LocalDate;
import java.util.Optional;
import koc.recommend.features.SnapshotInputs;
import koc.recommend.model.ActivityFactors;
import koc.recommend.pools.KocInfluence;
import koc.recommend.products.Campaigns;
import koc.recommend.products.Launches;
import koc.recommend.products.Offers;
import koc.recommend.split.HoldoutSplit;
import koc.recommend.split.Ownership;
import koc.recommend.split.UserActivity;
import koc.recommend.split.UserState;
import koc.rules.KocEligibility;
import koc.rules.KocLevels;
import koc.spark.Checkpoints;
import koc.tables.CleanTables;
import koc.tables.FeatureTables;
import koc.tables.FitTables;
import koc.tables.InfluenceTables;
import koc.tables.KocTables;
import koc.tables.PortraitTables;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Everything that the recommend job reads for one day.
 *
 * @param event the type of event that recommendations predict
 * @param products product_profile with product_number, path, is_allowed: every product
 * @param pools koc_id, user_id, since, is_inferred: the open ties, without those of revoked KOCs and of KOCs whose
 *     account several people use
 * @param users the table users as of the day
 * @param productDays user_product_days up to the day
 * @param categoryDays user_category_days up to the day; empty when the predicted event is not a purchase
 * @param ranking koc_ranking of the day
 * @param fits product_portrait_fit of the day
 * @param campaigns the open campaigns; empty when there are none, or when they are switched off
 */
public record RecommendInputs(
        LocalDate day,
        TargetEvent event,
        PortraitIndex portraits,
        Dataset<Row> products,
        Dataset<Row> pools,
        Dataset<Row> users,
        Dataset<Row> userPortraits,
        Dataset<Row> holdoutPortraits,
        Dataset<Row> productDays,
        Dataset<Row> categoryDays,
        Dataset<Row> ranking,
        Dataset<Row> influence,
        Dataset<Row> fits,
        Optional<Dataset<Row>> campaigns) {

    /** Reads the inputs of the day. */
    public static RecommendInputs read(
            Warehouse warehouse, LocalDate day, RecommendSettings settings, Checkpoints checkpoints) {
        Dataset<Row> productDays = warehouse.readUpTo(FeatureTables.USER_PRODUCT_DAYS, day);
        TargetEvent event = TargetEvent.select(productDays, settings.training().minPurchases());
        Dataset<Row> ranking = warehouse.read(KocTables.KOC_RANKING, day);
        Optional<Dataset<Row>> campaigns = Optional.of(
                        Campaigns.keepOpen(day, warehouse.readLatest(CleanTables.CAMPAIGNS, day)))
                .filter(open -> settings.rerank().campaigns().isOn() && !open.isEmpty());
        Dataset<Row> profiles = event.withBuyers(warehouse.read(FitTables.PRODUCT_PROFILE, day), productDays);
        return new RecommendInputs(
                day,
                event,
                PortraitIndex.read(warehouse.read(PortraitTables.PORTRAITS, day)),
                checkpoints.compute(selectProducts(
                        Offers.withNumbers(
                                profiles, warehouse.read(PortraitTables.PRODUCT_GROUPS, day), settings.categoryDepth()),
                        campaigns,
                        settings)),
                checkpoints.compute(selectPools(
                        warehouse.read(InfluenceTables.TIE_STRENGTHS, day),
                        warehouse
                                .read(FeatureTables.USER_FEATURES, day)
                                .where(col("as_of").equalTo(lit(day))),
                        ranking)),
                warehouse.readLatest(CleanTables.USERS, day),
                warehouse.read(PortraitTables.USER_PORTRAITS, day),
                warehouse.read(PortraitTables.HOLDOUT_PORTRAITS, day),
                productDays,
                event == TargetEvent.PURCHASE
                        ? warehouse.readUpTo(FeatureTables.USER_CATEGORY_DAYS, day)
                        : warehouse.empty(FeatureTables.USER_CATEGORY_DAYS),
                ranking,
                warehouse.read(InfluenceTables.KOC_INFLUENCE, day),
                warehouse.read(FitTables.PRODUCT_PORTRAIT_FIT, day),
                campaigns);
    }

    private static Dataset<Row> selectProducts(
            Dataset<Row> numbered, Optional<Dataset<Row>> campaigns, RecommendSettings settings) {
        Dataset<Row> products = campaigns
                .map(open -> Offers.withAllowed(numbered, Campaigns.keepAllowedForSomeKoc(numbered, open)))
                .orElseGet(() -> numbered.withColumn("is_allowed", lit(true)));
        return settings.rerank().stock().isOn() ? products : products.withColumn("is_in_stock", lit(true));
    }

    /** The pools of KOCs who may get recommendations: who are not revoked, and whose account one person uses. */
    private static Dataset<Row> selectPools(Dataset<Row> ties, Dataset<Row> userFeatures, Dataset<Row> ranking) {
        Dataset<Row> revoked = ranking.where(KocLevels.isRevoked(col("level"))).select("koc_id");
        return KocEligibility.withoutJointAccounts(ties, userFeatures)
                .select("koc_id", "user_id", "since", "is_inferred")
                .join(revoked, new String[] {"koc_id"}, "left_anti");
    }

    /**
     * {@link Ownership#HISTORY} up to a day.
     *
     * @param isPast which rows of user_product_days belong to the past; the others are the holdout
     */
    public Dataset<Row> ownershipHistory(Column isPast, LocalDate until) {
        return Ownership.summarise(productDays, products, isPast, until, event);
    }

    /** The first day with a target event; the run date when there is none. */
    public LocalDate historyFrom() {
        Row first = productDays.where(event.isPresent()).agg(min("day")).head();
        return first.isNullAt(0) ? day : first.getDate(0).toLocalDate();
    }

    /**
     * The inputs of the feature snapshots. With a random holdout there are no interactions: views and clicks of a
     * held-out product would reveal its purchase.
     */
    public SnapshotInputs snapshotInputs(HoldoutSplit split) {
        return new SnapshotInputs(
                pools,
                users,
                products,
                fits,
                KocInfluence.computeLifts(influence, portraits),
                split.isRandom() ? categoryDays.where(lit(false)) : categoryDays,
                split.historyFrom(),
                Launches.findLatest(products, day));
    }

    /** The users as of the run date. */
    public UserState computeCurrentUsers(HoldoutSplit split, ActivityFactors activity, Checkpoints checkpoints) {
        Dataset<Row> owned = Ownership.selectCurrent(split.history());
        Dataset<Row> users = UserActivity.classify(userPortraits, owned, portraits, day);
        return new UserState(
                day, userPortraits, checkpoints.compute(UserActivity.withActivity(users, activity)), owned);
    }

    /** The same without campaigns. The column is_allowed of products stays as it is. */
    public RecommendInputs withoutCampaigns() {
        return new RecommendInputs(
                day,
                event,
                portraits,
                products,
                pools,
                users,
                userPortraits,
                holdoutPortraits,
                productDays,
                categoryDays,
                ranking,
                influence,
                fits,
                Optional.empty());
    }
}
