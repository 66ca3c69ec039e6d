package koc.influence;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.unix_seconds;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import koc.influence.exposure.ExposureInputs;
import koc.influence.exposure.GroupWindow;
import koc.influence.fraud.FraudDetection;
import koc.rules.EventTypes;
import koc.rules.Invitations;
import koc.spark.ExactSums;
import koc.tables.Frame;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Attributes each purchase to the touches before it. */
public final class Attribution {
    public static final Frame TOUCHES = Frame.named("touches")
            .grain("one row per purchase of the period and touch before it")
            .columns("""
                    event_id       STRING COMMENT 'Event of the purchase',
                    koc_id         STRING COMMENT 'KOC of the touch',
                    touch_event_id STRING COMMENT 'Event of the touch; referral:<user_id> for a referral',
                    touched_at     TIMESTAMP COMMENT 'Instant of the touch',
                    touch_type     STRING COMMENT 'share, share_open, inquiry or referral',
                    user_id        STRING COMMENT 'The buyer',
                    product_id     STRING COMMENT 'Product bought',
                    category       STRING COMMENT 'Category of the product',
                    occurred_at    TIMESTAMP COMMENT 'Instant of the purchase',
                    kept_amount    DECIMAL(18,2) COMMENT 'Amount less refunds',
                    kept_fraction  DOUBLE COMMENT 'Kept amount over amount, 0..1',
                    touch_fraction DOUBLE COMMENT 'Fraction of the purchase, sums to 1 over its touches'""");

    private static final double SECONDS_PER_DAY = 86_400.0;

    private final InfluenceSettings settings;

    public Attribution(InfluenceSettings settings) {
        this.settings = settings;
    }

    /**
     * Selects {@link #TOUCHES}: the shares that the buyer was exposed to, opened shares and inquiries about the product
     * in the 7 days before a purchase, and referrals in the 30 days before it (by default).
     *
     * <p>touch_fraction = weight x .5^(days before / half-life), over the sum of the same over the touches of the
     * purchase. Example with the default half-life of 3 days and the default weights: a share opened 3 days before (1 x
     * .5) and an inquiry to another KOC just before the purchase (2 x 1) get .2 and .8.
     *
     * @param events events of the period and of one window before it
     * @param users user_id, registered_at, acquired_via
     */
    public Dataset<Row> selectTouches(ExposureInputs inputs, Dataset<Row> events, Dataset<Row> users) {
        Dataset<Row> purchases =
                inputs.purchases().where(InfluencePeriod.isInPeriod()).drop("day_offset", "moment");
        Column total = ExactSums.preciseSumOver(col("weight"), GroupWindow.by("event_id"));
        return selectShares(inputs.exposedPurchases())
                .unionByName(selectResponses(purchases, events))
                .unionByName(selectReferrals(purchases, users))
                .join(purchases, new String[] {"event_id"}, "inner")
                .withColumn("weight", computeWeight(settings.credit()))
                .where("weight > 0")
                .withColumn("touch_fraction", round(col("weight").divide(total), 9))
                .drop("weight");
    }

    private static Dataset<Row> selectShares(Dataset<Row> exposedPurchases) {
        return exposedPurchases.select(
                col("event_id"),
                col("koc_id"),
                col("share_id").as("touch_event_id"),
                col("shared_at").as("touched_at"),
                lit("share").as("touch_type"));
    }

    /** Opened shares and inquiries about the product, within the window (7 days by default) before the purchase. */
    private Dataset<Row> selectResponses(Dataset<Row> purchases, Dataset<Row> events) {
        Dataset<Row> responses = events.where("event_type IN ('share_open', 'inquiry') AND product_id IS NOT NULL")
                .where(EventTypes.isCausedByAnother())
                .select(
                        col("user_id"),
                        col("product_id"),
                        col("sharer_id").as("koc_id"),
                        col("event_id").as("touch_event_id"),
                        col("occurred_at").as("touched_at"),
                        col("event_type").as("touch_type"));
        return purchases
                .select("event_id", "user_id", "product_id", "occurred_at")
                .join(responses, new String[] {"user_id", "product_id"}, "inner")
                .where(isTouchWithin(settings.windowDays()))
                .select("event_id", "koc_id", "touch_event_id", "touched_at", "touch_type");
    }

    /** Registrations through a KOC, for purchases within 30 days by default after the registration. */
    private Dataset<Row> selectReferrals(Dataset<Row> purchases, Dataset<Row> users) {
        Dataset<Row> referrals = users.where("registered_at IS NOT NULL")
                .select(
                        col("user_id"),
                        Invitations.inviter().as("koc_id"),
                        concat(lit("referral:"), col("user_id")).as("touch_event_id"),
                        col("registered_at").as("touched_at"),
                        lit("referral").as("touch_type"))
                .where("koc_id <> user_id");
        return purchases
                .select("event_id", "user_id", "occurred_at")
                .join(referrals, new String[] {"user_id"}, "inner")
                .where(isTouchWithin(settings.credit().referralDays()))
                .select("event_id", "koc_id", "touch_event_id", "touched_at", "touch_type");
    }

    private static Column isTouchWithin(int days) {
        return secondsBefore().between(lit(0), lit((long) (days * SECONDS_PER_DAY)));
    }

    private static Column secondsBefore() {
        return unix_seconds(col("occurred_at")).minus(unix_seconds(col("touched_at")));
    }

    /** The weight of a touch, rounded to twelve decimals. A touch whose weight rounds to 0 does not count. */
    private static Column computeWeight(InfluenceSettings.Credit credit) {
        Column type = col("touch_type");
        Column weight = when(type.equalTo("share"), credit.weight().share())
                .when(type.equalTo("share_open"), credit.weight().open())
                .when(type.equalTo("inquiry"), credit.weight().inquiry())
                .otherwise(credit.weight().referral());
        Column days = secondsBefore().divide(SECONDS_PER_DAY);
        return round(weight.multiply(pow(lit(.5), days.divide(credit.halfLifeDays()))), 12);
    }

    /**
     * Computes the rows of purchase_credits.
     *
     * @param touches {@link #TOUCHES}
     * @param fraudulentCredits {@link FraudDetection#FRAUDULENT_CREDITS}
     */
    public static Dataset<Row> computeCredits(Dataset<Row> touches, Dataset<Row> fraudulentCredits, LocalDate day) {
        Column fraudFactor = coalesce(col("fraud_factor"), lit(1.0));
        Column amount = col("kept_amount")
                .cast("double")
                .multiply(col("touch_fraction"))
                .multiply(fraudFactor);
        return touches.join(fraudulentCredits, new String[] {"koc_id", "user_id"}, "left")
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
                        fraudFactor.as("fraud_factor"),
                        col("fraud_reason"),
                        round(col("touch_fraction").multiply(fraudFactor).multiply(col("kept_fraction")), 9)
                                .as("credited_fraction"),
                        round(amount, 2).cast("decimal(18,2)").as("credited_amount"));
    }
}
