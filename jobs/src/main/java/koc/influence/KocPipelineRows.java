package koc.influence;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.date_diff;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import koc.text.Texts;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Where everybody stands on the way from recruit to partner, and from consumer to distributor. */
final class KocPipelineRows {
    private KocPipelineRows() {}

    /**
     * Person grain -> the rows of koc_pipeline.
     *
     * @param people candidates as {@link Levels#move} returns them, and those who only shared, at level recruit
     * @param previous koc_pipeline of the previous day, or none
     */
    static Dataset<Row> rows(Dataset<Row> people, Dataset<Row> previous, Levels levels, LocalDate day, Texts texts) {
        Dataset<Row> before = previous.select(
                col("koc_id"),
                col("state").as("was_state"),
                col("since").as("was_since"),
                col("previous_state").as("was_previous_state"),
                col("days_in_previous_state").as("was_previous_days"),
                col("first_sale_on").as("was_first_sale_on"));
        Column isSame = coalesce(col("was_state").equalTo(col("level")), lit(false));
        Column moved = col("was_state").isNotNull().and(col("was_state").notEqual(col("level")));
        Column isRecruit = col("level").equalTo(Levels.RECRUIT);
        Column next = when(col("level").equalTo(Levels.REVOKED), 1)
                .when(
                        col("level_index").lt(Levels.NAMES.size() - 1),
                        col("level_index").plus(1));
        return people.join(before, new String[] {"koc_id"}, "left")
                .withColumn(
                        "since",
                        when(isSame, col("was_since"))
                                .when(moved, lit(day))
                                .when(isRecruit, coalesce(col("first_share_on"), col("level_since")))
                                .otherwise(col("level_since")))
                .withColumn("first_sale_on", least(col("was_first_sale_on"), col("first_credit_on")))
                .withColumn("next_index", next)
                .select(
                        lit(day).as("day"),
                        col("koc_id"),
                        col("koc_type"),
                        col("level").as("state"),
                        col("since"),
                        date_diff(lit(day), col("since")).as("days_in_state"),
                        when(moved, col("was_state"))
                                .otherwise(col("was_previous_state"))
                                .as("previous_state"),
                        when(moved, date_diff(lit(day), col("was_since")))
                                .otherwise(col("was_previous_days"))
                                .as("days_in_previous_state"),
                        Levels.name(col("next_index")).as("next_state"),
                        round(when(col("next_index").isNull(), 1.0).otherwise(levels.progress(col("next_index"))), 6)
                                .as("progress"),
                        missing(levels, texts).as("missing"),
                        col("is_recruited").as("recruitment_passed"),
                        concat_ws(
                                        texts.pattern("levels.event.between"),
                                        when(col("is_recruited"), texts.pattern("levels.recruitment.passed"))
                                                .otherwise(texts.pattern("levels.recruitment.failed")),
                                        given(levels.words(lit(1), 1, false, texts)))
                                .as("recruitment_reason"),
                        when(col("first_sale_on").isNotNull(), "distributor")
                                .when(col("first_share_on").isNotNull(), "spreader")
                                .when(col("first_purchase_on").isNotNull(), "consumer")
                                .otherwise("newcomer")
                                .as("journey"),
                        col("first_purchase_on"),
                        col("first_share_on"),
                        col("first_sale_on"),
                        date_diff(col("first_share_on"), col("first_purchase_on"))
                                .as("days_to_share"),
                        date_diff(col("first_sale_on"), col("first_share_on")).as("days_to_sale"));
    }

    private static Column missing(Levels levels, Texts texts) {
        Column unmet = levels.words(col("next_index"), 1, true, texts);
        Column readmission = texts.column(
                "levels.readmission",
                date_add(col("since"), levels.settings().readmitDays()).cast("string"));
        return when(col("next_index").isNull(), "")
                .when(
                        col("level").equalTo(Levels.REVOKED),
                        concat_ws(texts.pattern("levels.between"), readmission, when(unmet.notEqual(""), unmet)))
                .otherwise(unmet);
    }

    /** Null for no words, which is left out where words are put together. */
    private static Column given(Column words) {
        return when(words.notEqual(""), words);
    }
}
