package koc.kocs;

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

/** Where everybody stands on the way from recruit to partner, and from consumer to distributor. */
final class KocLifecycle {
    private KocLifecycle() {}

    /**
     * Person grain -> the rows of koc_lifecycle. A KOC that was silent for a while goes on from its latest earlier row.
     *
     * <p>{@code advance_rate} = KOCs beyond a state / KOCs in it or beyond it, the revoked left out: 20 recruits, 4
     * trainees and 1 bronze give 5 / 25 = .2 for recruits and 1 / 5 = .2 for trainees.
     *
     * @param people candidates as {@link Levels#move} returns them, and those who only shared, at level recruit
     * @param earlier koc_lifecycle of earlier days, or none
     */
    static Dataset<Row> rows(Dataset<Row> people, Dataset<Row> earlier, Levels levels, LocalDate day, Texts texts) {
        Dataset<Row> before = earlier.groupBy("koc_id")
                .agg(max_by(
                                struct("state", "since", "previous_state", "days_in_previous_state", "first_sale_on"),
                                col("day"))
                        .as("was"))
                .select(
                        col("koc_id"),
                        col("was.state").as("was_state"),
                        col("was.since").as("was_since"),
                        col("was.previous_state").as("was_previous_state"),
                        col("was.days_in_previous_state").as("was_previous_days"),
                        col("was.first_sale_on").as("was_first_sale_on"));
        Column[] reached = IntStream.range(0, KocLevels.NAMES.size())
                .mapToObj(index -> count_if(col("level_index").geq(index)))
                .toArray(Column[]::new);
        Dataset<Row> everybody = people.agg(array(reached).as("reached"));
        Column inOrBeyond = try_element_at(col("reached"), col("level_index").plus(1));
        Column beyond = try_element_at(col("reached"), col("level_index").plus(2));
        Column isSame = coalesce(col("was_state").equalTo(col("level")), lit(false));
        Column moved = col("was_state").isNotNull().and(col("was_state").notEqual(col("level")));
        Column isRecruit = col("level").equalTo(KocLevels.RECRUIT);
        Column next = when(col("level").equalTo(KocLevels.REVOKED), 1)
                .when(
                        col("level_index").lt(KocLevels.NAMES.size() - 1),
                        col("level_index").plus(1));
        return people.join(before, new String[] {"koc_id"}, "left")
                .crossJoin(broadcast(everybody))
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
                        KocLevels.name(col("next_index")).as("next_state"),
                        round(when(col("next_index").isNull(), 1.0).otherwise(levels.progress(col("next_index"))), 6)
                                .as("progress"),
                        when(col("level_index").geq(0), round(beyond.divide(inOrBeyond), 6))
                                .as("advance_rate"),
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
                        col("level").equalTo(KocLevels.REVOKED),
                        concat_ws(texts.pattern("levels.between"), readmission, when(unmet.notEqual(""), unmet)))
                .otherwise(unmet);
    }

    /** Null for no words, which is left out where words are put together. */
    private static Column given(Column words) {
        return when(words.notEqual(""), words);
    }
}
