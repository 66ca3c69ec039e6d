package koc.recommend;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;

import java.util.Arrays;
import java.util.Locale;
import koc.rules.KeptPurchases;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The type of event that recommendations predict, strongest first. It is purchases, unless too few are recorded. */
public enum TargetEvent {
    /** Purchases less returns. */
    PURCHASE,
    CART,
    FAVORITE,
    INQUIRY,
    SHARE_OPEN,
    CLICK,
    VIEW;

    /**
     * The strongest event with at least {@code minRows} rows. When there is none, the strongest that occurs at all; in
     * an empty history, purchases.
     *
     * @param userProductDays user_product_days
     */
    public static TargetEvent select(Dataset<Row> userProductDays, long minRows) {
        Column[] counts = Arrays.stream(values())
                .map(event -> count_if(event.isPresent()).as(event.eventType()))
                .toArray(Column[]::new);
        Row found = userProductDays
                .agg(counts[0], Arrays.copyOfRange(counts, 1, counts.length))
                .head();
        for (long enough : new long[] {minRows, 1}) {
            for (TargetEvent event : values()) {
                if (found.<Long>getAs(event.eventType()) >= enough) {
                    return event;
                }
            }
        }
        return PURCHASE;
    }

    /**
     * Replaces the column buyers by the number of users with this event. For purchases, profiles stay as they are.
     *
     * @param profiles product_profile
     */
    public Dataset<Row> withBuyers(Dataset<Row> profiles, Dataset<Row> userProductDays) {
        if (this == PURCHASE) {
            return profiles;
        }
        Dataset<Row> users = userProductDays
                .where(isPresent())
                .groupBy("product_id")
                .agg(count_distinct(col("user_id")).as("event_users"));
        return profiles.join(users, new String[] {"product_id"}, "left")
                .withColumn("buyers", coalesce(col("event_users"), lit(0L)))
                .drop("event_users");
    }

    /** The number of these events in a row of user_product_days; kept units for purchases. */
    public Column units() {
        return switch (this) {
            case PURCHASE -> KeptPurchases.units();
            case CART -> col("carts");
            case FAVORITE -> col("favorites");
            case INQUIRY -> col("inquiries");
            case SHARE_OPEN -> col("opens");
            case CLICK -> col("clicks");
            case VIEW -> col("views");
        };
    }

    /** Whether a row of user_product_days has any of these events; for purchases, also when it has refunds alone. */
    public Column isPresent() {
        return this == PURCHASE
                ? col("units").notEqual(0).or(col("refunded_units").notEqual(0))
                : units().gt(0);
    }

    /** The event type as tables write it, such as {@code share_open}. */
    public String eventType() {
        return name().toLowerCase(Locale.ROOT);
    }
}
