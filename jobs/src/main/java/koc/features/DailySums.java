package koc.features;

import static org.apache.spark.sql.functions.broadcast;
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
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import koc.rules.CategoryPath;
import koc.rules.EventTypes;
import koc.rules.KeptPurchases;
import koc.spark.FixedPoint;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Sums by day, from which all longer windows are added up. The work of a night thus grows with the new arrivals and not
 * with the history.
 *
 * <p>Sums are kept by arrival. A late event or refund adds a row to its own arrival, with the earlier day; the rows of
 * earlier arrivals never change.
 */
final class DailySums {
    /** A review with at least as many stars is good; product_loyalty and approval count it. */
    private static final int GOOD_STARS = 4;
    /** A review with at most as many stars is bad; the product is blocked for a KOC who gave it. */
    private static final int BAD_STARS = 2;

    private static final Column PURCHASE = EventTypes.isPurchase();
    private static final Column INTEREST =
            EventTypes.isInterest().and(col("product_id").isNotNull());

    private static final String[] USER_DAY = {"arrived", "day", "user_id"};
    private static final List<String> USER_COUNTS = List.of(
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
            "weekend");
    private static final List<String> USER_AMOUNTS = List.of("gross_spend", "refunded", "discount", "list_spend");

    private static final String[] PRODUCT_DAY = {"arrived", "day", "user_id", "product_id"};
    private static final List<String> PRODUCT_COUNTS = List.of(
            "carts",
            "favorites",
            "inquiries",
            "opens",
            "clicks",
            "views",
            "interest",
            "purchase_lines",
            "refunded_lines",
            "shares",
            "reviews",
            "rating_sum",
            "good_reviews",
            "bad_reviews",
            "complaints");
    private static final List<String> PRODUCT_UNITS = List.of("units", "refunded_units");
    private static final List<String> PRODUCT_AMOUNTS = List.of("gross_spend", "refunded");

    private DailySums() {}

    /**
     * Event grain and refund grain -> arrived x day x user grain, as user_days. A refund counts on the day of its purchase.
     *
     * @param productPeriods {@link ProductPeriods#PRODUCT_PERIODS}
     */
    static Dataset<Row> userDays(Dataset<Row> events, Dataset<Row> refunds, Dataset<Row> productPeriods) {
        Dataset<Row> refundSums = refunds.groupBy(columns(USER_DAY))
                .agg(
                        count_distinct(col("purchase_event_id")).as("refunded_lines"),
                        cents(col("amount")).as("refunded"));
        return join(
                userActivity(events),
                List.of(purchasesOfUsers(events, productPeriods), opensCaused(events), refundSums),
                USER_DAY,
                outputs(USER_COUNTS, List.of(), USER_AMOUNTS));
    }

    private static Dataset<Row> userActivity(Dataset<Row> events) {
        Column hour = hour(col("occurred_at"));
        return events.groupBy(columns(USER_DAY))
                .agg(
                        countWhen(col("event_type").notEqual("refund")).as("actions"),
                        countWhen(PURCHASE.or(INTEREST)).as("product_actions"),
                        countWhen(EventTypes.isSharing()).as("shares"),
                        countType("inquiry").as("inquiries"),
                        countType("review").as("reviews"),
                        ratingSum().as("rating_sum"),
                        countType("complaint").as("complaints"),
                        countType("attend").as("attends"),
                        countActions(hour.between(5, 10)).as("morning"),
                        countActions(hour.between(11, 16)).as("daytime"),
                        countActions(hour.between(17, 21)).as("evening"),
                        countActions(hour.geq(22).or(hour.lt(5))).as("night"),
                        countActions(dayofweek(col("day")).isin(1, 7)).as("weekend"));
    }

    /** Purchases are few among the events: summed by order first, each order is one row to count. */
    private static Dataset<Row> purchasesOfUsers(Dataset<Row> events, Dataset<Row> productPeriods) {
        Column listAmount =
                FixedPoint.CENTS.of(col("list_price").multiply(col("quantity")).try_cast("decimal(18,2)"));
        Column discount = greatest(listAmount.minus(FixedPoint.CENTS.of(col("amount"))), lit(0L));
        Column order = coalesce(col("order_id"), col("event_id"));
        return ProductPeriods.withProducts(events.where(PURCHASE), broadcast(productPeriods))
                .groupBy(col("arrived"), col("day"), col("user_id"), order.as("order"))
                .agg(
                        count(lit(1)).as("purchase_lines"),
                        cents(col("amount")).as("gross_spend"),
                        sum(discount).as("discount"),
                        sum(listAmount).as("list_spend"))
                .groupBy(columns(USER_DAY))
                .agg(
                        count(lit(1)).as("orders"),
                        sum("purchase_lines").as("purchase_lines"),
                        sum("gross_spend").as("gross_spend"),
                        sum("discount").as("discount"),
                        sum("list_spend").as("list_spend"));
    }

    /** Opened shares, counted for the user who shared. */
    private static Dataset<Row> opensCaused(Dataset<Row> events) {
        return events.where(col("event_type").equalTo("share_open").and(EventTypes.isCausedByAnother()))
                .groupBy(col("arrived"), col("day"), col("sharer_id").as("user_id"))
                .agg(count(lit(1)).as("opens_caused"));
    }

    /** Event grain and refund grain -> arrived x day x user x product grain, as user_product_days. */
    static Dataset<Row> userProductDays(Dataset<Row> events, Dataset<Row> refunds) {
        Dataset<Row> refundSums = refunds.groupBy(columns(PRODUCT_DAY))
                .agg(
                        count_distinct(col("purchase_event_id")).as("refunded_lines"),
                        // A refund of a purchase from before the history matches no purchase, so it reduces no units.
                        sum(when(KeptPurchases.isMatched(), FixedPoint.THOUSANDTHS.of(col("quantity"))))
                                .as("refunded_units"),
                        cents(col("amount")).as("refunded"));
        return join(
                productActivity(events),
                List.of(refundSums),
                PRODUCT_DAY,
                outputs(PRODUCT_COUNTS, PRODUCT_UNITS, PRODUCT_AMOUNTS));
    }

    private static Dataset<Row> productActivity(Dataset<Row> events) {
        Column isReview = col("event_type").equalTo("review");
        return events.where(col("product_id").isNotNull().and(col("event_type").notEqual("refund")))
                .groupBy(columns(PRODUCT_DAY))
                .agg(
                        countType("cart").as("carts"),
                        countType("favorite").as("favorites"),
                        countType("inquiry").as("inquiries"),
                        countType("share_open").as("opens"),
                        countType("click").as("clicks"),
                        countType("view").as("views"),
                        countWhen(EventTypes.isInterest()).as("interest"),
                        countWhen(EventTypes.isSharing()).as("shares"),
                        countType("review").as("reviews"),
                        ratingSum().as("rating_sum"),
                        countWhen(isReview.and(col("rating").geq(GOOD_STARS))).as("good_reviews"),
                        countWhen(isReview.and(col("rating").leq(BAD_STARS))).as("bad_reviews"),
                        countType("complaint").as("complaints"),
                        countWhen(PURCHASE).as("purchase_lines"),
                        sum(when(PURCHASE, FixedPoint.THOUSANDTHS.of(col("quantity"))))
                                .as("units"),
                        sum(when(PURCHASE, FixedPoint.CENTS.of(col("amount")))).as("gross_spend"));
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
                        FixedPoint.CENTS.sum(KeptPurchases.netSpend()).as("net_spend"));
    }

    /**
     * Joins sums of the same grain. Where one side has no row, its sums are 0.
     *
     * @param activity sums of all events
     * @param others sums of fewer rows
     */
    private static Dataset<Row> join(
            Dataset<Row> activity, List<Dataset<Row>> others, String[] grain, List<Column> outputs) {
        Dataset<Row> union = others.stream()
                .reduce((one, other) -> one.unionByName(other, true))
                .orElseThrow();
        List<Column> sums = Arrays.stream(union.columns())
                .filter(name -> !List.of(grain).contains(name))
                .map(name -> sum(name).as(name))
                .toList();
        Dataset<Row> few = union.groupBy(columns(grain))
                .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new));
        List<Column> selected = new ArrayList<>(List.of(columns(grain)));
        selected.addAll(outputs);
        return activity.join(few, grain, "full").select(selected.toArray(Column[]::new));
    }

    private static List<Column> outputs(List<String> counts, List<String> units, List<String> amounts) {
        return Stream.of(
                        counts.stream().map(name -> orZero(name).as(name)),
                        units.stream().map(name -> FixedPoint.THOUSANDTHS
                                .toDecimal(orZero(name))
                                .as(name)),
                        amounts.stream()
                                .map(name ->
                                        FixedPoint.CENTS.toDecimal(orZero(name)).as(name)))
                .flatMap(columns -> columns)
                .toList();
    }

    private static Column orZero(String column) {
        return coalesce(col(column), lit(0L));
    }

    private static Column[] columns(String[] names) {
        return Arrays.stream(names).map(name -> col(name)).toArray(Column[]::new);
    }

    private static Column cents(Column amount) {
        return sum(FixedPoint.CENTS.of(amount));
    }

    private static Column ratingSum() {
        return sum(when(col("event_type").equalTo("review"), col("rating")));
    }

    private static Column countType(String eventType) {
        return countWhen(col("event_type").equalTo(eventType));
    }

    private static Column countActions(Column condition) {
        return countWhen(condition.and(col("event_type").notEqual("refund")));
    }

    private static Column countWhen(Column condition) {
        return count(when(condition, 1));
    }
}
