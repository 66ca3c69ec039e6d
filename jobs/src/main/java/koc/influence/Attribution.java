package koc.influence;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.unix_seconds;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import koc.rules.EventTypes;
import koc.spark.ExactSums;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** Which touch is credited with how much of which purchase. */
final class Attribution {
    private Attribution() {}

    /**
     * Purchase x touch grain: every share, opened share, inquiry and introduction before a purchase, and its part of it.
     *
     * <p>touch_fraction = weight x .5^(days before / half-life), over the sum of the same over the purchase's touches. Worked: a
     * share opened 3 days before (1 x .5) and an inquiry to another KOC on the day (2 x 1) take .2 and .8.
     *
     * @param purchases {@link Purchases#kept}
     * @param reached {@link Purchases#reached}
     * @param events events of the days looked at and of a window before
     * @param users user_id, registered_at, acquired_via
     */
    static Dataset<Row> touches(
            Dataset<Row> purchases,
            Dataset<Row> reached,
            Dataset<Row> events,
            Dataset<Row> users,
            InfluenceSettings settings) {
        Dataset<Row> bought = purchases.where("place >= 0").drop("place", "day", "moment");
        Dataset<Row> shares = reached.select(
                col("event_id"),
                col("koc_id"),
                col("share_id").as("touch_event_id"),
                col("shared_at").as("touched_at"),
                lit("share").as("touch_type"));
        Dataset<Row> answers = events.where("event_type IN ('share_open', 'inquiry') AND product_id IS NOT NULL")
                .where(EventTypes.isCausedByAnother())
                .select(
                        col("user_id"),
                        col("product_id"),
                        col("sharer_id").as("koc_id"),
                        col("event_id").as("touch_event_id"),
                        col("occurred_at").as("touched_at"),
                        col("event_type").as("touch_type"));
        Dataset<Row> answered = bought.select("event_id", "user_id", "product_id", "occurred_at")
                .join(answers, new String[] {"user_id", "product_id"}, "inner")
                .where(within(settings.windowDays()))
                .select("event_id", "koc_id", "touch_event_id", "touched_at", "touch_type");
        Dataset<Row> brought = users.where("acquired_via LIKE 'koc:%' AND registered_at IS NOT NULL")
                .select(
                        col("user_id"),
                        expr("substring(acquired_via, 5)").as("koc_id"),
                        concat(lit("referral:"), col("user_id")).as("touch_event_id"),
                        col("registered_at").as("touched_at"),
                        lit("referral").as("touch_type"))
                .where("koc_id <> user_id AND koc_id <> ''");
        Dataset<Row> referred = bought.select("event_id", "user_id", "occurred_at")
                .join(brought, new String[] {"user_id"}, "inner")
                .where(within(settings.credit().referralDays()))
                .select("event_id", "koc_id", "touch_event_id", "touched_at", "touch_type");
        return shares.select("event_id", "koc_id", "touch_event_id", "touched_at", "touch_type")
                .unionByName(answered)
                .unionByName(referred)
                .join(bought, new String[] {"event_id"}, "inner")
                .withColumn("weight", weight(settings.credit()))
                .where("weight > 0")
                .withColumn(
                        "touch_fraction",
                        round(
                                col("weight")
                                        .divide(ExactSums.preciseSumOver(
                                                col("weight"),
                                                Window.partitionBy("event_id")
                                                        .rowsBetween(
                                                                Window.unboundedPreceding(),
                                                                Window.unboundedFollowing()))),
                                9))
                .drop("weight");
    }

    private static Column within(int days) {
        Column seconds = unix_seconds(col("occurred_at")).minus(unix_seconds(col("touched_at")));
        return seconds.geq(0).and(seconds.leq(days * 86_400L));
    }

    /** Rounded to twelve decimals: a touch whose weight is below that counts for nothing. */
    private static Column weight(InfluenceSettings.Credit credit) {
        Column type = col("touch_type");
        Column weight = when(type.equalTo("share"), credit.weight().share())
                .when(type.equalTo("share_open"), credit.weight().open())
                .when(type.equalTo("inquiry"), credit.weight().inquiry())
                .otherwise(credit.weight().referral());
        Column days = unix_seconds(col("occurred_at"))
                .minus(unix_seconds(col("touched_at")))
                .divide(86_400.0);
        return round(weight.multiply(pow(lit(.5), days.divide(credit.halfLifeDays()))), 12);
    }

    /**
     * The rows of purchase_credits.
     *
     * @param touches {@link #touches}
     * @param damped {@link FraudDetection#damped}: koc_id, user_id, fraud_factor, fraud_reason
     */
    static Dataset<Row> credits(Dataset<Row> touches, Dataset<Row> damped, LocalDate day) {
        Column fraud_factor = coalesce(col("fraud_factor"), lit(1.0));
        return touches.join(damped, new String[] {"koc_id", "user_id"}, "left")
                .select(
                        lit(day).as("day"),
                        col("event_id").as("purchase_event_id"),
                        col("touch_event_id"),
                        col("koc_id"),
                        col("user_id"),
                        col("product_id"),
                        col("category"),
                        col("touch_type"),
                        col("touched_at"),
                        col("occurred_at").as("purchased_at"),
                        col("touch_fraction"),
                        fraud_factor.as("fraud_factor"),
                        col("fraud_reason"),
                        round(col("touch_fraction").multiply(fraud_factor).multiply(col("kept_fraction")), 9)
                                .as("credited_fraction"),
                        round(
                                        col("kept_amount")
                                                .cast("double")
                                                .multiply(col("touch_fraction"))
                                                .multiply(fraud_factor),
                                        2)
                                .cast("decimal(18,2)")
                                .as("credited_amount"));
    }
}
