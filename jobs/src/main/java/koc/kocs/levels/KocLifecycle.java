package koc.kocs.levels;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.date_diff;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.try_element_at;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.stream.IntStream;
import koc.kocs.KocSettings;
import koc.kocs.features.KocFeatures;
import koc.rules.DayWindow;
import koc.rules.KocLevels;
import koc.rules.RecentCredits;
import koc.text.Texts;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Shows where each KOC is on the way from recruit to partner, and from consumer to distributor, and whom to recruit
 * next.
 */
public final class KocLifecycle {
    /** Published fractions are rounded, so that a sum in another order gives the same row. */
    private static final int DECIMALS = 6;

    private static final int MAX_INDEX = KocLevels.NAMES.size() - 1;

    static final String KOC = "koc";
    static final String PROVEN = "proven";
    static final String UNPROVEN = "unproven";

    private final KocSettings.Lifecycle settings;
    private final LevelCriteria criteria;
    private final Texts texts;
    private final LocalDate day;

    public KocLifecycle(KocSettings.Lifecycle settings, LevelCriteria criteria, Texts texts, LocalDate day) {
        this.settings = settings;
        this.criteria = criteria;
        this.texts = texts;
        this.day = day;
    }

    /**
     * Person grain -> the rows of koc_lifecycle: all KOCs, and the people whom to recruit next ({@link #keepListed}). A
     * person who was absent for some days continues from their latest row.
     *
     * @param people {@link KocFeatures#FEATURES} as {@link LevelMovement#move} returns them
     * @param earlierRows koc_lifecycle of earlier days, or no rows
     */
    public Dataset<Row> compute(Dataset<Row> people, Dataset<Row> earlierRows) {
        Dataset<Row> listed = keepListed(withProgress(withAdvanceRate(people)));
        LifecycleSentences sentences = new LifecycleSentences(texts);
        return withHistory(listed.join(selectLatestRows(earlierRows), new String[] {"koc_id"}, "left"))
                .withColumn("may_return_on", mayReturnOn())
                .select(
                        lit(day).as("day"),
                        col("koc_id"),
                        col("koc_type"),
                        col("listed_as"),
                        col("recruit_rank"),
                        col("level"),
                        col("since"),
                        date_diff(lit(day), col("since")).as("days_at_level"),
                        col("previous_level"),
                        col("days_at_previous_level"),
                        KocLevels.name(col("next_index")).as("next_level"),
                        col("progress"),
                        col("advance_rate"),
                        col("missing_net_sales"),
                        col("missing_new_customers"),
                        col("missing_active_days"),
                        col("missing_courses"),
                        col("missing_members"),
                        col("missing_orders"),
                        col("missing_tenure_days"),
                        col("may_return_on"),
                        sentences.missing().as("missing"),
                        col("pool_size"),
                        col("influence_lift"),
                        col("influence_low"),
                        isRecruited().as("recruitment_passed"),
                        sentences.recruitment().as("recruitment_reason"),
                        sentences.nextAction().as("next_action"),
                        classifyJourney().as("journey"),
                        col("records_from"),
                        col("first_purchase_on"),
                        col("first_share_on"),
                        col("sales_known_from"),
                        col("earliest_sale_on"),
                        col("first_sale_on"),
                        when(col("is_history_known"), date_diff(col("first_share_on"), col("first_purchase_on")))
                                .as("days_to_share"),
                        date_diff(col("first_sale_on"), col("first_share_on")).as("days_to_sale"));
    }

    /** The latest earlier row of each person, its columns prefixed with {@code latest_}. */
    private static Dataset<Row> selectLatestRows(Dataset<Row> earlierRows) {
        return earlierRows
                .groupBy("koc_id")
                .agg(max_by(
                                struct(
                                        "day",
                                        "level",
                                        "since",
                                        "previous_level",
                                        "days_at_previous_level",
                                        "sales_known_from",
                                        "earliest_sale_on"),
                                col("day"))
                        .as("latest"))
                .select(
                        col("koc_id"),
                        col("latest.level").as("latest_level"),
                        col("latest.since").as("latest_since"),
                        col("latest.previous_level").as("latest_previous_level"),
                        col("latest.days_at_previous_level").as("latest_days_at_previous_level"),
                        col("latest.day").as("latest_day"),
                        col("latest.sales_known_from").as("latest_sales_known_from"),
                        col("latest.earliest_sale_on").as("latest_earliest_sale_on"));
    }

    /**
     * Adds advance_rate = people above a level / people at it or above it; null for partners and for the revoked.
     *
     * <p>Worked: 20 recruits, 4 trainees and 1 bronze give 5 / 25 = .2 for recruits and 1 / 5 = .2 for trainees.
     */
    private static Dataset<Row> withAdvanceRate(Dataset<Row> people) {
        Column index = col("level_index");
        Column[] reachedLevels = IntStream.rangeClosed(0, MAX_INDEX)
                .mapToObj(level -> count_if(index.geq(level)))
                .toArray(Column[]::new);
        Dataset<Row> reached = people.agg(array(reachedLevels).as("reached"));
        Column atOrAbove = try_element_at(col("reached"), index.plus(1));
        Column above = try_element_at(col("reached"), index.plus(2));
        return people.crossJoin(broadcast(reached))
                .withColumn("advance_rate", when(index.geq(0), round(above.divide(atOrAbove), DECIMALS)));
    }

    /** Adds next_index (null for partners) and progress. */
    private Dataset<Row> withProgress(Dataset<Row> people) {
        Column next = col("next_index");
        Column nextIndex = when(col("level").equalTo(KocLevels.REVOKED), KocLevels.TRAINEE_INDEX)
                .when(col("level_index").lt(MAX_INDEX), col("level_index").plus(1));
        return criteria.withMissing(people.withColumn("next_index", nextIndex), next)
                .withColumn("progress", round(when(next.isNull(), 1.0).otherwise(criteria.progress(next)), DECIMALS));
    }

    /**
     * Keeps KOCs, and of the others those to recruit next: the first {@code max-recruits} of the whole country, and the
     * first of each county. So a county without a listed person has nobody in reach. People to recruit have a pool that
     * is smaller than that of a KOC, and no flag. They are proven if their members surely buy more after their posts
     * (influence_low is above 1). The others are listed if they have half of what recruitment requires (by default),
     * but never if their measured lift is below 1. The proven come first, also if they lack more; then those with the
     * most progress, then the largest pools.
     *
     * @param people with progress
     * @return added: listed_as, recruit_rank (null for KOCs)
     */
    private Dataset<Row> keepListed(Dataset<Row> people) {
        Column isFlagged = coalesce(size(col("flags")).gt(0), lit(false));
        Column mayBeRecruited = col("pool_size").gt(0).and(not(isFlagged));
        Column mayMovePeople = coalesce(col("influence_lift").geq(1), lit(true));
        Column isNear = col("progress").geq(settings.minProgress());
        Column[] order = {
            col("listed_as").equalTo(PROVEN).desc(),
            col("progress").desc(),
            col("pool_size").desc(),
            col("koc_id")
        };
        Column position = row_number().over(Window.partitionBy("is_ranked").orderBy(order));
        Column positionInCounty =
                row_number().over(Window.partitionBy("is_ranked", "region").orderBy(order));
        Column isFirstOfCounty = lit(settings.maxRecruits() > 0)
                .and(col("region").isNotNull())
                .and(col("position_in_county").equalTo(1));
        return people.withColumn(
                        "listed_as",
                        when(col("is_ranked"), KOC)
                                .when(mayBeRecruited.and(col("influence_low").gt(1)), PROVEN)
                                .when(mayBeRecruited.and(mayMovePeople).and(isNear), UNPROVEN))
                .where("listed_as IS NOT NULL")
                .withColumn("position", position)
                .withColumn("position_in_county", positionInCounty)
                .withColumn("recruit_rank", when(not(col("is_ranked")), col("position")))
                .where(col("is_ranked")
                        .or(col("recruit_rank").leq(settings.maxRecruits()))
                        .or(isFirstOfCounty));
    }

    private Dataset<Row> withHistory(Dataset<Row> people) {
        Column level = col("level");
        Column latestLevel = col("latest_level");
        Column isSame = coalesce(latestLevel.equalTo(level), lit(false));
        Column hasMoved = latestLevel.isNotNull().and(latestLevel.notEqual(level));
        return people.withColumn(
                        "since",
                        when(isSame, col("latest_since"))
                                .when(hasMoved, lit(day))
                                .when(
                                        level.equalTo(KocLevels.RECRUIT),
                                        coalesce(col("first_share_on"), col("level_since")))
                                .otherwise(col("level_since")))
                .withColumn("sales_known_from", salesKnownFrom())
                .withColumn("earliest_sale_on", least(col("latest_earliest_sale_on"), col("first_credit_on")))
                .withColumn(
                        "first_sale_on",
                        when(
                                col("is_history_known")
                                        .and(col("first_share_on").geq(col("sales_known_from"))),
                                col("earliest_sale_on")))
                // Replaces the level of the previous ranking, from which the person may have been absent.
                .withColumn("previous_level", when(hasMoved, latestLevel).otherwise(col("latest_previous_level")))
                .withColumn(
                        "days_at_previous_level",
                        when(hasMoved, date_diff(lit(day), col("latest_since")))
                                .otherwise(col("latest_days_at_previous_level")));
    }

    /**
     * The first day of the credits that this run reads, those of 90 days. If they leave no gap to those of the latest
     * earlier row, it is the first day of that row.
     */
    private Column salesKnownFrom() {
        LocalDate firstDay = DayWindow.first(day, RecentCredits.DAYS);
        return when(col("latest_day").geq(lit(firstDay.minusDays(1))), col("latest_sales_known_from"))
                .otherwise(greatest(lit(firstDay), col("records_from")));
    }

    /** Whether a person was recruited, or passes recruitment now. */
    private static Column isRecruited() {
        return col("level_index").geq(KocLevels.TRAINEE_INDEX).or(col("is_recruited"));
    }

    /** The first day on which a revoked KOC may start again; null for others. */
    private Column mayReturnOn() {
        return when(
                KocLevels.isRevoked(col("level")),
                date_add(col("since"), criteria.settings().readmitDays()));
    }

    private static Column classifyJourney() {
        return when(col("earliest_sale_on").isNotNull(), "distributor")
                .when(col("first_share_on").isNotNull(), "spreader")
                .when(col("first_purchase_on").isNotNull(), "consumer")
                .otherwise("newcomer");
    }
}
