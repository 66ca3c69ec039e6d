package koc.influence;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.hour;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.minute;
import static org.apache.spark.sql.functions.second;

import java.time.LocalDate;
import koc.rules.CategoryPath;
import koc.rules.KeptPurchases;
import koc.rules.OpenTies;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** Who bought what, what was shared, and which purchase came after whose share. */
final class Purchases {
    private Purchases() {}

    /** Days since the first day looked at, in the zone of the run; 2.25 is six in the morning of the third day. */
    static Column moment(LocalDate from) {
        Column at = col("occurred_at");
        Column seconds = hour(at).multiply(3600).plus(minute(at).multiply(60)).plus(second(at));
        return datediff(col("day"), lit(from)).plus(seconds.divide(86_400.0));
    }

    /**
     * Events -> purchases that were kept ({@link KeptPurchases#keepLines}): event_id, user_id, product_id, category, day, place (of the day,
     * 0 = from), moment, occurred_at, kept_amount, kept_fraction.
     *
     * @param events events of the days wanted
     * @param products product_id, category (cut)
     * @param refunds refunds up to the run date
     */
    static Dataset<Row> kept(Dataset<Row> events, Dataset<Row> products, Dataset<Row> refunds, LocalDate from) {
        return KeptPurchases.keepLines(events, refunds)
                .join(products, new String[] {"product_id"}, "left")
                .select(
                        col("event_id"),
                        col("user_id"),
                        col("product_id"),
                        CategoryPath.orNone(col("category")).as("category"),
                        col("day"),
                        datediff(col("day"), lit(from)).as("place"),
                        moment(from).as("moment"),
                        col("occurred_at"),
                        col("kept_amount"),
                        col("kept_fraction"));
    }

    /**
     * Events -> shares of a product by owners of pools: share_id, koc_id, product_id, category, share_day, place, shared and
     * ends (moments). What follows a share counts as its own until the next share of the product by the same KOC.
     */
    static Dataset<Row> shares(
            Dataset<Row> events,
            Dataset<Row> products,
            Dataset<Row> spans,
            LocalDate from,
            LocalDate day,
            InfluenceSettings settings) {
        Column next = lead(col("shared"), 1)
                .over(Window.partitionBy("koc_id", "product_id").orderBy("shared", "share_id"));
        double end = day.toEpochDay() - from.toEpochDay() + 1.0;
        return events.where("event_type = 'share' AND product_id IS NOT NULL")
                .join(products, new String[] {"product_id"}, "left")
                .select(
                        col("event_id").as("share_id"),
                        col("user_id").as("koc_id"),
                        col("product_id"),
                        CategoryPath.orNone(col("category")).as("category"),
                        col("day").as("share_day"),
                        datediff(col("day"), lit(from)).as("place"),
                        moment(from).as("shared"),
                        col("occurred_at").as("shared_at"))
                .join(spans.select("koc_id").distinct(), new String[] {"koc_id"}, "left_semi")
                .withColumn(
                        "ends",
                        least(lit(end), coalesce(next, lit(end)), col("shared").plus(settings.windowDays())));
    }

    /**
     * Purchase x KOC grain: purchases of what a KOC had shared while the buyer was in its pool, and not longer ago than the
     * window. Bounded by purchases x ties of their buyers.
     */
    static Dataset<Row> reached(Dataset<Row> purchases, Dataset<Row> shares, Dataset<Row> spans) {
        return purchases
                .where("place >= 0")
                .select("event_id", "user_id", "product_id", "moment")
                .join(spans.select("koc_id", "user_id", "since", "until"), new String[] {"user_id"}, "inner")
                .join(
                        shares.select(
                                "koc_id",
                                "product_id",
                                "share_id",
                                "share_day",
                                "place",
                                "shared",
                                "shared_at",
                                "ends"),
                        new String[] {"koc_id", "product_id"},
                        "inner")
                .where(col("moment").gt(col("shared")).and(col("moment").lt(col("ends"))))
                .where(OpenTies.isOpenOn(col("share_day")))
                .select(
                        col("event_id"),
                        col("koc_id"),
                        col("user_id"),
                        col("product_id"),
                        col("share_id"),
                        col("place"),
                        col("shared_at"),
                        floor(col("moment")).as("bought_on"));
    }
}
