package koc.features;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.dayofweek;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.hour;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import koc.rules.CategoryPath;
import koc.rules.EventTypes;
import koc.rules.KeptPurchases;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.RelationalGroupedDataset;
import org.apache.spark.sql.Row;

/**
 * Sums by day, from which all longer windows are added up. The work of a night thus grows with the new arrivals and not
 * with the history.
 *
 * <p>Sums are kept by arrival. A late event or refund adds a row to its own arrival, with the earlier day; the rows of
 * earlier arrivals never change.
 */
final class DailySums {
    private static final String MONEY = "decimal(18,2)";
    private static final String UNITS = "decimal(18,3)";
    private static final Column PURCHASE = EventTypes.isPurchase();
    private static final Column INTEREST =
            EventTypes.isInterest().and(col("product_id").isNotNull());

    private static final String[] USER_COUNTS = {
        "actions",
        "product_actions",
        "orders",
        "purchase_lines",
        "refunded_lines",
        "shares",
        "opens_caused",
        "inquiries",
        "reviews",
        "rating_sum",
        "complaints",
        "attends",
        "morning",
        "daytime",
        "evening",
        "night",
        "weekend"
    };
    private static final String[] USER_AMOUNTS = {"gross_spend", "refunded", "discount", "list_spend"};

    private static final String[] PRODUCT_COUNTS = {
        "carts",
        "favorites",
        "inquiries",
        "opens",
        "clicks",
        "views",
        "purchase_lines",
        "refunded_lines",
        "shares",
        "reviews",
        "rating_sum",
        "good_reviews",
        "bad_reviews",
        "complaints"
    };
    /** Units may be fractions: goods by weight. */
    private static final String[] PRODUCT_UNITS = {"units", "refunded_units"};

    private static final String[] PRODUCT_AMOUNTS = {"gross_spend", "refunded"};

    private DailySums() {}

    /**
     * Event grain and refund grain -> arrived x day x user grain, as user_days. A refund counts on the day of its purchase.
     *
     * @param events with list_price ({@link ProductPeriods#withProducts})
     */
    static Dataset<Row> userDays(Dataset<Row> events, Dataset<Row> refunds) {
        Dataset<Row> refundSums = refunds.groupBy("arrived", "day", "user_id")
                .agg(
                        count_distinct(col("purchase_event_id")).as("refunded_lines"),
                        sum("amount").as("refunded"));
        return sumOrZero(
                userActivity(events)
                        .unionByName(opensCaused(events), true)
                        .unionByName(refundSums, true)
                        .groupBy("arrived", "day", "user_id"),
                USER_COUNTS,
                new String[0],
                USER_AMOUNTS);
    }

    private static Dataset<Row> userActivity(Dataset<Row> events) {
        Column listAmount =
                when(PURCHASE, col("list_price").multiply(col("quantity")).try_cast(MONEY));
        Column hour = hour(col("occurred_at"));
        return events.groupBy("arrived", "day", "user_id")
                .agg(
                        count(when(col("event_type").notEqual("refund"), 1)).as("actions"),
                        count(when(PURCHASE.or(INTEREST), 1)).as("product_actions"),
                        count_distinct(when(PURCHASE, coalesce(col("order_id"), col("event_id"))))
                                .as("orders"),
                        count(when(PURCHASE, 1)).as("purchase_lines"),
                        sum(when(PURCHASE, col("amount"))).as("gross_spend"),
                        sum(greatest(listAmount.minus(col("amount")), lit(0))).as("discount"),
                        sum(listAmount).as("list_spend"),
                        countWhen(EventTypes.isSharing()).as("shares"),
                        countType("inquiry").as("inquiries"),
                        countType("review").as("reviews"),
                        ratingSum().as("rating_sum"),
                        countType("complaint").as("complaints"),
                        countType("attend").as("attends"),
                        countWhen(hour.between(5, 10)).as("morning"),
                        countWhen(hour.between(11, 16)).as("daytime"),
                        countWhen(hour.between(17, 21)).as("evening"),
                        countWhen(hour.geq(22).or(hour.lt(5))).as("night"),
                        countWhen(dayofweek(col("day")).isin(1, 7)).as("weekend"));
    }

    /** Opened shares, counted for the user who shared. */
    private static Dataset<Row> opensCaused(Dataset<Row> events) {
        return events.where(col("event_type").equalTo("share_open").and(EventTypes.isCausedByAnother()))
                .groupBy(col("arrived"), col("day"), col("sharer_id").as("user_id"))
                .agg(count(lit(1)).as("opens_caused"));
    }

    /** Event grain and refund grain -> arrived x day x user x product grain, as user_product_days. */
    static Dataset<Row> userProductDays(Dataset<Row> events, Dataset<Row> refunds) {
        String[] grain = {"day", "user_id", "product_id"};
        Dataset<Row> refundSums = refunds.groupBy("arrived", grain)
                .agg(
                        count_distinct(col("purchase_event_id")).as("refunded_lines"),
                        // A refund of a purchase from before the history matches no purchase, so it reduces no units.
                        sum(when(KeptPurchases.isMatched(), col("quantity"))).as("refunded_units"),
                        sum("amount").as("refunded"));
        return sumOrZero(
                        productActivity(events, grain)
                                .unionByName(refundSums, true)
                                .groupBy("arrived", grain),
                        PRODUCT_COUNTS,
                        PRODUCT_UNITS,
                        PRODUCT_AMOUNTS)
                .withColumn(
                        "interest",
                        col("carts")
                                .plus(col("favorites"))
                                .plus(col("opens"))
                                .plus(col("clicks"))
                                .plus(col("views")));
    }

    private static Dataset<Row> productActivity(Dataset<Row> events, String[] grain) {
        Column isReview = col("event_type").equalTo("review");
        return events.where(col("product_id").isNotNull().and(col("event_type").notEqual("refund")))
                .groupBy("arrived", grain)
                .agg(
                        countType("cart").as("carts"),
                        countType("favorite").as("favorites"),
                        countType("inquiry").as("inquiries"),
                        countType("share_open").as("opens"),
                        countType("click").as("clicks"),
                        countType("view").as("views"),
                        count(when(PURCHASE, 1)).as("purchase_lines"),
                        sum(when(PURCHASE, col("quantity"))).as("units"),
                        sum(when(PURCHASE, col("amount"))).as("gross_spend"),
                        countWhen(EventTypes.isSharing()).as("shares"),
                        countType("review").as("reviews"),
                        ratingSum().as("rating_sum"),
                        count(when(isReview.and(col("rating").geq(4)), 1)).as("good_reviews"),
                        count(when(isReview.and(col("rating").leq(2)), 1)).as("bad_reviews"),
                        countType("complaint").as("complaints"));
    }

    /** Arrived x day x user x product grain -> arrived x day x user x category grain, as user_category_days. */
    static Dataset<Row> userCategoryDays(Dataset<Row> userProductDays, Dataset<Row> productPeriods) {
        return ProductPeriods.withProducts(userProductDays, productPeriods)
                .where(col("interest")
                        .plus(col("purchase_lines"))
                        .plus(col("refunded_lines"))
                        .gt(0)
                        .or(col("refunded").gt(0)))
                .groupBy(
                        col("arrived"),
                        col("day"),
                        col("user_id"),
                        CategoryPath.orNone(col("category")).as("category"))
                .agg(
                        sum("interest").as("interest"),
                        sum("purchase_lines").as("purchase_lines"),
                        sum("refunded_lines").as("refunded_lines"),
                        sum(KeptPurchases.netSpend()).cast(MONEY).as("net_spend"));
    }

    private static Dataset<Row> sumOrZero(
            RelationalGroupedDataset grouped, String[] counts, String[] units, String[] amounts) {
        List<Column> sums = new ArrayList<>();
        addSums(sums, counts, "bigint");
        addSums(sums, units, UNITS);
        addSums(sums, amounts, MONEY);
        return grouped.agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new));
    }

    private static void addSums(List<Column> sums, String[] columns, String type) {
        for (String column : columns) {
            sums.add(coalesce(sum(column), lit(0)).cast(type).as(column));
        }
    }

    private static Column ratingSum() {
        return sum(when(col("event_type").equalTo("review"), col("rating")));
    }

    private static Column countType(String eventType) {
        return countWhen(col("event_type").equalTo(eventType));
    }

    private static Column countWhen(Column condition) {
        return count(when(condition.and(col("event_type").notEqual("refund")), 1));
    }
}
