package koc.influence.exposure;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;

import koc.influence.InfluencePeriod;
import koc.rules.CategoryPath;
import koc.rules.EventTypes;
import koc.rules.KeptPurchases;
import koc.rules.OpenTies;
import koc.tables.Frame;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** Which purchases were made, what was shared, and which purchases followed a share that the buyer was exposed to. */
public final class PurchaseExposure {
    public static final Frame PURCHASES = Frame.named("purchases")
            .grain("one row per purchase line that was not refunded in full")
            .columns("""
                    event_id    STRING COMMENT 'Event of the purchase',
                    user_id     STRING COMMENT 'The buyer',
                    product_id  STRING COMMENT 'Product bought',
                    category    STRING COMMENT 'Category of the product, cut to 2 levels by default',
                    day_offset  INT COMMENT 'Day of the purchase, counted from the first day of the period',
                    moment      DOUBLE COMMENT 'Time of the purchase, in days since the first day of the period',
                    occurred_at TIMESTAMP COMMENT 'Instant of the purchase',
                    kept_amount DECIMAL(18,2) COMMENT 'Amount less refunds',
                    kept_fraction DOUBLE COMMENT 'Kept amount over amount, 0..1'""");

    public static final Frame SHARES = Frame.named("shares")
            .grain("one row per share or post that names a product, by a KOC with a pool")
            .columns("""
                    share_id     STRING COMMENT 'Event of the share',
                    koc_id       STRING COMMENT 'The KOC',
                    product_id   STRING COMMENT 'Product shared',
                    category     STRING COMMENT 'Category of the product, cut to 2 levels by default',
                    share_day    DATE COMMENT 'Day of the share',
                    day_offset   INT COMMENT 'Day of the share, counted from the first day of the period',
                    window_start DOUBLE COMMENT 'Moment of the share, in days since the first day of the period',
                    shared_at    TIMESTAMP COMMENT 'Instant of the share',
                    window_end   DOUBLE COMMENT 'Moment from which purchases no longer follow from this share'""");

    public static final Frame EXPOSED_PURCHASES = Frame.named("exposed_purchases")
            .grain("one row per purchase and share that the buyer was exposed to before it")
            .columns("""
                    event_id        STRING COMMENT 'Event of the purchase',
                    koc_id          STRING COMMENT 'KOC who shared the product',
                    user_id         STRING COMMENT 'The buyer, a member of the pool on the day of the share',
                    product_id      STRING COMMENT 'Product shared and bought',
                    share_id        STRING COMMENT 'Event of the share',
                    share_offset    INT COMMENT 'Day of the share, counted from the first day of the period',
                    shared_at       TIMESTAMP COMMENT 'Instant of the share',
                    purchase_offset BIGINT COMMENT 'Day of the purchase, counted from the first day of the period'""");

    private final InfluencePeriod period;
    private final int windowDays;

    /**
     * @param windowDays days after a share in which purchases count as exposed
     */
    public PurchaseExposure(InfluencePeriod period, int windowDays) {
        this.period = period;
        this.windowDays = windowDays;
    }

    /**
     * Selects {@link #PURCHASES} from events: the lines that were not refunded in full ({@link
     * KeptPurchases#keepLines}).
     *
     * @param events events of the days wanted
     * @param products product_id, category (truncated)
     * @param refunds refunds up to the run date
     */
    public Dataset<Row> selectPurchases(Dataset<Row> events, Dataset<Row> products, Dataset<Row> refunds) {
        return KeptPurchases.keepLines(events, refunds)
                .join(products, new String[] {"product_id"}, "left")
                .select(
                        col("event_id"),
                        col("user_id"),
                        col("product_id"),
                        CategoryPath.orNone(col("category")).as("category"),
                        period.dayOffset(col("day")).as("day_offset"),
                        period.moment().as("moment"),
                        col("occurred_at"),
                        col("kept_amount"),
                        col("kept_fraction"));
    }

    /**
     * Selects {@link #SHARES} from events ({@link EventTypes#isProductShare}). The window of a share ends after 7 days by
     * default, at the next share of the product by the same KOC, or with the period, whichever is first. So no purchase
     * counts for two shares of one KOC.
     *
     * @param products product_id, category (truncated)
     * @param ties ties over time; only KOCs with a tie count
     */
    public Dataset<Row> selectShares(Dataset<Row> events, Dataset<Row> products, Dataset<Row> ties) {
        Column nextShare = lead(col("window_start"), 1)
                .over(Window.partitionBy("koc_id", "product_id").orderBy("window_start", "share_id"));
        Column periodEnd = lit((double) period.days());
        return events.where(EventTypes.isProductShare())
                .join(products, new String[] {"product_id"}, "left")
                .select(
                        col("event_id").as("share_id"),
                        col("user_id").as("koc_id"),
                        col("product_id"),
                        CategoryPath.orNone(col("category")).as("category"),
                        col("day").as("share_day"),
                        period.dayOffset(col("day")).as("day_offset"),
                        period.moment().as("window_start"),
                        col("occurred_at").as("shared_at"))
                .join(ties.select("koc_id").distinct(), new String[] {"koc_id"}, "left_semi")
                .withColumn(
                        "window_end",
                        least(
                                periodEnd,
                                coalesce(nextShare, periodEnd),
                                col("window_start").plus(windowDays)));
    }

    /**
     * Selects {@link #EXPOSED_PURCHASES} from the purchases of the period: the buyer was in the pool of the KOC on the
     * day of a share of the product, and bought within the window of this share. There are at most as many rows as
     * pairs of a purchase and a tie of its buyer.
     *
     * @param purchases {@link #PURCHASES}
     * @param shares {@link #SHARES}
     * @param ties ties over time
     */
    public static Dataset<Row> selectExposedPurchases(Dataset<Row> purchases, Dataset<Row> shares, Dataset<Row> ties) {
        return purchases
                .where(InfluencePeriod.isInPeriod())
                .select("event_id", "user_id", "product_id", "moment")
                .join(ties.select("koc_id", "user_id", "since", "until"), new String[] {"user_id"}, "inner")
                .join(
                        shares.select(
                                "koc_id",
                                "product_id",
                                "share_id",
                                "share_day",
                                "day_offset",
                                "window_start",
                                "shared_at",
                                "window_end"),
                        new String[] {"koc_id", "product_id"},
                        "inner")
                .where(col("moment").gt(col("window_start")).and(col("moment").lt(col("window_end"))))
                .where(OpenTies.isOpenOn(col("share_day")))
                .select(
                        col("event_id"),
                        col("koc_id"),
                        col("user_id"),
                        col("product_id"),
                        col("share_id"),
                        col("day_offset").as("share_offset"),
                        col("shared_at"),
                        floor(col("moment")).as("purchase_offset"));
    }
}
