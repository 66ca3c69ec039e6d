package koc.growth.leads;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.Map;
import koc.growth.Engagement;
import koc.growth.GrowthKocs;
import koc.growth.GrowthSettings;
import koc.rules.KocType;
import koc.tables.Frame;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** Which users each KOC should try to acquire next, and on which occasion (scene). */
public final class AcquisitionLeads {
    /** The users who may be leads. */
    public static final Frame CANDIDATES =
            Frame.named("lead_candidates").grain("one row per user").columns("""
                    user_id           STRING COMMENT 'User id',
                    region            STRING COMMENT 'Key of the county',
                    county            STRING COMMENT 'County',
                    store_id          STRING COMMENT 'Store of the user',
                    category          STRING COMMENT 'Preferred category; null when the user prefers none clearly',
                    category_fraction DOUBLE COMMENT 'Fraction of the attention that it has',
                    portrait_id       STRING COMMENT 'Portrait of the user',
                    portrait_name     STRING COMMENT 'Name of the portrait',
                    kocs              BIGINT COMMENT 'KOCs in whose pool the user is, revoked ones left out',
                    history_days      INT COMMENT 'Days that the records cover, at most 365',
                    inquiries_90d     BIGINT COMMENT 'Inquiries made',
                    recency_days      INT COMMENT 'Days since the last purchase',
                    orders_90d        BIGINT COMMENT 'Orders',
                    orders_365d       BIGINT COMMENT 'Orders',
                    net_spend_365d    DECIMAL(18,2) COMMENT 'Money paid less money refunded',
                    discount_rate     DOUBLE COMMENT 'Fraction of the list price saved',
                    scene             STRING COMMENT 'Occasion; null when none applies'""");

    private static final String[] USER = {"user_id"};
    private static final String[] KOC = {"koc_id"};
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
     * Users -> those who may be a lead ({@link #CANDIDATES}): consumers who did not opt out of marketing, are no KOC
     * themselves, and whose account is not likely automated.
     *
     * <p>{@code scene} is the first of the configured scenes that applies: pre_sale (asked in 90 days, but bought
     * nothing in them), after_sale (bought in the last {@code recentDays}), coupon (saved {@code minDiscountRate} of
     * the list price in 365 days), or order (bought in 365 days). {@code category} is the user's top category, null
     * when it has less than {@code minCategoryFraction} of the user's attention.
     *
     * @param users as {@link koc.growth.GrowthUsers#describe} returns them
     * @param features user_features as of the day
     * @param portraits user_portraits of the day
     * @param ties tie_strengths of the day
     * @param kocs {@link GrowthKocs#KOCS}
     */
    public Dataset<Row> selectCandidates(
            Dataset<Row> users, Dataset<Row> features, Dataset<Row> portraits, Dataset<Row> ties, Dataset<Row> kocs) {
        Column isClearPreference = col("top_category_fraction").geq(leads.minCategoryFraction());
        Column isConsumer = col("role").equalTo(KocType.USER.role());
        Dataset<Row> tied = ties.join(
                        kocs.where(not(col("is_revoked"))).select("koc_id"), new String[] {"koc_id"}, "left_semi")
                .groupBy("user_id")
                .agg(count(lit(1)).as("kocs"));
        return users.where(not(col("marketing_opt_out")).and(isConsumer))
                .join(kocs.select(col("koc_id").as("user_id")), USER, "left_anti")
                .withColumn("category", when(isClearPreference, col("top_category")))
                .withColumn("category_fraction", when(isClearPreference, col("top_category_fraction")))
                .join(portraits.select("user_id", "portrait_id", "portrait_name"), USER, "left")
                .join(tied, USER, "left")
                .withColumn("kocs", coalesce(col("kocs"), lit(0L)))
                .join(
                        features.where("NOT is_likely_automated AND is_likely_joint_account IS NOT TRUE")
                                .select(
                                        "user_id",
                                        "history_days",
                                        "inquiries_90d",
                                        "recency_days",
                                        "orders_90d",
                                        "orders_365d",
                                        "net_spend_365d",
                                        "discount_rate"),
                        USER,
                        "inner")
                .withColumn("scene", selectScene())
                .to(CANDIDATES.schema());
    }

    private Column selectScene() {
        Map<String, Column> occasions = Map.of(
                "pre_sale", col("inquiries_90d").gt(0).and(col("orders_90d").equalTo(0)),
                "after_sale", col("recency_days").leq(leads.recentDays()),
                "coupon", col("discount_rate").geq(leads.minDiscountRate()),
                "order", col("orders_365d").gt(0));
        Column scene = lit(null).cast("string");
        for (String configured : leads.scenes()) {
            scene = coalesce(scene, when(occasions.getOrDefault(configured, lit(false)), configured));
        }
        return scene;
    }

    /**
     * Candidates -> the rows of acquisition_leads.
     *
     * <p>A user may become a lead of every KOC whose shares they engaged with, and of the KOCs that
     * {@link LeadAllocation} finds. The leads of a KOC are ordered: users without a KOC first, then those who engaged
     * with the KOC, then those of the main portrait of the KOC's pool. A ready KOC gets as many as {@link LeadCapacity}
     * says, others none. A user is a lead of at most {@code maxKocsPerUser} KOCs, so that few approach the same user.
     *
     * @param candidates {@link #CANDIDATES}
     * @param kocs {@link GrowthKocs#KOCS}
     * @param engagement {@link Engagement#ENGAGEMENT}
     * @param excludedPairs koc_id and user_id of pairs that must not be leads; may repeat
     */
    public Dataset<Row> select(
            Dataset<Row> candidates, Dataset<Row> kocs, Dataset<Row> engagement, Dataset<Row> excludedPairs) {
        Dataset<Row> recruiters = LeadCapacity.measure(kocs, leads);
        LeadAllocation allocation = new LeadAllocation(leads);
        Dataset<Row> pairs = selectEngagedLeads(allocation.withPriority(candidates), recruiters, engagement)
                .unionByName(allocation.allocate(candidates, recruiters))
                .join(excludedPairs.select("koc_id", "user_id"), PAIR, "left_anti")
                .join(recruiters.select("koc_id", "score", "max_leads", "main_portrait_id"), KOC, "inner")
                .withColumn(
                        "is_main_portrait", coalesce(col("portrait_id").equalTo(col("main_portrait_id")), lit(false)));
        return keepBest(pairs)
                .select(
                        lit(day).as("day"),
                        col("koc_id"),
                        col("rank"),
                        col("user_id"),
                        col("kocs"),
                        col("portrait_id"),
                        col("is_main_portrait"),
                        col("scene"),
                        col("found_by"),
                        col("category"),
                        col("history_days"),
                        col("recency_days"),
                        col("inquiries_90d").as("inquiries_asked_90d"),
                        col("orders_365d"),
                        col("net_spend_365d"),
                        col("discount_rate"),
                        LeadReasons.explain(settings).as("reason"));
    }

    /** Candidates who engaged with the KOC: one row per KOC and user. */
    private static Dataset<Row> selectEngagedLeads(
            Dataset<Row> candidates, Dataset<Row> recruiters, Dataset<Row> engagement) {
        return engagement
                .where("size(engaged_days) > 0")
                .select("koc_id", "user_id")
                .join(recruiters.select("koc_id"), KOC, "left_semi")
                .join(candidates, USER, "inner")
                .where("scene IS NOT NULL")
                .withColumn("found_by", lit("engagement"))
                .withColumn("distance", lit(1));
    }

    /** One row per KOC and user, at most {@code maxKocsPerUser} per user and max_leads per KOC, ranked. */
    private Dataset<Row> keepBest(Dataset<Row> pairs) {
        WindowSpec ofPair = Window.partitionBy(PAIR[0], PAIR[1])
                .orderBy(
                        isEngaged().desc(),
                        col("priority").asc(),
                        col("distance").asc());
        WindowSpec ofUser = Window.partitionBy("user_id")
                .orderBy(
                        isEngaged().desc(),
                        col("is_main_portrait").desc(),
                        col("distance").asc(),
                        col("score").desc_nulls_last(),
                        col("koc_id").asc());
        WindowSpec ofKoc = Window.partitionBy("koc_id")
                .orderBy(
                        hasKoc().asc(),
                        isEngaged().desc(),
                        col("is_main_portrait").desc(),
                        col("priority").asc(),
                        col("distance").asc(),
                        LeadAllocation.spend().desc(),
                        col("user_id").asc());
        return pairs.withColumn("pair_rank", row_number().over(ofPair))
                .where("pair_rank = 1")
                .withColumn("user_rank", row_number().over(ofUser))
                .where(col("user_rank").leq(leads.maxKocsPerUser()))
                .withColumn("rank", row_number().over(ofKoc))
                .where("rank <= max_leads");
    }

    private static Column hasKoc() {
        return col("kocs").gt(0);
    }

    private static Column isEngaged() {
        return col("distance").equalTo(1);
    }
}
