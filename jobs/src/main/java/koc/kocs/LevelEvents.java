package koc.kocs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import koc.rules.KocLevels;
import koc.text.Texts;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What happened to whose level, and why. */
final class LevelEvents {
    private LevelEvents() {}

    /** KOC grain, as {@link Levels#move} returns it -> the rows of level_events: one per KOC with an event. */
    static Dataset<Row> rows(Dataset<Row> moved, Levels levels, LocalDate day, Texts texts) {
        return moved.where("level_event IS NOT NULL")
                .select(
                        lit(day).as("day"),
                        col("koc_id"),
                        col("koc_type"),
                        col("level_event").as("event"),
                        col("from_level"),
                        col("level").as("to_level"),
                        when(col("level_event").equalTo("grace"), col("grace_until"))
                                .as("grace_until"),
                        levels.measure("net_sales").as("net_sales"),
                        levels.measure("new_customers").as("new_customers"),
                        levels.measure("active_days").as("active_days"),
                        col("courses_365d").as("courses"),
                        lit(levels.settings().version()).as("levels_version"),
                        reason(levels, texts).as("reason"));
    }

    /** The event, the numbers that led to it, and the window and version they are of. */
    private static Column reason(Levels levels, Texts texts) {
        Column event = col("level_event");
        Column reached = levels.words(col("level_index"), 1, false, texts);
        Column keeps = levels.words(col("from_index"), levels.settings().retentionFraction(), false, texts);
        Column fails = levels.words(col("from_index"), levels.settings().retentionFraction(), true, texts);
        Column from = level(col("from_level"), texts);
        Column to = level(col("level"), texts);
        Column isTrial = col("trial_over");
        Column why = when(
                        isTrial,
                        texts.column("levels.why.trial", lit(levels.settings().trialDays())))
                .otherwise(fails);
        Column said = when(
                        event.equalTo("promotion").and(col("from_level").equalTo(KocLevels.REVOKED)),
                        texts.column("levels.event.return", to, reached))
                .when(event.equalTo("promotion"), texts.column("levels.event.promotion", from, to, reached))
                .when(
                        event.equalTo("grace"),
                        texts.column(
                                "levels.event.grace",
                                from,
                                why,
                                col("grace_until").cast("string")))
                .when(event.equalTo("recovery"), texts.column("levels.event.recovery", from, keeps))
                .when(event.equalTo("revocation"), texts.column("levels.event.revocation", from, why))
                .otherwise(texts.column("levels.event.demotion", from, to, why));
        Column grace = when(
                event.isin("demotion", "revocation")
                        .and(col("previous_grace_until").isNotNull()),
                texts.column(
                        "levels.event.grace-over", col("previous_grace_until").cast("string")));
        return concat_ws(
                texts.pattern("levels.event.between"),
                said,
                grace,
                when(
                        not(isTrial),
                        texts.text(
                                "levels.event.basis",
                                levels.settings().windowDays(),
                                levels.settings().version())));
    }

    /** The word for a level in the language of the reasons. */
    static Column level(Column level, Texts texts) {
        Column word = when(level.equalTo(KocLevels.REVOKED), texts.pattern("levels.name." + KocLevels.REVOKED));
        for (String name : KocLevels.NAMES) {
            word = word.when(level.equalTo(name), texts.pattern("levels.name." + name));
        }
        return word;
    }
}
