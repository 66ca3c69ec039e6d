package koc.features;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_diff;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.year;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import koc.rules.KeptPurchases;
import koc.rules.KnownHistory;
import koc.rules.KocType;
import koc.rules.Persons;
import koc.spark.FixedPoint;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Features of every user as of one or more dates. Only events up to such a date count for it.
 *
 * @param history the days that the records cover, up to the run date
 * @param asOf dates, each the last day whose events count
 */
record UserFeatures(KnownHistory history, List<LocalDate> asOf, FeatureSettings settings) {
    private static final String MONEY = "decimal(18,2)";
    private static final String[] GRAIN = {"as_of", "user_id"};
    /** Times of the week that habits are computed for: columns of user_days. */
    private static final List<String> TIMES = List.of("morning", "daytime", "evening", "night", "weekend");
    /** Keeps the division of 0 by 0 defined when a user has no actions and the shrinkage is 0. */
    private static final double EPSILON = 1e-9;

    private static final List<String> COUNTS = List.of(
            "actions_365d",
            "product_actions_365d",
            "active_days_365d",
            "orders_30d",
            "orders_90d",
            "orders_365d",
            "purchase_lines_365d",
            "order_days_365d",
            "shares_90d",
            "shares_365d",
            "opens_caused_90d",
            "inquiries_90d",
            "attends_365d");
    private static final List<String> AMOUNTS = List.of("net_spend_30d", "net_spend_90d", "net_spend_365d");

    /**
     * Arrived x day x user grain -> as_of x user grain: sums over 30, 90 and 365 days, of persons who acted.
     *
     * <p>Persons are users, and buyers who are in no users row ({@link Persons}). Without recorded users everybody who acted
     * is a person, except robots.
     *
     * @param users one row per user, as of the run date
     * @param rejects rejected rows, among them the views and clicks of robots
     */
    Dataset<Row> sumWindows(Dataset<Row> users, Dataset<Row> userDays, Dataset<Row> rejects) {
        return users.isEmpty()
                ? Persons.removeRobots(sumWindows(userDays), rejects)
                : keepPersons(
                        sumWindows(userDays), users, Persons.findBuyers(userDays.where("purchase_lines > 0"), rejects));
    }

    /**
     * As_of x user grain, as user_features: one row per user who had registered by the date, and per person who had acted.
     *
     * @param users one row per user, as of the run date
     * @param windows as {@link #sumWindows} returns them; they are read several times
     * @param userProductDays arrived x day x user x product grain
     * @param productPeriods {@link ProductPeriods#PRODUCT_PERIODS}
     */
    Dataset<Row> compute(
            Dataset<Row> users, Dataset<Row> windows, Dataset<Row> userProductDays, Dataset<Row> productPeriods) {
        Dataset<Row> joined = registeredUsers(users)
                .join(JointAccounts.withOrderStatistics(windows), GRAIN, "full")
                .join(PriceLevels.compute(userProductDays, productPeriods, asOf), GRAIN, "left")
                .join(broadcast(populationHabits(windows)), new String[] {"as_of"}, "left");

        List<Column> columns = new ArrayList<>(profile());
        columns.addAll(ratios());
        columns.add(coalesce(col("order_fraction"), lit(0.0)).as("order_fraction"));
        COUNTS.forEach(count -> columns.add(coalesce(col(count), lit(0L)).as(count)));
        AMOUNTS.forEach(
                amount -> columns.add(coalesce(col(amount), lit(0)).cast(MONEY).as(amount)));
        TIMES.forEach(time -> columns.add(habit(time)));
        return joined.select(columns.toArray(Column[]::new));
    }

    /** Rows of users, and of buyers who had bought by the date, also if that was before the window. */
    private static Dataset<Row> keepPersons(Dataset<Row> windows, Dataset<Row> users, Dataset<Row> buyers) {
        String[] user = {"user_id"};
        Dataset<Row> known = users.select(col("user_id"), lit(true).as("is_user"));
        return windows.join(known, user, "left")
                .join(buyers, user, "left")
                .where(col("is_user").isNotNull().or(col("first_bought_on").leq(col("as_of"))))
                .drop("is_user", "first_bought_on");
    }

    /** Users on each date; a user without a registration date counts on every date. */
    private Dataset<Row> registeredUsers(Dataset<Row> users) {
        return FeatureWindows.onEach(users, asOf)
                .where(col("registered_at")
                        .isNull()
                        .or(to_date(col("registered_at")).leq(col("as_of"))))
                .drop("arrived");
    }

    private Dataset<Row> sumWindows(Dataset<Row> userDays) {
        Column netSpend = FixedPoint.CENTS.of(KeptPurchases.netSpend());
        // A day with only a refund is not an active day.
        Column activeDay = when(col("actions").gt(0), col("day"));
        List<Column> sums = new ArrayList<>(List.of(
                sum("product_actions").as("product_actions_365d"),
                min(activeDay).as("first_day"),
                max(activeDay).as("last_day"),
                max(when(col("purchase_lines").gt(0), col("day"))).as("last_purchase_day"),
                FeatureWindows.sumOfLast(30, col("orders")).as("orders_30d"),
                FeatureWindows.sumOfLast(90, col("orders")).as("orders_90d"),
                sum("orders").as("orders_365d"),
                FeatureWindows.countDays(col("actions").gt(0)).as("active_days_365d"),
                FeatureWindows.countDays(col("orders").gt(0)).as("order_days_365d"),
                sum("purchase_lines").as("purchase_lines_365d"),
                money(FeatureWindows.sumOfLast(30, netSpend)).as("net_spend_30d"),
                money(FeatureWindows.sumOfLast(90, netSpend)).as("net_spend_90d"),
                money(sum(netSpend)).as("net_spend_365d"),
                FixedPoint.CENTS.sum(col("gross_spend")).as("gross_spend_365d"),
                FixedPoint.CENTS.sum(col("refunded")).as("refunded_365d"),
                FixedPoint.CENTS.sum(col("discount")).as("discount_365d"),
                FixedPoint.CENTS.sum(col("list_spend")).as("list_spend_365d"),
                sum("shares").as("shares_365d"),
                FeatureWindows.sumOfLast(90, col("shares")).as("shares_90d"),
                FeatureWindows.sumOfLast(90, col("opens_caused")).as("opens_caused_90d"),
                FeatureWindows.sumOfLast(90, col("inquiries")).as("inquiries_90d"),
                sum("attends").as("attends_365d")));
        TIMES.forEach(time -> sums.add(sum(time).as(time)));
        return FeatureWindows.lastYear(userDays, asOf)
                .groupBy("as_of", "user_id")
                .agg(sum("actions").as("actions_365d"), sums.toArray(Column[]::new));
    }

    private static Column money(Column cents) {
        return FixedPoint.CENTS.toDecimal(cents);
    }

    /** As_of x user grain -> as_of grain: actions of all users, and how many at each time of the week. */
    private static Dataset<Row> populationHabits(Dataset<Row> windows) {
        return windows.groupBy("as_of")
                .agg(
                        sum("actions_365d").as("population_actions"),
                        TIMES.stream()
                                .map(time -> sum(time).as("population_" + time))
                                .toArray(Column[]::new));
    }

    private List<Column> profile() {
        Column firstSeen = least(to_date(col("registered_at")), col("first_day"));
        return List.of(
                lit(history.last()).as("day"),
                col("as_of"),
                col("user_id"),
                coalesce(col("role"), lit(KocType.USER.role())).as("role"),
                col("life_stage"),
                col("gender"),
                year(col("as_of")).minus(col("birth_year")).as("age"),
                col("province"),
                col("tags").as("user_tags"),
                greatest(lit(0), coalesce(date_diff(col("as_of"), firstSeen), lit(0)))
                        .as("tenure_days"),
                history.coveredDays(FeatureWindows.LONGEST_DAYS, col("as_of")).as("history_days"),
                date_diff(col("as_of"), col("last_purchase_day")).as("recency_days"),
                date_diff(col("as_of"), col("last_day")).as("inactive_days"),
                coalesce(col("product_actions_365d"), lit(0L))
                        .lt(settings.newcomerActions())
                        .as("is_newcomer"),
                isLikelyAutomated().as("is_likely_automated"),
                new JointAccounts(settings.likelyJointAccount())
                        .isLikelyJointAccount()
                        .as("is_likely_joint_account"));
    }

    private static List<Column> ratios() {
        return List.of(
                when(col("orders_365d").gt(0), ratio(col("net_spend_365d"), col("orders_365d")))
                        .as("average_order_365d"),
                col("price_level"),
                when(col("list_spend_365d").gt(0), fraction(col("discount_365d"), col("list_spend_365d")))
                        .as("discount_rate"),
                when(col("gross_spend_365d").gt(0), fraction(col("refunded_365d"), col("gross_spend_365d")))
                        .as("refund_rate"));
    }

    /**
     * The fraction of a user's actions at a time of the week, mixed with the population's: (user's + k x population fraction)
     * / (user's actions + k), with k = 10 by default. Worked: 1 of 1 with a population of 1 of 9 gives 2.11 / 11 = .19.
     */
    private Column habit(String time) {
        Column population = when(
                        col("population_actions").gt(0), ratio(col("population_" + time), col("population_actions")))
                .otherwise(lit(0.0));
        return ratio(
                        coalesce(col(time), lit(0L)).plus(population.multiply(settings.habitShrinkage())),
                        coalesce(col("actions_365d"), lit(0L))
                                .plus(settings.habitShrinkage())
                                .plus(EPSILON))
                .as(time + "_fraction");
    }

    /** Many shares and posts and few other actions. Such users get a tag; their events are not rejected. */
    private Column isLikelyAutomated() {
        Column shares = coalesce(col("shares_365d"), lit(0L));
        Column otherActions = coalesce(col("actions_365d"), lit(0L)).minus(shares);
        return shares.geq(settings.likelyAutomated().actions())
                .and(shares.gt(greatest(otherActions, lit(1L))
                        .multiply(settings.likelyAutomated().ratio())));
    }

    private static Column ratio(Column numerator, Column denominator) {
        return numerator.cast("double").divide(denominator.cast("double"));
    }

    private static Column fraction(Column numerator, Column denominator) {
        return greatest(lit(0.0), least(lit(1.0), ratio(numerator, denominator)));
    }
}
