package koc.recommend;

import static koc.recommend.PortraitOrder.at;
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
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.zip_with;

import java.time.LocalDate;
import java.util.stream.IntStream;
import koc.rules.KocEligibility;
import koc.rules.KocType;
import koc.rules.RegionKey;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;

/** Who is in each KOC's pool, and who of all users is a KOC to recommend to. */
final class TrafficPools {
    private TrafficPools() {}

    /**
     * The members with what is known of them. Grain unchanged.
     *
     * @param pools koc_id, user_id
     * @param people as {@link People#weighted} returns them
     * @return koc_id, user_id, place (the last place for a user of whom nothing is known), products_held (0 and more),
     *     weight and time_weight (1 for a user of whom nothing is known)
     */
    static Dataset<Row> members(Dataset<Row> pools, Dataset<Row> people, PortraitOrder order) {
        return pools.join(people, new String[] {"user_id"}, "left")
                .select(
                        col("koc_id"),
                        col("user_id"),
                        coalesce(col("place"), lit(order.size())).as("place"),
                        coalesce(col("products_held"), lit(0L)).as("products_held"),
                        coalesce(col("weight"), lit(1.0)).as("weight"),
                        coalesce(col("time_weight"), lit(1.0)).as("time_weight"));
    }

    /**
     * The KOCs to recommend to ({@link KocEligibility#isKoc}).
     *
     * <p>A pool speaks for itself as far as its members have bought anything: {@code own_weight} = members with
     * purchases / min-pool, at most 1. The rest is made up by the users of the KOC's county when there are at least
     * min-pool of them with a portrait, else by everybody: {@code mix} = own_weight x own shares + (1 - own_weight) x
     * the stand-in's shares. With 4 such members and min-pool 10, the mix is 40% the pool's own. So a pool does not
     * change its products overnight when its tenth member buys.
     *
     * <p>{@code heterogeneity} is the entropy of the mix over the portraits, members without one left out, over
     * ln(portraits): 0 when all are alike, 1 when every portrait has the same share. With two portraits of shares .9
     * and .1: (.9 ln(1/.9) + .1 ln(1/.1)) / ln 2 = .47.
     *
     * @param members as {@link #members} returns them
     * @param users one row per user, with role and place of living
     * @param userPortraits one row per user
     * @return one row per KOC: koc_id, koc_number (1, 2, ... by koc_id), koc_type, county, pool_size, buying_members,
     *     members, buyers_weight (of those who have anything), newcomers (who have nothing), stand_in, mix (arrays by
     *     place; the last two sum to 1), own_weight, basis, heterogeneity
     */
    static Dataset<Row> candidates(
            Dataset<Row> members,
            Dataset<Row> users,
            Dataset<Row> userPortraits,
            PortraitOrder order,
            RecommendSettings settings) {
        Dataset<Row> pools = members.groupBy("koc_id")
                .agg(
                        count(lit(1)).as("pool_size"),
                        count_if(col("products_held").gt(0)).as("buying_members"),
                        order.arrayOf(place -> count_if(col("place").equalTo(place)))
                                .as("members"),
                        order.arrayOf(place -> sum(when(
                                                isAt(place)
                                                        .and(col("products_held")
                                                                .gt(0)),
                                                col("weight"))
                                        .otherwise(0.0)))
                                .as("buyers_weight"),
                        order.arrayOf(place -> count_if(
                                        isAt(place).and(col("products_held").equalTo(0))))
                                .as("newcomers"));
        Dataset<Row> known = users.select(
                col("user_id").as("koc_id"),
                col("role"),
                col("county"),
                RegionKey.region().as("region"));
        Column poolSize = col("pool_size").cast(DataTypes.DoubleType);
        return pools.join(known, new String[] {"koc_id"}, "left")
                .withColumn("koc_type", KocType.fromRole(col("role")))
                .where(KocEligibility.isKoc(col("koc_type"), col("pool_size"), settings.minPool()))
                .join(countyMixes(users, userPortraits, order, settings.minPool()), new String[] {"region"}, "left")
                .withColumn(
                        "own_weight", least(lit(1.0), col("buying_members").divide(lit((double) settings.minPool()))))
                .withColumn(
                        "basis",
                        when(col("own_weight").equalTo(1.0), "pool")
                                .when(col("county_shares").isNotNull(), "county")
                                .otherwise("everybody"))
                .withColumn("stand_in", coalesce(col("county_shares"), order.shares()))
                .withColumn("mix", zip_with(col("members"), col("stand_in"), (member, share) -> col("own_weight")
                        .multiply(member)
                        .divide(poolSize)
                        .plus(lit(1.0).minus(col("own_weight")).multiply(share))))
                .withColumn("known_mix", slice(col("mix"), 1, order.size()))
                .withColumn("known_share", PortraitOrder.sum(col("known_mix")))
                .withColumn("heterogeneity", evenness(order))
                .withColumn("koc_number", row_number().over(Window.orderBy("koc_id")))
                .select(
                        "koc_id",
                        "koc_number",
                        "koc_type",
                        "county",
                        "pool_size",
                        "buying_members",
                        "members",
                        "buyers_weight",
                        "newcomers",
                        "stand_in",
                        "mix",
                        "own_weight",
                        "basis",
                        "heterogeneity");
    }

    /**
     * The rows of koc_pool_mix: one per KOC and portrait that the pool has members of. Members without a portrait count
     * in the pool, so that the shares of such a pool sum to less than 1.
     *
     * @param kocs koc_id, pool_size, members
     */
    static Dataset<Row> mix(Dataset<Row> kocs, PortraitOrder order, LocalDate day) {
        Column[] parts = IntStream.range(0, order.size())
                .mapToObj(place -> struct(
                        lit(order.portraits().get(place).id()).as("portrait_id"),
                        lit(order.portraits().get(place).name()).as("portrait_name"),
                        at("members", place).as("members"),
                        lit(order.share(place)).as("population_fraction")))
                .toArray(Column[]::new);
        return kocs.select(
                        col("koc_id"), col("pool_size"), explode(array(parts)).as("part"))
                .where("part.members > 0")
                .select(
                        lit(day).as("day"),
                        col("koc_id"),
                        col("part.portrait_id"),
                        col("part.portrait_name"),
                        col("part.members"),
                        col("part.members").divide(col("pool_size")).as("share"),
                        col("part.population_fraction"));
    }

    /** Shares of the portraits among the users of each county with at least this many users who have one. */
    private static Dataset<Row> countyMixes(
            Dataset<Row> users, Dataset<Row> userPortraits, PortraitOrder order, int minUsers) {
        return users.withColumn("region", RegionKey.region())
                .where("region IS NOT NULL")
                .join(userPortraits.select("user_id", "portrait_id"), new String[] {"user_id"}, "inner")
                .withColumn("place", order.place(col("portrait_id")))
                .groupBy("region")
                .agg(
                        count(lit(1)).cast(DataTypes.DoubleType).as("county_users"),
                        order.arrayOf(place -> count_if(col("place").equalTo(place)))
                                .as("county_members"))
                .where(col("county_users").geq(minUsers))
                .withColumn(
                        "county_shares",
                        transform(col("county_members"), members -> members.divide(col("county_users"))))
                .drop("county_users", "county_members");
    }

    private static Column isAt(int place) {
        return col("place").equalTo(place);
    }

    private static Column evenness(PortraitOrder order) {
        if (order.size() < 2) {
            return lit(0.0);
        }
        Column entropy = PortraitOrder.sum(transform(col("known_mix"), share -> when(
                        share.gt(0),
                        share.divide(col("known_share"))
                                .multiply(log(col("known_share").divide(share))))
                .otherwise(0.0)));
        return greatest(lit(0.0), least(lit(1.0), entropy.divide(Math.log(order.size()))));
    }
}
