package koc.kocs.levels;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import koc.rules.KocLevels;
import koc.text.Texts;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Lists the promotions, demotions and grace periods of a day, each with its reason. */
public final class LevelEvents {
    private final LevelCriteria criteria;
    private final LevelSettings settings;
    private final Texts texts;
    private final LocalDate day;

    public LevelEvents(LevelCriteria criteria, Texts texts, LocalDate day) {
        this.criteria = criteria;
        this.settings = criteria.settings();
        this.texts = texts;
        this.day = day;
    }

    /**
     * Person grain -> the rows of level_events: one per KOC with an event.
     *
     * @param moved as {@link LevelMovement#move} returns it
     */
    public Dataset<Row> explain(Dataset<Row> moved) {
        Column isGrace = col("level_event").equalTo(LevelMovement.GRACE);
        return moved.where("level_event IS NOT NULL")
                .select(
                        lit(day).as("day"),
                        col("koc_id"),
                        col("koc_type"),
                        col("level_event").as("event"),
                        col("from_level"),
                        col("level").as("to_level"),
                        when(isGrace, col("grace_until")).as("grace_until"),
                        criteria.measure("net_sales").as("net_sales"),
                        criteria.measure("new_customers").as("new_customers"),
                        criteria.measure("active_days").as("active_days"),
                        col("courses_365d").as("courses"),
                        lit(settings.version()).as("levels_version"),
                        reason().as("reason"));
    }

    /** The event with the numbers that caused it, then the window and the version of the thresholds. */
    private Column reason() {
        Column days = least(lit(settings.windowDays()), coalesce(col("history_days"), lit(settings.windowDays())));
        Column basis = texts.column("levels.event.basis", days, lit(settings.version()));
        return concat_ws(
                texts.pattern("levels.event.between"), event(), endOfGrace(), when(not(col("is_trial_over")), basis));
    }

    private Column event() {
        Column event = col("level_event");
        Column from = LevelCriteria.nameLevel(col("from_level"), texts);
        Column to = LevelCriteria.nameLevel(col("level"), texts);
        Column earned = criteria.describe(col("level_index"), texts);
        Column retained = criteria.describeRetention(col("from_index"), texts);
        Column failed = when(col("is_trial_over"), texts.column("levels.why.trial", lit(settings.trialDays())))
                .otherwise(criteria.describeUnmetRetention(col("from_index"), texts));
        Column isReturn =
                event.equalTo(LevelMovement.PROMOTION).and(col("from_level").equalTo(KocLevels.REVOKED));
        return when(isReturn, texts.column("levels.event.return", to, earned))
                .when(event.equalTo(LevelMovement.PROMOTION), texts.column("levels.event.promotion", from, to, earned))
                .when(
                        event.equalTo(LevelMovement.GRACE),
                        texts.column(
                                "levels.event.grace",
                                from,
                                failed,
                                col("grace_until").cast("string")))
                .when(event.equalTo(LevelMovement.RECOVERY), texts.column("levels.event.recovery", from, retained))
                .when(event.equalTo(LevelMovement.REVOCATION), texts.column("levels.event.revocation", from, failed))
                .otherwise(texts.column("levels.event.demotion", from, to, failed));
    }

    private Column endOfGrace() {
        Column graceUntil = col("previous_grace_until");
        return when(
                col("level_event")
                        .isin(LevelMovement.DEMOTION, LevelMovement.REVOCATION)
                        .and(graceUntil.isNotNull()),
                texts.column("levels.event.grace-over", graceUntil.cast("string")));
    }
}
