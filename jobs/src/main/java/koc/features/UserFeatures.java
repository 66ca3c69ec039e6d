package koc.features;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.date_diff;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.ln;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.median;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.year;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import koc.rules.KeptPurchases;
import koc.rules.KocType;
import koc.spark.ExactSums;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** Windows of daily sums, as of given days: of what happened after such a day nothing is counted for it. */
final class UserFeatures {
    private static final int LONGEST_WINDOW = 365;
    private static final String MONEY = "decimal(18,2)";
    private static final String[] GRAIN = {"as_of", "user_id"};
    private static final List<String> HABITS = List.of("morning", "daytime", "evening", "night", "weekend");

    private UserFeatures() {}

    /**
     * One row a day and user known by it: registered by then, or with an event.
     *
     * @param users one row a user, as of the run date
     * @param userDays arrived x day x user grain
     * @param userProductDays arrived x day x user x product grain
     * @param productPeriods the products with their categories
     * @param asOf the days, each the last whose events count
     */
    static Dataset<Row> asOf(
            Dataset<Row> users,
            Dataset<Row> userDays,
            Dataset<Row> userProductDays,
            Dataset<Row> productPeriods,
            LocalDate day,
            List<LocalDate> asOf,
            FeatureSettings settings) {
        Dataset<Row> windows = windows(userDays, asOf);
        Dataset<Row> known = onEach(users, asOf)
                .where(col("registered_at")
                        .isNull()
                        .or(to_date(col("registered_at")).leq(col("as_of"))))
                .drop("arrived");
        Dataset<Row> priceLevels = priceLevels(inWindow(userProductDays, asOf, LONGEST_WINDOW), productPeriods);
        Dataset<Row> everybody = windows.groupBy("as_of")
                .agg(
                        sum("actions_365d").as("all_actions"),
                        HABITS.stream()
                                .map(habit -> sum(habit).as("all_" + habit))
                                .toArray(Column[]::new));

        Dataset<Row> joined = known.join(windows, GRAIN, "full")
                .join(priceLevels, GRAIN, "left")
                .join(broadcast(everybody), new String[] {"as_of"}, "left");

        Column actions = coalesce(col("actions_365d"), lit(0L));
        Column newcomer = coalesce(col("product_actions_365d"), lit(0L)).lt(settings.newcomerActions());
        List<Column> columns = new ArrayList<>(List.of(
                lit(day).as("day"),
                col("as_of"),
                col("user_id"),
                coalesce(col("role"), lit(KocType.USER.role())).as("role"),
                col("life_stage"),
                col("gender"),
                year(col("as_of")).minus(col("birth_year")).as("age"),
                col("province"),
                col("tags").as("user_tags"),
                greatest(
                                lit(0),
                                coalesce(
                                        date_diff(col("as_of"), least(to_date(col("registered_at")), col("first_day"))),
                                        lit(0)))
                        .as("tenure_days"),
                date_diff(col("as_of"), col("last_purchase_day")).as("recency_days"),
                date_diff(col("as_of"), col("last_day")).as("inactive_days"),
                when(col("orders_365d").gt(0), ratio(col("net_spend_365d"), col("orders_365d")))
                        .as("average_order_365d"),
                col("price_level"),
                when(col("list_spend_365d").gt(0), share(col("discount_365d"), col("list_spend_365d")))
                        .as("discount_rate"),
                when(col("gross_spend_365d").gt(0), share(col("refunded_365d"), col("gross_spend_365d")))
                        .as("refund_rate"),
                newcomer.as("is_newcomer"),
                looksAutomatic(settings).as("is_likely_automated")));
        for (String count : List.of(
                "actions_365d",
                "product_actions_365d",
                "active_days_365d",
                "orders_30d",
                "orders_90d",
                "orders_365d",
                "purchase_lines_365d",
                "shares_90d",
                "opens_caused_90d",
                "inquiries_90d",
                "attends_365d")) {
            columns.add(coalesce(col(count), lit(0L)).as(count));
        }
        for (String money : List.of("net_spend_30d", "net_spend_90d", "net_spend_365d")) {
            columns.add(coalesce(col(money), lit(0)).cast(MONEY).as(money));
        }
        for (String habit : HABITS) {
            Column usual = when(col("all_actions").gt(0), ratio(col("all_" + habit), col("all_actions")))
                    .otherwise(lit(0.0));
            columns.add(ratio(
                            coalesce(col(habit), lit(0L)).plus(usual.multiply(settings.habitShrinkage())),
                            actions.plus(settings.habitShrinkage()).plus(1e-9))
                    .as(habit + "_share"));
        }
        return joined.select(columns.toArray(Column[]::new));
    }

    /** Arrived x day x user x category grain -> as_of x user x category grain over 365 days, with shares per user. */
    static Dataset<Row> categories(
            Dataset<Row> userCategoryDays, LocalDate day, List<LocalDate> asOf, FeatureSettings settings) {
        Dataset<Row> sums = inWindow(userCategoryDays, asOf, LONGEST_WINDOW)
                .groupBy("as_of", "user_id", "category")
                .agg(
                        greatest(sum(KeptPurchases.lines()), lit(0L)).as("purchases"),
                        sum("interest").as("interest"))
                .withColumn("weight", weight(col("purchases"), col("interest"), settings))
                .where("weight > 0");
        Column all = weight(
                sum("purchases").over(Window.partitionBy("as_of", "user_id")),
                sum("interest").over(Window.partitionBy("as_of", "user_id")),
                settings);
        return sums.select(
                lit(day).as("day"),
                col("as_of"),
                col("user_id"),
                col("category"),
                col("weight"),
                least(lit(1.0), col("weight").divide(all)).as("share"));
    }

    private static Column weight(Column purchases, Column interest, FeatureSettings settings) {
        return purchases.cast("double").plus(interest.cast("double").multiply(settings.interestWeight()));
    }

    private static Dataset<Row> windows(Dataset<Row> userDays, List<LocalDate> asOf) {
        Dataset<Row> lastYear = inWindow(userDays, asOf, LONGEST_WINDOW);
        Column netSpend = KeptPurchases.netSpend();
        List<Column> sums = new ArrayList<>(List.of(
                sum("product_actions").as("product_actions_365d"),
                // A day on which only a refund stands is no activity.
                count_distinct(when(col("actions").gt(0), col("day"))).as("active_days_365d"),
                min(when(col("actions").gt(0), col("day"))).as("first_day"),
                max(when(col("actions").gt(0), col("day"))).as("last_day"),
                max(when(col("purchase_lines").gt(0), col("day"))).as("last_purchase_day"),
                within(30, col("orders")).as("orders_30d"),
                within(90, col("orders")).as("orders_90d"),
                sum("orders").as("orders_365d"),
                sum("purchase_lines").as("purchase_lines_365d"),
                within(30, netSpend).as("net_spend_30d"),
                within(90, netSpend).as("net_spend_90d"),
                sum(netSpend).as("net_spend_365d"),
                sum("gross_spend").as("gross_spend_365d"),
                sum("refunded").as("refunded_365d"),
                sum("discount").as("discount_365d"),
                sum("list_spend").as("list_spend_365d"),
                sum("shares").as("shares_365d"),
                within(90, col("shares")).as("shares_90d"),
                within(90, col("opens_caused")).as("opens_caused_90d"),
                within(90, col("inquiries")).as("inquiries_90d"),
                sum("attends").as("attends_365d")));
        HABITS.forEach(habit -> sums.add(sum(habit).as(habit)));
        return lastYear.groupBy("as_of", "user_id").agg(sum("actions").as("actions_365d"), sums.toArray(Column[]::new));
    }

    /**
     * How dear a user buys: exp of the mean over purchases of ln(unit price / median price of the category). A user
     * who bought at 2, 1 and .5 times the median has 1.
     */
    private static Dataset<Row> priceLevels(Dataset<Row> userProductDays, Dataset<Row> productPeriods) {
        Dataset<Row> bought = DailySums.withProducts(
                        userProductDays.where("purchase_lines > 0 AND units > 0 AND gross_spend > 0"), productPeriods)
                .withColumn("paid", ratio(col("gross_spend"), col("units")));
        // Products weigh alike, or a few best sellers would set the price of their category.
        Dataset<Row> prices = bought.groupBy("as_of", "category", "product_id")
                .agg(median(col("paid")).as("price"));
        Dataset<Row> usual =
                prices.groupBy("as_of", "category").agg(median(col("price")).as("usual_price"));
        Dataset<Row> relative = bought.join(broadcast(usual), new String[] {"as_of", "category"}, "inner")
                .withColumn("lines", col("purchase_lines"))
                .withColumn(
                        "log_price", ln(col("paid").divide(col("usual_price"))).multiply(col("lines")));
        return relative.groupBy("as_of", "user_id")
                .agg(exp(ExactSums.sum(col("log_price")).divide(sum("lines"))).as("price_level"));
    }

    /** Many shares and posts, and little of what people do besides: told in user_tags, never rejected. */
    private static Column looksAutomatic(FeatureSettings settings) {
        Column out = coalesce(col("shares_365d"), lit(0L));
        Column in = coalesce(col("actions_365d"), lit(0L)).minus(out);
        return out.geq(settings.likelyAutomated().actions())
                .and(out.gt(greatest(in, lit(1L))
                        .multiply(settings.likelyAutomated().ratio())));
    }

    private static Dataset<Row> inWindow(Dataset<Row> days, List<LocalDate> asOf, int window) {
        LocalDate first = Collections.min(asOf);
        // Said once with constants, so that storage can leave out what is too old.
        Dataset<Row> read =
                days.where(col("day").between(lit(first.minusDays(window - 1L)), lit(Collections.max(asOf))));
        return onEach(read, asOf)
                .where(col("day").leq(col("as_of")).and(col("day").gt(date_sub(col("as_of"), window))));
    }

    private static Dataset<Row> onEach(Dataset<Row> rows, List<LocalDate> asOf) {
        return rows.withColumn(
                "as_of", explode(array(asOf.stream().map(day -> lit(day)).toArray(Column[]::new))));
    }

    private static Column within(int window, Column value) {
        return sum(when(col("day").gt(date_sub(col("as_of"), window)), value).otherwise(lit(0)));
    }

    private static Column ratio(Column above, Column below) {
        return above.cast("double").divide(below.cast("double"));
    }

    private static Column share(Column above, Column below) {
        return greatest(lit(0.0), least(lit(1.0), ratio(above, below)));
    }
}
