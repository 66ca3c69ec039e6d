package koc.recommend.pools;

import static koc.recommend.PortraitIndex.at;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.zip_with;

import java.time.LocalDate;
import java.util.stream.IntStream;
import koc.recommend.PortraitIndex;
import koc.recommend.split.UserActivity;
import koc.rules.KocEligibility;
import koc.rules.KocType;
import koc.rules.RegionKey;
import koc.tables.Frame;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;

/**
 * Describes the traffic pools: members, KOCs, and the mix of portraits of each pool.
 *
 * @param minPool members that the pool of a user or external KOC needs
 * @param minBuyingMembers buying members below which a pool is thin, and completed with other users; a county completes
 *     pools only if at least as many of its users have a portrait
 */
public record TrafficPools(PortraitIndex portraits, int minPool, int minBuyingMembers) {
    /** What {@link #describeMembers} returns. */
    public static final Frame MEMBERS = Frame.named("members")
            .grain("one row per KOC and member of their pool")
            .columns("""
            koc_id                  STRING COMMENT 'KOC',
            user_id                 STRING COMMENT 'Member',
            portrait_index          INT COMMENT 'Index of the member''s portrait; the number of portraits without one',
            owned_products          BIGINT COMMENT 'Products the member owns, 0 and more',
            first_purchase_activity DOUBLE COMMENT 'First purchases over those of the average buyer; 1 for an unknown user',
            repurchase_activity     DOUBLE COMMENT 'The same for repurchases; 1 for an unknown user'""");

    /** What {@link #selectKocs} returns. Arrays are by portrait. */
    public static final Frame KOCS =
            Frame.named("kocs").grain("one row per KOC").columns("""
            koc_id                 STRING COMMENT 'KOC',
            koc_number             INT COMMENT '1, 2, ... by koc_id',
            koc_type               STRING COMMENT 'employee, guide, external or user',
            county                 STRING COMMENT 'County of the KOC',
            pool_size              BIGINT COMMENT 'Members',
            buying_members         BIGINT COMMENT 'Members who own a product',
            members                ARRAY<BIGINT> COMMENT 'Members by portrait',
            buying_member_activity ARRAY<DOUBLE> COMMENT 'Sum of first_purchase_activity of the buying members, by portrait',
            non_buyers             ARRAY<BIGINT> COMMENT 'Members who own no product, by portrait',
            completing_mix         ARRAY<DOUBLE> COMMENT 'Fractions of portraits among the users who complete a thin pool; sum to 1',
            mix                    ARRAY<DOUBLE> COMMENT 'Fractions of portraits in the pool, completed with completing_mix; sum to 1',
            pool_weight            DOUBLE COMMENT 'Weight of the pool''s own members in mix, 0..1',
            basis                  STRING COMMENT 'Users in mix: pool (its members alone), county (completed with users of the county) or all_users',
            heterogeneity          DOUBLE COMMENT 'Entropy of the mix, 0..1'""");

    /**
     * Adds portraits and activity to the members of the pools. Returns {@link #MEMBERS}.
     *
     * @param pools koc_id, user_id
     * @param users {@link UserActivity#USERS}
     */
    public Dataset<Row> describeMembers(Dataset<Row> pools, Dataset<Row> users) {
        return pools.join(users, new String[] {"user_id"}, "left")
                .select(
                        col("koc_id"),
                        col("user_id"),
                        coalesce(col("portrait_index"), lit(portraits.withoutPortrait()))
                                .as("portrait_index"),
                        coalesce(col("owned_products"), lit(0L)).as("owned_products"),
                        coalesce(col("first_purchase_activity"), lit(1.0)).as("first_purchase_activity"),
                        coalesce(col("repurchase_activity"), lit(1.0)).as("repurchase_activity"));
    }

    /**
     * The KOCs to recommend to ({@link KocEligibility#isKoc}), with the mix of portraits of their pools. Returns {@link
     * #KOCS}.
     *
     * <p>A pool with few buying members is thin, and is completed with other users: {@code pool_weight} = buying
     * members / min-buying-members, at most 1. The other users are those of the KOC's county when at least
     * min-buying-members of them have a portrait, else all users. {@code mix} = pool_weight x fractions of the pool +
     * (1 - pool_weight) x fractions of the other users. With 4 buying members and min-buying-members 10, the pool's own
     * fractions count 40%. The weight grows gradually, so that the products of a pool do not all change on the day when
     * its tenth member buys.
     *
     * <p>{@code heterogeneity} is the entropy of the mix over the portraits, divided by ln(portraits). Members without
     * a portrait are left out. It is 0 in a pool of one portrait, and 1 when all portraits are equally frequent. With
     * fractions .9 and .1 it is (.9 ln(1/.9) + .1 ln(1/.1)) / ln 2 = .47.
     *
     * @param members {@link #MEMBERS}
     * @param users users as of the run date, with role, province, city and county
     * @param userPortraits one row per user: user_id, portrait_id
     */
    public Dataset<Row> selectKocs(Dataset<Row> members, Dataset<Row> users, Dataset<Row> userPortraits) {
        Dataset<Row> profiles = users.select(
                col("user_id").as("koc_id"),
                col("role"),
                col("county"),
                RegionKey.region().as("county_key"));
        return poolCounts(members)
                .join(profiles, new String[] {"koc_id"}, "left")
                .withColumn("koc_type", KocType.fromRole(col("role")))
                .where(KocEligibility.isKoc(col("koc_type"), col("pool_size"), minPool))
                .join(countyMixes(users, userPortraits), new String[] {"county_key"}, "left")
                .withColumn(
                        "pool_weight", least(lit(1.0), col("buying_members").divide(lit((double) minBuyingMembers))))
                .withColumn(
                        "basis",
                        when(col("pool_weight").equalTo(1.0), "pool")
                                .when(col("county_mix").isNotNull(), "county")
                                .otherwise("all_users"))
                .withColumn("completing_mix", coalesce(col("county_mix"), portraits.populationMix()))
                .withColumn("mix", zip_with(col("members"), col("completing_mix"), TrafficPools::mixed))
                .withColumn("portrait_mix", slice(col("mix"), 1, portraits.size()))
                .withColumn("portrait_fraction", PortraitIndex.sumOf(col("portrait_mix")))
                .withColumn("heterogeneity", entropy())
                .withColumn("koc_number", row_number().over(Window.orderBy("koc_id")))
                .select(KOCS.columnNames().stream().map(name -> col(name)).toArray(Column[]::new));
    }

    /**
     * The members of each pool: koc_id, pool_size, is_koc (whether koc_id is a KOC). It needs no portraits and no
     * history, so it tells early whether there is anybody to recommend to.
     *
     * @param pools koc_id, user_id
     * @param users users as of the run date, with role
     */
    public Dataset<Row> countMembers(Dataset<Row> pools, Dataset<Row> users) {
        return pools.groupBy("koc_id")
                .agg(count(lit(1)).as("pool_size"))
                .join(users.select(col("user_id").as("koc_id"), col("role")), new String[] {"koc_id"}, "left")
                .select(
                        col("koc_id"),
                        col("pool_size"),
                        KocEligibility.isKoc(KocType.fromRole(col("role")), col("pool_size"), minPool)
                                .as("is_koc"));
    }

    /**
     * The rows of koc_pool_mix: one per KOC and portrait of its members. Members without a portrait count in pool_size,
     * so the fractions of a pool with such members sum to less than 1.
     *
     * @param kocs koc_id, pool_size, members
     */
    public Dataset<Row> computeMixRows(Dataset<Row> kocs, LocalDate day) {
        Column[] counts = IntStream.range(0, portraits.size())
                .mapToObj(index -> struct(
                        lit(portraits.id(index)).as("portrait_id"),
                        lit(portraits.name(index)).as("portrait_name"),
                        at("members", index).as("members"),
                        lit(portraits.populationFraction(index)).as("population_fraction")))
                .toArray(Column[]::new);
        return kocs.select(
                        col("koc_id"), col("pool_size"), explode(array(counts)).as("portrait"))
                .where("portrait.members > 0")
                .select(
                        lit(day).as("day"),
                        col("koc_id"),
                        col("portrait.portrait_id"),
                        col("portrait.portrait_name"),
                        col("portrait.members"),
                        col("portrait.members").divide(col("pool_size")).as("member_fraction"),
                        col("portrait.population_fraction"));
    }

    private Dataset<Row> poolCounts(Dataset<Row> members) {
        Column isBuying = col("owned_products").gt(0);
        return members.groupBy("koc_id")
                .agg(
                        count(lit(1)).as("pool_size"),
                        count_if(isBuying).as("buying_members"),
                        portraits.countByPortrait(lit(true)).as("members"),
                        portraits
                                .sumByPortrait(when(isBuying, col("first_purchase_activity"))
                                        .otherwise(0.0))
                                .as("buying_member_activity"),
                        portraits
                                .countByPortrait(col("owned_products").equalTo(0))
                                .as("non_buyers"));
    }

    /** The fractions of portraits among the users of each county with at least minBuyingMembers users who have one. */
    private Dataset<Row> countyMixes(Dataset<Row> users, Dataset<Row> userPortraits) {
        return users.withColumn("county_key", RegionKey.region())
                .where("county_key IS NOT NULL")
                .join(userPortraits.select("user_id", "portrait_id"), new String[] {"user_id"}, "inner")
                .withColumn("portrait_index", portraits.indexOf(col("portrait_id")))
                .groupBy("county_key")
                .agg(
                        count(lit(1)).cast(DataTypes.DoubleType).as("county_users"),
                        portraits.countByPortrait(lit(true)).as("county_members"))
                .where(col("county_users").geq(minBuyingMembers))
                .withColumn(
                        "county_mix", transform(col("county_members"), members -> members.divide(col("county_users"))))
                .drop("county_users", "county_members");
    }

    private static Column mixed(Column members, Column completingFraction) {
        return col("pool_weight")
                .multiply(members)
                .divide(col("pool_size").cast(DataTypes.DoubleType))
                .plus(lit(1.0).minus(col("pool_weight")).multiply(completingFraction));
    }

    private Column entropy() {
        if (portraits.size() < 2) {
            return lit(0.0);
        }
        Column total = col("portrait_fraction");
        Column entropy = PortraitIndex.sumOf(transform(col("portrait_mix"), fraction -> when(
                        fraction.gt(0), fraction.divide(total).multiply(log(total.divide(fraction))))
                .otherwise(0.0)));
        return greatest(lit(0.0), least(lit(1.0), entropy.divide(Math.log(portraits.size()))));
    }
}
