package koc.kocs.levels;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
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
                        least(lit(settings.windowDays()), coalesce(col("history_days"), lit(settings.windowDays())))
                                .as("window_days"),
                        lit(settings.version()).as("levels_version"),
                        reason().as("reason"));
    }

    /** The event, and the numbers that caused it; for a grace period, when it ends. */
    private Column reason() {
        Column event = col("level_event");
        Column from = texts.word("levels.name.", col("from_level"));
        Column to = texts.word("levels.name.", col("level"));
        Column met = measures(col("level_index"));
        Column kept = measures(col("from_index"));
        Column unmet = when(col("is_trial_over"), texts.pattern("levels.why.trial"))
                .otherwise(texts.column("levels.why.short", criteria.nameUnmetRetention(col("from_index"), texts)));
        return when(
                        event.equalTo(LevelMovement.PROMOTION)
                                .and(col("from_level").equalTo(KocLevels.REVOKED)),
                        texts.column("levels.event.return", to, met))
                .when(event.equalTo(LevelMovement.PROMOTION), texts.column("levels.event.promotion", from, to, met))
                .when(
                        event.equalTo(LevelMovement.GRACE).and(col("is_trial_over")),
                        texts.column(
                                "levels.event.grace.trial",
                                from,
                                col("grace_until").cast("string")))
                .when(
                        event.equalTo(LevelMovement.GRACE),
                        texts.column(
                                "levels.event.grace",
                                from,
                                unmet,
                                col("grace_until").cast("string")))
                .when(event.equalTo(LevelMovement.RECOVERY), texts.column("levels.event.recovery", from, kept))
                .when(event.equalTo(LevelMovement.REVOCATION), texts.column("levels.event.revocation", from, unmet))
                .otherwise(texts.column("levels.event.demotion", from, to, unmet));
    }

    /** The numbers that earn a level, all columns of the table; of recruitment only what it requires. */
    private Column measures(Column level) {
        return when(level.geq(KocLevels.BRONZE_INDEX), criteria.describeValues(level, texts))
                .otherwise(criteria.nameRequired(level, texts));
    }
}
