package koc.kocs.levels;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.date_diff;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.try_element_at;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.stream.IntStream;
import koc.rules.KocLevels;
import koc.text.Texts;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Shows where each person is on the way from recruit to partner, and from consumer to distributor. */
public final class KocLifecycle {
    /** Published fractions are rounded, so that a sum in another order gives the same row. */
    private static final int DECIMALS = 6;

    private static final int MAX_INDEX = KocLevels.NAMES.size() - 1;

    private final LevelCriteria criteria;
    private final Texts texts;
    private final LocalDate day;

    public KocLifecycle(LevelCriteria criteria, Texts texts, LocalDate day) {
        this.criteria = criteria;
        this.texts = texts;
        this.day = day;
    }

    /**
     * Person grain -> the rows of koc_lifecycle. A person who was absent for some days continues from their latest row.
     *
     * @param people candidates and people who only shared, as {@link LevelMovement#move} returns them
     * @param earlierRows koc_lifecycle of earlier days, or no rows
     */
    public Dataset<Row> compute(Dataset<Row> people, Dataset<Row> earlierRows) {
        return withStates(withAdvanceRate(people).join(selectLatestRows(earlierRows), new String[] {"koc_id"}, "left"))
                .select(
                        lit(day).as("day"),
                        col("koc_id"),
                        col("koc_type"),
                        col("level").as("state"),
                        col("since"),
                        date_diff(lit(day), col("since")).as("days_in_state"),
                        col("previous_state"),
                        col("days_in_previous_state"),
                        KocLevels.name(col("next_index")).as("next_state"),
                        computeProgress().as("progress"),
                        col("advance_rate"),
                        describeMissing().as("missing"),
                        col("is_recruited").as("recruitment_passed"),
                        explainRecruitment().as("recruitment_reason"),
                        classifyJourney().as("journey"),
                        col("first_purchase_on"),
                        col("first_share_on"),
                        col("first_sale_on"),
                        date_diff(col("first_share_on"), col("first_purchase_on"))
                                .as("days_to_share"),
                        date_diff(col("first_sale_on"), col("first_share_on")).as("days_to_sale"));
    }

    /** The latest earlier row of each person, its columns prefixed with {@code latest_}. */
    private static Dataset<Row> selectLatestRows(Dataset<Row> earlierRows) {
        return earlierRows
                .groupBy("koc_id")
                .agg(max_by(
                                struct("state", "since", "previous_state", "days_in_previous_state", "first_sale_on"),
                                col("day"))
                        .as("latest"))
                .select(
                        col("koc_id"),
                        col("latest.state").as("latest_state"),
                        col("latest.since").as("latest_since"),
                        col("latest.previous_state").as("latest_previous_state"),
                        col("latest.days_in_previous_state").as("latest_days_in_previous_state"),
                        col("latest.first_sale_on").as("latest_first_sale_on"));
    }

    /**
     * Adds advance_rate = people beyond a state / people in it or beyond it; null for the revoked.
     *
     * <p>Worked: 20 recruits, 4 trainees and 1 bronze give 5 / 25 = .2 for recruits and 1 / 5 = .2 for trainees.
     */
    private static Dataset<Row> withAdvanceRate(Dataset<Row> people) {
        Column index = col("level_index");
        Column[] reachedLevels = IntStream.rangeClosed(0, MAX_INDEX)
                .mapToObj(level -> count_if(index.geq(level)))
                .toArray(Column[]::new);
        Dataset<Row> reached = people.agg(array(reachedLevels).as("reached"));
        Column inOrBeyond = try_element_at(col("reached"), index.plus(1));
        Column beyond = try_element_at(col("reached"), index.plus(2));
        return people.crossJoin(broadcast(reached))
                .withColumn("advance_rate", when(index.geq(0), round(beyond.divide(inOrBeyond), DECIMALS)));
    }

    private Dataset<Row> withStates(Dataset<Row> people) {
        Column level = col("level");
        Column latestState = col("latest_state");
        Column isSame = coalesce(latestState.equalTo(level), lit(false));
        Column hasMoved = latestState.isNotNull().and(latestState.notEqual(level));
        return people.withColumn(
                        "since",
                        when(isSame, col("latest_since"))
                                .when(hasMoved, lit(day))
                                .when(
                                        level.equalTo(KocLevels.RECRUIT),
                                        coalesce(col("first_share_on"), col("level_since")))
                                .otherwise(col("level_since")))
                .withColumn("first_sale_on", least(col("latest_first_sale_on"), col("first_credit_on")))
                .withColumn("previous_state", when(hasMoved, latestState).otherwise(col("latest_previous_state")))
                .withColumn(
                        "days_in_previous_state",
                        when(hasMoved, date_diff(lit(day), col("latest_since")))
                                .otherwise(col("latest_days_in_previous_state")))
                .withColumn(
                        "next_index",
                        when(level.equalTo(KocLevels.REVOKED), 1)
                                .when(
                                        col("level_index").lt(MAX_INDEX),
                                        col("level_index").plus(1)));
    }

    private Column computeProgress() {
        Column next = col("next_index");
        return round(when(next.isNull(), 1.0).otherwise(criteria.progress(next)), DECIMALS);
    }

    private Column describeMissing() {
        Column unmet = criteria.describeUnmet(col("next_index"), texts);
        Column readmission = texts.column(
                "levels.readmission",
                date_add(col("since"), criteria.settings().readmitDays()).cast("string"));
        return when(col("next_index").isNull(), "")
                .when(
                        col("level").equalTo(KocLevels.REVOKED),
                        concat_ws(texts.pattern("levels.between"), readmission, nullIfEmpty(unmet)))
                .otherwise(unmet);
    }

    private Column explainRecruitment() {
        Column result = when(col("is_recruited"), texts.pattern("levels.recruitment.passed"))
                .otherwise(texts.pattern("levels.recruitment.failed"));
        return concat_ws(
                texts.pattern("levels.event.between"),
                result,
                nullIfEmpty(criteria.describe(lit(KocLevels.TRAINEE_INDEX), texts)));
    }

    private static Column classifyJourney() {
        return when(col("first_sale_on").isNotNull(), "distributor")
                .when(col("first_share_on").isNotNull(), "spreader")
                .when(col("first_purchase_on").isNotNull(), "consumer")
                .otherwise("newcomer");
    }

    /** Null for an empty sentence, which concat_ws then leaves out with its separator. */
    private static Column nullIfEmpty(Column sentence) {
        return when(sentence.notEqual(""), sentence);
    }
}
