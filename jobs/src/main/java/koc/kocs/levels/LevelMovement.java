package koc.kocs.levels;

import static koc.rules.KocLevels.REVOKED_INDEX;
import static koc.rules.KocLevels.TRAINEE_INDEX;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.date_diff;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import koc.rules.KocLevels;
import koc.rules.KocType;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Moves KOCs between levels, from their numbers and their level at the previous run.
 *
 * <p>The levels are recruit (0), trainee (1), bronze (2), silver, gold and partner (5). A KOC who earns a higher level
 * is promoted at once, over several levels if they qualify. A level is kept with a fraction (by default .8) of its
 * thresholds. A KOC below that fraction, after at least 30 days at the level, gets 14 days of grace. If they are still
 * below when grace is over, they are demoted to the highest level they retain.
 *
 * <p>An external KOC is revoked (-1) when they would fall below bronze, or are not bronze after a trial of 90 days and
 * the grace period. After 180 days they may start again as trainee.
 */
public final class LevelMovement {
    public static final String PROMOTION = "promotion";
    public static final String GRACE = "grace";
    public static final String RECOVERY = "recovery";
    public static final String DEMOTION = "demotion";
    public static final String REVOCATION = "revocation";

    private final LevelAssessment assessment;
    private final LevelSettings settings;
    private final LocalDate day;

    public LevelMovement(LevelCriteria criteria, LocalDate day) {
        this.assessment = new LevelAssessment(criteria);
        this.settings = criteria.settings();
        this.day = day;
    }

    /**
     * Person grain -> the same rows with the level of the day.
     *
     * <p>On the first day of a warehouse, levels are set without events, because there is nothing to compare with. A
     * person who appears later counts as a recruit before.
     *
     * @param people what {@link LevelCriteria} needs, and previous_level, previous_since, previous_grace_until
     * @param isFirstDay whether the warehouse has no earlier ranking
     * @return added: level_index, level, from_index, from_level, level_event (null for none), level_change,
     *     level_since, grace_until, is_recruited, is_trial_over
     */
    public Dataset<Row> move(Dataset<Row> people, boolean isFirstDay) {
        return withDates(withLevel(withEvent(withAssessment(people, isFirstDay))));
    }

    private Dataset<Row> withAssessment(Dataset<Row> people, boolean isFirstDay) {
        Column fromIndex =
                isFirstDay ? lit(null).cast("int") : coalesce(KocLevels.index(col("previous_level")), lit(0));
        return people.withColumn("is_recruited", assessment.isRecruited())
                .withColumn("earned_index", assessment.earnedIndex())
                .withColumn("retained_index", assessment.retainedIndex())
                .withColumn("from_index", fromIndex)
                .withColumn("days_at_level", date_diff(lit(day), coalesce(col("previous_since"), lit(day))))
                .withColumn("is_in_grace", col("previous_grace_until").isNotNull())
                .withColumn("is_trial_over", coalesce(isTrialOver(), lit(false)))
                .withColumn("demoted_index", LevelAssessment.demotedIndex(col("from_index"), col("retained_index")));
    }

    private Column isTrialOver() {
        return KocType.EXTERNAL
                .is(col("koc_type"))
                .and(col("from_index").equalTo(TRAINEE_INDEX))
                .and(col("days_at_level").geq(settings.trialDays()));
    }

    private Dataset<Row> withEvent(Dataset<Row> assessed) {
        Column from = col("from_index");
        Column daysAtLevel = col("days_at_level");
        Column isInGrace = col("is_in_grace");
        Column returns = from.equalTo(REVOKED_INDEX)
                .and(daysAtLevel.geq(settings.readmitDays()))
                .and(col("is_recruited"));
        Column isPromoted = returns.or(from.geq(0).and(col("earned_index").gt(from)));
        Column retainsLevel = from.leq(0).or(col("retained_index").geq(from).and(not(col("is_trial_over"))));
        Column fails = not(retainsLevel).and(daysAtLevel.geq(settings.assessmentDays()));
        Column isGraceOver =
                isInGrace.and(lit(day).gt(col("previous_grace_until"))).or(lit(settings.graceDays() == 0));
        return assessed.withColumn(
                "level_event",
                when(from.isNull(), lit(null).cast("string"))
                        .when(isPromoted, PROMOTION)
                        .when(
                                fails.and(isGraceOver),
                                when(col("demoted_index").equalTo(REVOKED_INDEX), REVOCATION)
                                        .otherwise(DEMOTION))
                        .when(fails.and(not(isInGrace)), GRACE)
                        .when(not(fails).and(isInGrace), RECOVERY));
    }

    private static Dataset<Row> withLevel(Dataset<Row> decided) {
        Column from = col("from_index");
        Column event = col("level_event");
        Column isNew = col("previous_level").isNull();
        return decided.withColumn(
                        "level_index",
                        when(from.isNull(), col("earned_index"))
                                .when(event.equalTo(PROMOTION).and(from.equalTo(REVOKED_INDEX)), TRAINEE_INDEX)
                                .when(event.equalTo(PROMOTION), col("earned_index"))
                                .when(event.isin(DEMOTION, REVOCATION), col("demoted_index"))
                                .otherwise(from))
                .withColumn("level", KocLevels.name(col("level_index")))
                .withColumn("from_level", KocLevels.name(from))
                .withColumn("level_change", coalesce(event, when(isNew, "new").otherwise("kept")));
    }

    private Dataset<Row> withDates(Dataset<Row> moved) {
        Column from = col("from_index");
        Column event = col("level_event");
        Column hasMoved = from.isNull().or(col("level_index").notEqual(from));
        return moved.withColumn(
                        "level_since", when(hasMoved, lit(day)).otherwise(coalesce(col("previous_since"), lit(day))))
                .withColumn(
                        "grace_until",
                        when(event.equalTo(GRACE), date_add(lit(day), settings.graceDays()))
                                .when(event.isNull().and(col("is_in_grace")), col("previous_grace_until")));
    }
}
