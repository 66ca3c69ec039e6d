package koc.influence;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
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

/**
 * Tie strength between a KOC and a member of their pool: the sum of their contacts and shared experiences, weighted by
 * type and decayed by age (RealGraph: Kamath and others 2014).
 *
 * <p>A contact is an event that names the other person as sharer, except mutes, leaves, refunds and complaints. It
 * counts weight x decay^days. Example: a question or answer of 10 days ago counts 3 x .955^10 = 1.89 by default.
 */
public final class TieStrength {
    private static final String[] TIE = {"koc_id", "user_id"};

    private final InfluenceSettings.Tie settings;
    private final LocalDate day;

    public TieStrength(InfluenceSettings.Tie settings, LocalDate day) {
        this.settings = settings;
        this.day = day;
    }

    /**
     * Computes the rows of tie_strengths, of the ties that are open on the day.
     *
     * <p>An offline experience that both attended on the same day counts in both directions. Its content and group must
     * be the same, if both are recorded.
     *
     * @param ties {@link OpenTies#TIE_SPANS}
     * @param users user_id, role
     */
    public Dataset<Row> compute(Dataset<Row> ties, Dataset<Row> events, Dataset<Row> users) {
        Dataset<Row> open = ties.where(OpenTies.isOpenOn(lit(day)));
        Dataset<Row> recent = events.where(DayWindow.includes(col("day"), day, settings.days()));
        Column sharedStrength = coalesce(col("decayed_experiences"), lit(0.0))
                .multiply(settings.weight().sharedExperience());
        return open.join(computeContacts(recent), TIE, "left")
                .join(countSharedExperiences(open, recent), TIE, "left")
                .join(users.select(col("user_id").as("koc_id"), col("role")), new String[] {"koc_id"}, "left")
                .withColumn(
                        "strength_out",
                        round(coalesce(col("contact_out"), lit(0.0)).plus(sharedStrength), 6))
                .withColumn(
                        "strength_in",
                        round(coalesce(col("contact_in"), lit(0.0)).plus(sharedStrength), 6))
                .select(
                        lit(day).as("day"),
                        col("koc_id"),
                        col("user_id"),
                        KocType.relationFromRole(col("role")).as("relation"),
                        col("tie_types"),
                        OpenTies.startedOn().as("since"),
                        col("is_inferred"),
                        col("strength_out"),
                        col("strength_in"),
                        col("strength_out").plus(col("strength_in")).as("strength"),
                        coalesce(col("experiences"), lit(0L)).cast("int").as("shared_experiences"),
                        col("strength_out")
                                .geq(settings.strong())
                                .and(col("strength_in").geq(settings.strong()))
                                .as("is_strong"));
    }

    private Column decay(Column date) {
        return pow(lit(settings.decay()), datediff(lit(day), date));
    }

    /** KOC x user grain: contact_out (what the KOC did towards the user) and contact_in (the other way). */
    private Dataset<Row> computeContacts(Dataset<Row> events) {
        Column none = lit(0.0);
        return events.where(EventTypes.isCausedByAnother())
                .where(not(EventTypes.isLoss().or(col("event_type").isin("refund", "complaint"))))
                .groupBy("user_id", "sharer_id")
                .agg(ExactSums.preciseSum(contactWeight().multiply(decay(col("day"))))
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

    private Column contactWeight() {
        Column type = col("event_type");
        InfluenceSettings.TieWeight weight = settings.weight();
        return when(type.equalTo("share_open"), weight.open())
                .when(EventTypes.isConversation(), weight.answer())
                .when(type.equalTo("purchase"), weight.purchase())
                .when(type.equalTo("attend"), weight.attend())
                .otherwise(weight.other());
    }

    /**
     * KOC x user grain: days with an experience that both attended: their number (experiences) and their decayed sum
     * (decayed_experiences).
     */
    private Dataset<Row> countSharedExperiences(Dataset<Row> open, Dataset<Row> events) {
        Dataset<Row> attended = events.where("event_type = 'attend'")
                .select("user_id", "day", "content_id", "group_id")
                .distinct();
        Dataset<Row> attendedByKocs = attended.select(
                col("user_id").as("koc_id"),
                col("day"),
                col("content_id").as("koc_content"),
                col("group_id").as("koc_group"));
        Column isSame = coalesce(col("content_id").equalTo(col("koc_content")), lit(true))
                .and(coalesce(col("group_id").equalTo(col("koc_group")), lit(true)));
        return open.select(TIE[0], TIE[1])
                .join(attended, new String[] {"user_id"}, "inner")
                .join(attendedByKocs, new String[] {"koc_id", "day"}, "inner")
                .where(isSame)
                .select("koc_id", "user_id", "day")
                .distinct()
                .groupBy("koc_id", "user_id")
                .agg(
                        count(lit(1)).as("experiences"),
                        ExactSums.preciseSum(decay(col("day"))).as("decayed_experiences"));
    }
}
