package koc.influence;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import koc.rules.DayWindow;
import koc.rules.EventTypes;
import koc.rules.KocType;
import koc.rules.OpenTies;
import koc.spark.ExactSums;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How near KOCs and the members of their pools are. */
final class TieStrength {
    private static final String[] TIE = {"koc_id", "user_id"};

    private TieStrength() {}

    /**
     * Ties -> tie_strengths, of those open on the day.
     *
     * <p>A contact counts weight x decay^days (RealGraph: Kamath and others 2014). Worked: an answer of 10 days ago counts
     * 3 x .955^10 = 1.89. An experience that both attended on one day (of the same content and group, as far as both are
     * known) counts on both sides.
     *
     * @param spans {@link OpenTies#computeSpans}
     * @param events events of the days that count
     * @param users user_id, role
     */
    static Dataset<Row> strengths(
            Dataset<Row> spans, Dataset<Row> events, Dataset<Row> users, LocalDate day, InfluenceSettings settings) {
        Dataset<Row> open = spans.where(OpenTies.isOpenOn(lit(day)));
        Dataset<Row> recent =
                events.where(DayWindow.includes(col("day"), day, settings.tie().days()));
        Column shared = shared(settings);
        return open.join(contacts(recent, day, settings.tie()), TIE, "left")
                .join(sharedExperiences(open, recent, day, settings.tie().decay()), TIE, "left")
                .join(users.select(col("user_id").as("koc_id"), col("role")), new String[] {"koc_id"}, "left")
                .withColumn(
                        "strength_out",
                        round(coalesce(col("contact_out"), lit(0.0)).plus(shared), 6))
                .withColumn(
                        "strength_in",
                        round(coalesce(col("contact_in"), lit(0.0)).plus(shared), 6))
                .select(
                        lit(day).as("day"),
                        col("koc_id"),
                        col("user_id"),
                        KocType.edgeFromRole(col("role")).as("edge"),
                        col("tie_types"),
                        OpenTies.startedOn().as("since"),
                        col("is_inferred"),
                        col("strength_out"),
                        col("strength_in"),
                        col("strength_out").plus(col("strength_in")).as("strength"),
                        coalesce(col("experiences"), lit(0L)).cast("int").as("shared_experiences"),
                        col("strength_out")
                                .geq(settings.tie().strong())
                                .and(col("strength_in").geq(settings.tie().strong()))
                                .as("is_strong"));
    }

    private static Column shared(InfluenceSettings settings) {
        return coalesce(col("faded_experiences"), lit(0.0))
                .multiply(settings.tie().weight().sharedExperience());
    }

    private static Column faded(Column since, LocalDate day, double decay) {
        return pow(lit(decay), datediff(lit(day), since));
    }

    /** Events -> ordered pair grain: what each did towards the other, seen from both ends. */
    private static Dataset<Row> contacts(Dataset<Row> events, LocalDate day, InfluenceSettings.Tie tie) {
        Column type = col("event_type");
        Column weight = when(type.equalTo("share_open"), tie.weight().open())
                .when(EventTypes.isConversation(), tie.weight().answer())
                .when(type.equalTo("purchase"), tie.weight().purchase())
                .when(type.equalTo("attend"), tie.weight().attend())
                .otherwise(tie.weight().other());
        Column none = lit(0.0);
        return events.where(EventTypes.isCausedByAnother())
                .where(not(EventTypes.isLoss().or(type.isin("refund", "complaint"))))
                .groupBy("user_id", "sharer_id")
                .agg(ExactSums.preciseSum(weight.multiply(faded(col("day"), day, tie.decay())))
                        .as("contact"))
                .select(explode(array(
                                struct(
                                        col("sharer_id").as("koc_id"),
                                        col("user_id"),
                                        col("contact").as("in"),
                                        none.as("out")),
                                struct(
                                        col("user_id").as("koc_id"),
                                        col("sharer_id").as("user_id"),
                                        none.as("in"),
                                        col("contact").as("out"))))
                        .as("side"))
                .groupBy(col("side.koc_id"), col("side.user_id"))
                .agg(
                        ExactSums.preciseSum(col("side.in")).as("contact_in"),
                        ExactSums.preciseSum(col("side.out")).as("contact_out"));
    }

    private static Dataset<Row> sharedExperiences(Dataset<Row> open, Dataset<Row> events, LocalDate day, double decay) {
        Dataset<Row> attended = events.where("event_type = 'attend'")
                .select("user_id", "day", "content_id", "group_id")
                .distinct();
        Dataset<Row> ofKocs = attended.select(
                col("user_id").as("koc_id"),
                col("day"),
                col("content_id").as("koc_content"),
                col("group_id").as("koc_group"));
        Column same = coalesce(col("content_id").equalTo(col("koc_content")), lit(true))
                .and(coalesce(col("group_id").equalTo(col("koc_group")), lit(true)));
        return open.select(TIE[0], TIE[1])
                .join(attended, new String[] {"user_id"}, "inner")
                .join(ofKocs, new String[] {"koc_id", "day"}, "inner")
                .where(same)
                .groupBy("koc_id", "user_id", "day")
                .agg(count_distinct(col("content_id"), col("group_id")).as("contents"))
                .groupBy("koc_id", "user_id")
                .agg(
                        count_distinct(col("day")).as("experiences"),
                        ExactSums.preciseSum(faded(col("day"), day, decay)).as("faded_experiences"));
    }
}
