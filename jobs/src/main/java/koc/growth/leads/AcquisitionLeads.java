package koc.growth.leads;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import koc.growth.Engagement;
import koc.growth.GrowthKocs;
import koc.growth.GrowthSettings;
import koc.growth.GrowthUsers;
import koc.rules.KocType;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.StructType;

/** Which users each KOC should try to acquire next, and on which occasion (scene). */
public final class AcquisitionLeads {
    /**
     * One row per user who may be a lead. {@code scene} is null when no occasion applies; {@code category} is null
     * when the user prefers none clearly.
     */
    public static final StructType CANDIDATES = StructType.fromDDL("""
            user_id STRING, region STRING, county STRING, store_id STRING, category STRING,
            category_fraction DOUBLE, inquiries_90d LONG, recency_days INT, orders_90d LONG, orders_365d LONG,
            net_spend_365d DECIMAL(18,2), discount_rate DOUBLE, scene STRING""");

    /**
     * Leads are allocated without a limit, because the best of each KOC are selected after excluded pairs are removed.
     */
    private static final long NO_LIMIT = 1_000_000_000;

    private static final String[] USER = {"user_id"};
    private static final String[] PAIR = {"koc_id", "user_id"};

    private final GrowthSettings settings;
    private final GrowthSettings.Leads leads;
    private final LocalDate day;

    public AcquisitionLeads(GrowthSettings settings, LocalDate day) {
        this.settings = settings;
        this.leads = settings.leads();
        this.day = day;
    }

    /**
     * Users -> those who may be a lead ({@link #CANDIDATES}): consumers who did not opt out of marketing, and
     * whose account is not likely automated.
     *
     * <p>{@code scene} is the first of the configured scenes that applies: pre_sale (asked in 90 days, but bought
     * nothing in them), after_sale (bought in the last {@code recentDays}), coupon (saved {@code minDiscountRate} of
     * the list price in 365 days), or order (bought in 365 days). {@code category} is the user's top category, null
     * when it has less than {@code minCategoryFraction} of the user's attention.
     *
     * @param users as {@link GrowthUsers#describe} returns them
     * @param features user_features as of the day
     */
    public Dataset<Row> selectCandidates(Dataset<Row> users, Dataset<Row> features) {
        Column isClearPreference = col("top_category_fraction").geq(leads.minCategoryFraction());
        Map<String, Column> occasions = Map.of(
                "pre_sale", col("inquiries_90d").gt(0).and(col("orders_90d").equalTo(0)),
                "after_sale", col("recency_days").leq(leads.recentDays()),
                "coupon", col("discount_rate").geq(leads.minDiscountRate()),
                "order", col("orders_365d").gt(0));
        Column scene = lit(null).cast("string");
        for (String configured : leads.scenes()) {
            scene = coalesce(scene, when(occasions.getOrDefault(configured, lit(false)), configured));
        }
        Column isConsumer = col("role").equalTo(KocType.USER.role());
        return users.where(not(col("marketing_opt_out")).and(isConsumer))
                .select(
                        col("user_id"),
                        col("region"),
                        col("county"),
                        col("store_id"),
                        when(isClearPreference, col("top_category")).as("category"),
                        when(isClearPreference, col("top_category_fraction")).as("category_fraction"))
                .join(
                        features.where(not(col("is_likely_automated")))
                                .select(
                                        "user_id",
                                        "inquiries_90d",
                                        "recency_days",
                                        "orders_90d",
                                        "orders_365d",
                                        "net_spend_365d",
                                        "discount_rate"),
                        USER,
                        "inner")
                .withColumn("scene", scene)
                .to(CANDIDATES);
    }

    /**
     * Candidates -> the rows of acquisition_leads.
     *
     * <p>A user is a lead of every KOC whose shares they engaged with. In addition, each user goes to at most one
     * employee or guide of their store, one KOC of their county with the same main category, and one KOC of their
     * county, so that few KOCs approach the same user. Within a store or county the best leads go to the best KOCs in
     * turn ({@link RoundRobinAllocation}).
     *
     * @param candidates {@link #CANDIDATES}
     * @param kocs {@link GrowthKocs#SCHEMA}
     * @param engagement {@link Engagement#SCHEMA}
     * @param excludedPairs koc_id and user_id of pairs that must not be leads; may repeat
     */
    public Dataset<Row> select(
            Dataset<Row> candidates, Dataset<Row> kocs, Dataset<Row> engagement, Dataset<Row> excludedPairs) {
        Dataset<Row> recruiters = kocs.where(not(col("is_revoked")));
        Dataset<Row> pairs = selectEngagedLeads(candidates, recruiters, engagement)
                .unionByName(allocateLeads(candidates, recruiters));
        return keepNearest(pairs)
                .join(excludedPairs.select("koc_id", "user_id"), PAIR, "left_anti")
                .withColumn(
                        "rank", row_number().over(Window.partitionBy("koc_id").orderBy(leadOrder())))
                .where(col("rank").leq(leads.maxPerKoc()))
                .select(
                        lit(day).as("day"),
                        col("koc_id"),
                        col("rank"),
                        col("user_id"),
                        col("scene"),
                        col("found_by"),
                        LeadReasons.explain(settings).as("reason"));
    }

    /** Candidates who engaged with the KOC: one row per KOC and user. */
    private Dataset<Row> selectEngagedLeads(Dataset<Row> candidates, Dataset<Row> recruiters, Dataset<Row> engagement) {
        return engagement
                .where("size(engaged_days) > 0")
                .select("koc_id", "user_id")
                .join(recruiters.select("koc_id"), new String[] {"koc_id"}, "left_semi")
                .join(candidates, USER, "inner")
                .where("scene IS NOT NULL")
                .withColumn("found_by", lit("engagement"))
                .withColumn("distance", lit(1))
                .withColumn("priority", scenePriority());
    }

    /** Leads from the same store, county and category, or county: up to three rows per user. */
    private Dataset<Row> allocateLeads(Dataset<Row> candidates, Dataset<Row> recruiters) {
        return RoundRobinAllocation.allocate(
                        withSources(candidates).withColumn("priority", scenePriority()),
                        List.of(
                                col("priority").asc(),
                                spend().desc(),
                                col("user_id").asc()),
                        withAllocationGroups(recruiters),
                        List.of(col("score").desc_nulls_last(), col("koc_id").asc()),
                        NO_LIMIT)
                .drop("score")
                .where(col("koc_id").notEqual(col("user_id")));
    }

    /**
     * One row per KOC and user: engagement first, then the scene with the highest priority, then the nearest
     * source.
     */
    private static Dataset<Row> keepNearest(Dataset<Row> pairs) {
        Column pairRank = row_number()
                .over(Window.partitionBy("koc_id", "user_id")
                        .orderBy(
                                isEngaged().desc(),
                                col("priority").asc(),
                                col("distance").asc()));
        return pairs.withColumn("pair_rank", pairRank).where("pair_rank = 1");
    }

    private static Column[] leadOrder() {
        return new Column[] {
            isEngaged().desc(),
            col("priority").asc(),
            col("distance").asc(),
            spend().desc(),
            col("user_id").asc()
        };
    }

    private static Column isEngaged() {
        return col("distance").equalTo(1);
    }

    private static Column spend() {
        return coalesce(col("net_spend_365d"), lit(0));
    }

    /** One row per user and source that applies: store, category (same county and category) and county. */
    private Dataset<Row> withSources(Dataset<Row> candidates) {
        Column similarGroup = when(lit(leads.scenes().contains("similar_group")), "similar_group");
        Column[] sources = {
            source("store", 2, storeGroup(), col("scene")),
            source("category", 3, categoryGroup(col("category")), similarGroup),
            source("county", 4, col("region"), col("scene"))
        };
        return candidates
                .withColumn("source", explode(array(sources)))
                .where("source.allocation_group IS NOT NULL AND source.scene IS NOT NULL")
                .withColumn(RoundRobinAllocation.GROUP, col("source.allocation_group"))
                .withColumn("scene", col("source.scene"))
                .withColumn("found_by", col("source.found_by"))
                .withColumn("distance", col("source.distance"))
                .drop("source");
    }

    private static Column source(String foundBy, int distance, Column group, Column scene) {
        return struct(
                lit(foundBy).as("found_by"),
                lit(distance).as("distance"),
                group.as(RoundRobinAllocation.GROUP),
                scene.as("scene"));
    }

    /** KOCs -> one row per KOC and group they recruit in: koc_id, score, allocation_group. */
    private static Dataset<Row> withAllocationGroups(Dataset<Row> kocs) {
        Column store = when(KocType.isStaff(col("koc_type")), storeGroup());
        return kocs.select(
                        col("koc_id"),
                        col("score"),
                        explode(array(store, categoryGroup(col("main_category")), col("region")))
                                .as(RoundRobinAllocation.GROUP))
                .where(col(RoundRobinAllocation.GROUP).isNotNull());
    }

    private static Column storeGroup() {
        return when(col("store_id").isNotNull(), concat_ws(" # ", lit("store"), col("store_id")));
    }

    private static Column categoryGroup(Column category) {
        return when(col("region").isNotNull().and(category.isNotNull()), concat_ws(" # ", col("region"), category));
    }

    /** Position of the scene in the configured order, 1 for the first. */
    private Column scenePriority() {
        Column scenes = array(leads.scenes().stream().map(scene -> lit(scene)).toArray(Column[]::new));
        return array_position(scenes, col("scene"));
    }
}
