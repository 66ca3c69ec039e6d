package koc.growth.leads;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.struct;

import java.time.LocalDate;
import java.util.List;
import koc.growth.CategoryShares;
import koc.growth.ContentPerformance;
import koc.growth.GrowthKocs;
import koc.growth.GrowthSettings;
import koc.spark.Checkpoints;
import koc.text.ShortName;
import koc.text.Texts;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** Which KOC who certainly sells better than average should mentor which beginner who certainly sells worse. */
public final class MentorPairs {
    private static final List<Column> MENTEE_ORDER =
            List.of(col("mentee_score").desc_nulls_last(), col("mentee_id").asc());
    private static final List<Column> SLOT_ORDER = List.of(
            col("slot").asc(), col("mentor_score").desc(), col("mentor_id").asc());

    private static final String[] KOC = {"koc_id"};

    /** Characters of a name in the reason, which has two of them, each twice. */
    private static final int MAX_NAME = 16;
    /** Maximum length of a category, so that a sentence with the longest names fits its limit. */
    private static final int MAX_CATEGORY = 18;

    private final GrowthSettings settings;
    private final GrowthSettings.Mentors mentoring;
    private final LocalDate day;
    private final Checkpoints checkpoints;

    /**
     * Pairs as of a day.
     *
     * @param checkpoints keeps the pairs of the first round, from which the second round starts
     */
    public MentorPairs(GrowthSettings settings, LocalDate day, Checkpoints checkpoints) {
        this.settings = settings;
        this.mentoring = settings.mentors();
        this.day = day;
        this.checkpoints = checkpoints;
    }

    /**
     * The rows of mentor_pairs: one row per mentee, at most {@code maxMentees} per mentor.
     *
     * <p>Mentors of a category are KOCs who have none of {@code menteeLevels} and are ready. Their influence_lift
     * is at least {@code minLift}, and their credited purchases in the category are at least {@code minPurchases}. They
     * certainly sell better in the category than the average KOC: the 90% interval of their sales lift ({@link
     * CategorySkills}) is above 1. Mentees have one of {@code menteeLevels}, and in their main category the interval is
     * below 1. So the intervals of a pair never overlap. A mentee never has more credited purchases or a higher
     * influence_lift than the mentor.
     *
     * <p>There are two rounds ({@link RoundRobinAllocation}): first within the county, then anywhere for the remaining
     * mentees and mentors with free slots. A mentor of several categories keeps the best mentees, up to the limit.
     *
     * @param kocs {@link GrowthKocs#KOCS}
     * @param categoryShares {@link CategoryShares#CATEGORY_SHARES}
     * @param credits purchase_credits of the day
     * @param posts {@link ContentPerformance#POSTS_WITH_LIFT}
     */
    public Dataset<Row> match(
            Dataset<Row> kocs, Dataset<Row> categoryShares, Dataset<Row> credits, Dataset<Row> posts) {
        Dataset<Row> skills = checkpoints.compute(new CategorySkills(settings).compute(kocs, categoryShares, credits));
        Dataset<Row> mentors = selectMentors(kocs, skills);
        Dataset<Row> mentees = selectMentees(kocs, skills);
        Dataset<Row> sameCounty = checkpoints.compute(matchInCounty(mentees, mentors));
        return sameCounty
                .unionByName(matchRemaining(mentees, mentors, sameCounty))
                .withColumn("is_same_county", coalesce(col("region").equalTo(col("mentor_region")), lit(false)))
                .join(selectTemplates(posts), new String[] {"mentor_id", "category"}, "left")
                .select(
                        lit(day).as("day"),
                        col("mentor_id"),
                        col("mentee_id"),
                        col("category"),
                        col("is_same_county"),
                        col("mentee_level"),
                        col("mentor_influence_lift"),
                        col("purchases"),
                        col("shares"),
                        col("sales_lift"),
                        col("sales_lift_low"),
                        col("mentee_purchases"),
                        col("mentee_shares"),
                        col("mentee_sales_lift"),
                        col("mentee_sales_lift_high"),
                        col("content_id"),
                        col("content_lift"),
                        reason().as("reason"));
    }

    private Dataset<Row> matchInCounty(Dataset<Row> mentees, Dataset<Row> mentors) {
        return allocate(
                mentees.where("region IS NOT NULL")
                        .withColumn(RoundRobinAllocation.GROUP, concat_ws(" # ", col("region"), col("category"))),
                mentors.where("mentor_region IS NOT NULL")
                        .withColumn(
                                RoundRobinAllocation.GROUP,
                                concat_ws(" # ", col("mentor_region"), col("mentor_category")))
                        .withColumn("capacity", lit(mentoring.maxMentees())));
    }

    private Dataset<Row> matchRemaining(Dataset<Row> mentees, Dataset<Row> mentors, Dataset<Row> matched) {
        Dataset<Row> matchedMentees =
                matched.groupBy("mentor_id").agg(count(lit(1)).as("matched_mentees"));
        Column capacity = lit(mentoring.maxMentees()).minus(coalesce(col("matched_mentees"), lit(0L)));
        return allocate(
                mentees.join(matched.select("mentee_id"), new String[] {"mentee_id"}, "left_anti")
                        .withColumn(RoundRobinAllocation.GROUP, col("category")),
                mentors.join(matchedMentees, new String[] {"mentor_id"}, "left")
                        .withColumn(RoundRobinAllocation.GROUP, col("mentor_category"))
                        .withColumn("capacity", capacity.cast("int"))
                        .drop("matched_mentees")
                        .where("capacity > 0"));
    }

    /** Allocates mentees to the slots of mentors; a mentor has {@code capacity} slots in each of their groups. */
    private static Dataset<Row> allocate(Dataset<Row> mentees, Dataset<Row> mentors) {
        WindowSpec ofMentor = Window.partitionBy("mentor_id").orderBy(MENTEE_ORDER.toArray(Column[]::new));
        return RoundRobinAllocation.allocate(
                        mentees,
                        MENTEE_ORDER,
                        mentors.withColumn("slot", explode(sequence(lit(1), col("capacity")))),
                        SLOT_ORDER,
                        1)
                .where("mentee_purchases <= purchases"
                        + " AND coalesce(mentee_influence_lift <= mentor_influence_lift, true)")
                .withColumn("mentee_rank", row_number().over(ofMentor))
                .where("mentee_rank <= capacity")
                .drop("slot", "capacity", "mentee_rank");
    }

    private Dataset<Row> selectMentors(Dataset<Row> kocs, Dataset<Row> skills) {
        Column isExperienced = col("level")
                .isNotNull()
                .and(col("level").isInCollection(mentoring.menteeLevels()).equalTo(false))
                .and(col("is_ready"))
                .and(col("influence_lift").geq(mentoring.minLift()));
        Column isCertainlyBetter = col("purchases")
                .geq(mentoring.minPurchases())
                .and(col("sales_lift_low").gt(1));
        return kocs.where(isExperienced)
                .select(
                        col("koc_id"),
                        col("name").as("mentor_name"),
                        col("region").as("mentor_region"),
                        col("influence_lift").as("mentor_influence_lift"))
                .join(skills.where(isCertainlyBetter), KOC, "inner")
                .select(
                        col("koc_id").as("mentor_id"),
                        col("mentor_name"),
                        col("mentor_region"),
                        col("category").as("mentor_category"),
                        col("mentor_influence_lift"),
                        col("purchases"),
                        col("shares"),
                        col("sales_lift"),
                        col("sales_lift_low"),
                        col("mentor_influence_lift")
                                .multiply(col("sales_lift_low"))
                                .as("mentor_score"));
    }

    private Dataset<Row> selectMentees(Dataset<Row> kocs, Dataset<Row> skills) {
        Column isBeginner = col("level").isInCollection(mentoring.menteeLevels());
        return kocs.where(isBeginner)
                .select(
                        col("koc_id"),
                        col("name").as("mentee_name"),
                        col("level").as("mentee_level"),
                        col("score").as("mentee_score"),
                        col("influence_lift").as("mentee_influence_lift"),
                        col("region"),
                        col("main_category").as("category"))
                .join(skills.where("sales_lift_high < 1"), new String[] {"koc_id", "category"}, "inner")
                .select(
                        col("koc_id").as("mentee_id"),
                        col("mentee_name"),
                        col("mentee_level"),
                        col("mentee_score"),
                        col("mentee_influence_lift"),
                        col("region"),
                        col("category"),
                        col("purchases").as("mentee_purchases"),
                        col("shares").as("mentee_shares"),
                        col("sales_lift").as("mentee_sales_lift"),
                        col("sales_lift_high").as("mentee_sales_lift_high"));
    }

    /** The best post of each KOC and category, if it did better than expected (lift above 1). */
    private static Dataset<Row> selectTemplates(Dataset<Row> posts) {
        return posts.where("lift > 1")
                .groupBy(col("koc_id").as("mentor_id"), col("category"))
                .agg(max(struct("lift", "content_id")).as("best"))
                .select(
                        col("mentor_id"),
                        col("category"),
                        col("best.content_id").as("content_id"),
                        col("best.lift").as("content_lift"));
    }

    private Column reason() {
        return Texts.of(settings.language())
                .column(
                        "growth.mentor.reason",
                        ShortName.of(col("mentor_name"), MAX_NAME),
                        ShortName.of(col("mentee_name"), MAX_NAME),
                        ShortName.of(col("category"), MAX_CATEGORY),
                        col("sales_lift"),
                        col("mentee_sales_lift"));
    }
}
