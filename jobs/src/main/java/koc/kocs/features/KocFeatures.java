package koc.kocs.features;

import static org.apache.spark.sql.functions.bool_or;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import koc.kocs.KocInputs;
import koc.kocs.KocSettings;
import koc.kocs.score.FrequencyCaps;
import koc.rules.KnownHistory;
import koc.rules.Persons;
import koc.rules.ProductUse;
import koc.rules.RegionKey;
import koc.spark.Checkpoints;
import koc.tables.Frame;
import koc.tables.InfluenceTables;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * All evidence about the candidates of a day, gathered from every source.
 *
 * @param rows {@link #FEATURES}
 * @param frequencyCaps posts a day above which more members mute or leave, by koc_type
 */
public record KocFeatures(Dataset<Row> rows, FrequencyCaps frequencyCaps) {
    /** Counts without evidence are 0; measures without evidence are null. */
    public static final Frame FEATURES = Frame.named("koc_features")
            .grain("one row per person who is ranked, shared in 90 days or has a pool")
            .columns(KocCandidates.CANDIDATES.schema().toDDL() + ", " + """
                    active_days_30d         BIGINT NOT NULL COMMENT 'Days with a share, post or answer',
                    active_days_90d         BIGINT NOT NULL COMMENT 'Days with a share, post or answer',
                    days_above_cap          BIGINT NOT NULL COMMENT 'Days with more posts than the frequency cap',
                    posting_days_90d        BIGINT NOT NULL COMMENT 'Days with a share or post',
                    group_shares_90d        BIGINT NOT NULL COMMENT 'Shares and posts in chat groups',
                    replies_90d             BIGINT NOT NULL COMMENT 'Replies to others',
                    courses_365d            BIGINT NOT NULL COMMENT 'Trainings',
                    responses_90d           BIGINT NOT NULL COMMENT 'Users who opened a share or asked, once a day',
                    inquiries_90d           BIGINT NOT NULL COMMENT 'Inquiries received',
                    answered_inquiries_90d  BIGINT NOT NULL COMMENT 'Of these, answered in time',
                    muted_or_left_90d       BIGINT NOT NULL COMMENT 'Users who muted the person or left the pool',
                    left_90d                BIGINT NOT NULL COMMENT 'Of these, users who left',
                    records_from            DATE COMMENT 'First day of the records',
                    history_days            INT COMMENT 'Days that the records cover, at most 365',
                    is_history_known        BOOLEAN COMMENT 'Whether the person registered within the records',
                    has_no_known_first      BOOLEAN COMMENT 'Whether no first purchase of any user is certainly their first ever, so that new customers are unknown',
                    first_purchase_on       DATE COMMENT 'Day of the first kept purchase by the person in the records',
                    last_purchase_on        DATE COMMENT 'Day of the last kept purchase by the person',
                    first_share_on          DATE COMMENT 'Day of the first share or post in the records',
                    purchase_days_365d      BIGINT NOT NULL COMMENT 'Days with a kept purchase by the person',
                    attributed_buyers_90d   BIGINT NOT NULL COMMENT 'Users with a kept purchase credited to the person',
                    net_sales_30d           DECIMAL(18,2) NOT NULL COMMENT 'Credited money, net of refunds',
                    net_sales_60d           DECIMAL(18,2) NOT NULL COMMENT 'Credited money, net of refunds',
                    net_sales_90d           DECIMAL(18,2) NOT NULL COMMENT 'Credited money, net of refunds',
                    new_customers_30d       BIGINT NOT NULL COMMENT 'Users whose first purchase ever is credited',
                    new_customers_60d       BIGINT NOT NULL COMMENT 'Users whose first purchase ever is credited',
                    new_customers_90d       BIGINT NOT NULL COMMENT 'Users whose first purchase ever is credited',
                    first_credit_on         DATE COMMENT 'Day of the first credited purchase in 90 days',
                    product_shares_90d      BIGINT NOT NULL COMMENT 'Shares and posts that name a product',
                    used_shares_90d         BIGINT NOT NULL COMMENT 'Of these, of products the person uses and approves',
                    products_approved       BIGINT NOT NULL COMMENT 'Products the person uses and approves',
                    products_blocked        BIGINT NOT NULL COMMENT 'Products the person complained about, returned or rated badly',
                    blocked                 ARRAY<STRUCT<product_id: STRING, complaints: BIGINT, refunded_units: DECIMAL(38,3),
                                            bad_reviews: BIGINT, title: STRING>> COMMENT 'These products, by id',
                    own_reviews             BIGINT NOT NULL COMMENT 'Reviews by the person in 365 days',
                    own_rating_sum          BIGINT NOT NULL COMMENT 'Sum of their stars',
                    topics                  BIGINT NOT NULL COMMENT 'Categories the person shared in 90 days',
                    sum_n_log_n             DOUBLE NOT NULL COMMENT 'Sum of n ln n over topics with n shares',
                    top_topic               STRING COMMENT 'Category the person shared most',
                    top_topic_shares        BIGINT NOT NULL COMMENT 'Shares of that category',
                    all_topics              BIGINT COMMENT 'Categories of the catalogue',
                    content_shares_90d      BIGINT NOT NULL COMMENT 'Shares that name their content',
                    original_shares_90d     BIGINT NOT NULL COMMENT 'Of these, of content the person shared first',
                    pool_lines              BIGINT NOT NULL COMMENT 'Guides: purchase lines of the pool in 90 days',
                    pool_reviews            BIGINT NOT NULL COMMENT 'Guides: reviews by the pool',
                    pool_rating_sum         BIGINT NOT NULL COMMENT 'Guides: sum of their stars',
                    pool_complaints         BIGINT NOT NULL COMMENT 'Guides: complaints by the pool',
                    naive_lift              DOUBLE COMMENT 'Lift compared with all users instead of similar ones',
                    influence_lift          DOUBLE COMMENT 'Observed over expected purchases of exposed users',
                    influence_low           DOUBLE COMMENT 'Lower end of the 90% interval of influence_lift',
                    influence_high          DOUBLE COMMENT 'Upper end of the 90% interval of influence_lift',
                    extra_buyers_90d        DOUBLE COMMENT 'Purchases that the shares and posts that name a product probably added',
                    flags                   ARRAY<STRUCT<severity: DOUBLE, name: STRING, evidence: STRING>>
                                            COMMENT 'Flags of koc_flags, the most severe first',
                    nickname                STRING COMMENT 'Shown in the profile',
                    avatar_url              STRING COMMENT 'Shown in the profile',
                    greeting                STRING COMMENT 'Shown in the profile',
                    region                  STRING COMMENT 'County, with city and province'""");

    private static final String[] KOC = {"koc_id"};

    /** The people whom the evidence is about: {@link KocCandidates#CANDIDATES}. */
    public static Dataset<Row> selectCandidates(KocInputs inputs, KocSettings settings) {
        return KocCandidates.select(inputs.userFeatures(), inputs.ties(), inputs.previousRanking(), settings.minPool());
    }

    /**
     * Learns the frequency caps, and joins every kind of evidence.
     *
     * @param candidates {@link KocCandidates#CANDIDATES}
     */
    public static KocFeatures gather(
            KocInputs inputs, Dataset<Row> candidates, KocSettings settings, Checkpoints checkpoints) {
        LocalDate day = inputs.day();
        Dataset<Row> ties = inputs.ties();
        Dataset<Row> products = inputs.products();
        // Computed from all events, and read twice: for the frequency cap and for each candidate.
        Dataset<Row> activity = checkpoints.compute(SharingActivity.countByDay(
                inputs.recentEvents(), day, settings.score().answerDays()));
        FrequencyCaps frequencyCaps =
                FrequencyCaps.learn(activity, candidates, settings.score().frequencyCap());
        Dataset<Row> typed = activity.join(candidates.select("koc_id", "koc_type"), KOC, "inner");
        // One row per user, from all of history, and read three times.
        KnownHistory history = KnownHistory.read(inputs.userDays(), day);
        Dataset<Row> histories =
                checkpoints.compute(PurchaseHistories.compute(inputs.userDays(), inputs.users(), history));
        Dataset<Row> ownDays = selectOwnDays(inputs.userProductDays(), candidates);
        Dataset<Row> productUse = checkpoints.compute(ProductUse.judge(ownDays));
        Dataset<Row> topics = TopicShares.countByTopic(ownDays, products, productUse, candidates, day);
        Dataset<Row> rows = join(
                withHistory(candidates, histories, history),
                List.of(
                        SharingActivity.sumByPerson(typed, day, frequencyCaps),
                        selectPersonalHistory(histories),
                        AttributedSales.compute(
                                inputs.credits(),
                                Persons.removeJointAccounts(histories, "user_id", inputs.userFeatures()),
                                day),
                        TopicShares.summarize(topics, products),
                        ProductApproval.count(productUse, inputs.productProfiles()),
                        ContentOriginality.count(inputs.contentSharing()),
                        PoolFeedback.sumByGuide(ties, candidates, histories),
                        selectPoolInfluence(inputs.influence()),
                        collectFlags(inputs.flags()),
                        selectProfiles(inputs.users())));
        return new KocFeatures(checkpoints.compute(rows), frequencyCaps);
    }

    /**
     * Joins evidence to the candidates; every count without evidence is 0.
     *
     * @param evidence data sets with at most one row per koc_id
     */
    public static Dataset<Row> join(Dataset<Row> candidates, List<Dataset<Row>> evidence) {
        Dataset<Row> joined = candidates;
        for (Dataset<Row> rows : evidence) {
            joined = joined.join(rows, KOC, "left");
        }
        return joined.select(Arrays.stream(FEATURES.schema().fields())
                .map(KocFeatures::zeroWithoutEvidence)
                .toArray(Column[]::new));
    }

    private static Column zeroWithoutEvidence(StructField field) {
        boolean isNumber = !List.of(DataTypes.StringType, DataTypes.DateType, DataTypes.BooleanType)
                .contains(field.dataType());
        return field.nullable() || !isNumber
                ? col(field.name())
                : coalesce(col(field.name()), lit(0).cast(field.dataType())).as(field.name());
    }

    private static Dataset<Row> selectOwnDays(Dataset<Row> userProductDays, Dataset<Row> candidates) {
        return userProductDays.join(
                candidates.select(col("koc_id").as("user_id")), new String[] {"user_id"}, "left_semi");
    }

    /** Adds what is known of the time before the run date: records_from, history_days and has_no_known_first. */
    private static Dataset<Row> withHistory(Dataset<Row> candidates, Dataset<Row> histories, KnownHistory history) {
        Dataset<Row> unknown = histories.agg(coalesce(bool_or(col("is_first_known")), lit(false))
                .equalTo(false)
                .as("has_no_known_first"));
        return candidates
                .withColumn("records_from", lit(history.first()))
                .withColumn("history_days", lit(history.coveredDays(365)))
                .crossJoin(broadcast(unknown));
    }

    private static Dataset<Row> selectPersonalHistory(Dataset<Row> histories) {
        return histories.select(
                col("user_id").as("koc_id"),
                col("is_history_known"),
                col("first_purchase_on"),
                col("last_purchase_on"),
                col("first_share_on"),
                col("purchase_days_365d"));
    }

    /**
     * The influence of a KOC on the whole pool, with extra_buyers_90d: purchases expected from exposed members after
     * the shares of 90 days x (lift - 1). These are the shares and posts that product_shares_90d counts, whatever
     * history the lift has. Example: 4 purchases expected without the shares, and a lift of 2.5, are 6 extra purchases.
     */
    private static Dataset<Row> selectPoolInfluence(Dataset<Row> influence) {
        return influence
                .where(col("portrait_id").equalTo(InfluenceTables.WHOLE_POOL))
                .select(
                        col("koc_id"),
                        col("naive_lift"),
                        col("influence_lift"),
                        col("influence_low"),
                        col("influence_high"),
                        col("expected_purchases_90d")
                                .multiply(col("influence_lift").minus(1))
                                .as("extra_buyers_90d"));
    }

    /** KOC x flag grain -> KOC grain, with the flags of a KOC in one array, the most severe first. */
    private static Dataset<Row> collectFlags(Dataset<Row> flags) {
        // At most as many as there are kinds of flags: a handful.
        return flags.groupBy("koc_id")
                .agg(sort_array(collect_list(struct(col("severity"), col("flag").as("name"), col("evidence"))), false)
                        .as("flags"));
    }

    private static Dataset<Row> selectProfiles(Dataset<Row> users) {
        return users.select(
                col("user_id").as("koc_id"),
                col("nickname"),
                col("avatar_url"),
                col("greeting"),
                RegionKey.region().as("region"));
    }
}
