package koc.kocs.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import koc.kocs.ConditionalSums;
import koc.rules.DayWindow;
import koc.rules.KeptPurchases;
import koc.rules.KnownHistory;
import koc.tables.Frame;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Summarizes when each user bought, shared, reviewed and complained. */
public final class PurchaseHistories {
    /** The history of every user, KOC or not. */
    public static final Frame HISTORIES = Frame.named("purchase_histories")
            .grain("one row per user with any recorded day")
            .columns("""
                    user_id             STRING NOT NULL COMMENT 'User id',
                    is_history_known    BOOLEAN NOT NULL COMMENT 'Whether the user registered within the records, so that no earlier action is missing',
                    is_first_known      BOOLEAN NOT NULL COMMENT 'Whether the purchase of first_purchase_on is certainly the first ever',
                    first_purchase_on   DATE COMMENT 'First day with a kept purchase in the records',
                    last_purchase_on    DATE COMMENT 'Last day with a kept purchase',
                    first_share_on      DATE COMMENT 'Day of the first share or post',
                    purchase_days_365d  BIGINT NOT NULL COMMENT 'Days with a kept purchase',
                    purchase_lines_90d  BIGINT NOT NULL COMMENT 'Purchase lines, refunded or not',
                    reviews_90d         BIGINT NOT NULL COMMENT 'Reviews',
                    rating_sum_90d      BIGINT NOT NULL COMMENT 'Sum of the stars of these reviews',
                    complaints_90d      BIGINT NOT NULL COMMENT 'Complaints'""");

    private PurchaseHistories() {}

    /**
     * Arrival x day x user grain -> {@link #HISTORIES}. A day counts as a purchase day if something bought on it was
     * kept.
     *
     * @param userDays user_days of all arrivals up to the day
     * @param users user_id, registered_at
     * @param history the days that the records cover
     */
    public static Dataset<Row> compute(Dataset<Row> userDays, Dataset<Row> users, KnownHistory history) {
        LocalDate day = history.last();
        Column isKept = col("is_kept");
        Column isLast90Days = DayWindow.includes(col("day"), day, 90);
        Column isLast365Days = DayWindow.includes(col("day"), day, 365);
        return userDays.where(col("day").leq(lit(day)))
                .groupBy("user_id", "day")
                .agg(
                        sum("purchase_lines").as("purchase_lines"),
                        KeptPurchases.isAnyKept().as("is_kept"),
                        sum("shares").as("shares"),
                        sum("reviews").as("reviews"),
                        sum("rating_sum").as("rating_sum"),
                        sum("complaints").as("complaints"))
                .groupBy("user_id")
                .agg(
                        min(when(isKept, col("day"))).as("first_purchase_on"),
                        max(when(isKept, col("day"))).as("last_purchase_on"),
                        min(when(col("shares").gt(0), col("day"))).as("first_share_on"),
                        count_if(isKept.and(isLast365Days)).as("purchase_days_365d"),
                        ConditionalSums.sumWhere(isLast90Days, "purchase_lines").as("purchase_lines_90d"),
                        ConditionalSums.sumWhere(isLast90Days, "reviews").as("reviews_90d"),
                        ConditionalSums.sumWhere(isLast90Days, "rating_sum").as("rating_sum_90d"),
                        ConditionalSums.sumWhere(isLast90Days, "complaints").as("complaints_90d"))
                .join(
                        users.select(
                                col("user_id"), to_date(col("registered_at")).as("registered_on")),
                        new String[] {"user_id"},
                        "left")
                .withColumn("is_history_known", history.coversSince(col("registered_on")))
                .withColumn("is_first_known", history.isFirstEver(col("first_purchase_on"), col("registered_on")))
                .select(HISTORIES.columnNames().stream().map(name -> col(name)).toArray(Column[]::new));
    }
}
