package koc.features;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.dayofweek;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.hour;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import koc.rules.CategoryPath;
import koc.rules.EventTypes;
import koc.rules.KeptPurchases;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.RelationalGroupedDataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;

/**
 * Sums of one day, from which every later window is added up: so a night's work grows with the night's arrivals, not
 * with history.
 *
 * <p>Each sum is kept by arrival: a late event or refund becomes a row of its own arrival that carries the earlier
 * day, and no earlier arrival's rows ever change.
 */
final class DailySums {
    private static final String MONEY = "decimal(18,2)";
    private static final Column PURCHASE = EventTypes.isPurchase();
    private static final Column INTEREST =
            EventTypes.isInterest().and(col("product_id").isNotNull());

    private DailySums() {}

    /**
     * The products as each arrival knew them: product, arrival grain -> product, period grain, with
     * {@code known_from <= arrived < known_until}. What arrived before a product was first described is taken to be about
     * the product as it was described then: whether that is allowed has been judged when events were cleaned.
     */
    static Dataset<Row> productPeriods(Dataset<Row> products, int categoryDepth) {
        WindowSpec ofProduct = Window.partitionBy("product_id").orderBy("arrived");
        Column next = lead("arrived", 1).over(ofProduct);
        Column isFirst = lag("arrived", 1).over(ofProduct).isNull();
        return products.select(
                col("product_id"),
                col("price").as("list_price"),
                CategoryPath.truncate(col("category"), categoryDepth).as("category"),
                when(isFirst, lit("0001-01-01").cast("date"))
                        .otherwise(col("arrived"))
                        .as("known_from"),
                coalesce(next, lit("9999-12-31").cast("date")).as("known_until"));
    }

    /** Event grain -> the same events with {@code category} and {@code list_price} as their arrival knew them. */
    static Dataset<Row> withProducts(Dataset<Row> events, Dataset<Row> productPeriods) {
        Dataset<Row> periods = productPeriods.withColumnRenamed("product_id", "period_product_id");
        return events.join(
                        periods,
                        events.col("product_id")
                                .equalTo(periods.col("period_product_id"))
                                .and(events.col("arrived").geq(periods.col("known_from")))
                                .and(events.col("arrived").lt(periods.col("known_until"))),
                        "left")
                .drop("period_product_id", "known_from", "known_until");
    }

    /** Event grain -> arrived x day x user grain, refunds on the day of the purchase they take back. */
    static Dataset<Row> userDays(Dataset<Row> events, Dataset<Row> refunds) {
        Column listAmount =
                when(PURCHASE, col("list_price").multiply(col("quantity")).try_cast(MONEY));
        Dataset<Row> own = events.groupBy("arrived", "day", "user_id")
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
                        countOf("inquiry").as("inquiries"),
                        countOf("review").as("reviews"),
                        sum(when(col("event_type").equalTo("review"), col("rating")))
                                .as("rating_sum"),
                        countOf("complaint").as("complaints"),
                        countOf("attend").as("attends"),
                        countWhen(hour(col("occurred_at")).between(5, 10)).as("morning"),
                        countWhen(hour(col("occurred_at")).between(11, 16)).as("daytime"),
                        countWhen(hour(col("occurred_at")).between(17, 21)).as("evening"),
                        countWhen(hour(col("occurred_at"))
                                        .geq(22)
                                        .or(hour(col("occurred_at")).lt(5)))
                                .as("night"),
                        countWhen(dayofweek(col("day")).isin(1, 7)).as("weekend"));
        Dataset<Row> opened = events.where(
                        col("event_type").equalTo("share_open").and(EventTypes.isCausedByAnother()))
                .groupBy(col("arrived"), col("day"), col("sharer_id").as("user_id"))
                .agg(count(lit(1)).as("opens_caused"));
        Dataset<Row> takenBack = refunds.groupBy("arrived", "day", "user_id")
                .agg(
                        count_distinct(col("purchase_event_id")).as("refunded_lines"),
                        sum("amount").as("refunded"));
        return filled(
                own.unionByName(opened, true).unionByName(takenBack, true).groupBy("arrived", "day", "user_id"),
                new String[] {
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
                },
                new String[] {"gross_spend", "refunded", "discount", "list_spend"});
    }

    /** Event grain -> arrived x day x user x product grain. */
    static Dataset<Row> userProductDays(Dataset<Row> events, Dataset<Row> refunds) {
        String[] grain = {"day", "user_id", "product_id"};
        Dataset<Row> own = events.where(
                        col("product_id").isNotNull().and(col("event_type").notEqual("refund")))
                .groupBy("arrived", grain)
                .agg(
                        countOf("cart").as("carts"),
                        countOf("favorite").as("favorites"),
                        countOf("inquiry").as("inquiries"),
                        countOf("share_open").as("opens"),
                        countOf("click").as("clicks"),
                        countOf("view").as("views"),
                        count(when(PURCHASE, 1)).as("purchase_lines"),
                        sum(when(PURCHASE, col("quantity"))).as("units"),
                        sum(when(PURCHASE, col("amount"))).as("gross_spend"),
                        countWhen(EventTypes.isSharing()).as("shares"),
                        countOf("review").as("reviews"),
                        sum(when(col("event_type").equalTo("review"), col("rating")))
                                .as("rating_sum"),
                        count(when(
                                        col("event_type")
                                                .equalTo("review")
                                                .and(col("rating").leq(2)),
                                        1))
                                .as("bad_reviews"),
                        countOf("complaint").as("complaints"));
        Dataset<Row> takenBack = refunds.groupBy("arrived", grain)
                .agg(
                        count_distinct(col("purchase_event_id")).as("refunded_lines"),
                        // What was bought before the history begins takes nothing from what was bought since.
                        sum(when(KeptPurchases.isMatched(), col("quantity"))).as("refunded_units"),
                        sum("amount").as("refunded"));
        return filled(
                        own.unionByName(takenBack, true).groupBy("arrived", grain),
                        new String[] {
                            "carts",
                            "favorites",
                            "inquiries",
                            "opens",
                            "clicks",
                            "views",
                            "purchase_lines",
                            "units",
                            "refunded_lines",
                            "refunded_units",
                            "shares",
                            "reviews",
                            "rating_sum",
                            "bad_reviews",
                            "complaints"
                        },
                        new String[] {"gross_spend", "refunded"})
                .withColumn(
                        "interest",
                        col("carts")
                                .plus(col("favorites"))
                                .plus(col("opens"))
                                .plus(col("clicks"))
                                .plus(col("views")));
    }

    /** Arrived x day x user x product grain -> arrived x day x user x category grain. */
    static Dataset<Row> userCategoryDays(Dataset<Row> userProductDays, Dataset<Row> productPeriods) {
        return withProducts(userProductDays, productPeriods)
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

    private static Dataset<Row> filled(RelationalGroupedDataset grouped, String[] counts, String[] amounts) {
        Column[] sums = new Column[counts.length + amounts.length];
        for (int i = 0; i < counts.length; i++) {
            sums[i] = coalesce(sum(counts[i]), lit(0)).cast(DataTypes.LongType).as(counts[i]);
        }
        for (int i = 0; i < amounts.length; i++) {
            sums[counts.length + i] =
                    coalesce(sum(amounts[i]), lit(0)).cast(MONEY).as(amounts[i]);
        }
        return grouped.agg(sums[0], Arrays.copyOfRange(sums, 1, sums.length));
    }

    private static Column countOf(Object... eventTypes) {
        return countWhen(col("event_type").isin(eventTypes));
    }

    private static Column countWhen(Column condition) {
        return count(when(condition.and(col("event_type").notEqual("refund")), 1));
    }
}
