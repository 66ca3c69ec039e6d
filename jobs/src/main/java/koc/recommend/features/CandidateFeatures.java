package koc.recommend.features;

import static koc.recommend.PortraitIndex.at;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.zip_with;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import koc.recommend.PortraitIndex;
import koc.recommend.RecommendSettings;
import koc.recommend.model.BuyerModel;
import koc.recommend.model.ItemModel;
import koc.recommend.model.LongTail;
import koc.recommend.pools.TrafficPools;
import koc.recommend.products.ColdStart;
import koc.recommend.products.PoolShortlist;
import koc.recommend.split.UserActivity;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * The features of each product in each pool. Parts are sums over members, affinities are factors of the whole pool.
 * {@link BuyerModel} combines them into expected buyers.
 *
 * <ul>
 *   <li>{@code portrait_part}: pool_weight x (members who own other products but not this one, each counted by their
 *       portrait's rate). {@code pool_weight} is below 1 in a thin pool ({@link TrafficPools}).
 *   <li>{@code non_buyer_part}: pool_weight x (members who own no product, each counted by their portrait's rate) + (1
 *       - pool_weight) x (all members who do not own this product, at the mean rate of the users who complete the thin
 *       pool). Its due_ column has the second term only, counted over due owners: a member who owns no product cannot
 *       be due.
 *   <li>{@code item_model_part}: members who do not own it, each counted by the score of their own purchases ({@link
 *       ItemModel}).
 *   <li>{@code repurchase_part}: owners who are due to repurchase; the later they are, the less they count. They also
 *       count in the {@code due_} columns of all other parts, as possible buyers like others. {@code from_repurchase}
 *       of koc_recommendations contains both.
 *   <li>{@code influence_part}: the purchases that the KOC adds: as portrait_part, but each portrait times
 *       influence_lift - 1, or 0 where the lift is below 1.
 *   <li>{@code cold_start_part}: for a new product ({@link ColdStart}), portrait_part + non_buyer_part, which are then
 *       0 themselves. So rates that are estimated from other products have a weight of their own.
 *   <li>{@code long_tail_part}: as item_model_part, for a product that the item model does not contain ({@link
 *       LongTail}).
 *   <li>{@code popularity_part}: members who do not own it, times the rate of all users.
 *   <li>{@code monthly_popularity_part}, {@code weekly_popularity_part}: the same, where an owner counts half for every
 *       28 and for every 7 days since they bought it ({@link koc.recommend.products.RecentPopularity}).
 *   <li>{@code pool_part}: members who do not own it, times the rate of the pool itself, shrunk towards that of all
 *       users: {@code (owners + k x rate) / (pool_size + k)}. With 6 owners among 20 members, a rate of .1 and k = 20:
 *       .2.
 *   <li>{@code portrait_popularity_part}: the rate of the pool's mix of portraits, times the number of members who are
 *       not due to repurchase, owners among them included. Members count 1, whatever their activity.
 * </ul>
 *
 * <p>The parts from popularity_part to portrait_popularity_part are 0 for a new product. {@code SimpleRecommender}
 * lists the parts that are recommenders of their own.
 *
 * <p>Every part except repurchase_part has two columns: one for owners who are due to repurchase (prefix {@code due_},
 * {@link Part#dueColumn}), and one for non-owners; in portrait_popularity_part the latter includes owners who are not
 * due. Both columns have the same weight: long after the product is used up, a due owner buys it as often as a
 * non-owner.
 *
 * <p>In the parts, a member who owns any product counts with their activity, by recency and breadth ({@link
 * UserActivity#withActivity}), and a member who owns none counts 1. There are exceptions: repurchase_part has the
 * recency factor alone; portrait_popularity_part, the second term of non_buyer_part and product_affinity count every
 * member 1.
 *
 * <p>{@code product_affinity} = (owners + k) / (expected + k), where expected = members x the product's rate among all
 * users. It is above 1 when friends like the same things. With 5 owners where 2 are expected and k = 10: 15 / 12 =
 * 1.25.
 */
public record CandidateFeatures(PortraitIndex portraits, RecommendSettings settings) {
    /** The affinities, in the order of the model's exponents: factors of the sum of the parts. */
    public static final List<String> AFFINITIES = List.of("product_affinity", "category_affinity");

    /** The two kinds of members who may buy. The columns of each kind have its prefix. */
    private enum MemberKind {
        NON_OWNERS(""),
        DUE_OWNERS(Part.DUE);

        private final String prefix;

        MemberKind(String prefix) {
            this.prefix = prefix;
        }

        String column(String name) {
            return prefix + name;
        }

        String column(Part part) {
            return column(part.column());
        }
    }

    /**
     * Computes the features of each product on a pool's shortlist.
     *
     * @param kocs {@link TrafficPools#KOCS} with lifts (by portrait)
     * @param members koc_number, user_id, portrait_index, first_purchase_activity, repurchase_activity
     * @param owned user_id, product_number, is_due, overdue_factor, item_score
     * @param shortlist {@link PoolShortlist#SHORTLIST} with category_affinity
     * @param offers product_number, rates, population_rate, monthly_recency, weekly_recency, is_new
     * @return koc_number, product_number, owners, owners_not_due, product_affinity, category_affinity, the parts, and
     *     the parts of due owners ({@link Part#dueColumn}) except repurchase_part
     */
    public Dataset<Row> compute(
            Dataset<Row> kocs, Dataset<Row> members, Dataset<Row> owned, Dataset<Row> shortlist, Dataset<Row> offers) {
        String repurchases = Part.REPURCHASE.column();
        double shrinkage = settings.productAffinityShrinkage();
        Column expectedOwners = col("pool_size").multiply(col("population_rate"));
        Dataset<Row> counts = shortlist
                .join(
                        broadcast(offers.select(
                                "product_number",
                                "rates",
                                "population_rate",
                                "monthly_recency",
                                "weekly_recency",
                                "is_new")),
                        new String[] {"product_number"},
                        "inner")
                .join(ownerSums(members, owned, shortlist), new String[] {"koc_number", "product_number"}, "left")
                .join(
                        kocs.select(
                                "koc_number",
                                "pool_size",
                                "buying_member_activity",
                                "non_buyers",
                                "completing_mix",
                                "mix",
                                "pool_weight",
                                "lifts"),
                        new String[] {"koc_number"},
                        "inner")
                .withColumn("owners", coalesce(col("owners"), lit(0L)))
                .withColumn("owners_not_due", coalesce(col("owners_not_due"), lit(0L)))
                .withColumn(repurchases, coalesce(col(repurchases), lit(0.0)))
                .withColumn("product_affinity", col("owners").plus(shrinkage).divide(expectedOwners.plus(shrinkage)));
        Stream<Column> counted = Stream.of("koc_number", "product_number", "owners", "owners_not_due")
                .map(name -> col(name));
        Stream<Column> affinities = AFFINITIES.stream().map(name -> col(name));
        List<Column> columns =
                new ArrayList<>(Stream.concat(counted, affinities).toList());
        columns.add(col(repurchases));
        columns.addAll(parts(MemberKind.NON_OWNERS));
        columns.addAll(parts(MemberKind.DUE_OWNERS));
        return withMemberKinds(counts).select(columns.toArray(Column[]::new));
    }

    /** Adds the members who may buy, of both kinds: their activity by portrait, number, and sum of item scores. */
    private Dataset<Row> withMemberKinds(Dataset<Row> counts) {
        Column ownerActivity = coalesce(col("owner_activity"), portraits.zeros());
        return counts.withColumn(
                        MemberKind.NON_OWNERS.column("activity"),
                        zip_with(col("buying_member_activity"), ownerActivity, (all, owners) -> all.minus(owners)))
                .withColumn(
                        MemberKind.DUE_OWNERS.column("activity"),
                        coalesce(col("due_owner_activity"), portraits.zeros()))
                .withColumn(
                        MemberKind.NON_OWNERS.column("members"),
                        col("pool_size").minus(col("owners")))
                .withColumn(
                        MemberKind.DUE_OWNERS.column("members"), col("owners").minus(col("owners_not_due")))
                .withColumn(
                        MemberKind.NON_OWNERS.column("item_scores"),
                        col("item_score_sum").minus(coalesce(col("owner_item_scores"), lit(0.0))))
                .withColumn(
                        MemberKind.DUE_OWNERS.column("item_scores"), coalesce(col("due_owner_item_scores"), lit(0.0)));
    }

    /** The parts of one kind of members, under the names of {@link Part#column} with the kind's prefix. */
    private List<Column> parts(MemberKind kind) {
        Column isLongTail = col("product_number").gt(settings.itemModel().head());
        Column isNew = col("is_new");
        Column zero = lit(0.0);
        Column portraitPart = rounded(
                portraits.unrolledSum(index -> expectedByPortrait(kind, index)).multiply(col("pool_weight")));
        Column nonBuyerPart = rounded(nonBuyers(kind));
        Column itemScores = rounded(greatest(zero, col(kind.column("item_scores"))));
        Column influencePart = rounded(portraits
                .unrolledSum(index -> expectedByPortrait(kind, index)
                        .multiply(greatest(zero, at("lifts", index).minus(1.0))))
                .multiply(col("pool_weight")));
        Column popularity = totalActivity(kind).multiply(col("population_rate"));
        Column portraitPopularity = portraits
                .rateOfMix()
                .multiply(
                        kind == MemberKind.DUE_OWNERS
                                ? col(kind.column("members"))
                                : col("pool_size").minus(col(MemberKind.DUE_OWNERS.column("members"))));
        return List.of(
                when(isNew, zero).otherwise(portraitPart).as(kind.column(Part.PORTRAIT)),
                when(isNew, zero).otherwise(nonBuyerPart).as(kind.column(Part.NON_BUYER)),
                when(isLongTail, zero).otherwise(itemScores).as(kind.column(Part.ITEM_MODEL)),
                influencePart.as(kind.column(Part.INFLUENCE)),
                when(isNew, portraitPart.plus(nonBuyerPart)).otherwise(zero).as(kind.column(Part.COLD_START)),
                when(isLongTail, itemScores).otherwise(zero).as(kind.column(Part.LONG_TAIL)),
                when(isNew, zero).otherwise(rounded(popularity)).as(kind.column(Part.POPULARITY)),
                when(isNew, zero)
                        .otherwise(rounded(popularity.multiply(col("monthly_recency"))))
                        .as(kind.column(Part.MONTHLY_POPULARITY)),
                when(isNew, zero)
                        .otherwise(rounded(popularity.multiply(col("weekly_recency"))))
                        .as(kind.column(Part.WEEKLY_POPULARITY)),
                when(isNew, zero)
                        .otherwise(rounded(totalActivity(kind).multiply(poolRate())))
                        .as(kind.column(Part.POOL)),
                when(isNew, zero).otherwise(rounded(portraitPopularity)).as(kind.column(Part.PORTRAIT_POPULARITY)));
    }

    /** The activity of one kind of members, of all portraits together. Members who own no product count 1. */
    private Column totalActivity(MemberKind kind) {
        Column activity = portraits.unrolledSum(index -> at(kind.column("activity"), index));
        return kind == MemberKind.DUE_OWNERS
                ? activity
                : activity.plus(portraits.unrolledSum(index -> at("non_buyers", index)));
    }

    private Column poolRate() {
        double shrinkage = settings.rateShrinkage();
        return col("owners")
                .plus(col("population_rate").multiply(shrinkage))
                .divide(col("pool_size").plus(lit(shrinkage)));
    }

    private static Column expectedByPortrait(MemberKind kind, int index) {
        return at(kind.column("activity"), index).multiply(at("rates", index));
    }

    /**
     * The non_buyer_part of one kind of members: (1 - pool_weight) x all members of the kind at the mean rate of the
     * users who complete a thin pool + pool_weight x the members who own no product, of whom none is due.
     */
    private Column nonBuyers(MemberKind kind) {
        Column completing = portraits
                .unrolledSum(index -> at("completing_mix", index).multiply(at("rates", index)))
                .multiply(col(kind.column("members")).cast(DataTypes.DoubleType))
                .multiply(lit(1.0).minus(col("pool_weight")));
        return kind == MemberKind.DUE_OWNERS
                ? completing
                : portraits
                        .unrolledSum(index -> at("non_buyers", index).multiply(at("rates", index)))
                        .multiply(col("pool_weight"))
                        .plus(completing);
    }

    private static Column rounded(Column value) {
        return round(value, 9);
    }

    /** Sums over the members who own a product of the shortlist, per KOC and product. */
    private Dataset<Row> ownerSums(Dataset<Row> members, Dataset<Row> owned, Dataset<Row> shortlist) {
        Column itemScores = col("first_purchase_activity").multiply(col("item_score"));
        return members.join(owned, new String[] {"user_id"}, "inner")
                .join(
                        shortlist.select("koc_number", "product_number"),
                        new String[] {"koc_number", "product_number"},
                        "left_semi")
                .groupBy("koc_number", "product_number")
                .agg(
                        count(lit(1)).as("owners"),
                        count_if(not(col("is_due"))).as("owners_not_due"),
                        sum(itemScores).as("owner_item_scores"),
                        sum(when(col("is_due"), itemScores).otherwise(0.0)).as("due_owner_item_scores"),
                        sum(col("repurchase_activity").multiply(col("overdue_factor")))
                                .as(Part.REPURCHASE.column()),
                        portraits.sumByPortrait(col("first_purchase_activity")).as("owner_activity"),
                        portraits
                                .sumByPortrait(when(col("is_due"), col("first_purchase_activity"))
                                        .otherwise(0.0))
                                .as("due_owner_activity"));
    }
}
