package koc.growth;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.List;
import koc.rules.CategoryPath;
import koc.spark.Checkpoints;
import koc.spark.ExactSums;
import koc.text.Texts;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** Who can teach whom: a KOC who moves people in a category, and one who begins in it. */
final class MentorPairs {
    private static final List<Column> MENTEE_ORDER =
            List.of(col("mentee_score").desc_nulls_last(), col("mentee_id").asc());
    private static final List<Column> CHAIR_ORDER = List.of(
            col("chair").asc(), col("mentor_score").desc(), col("mentor_id").asc());

    private MentorPairs() {}

    /**
     * The rows of mentor_pairs: one row per mentee, at most {@code mentees} per mentor.
     *
     * <p>A mentor of a category: not of a mentee's level, not revoked, influence_lift and credited purchases at or above
     * the bars, and no fewer purchases a share than everybody in the category. Mentees (of a mentee's level, by their main
     * category) go to mentors of their county first, those who are left to mentors of the category anywhere who have room;
     * the best mentors get the best mentees in turn ({@link Dealing}). A mentor of several categories who is dealt more than
     * it has room for keeps the best.
     *
     * @param kocs as {@link Kocs#of} returns them
     * @param sharedCategories as {@link Kocs#sharedCategories} returns them
     * @param credits purchase_credits of the day
     * @param lifted posts as {@link Contents#withLift} returns them
     * @param checkpoints for the pairs of the first round, from which the second starts
     */
    static Dataset<Row> rows(
            Dataset<Row> kocs,
            Dataset<Row> sharedCategories,
            Dataset<Row> credits,
            Dataset<Row> lifted,
            GrowthSettings settings,
            LocalDate day,
            Checkpoints checkpoints) {
        GrowthSettings.Mentors mentoring = settings.mentors();
        Dataset<Row> mentors = mentors(kocs, skills(sharedCategories, credits, settings), mentoring);
        Dataset<Row> mentees = kocs.where(col("level")
                        .isInCollection(mentoring.menteeLevels())
                        .and(col("main_category").isNotNull()))
                .select(
                        col("koc_id").as("mentee_id"),
                        col("level").as("mentee_level"),
                        col("score").as("mentee_score"),
                        col("place").as("county"),
                        col("main_category").as("category"));
        Dataset<Row> nearby = checkpoints.compute(deal(
                mentees.withColumn("place", concat_ws(" # ", col("county"), col("category")))
                        .where("county IS NOT NULL"),
                mentors.withColumn("place", concat_ws(" # ", col("mentor_county"), col("mentor_category")))
                        .where("mentor_county IS NOT NULL")
                        .withColumn("room", lit(mentoring.mentees()))));
        Column room = lit(mentoring.mentees()).minus(coalesce(col("taken"), lit(0L)));
        Dataset<Row> elsewhere = deal(
                mentees.join(nearby.select("mentee_id"), new String[] {"mentee_id"}, "left_anti")
                        .withColumn("place", col("category")),
                mentors.join(
                                nearby.groupBy("mentor_id").agg(count(lit(1)).as("taken")),
                                new String[] {"mentor_id"},
                                "left")
                        .withColumn("place", col("mentor_category"))
                        .withColumn("room", room.cast("int"))
                        .drop("taken")
                        .where("room > 0"));
        return nearby.unionByName(elsewhere)
                .withColumn("is_same_county", coalesce(col("county").equalTo(col("mentor_county")), lit(false)))
                .join(templates(lifted), new String[] {"mentor_id", "category"}, "left")
                .select(
                        lit(day).as("day"),
                        col("mentor_id"),
                        col("mentee_id"),
                        col("category"),
                        col("is_same_county"),
                        col("mentee_level"),
                        col("mentor_lift"),
                        col("purchases"),
                        col("shares"),
                        col("purchases_per_share_lift"),
                        col("content_id"),
                        col("content_lift"),
                        reason(settings).as("reason"));
    }

    /** Mentees to the chairs of mentors at their place; a mentor has as many chairs at each of its places as it has room. */
    private static Dataset<Row> deal(Dataset<Row> mentees, Dataset<Row> mentors) {
        WindowSpec ofMentor = Window.partitionBy("mentor_id").orderBy(MENTEE_ORDER.toArray(Column[]::new));
        return Dealing.deal(
                        mentees,
                        MENTEE_ORDER,
                        mentors.withColumn("chair", explode(sequence(lit(1), col("room")))),
                        CHAIR_ORDER,
                        1)
                .withColumn("turn", row_number().over(ofMentor))
                .where("turn <= room")
                .drop("place", "chair", "room", "turn");
    }

    /**
     * How well KOCs convert: one row per KOC and category.
     *
     * <p>{@code purchases_per_share_lift} = ((purchases + m c) / (shares + m)) / c, with c the category's purchases a share over all
     * KOCs and m = {@code shrinkage}. Worked: 12 purchases in 20 shares, c = .2, m = 10: (12 + 2) / 30 / .2 = 2.33.
     */
    private static Dataset<Row> skills(Dataset<Row> sharedCategories, Dataset<Row> credits, GrowthSettings settings) {
        String[] skill = {"koc_id", "category"};
        double shrinkage = settings.mentors().shrinkage();
        Dataset<Row> credited = credits.withColumn(
                        "category", CategoryPath.truncate(col("category"), settings.categoryDepth()))
                .groupBy("koc_id", "category")
                .agg(ExactSums.sum(col("credited_fraction")).as("credited"));
        WindowSpec ofCategory = Window.partitionBy("category");
        Column usual = ExactSums.sumOver(col("credited"), ofCategory)
                .divide(sum("shares").over(ofCategory));
        Column conversion = col("purchases")
                .plus(col("usual").multiply(shrinkage))
                .divide(col("shares").plus(lit(shrinkage)));
        return sharedCategories
                .withColumnRenamed("category_shares", "shares")
                .join(credited, skill, "full_outer")
                .withColumn("shares", coalesce(col("shares"), lit(0L)))
                .withColumn("credited", coalesce(col("credited"), lit(0.0)))
                .withColumn("purchases", round(col("credited"), 6))
                .withColumn("usual", when(sum("shares").over(ofCategory).gt(0), usual))
                .withColumn(
                        "purchases_per_share_lift",
                        when(col("usual").gt(0), round(conversion.divide(col("usual")), 6)));
    }

    private static Dataset<Row> mentors(Dataset<Row> kocs, Dataset<Row> skills, GrowthSettings.Mentors mentoring) {
        Column mayTeach = col("level")
                .isNotNull()
                .and(col("level").isInCollection(mentoring.menteeLevels()).equalTo(false))
                .and(col("is_revoked").equalTo(false))
                .and(col("influence_lift").geq(mentoring.minLift()));
        return kocs.where(mayTeach)
                .join(
                        skills.where(col("purchases")
                                .geq(mentoring.minPurchases())
                                .and(col("purchases_per_share_lift").geq(1))),
                        new String[] {"koc_id"},
                        "inner")
                .select(
                        col("koc_id").as("mentor_id"),
                        col("place").as("mentor_county"),
                        col("category").as("mentor_category"),
                        col("influence_lift").as("mentor_lift"),
                        col("purchases"),
                        col("shares"),
                        col("purchases_per_share_lift"),
                        col("influence_lift")
                                .multiply(col("purchases_per_share_lift"))
                                .as("mentor_score"));
    }

    /** The post of each KOC in each category that did best, of those that did better than usual. */
    private static Dataset<Row> templates(Dataset<Row> lifted) {
        return lifted.where("lift > 1")
                .groupBy(col("koc_id").as("mentor_id"), col("category"))
                .agg(max(struct("lift", "content_id")).as("best"))
                .select(
                        col("mentor_id"),
                        col("category"),
                        col("best.content_id").as("content_id"),
                        col("best.lift").as("content_lift"));
    }

    private static Column reason(GrowthSettings settings) {
        Texts texts = Texts.of(settings.language());
        return concat_ws(
                texts.pattern("growth.between"),
                texts.column(
                        "growth.mentor.skill",
                        col("category"),
                        col("purchases_per_share_lift"),
                        col("purchases"),
                        col("shares"),
                        col("mentor_lift")),
                when(col("is_same_county"), texts.pattern("growth.mentor.near"))
                        .otherwise(texts.pattern("growth.mentor.far")),
                when(
                        col("content_id").isNotNull(),
                        texts.column("growth.mentor.template", col("content_id"), col("content_lift"))));
    }
}
