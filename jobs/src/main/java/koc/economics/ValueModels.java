package koc.economics;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.rint;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import koc.economics.value.GammaGammaLikelihood;
import koc.economics.value.PurchaseHistories;
import koc.economics.value.ValueModelFit;
import koc.tables.EconomicsTables;
import koc.tables.Frame;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Fits the models of orders and margin: one for each portrait with enough repeat buyers, and one for all others.
 * Customers are grouped by history first, so that the driver holds a bounded number of histories whatever the number of
 * users.
 */
final class ValueModels {
    /** What the models know of a customer. */
    static final Frame HISTORIES =
            Frame.named("customer_histories").grain("one row per customer").columns("""
                    user_id           STRING NOT NULL COMMENT 'The customer',
                    portrait_id       STRING NOT NULL COMMENT 'Portrait of the customer; (none) without one',
                    is_left_censored  BOOLEAN NOT NULL COMMENT 'Whether the customer may have bought before the log begins',
                    repeats           BIGINT NOT NULL COMMENT 'Orders after the first',
                    recency_days      INT NOT NULL COMMENT 'Days from the first order to the last',
                    age_days          INT NOT NULL COMMENT 'Days from the first order to the day',
                    margin            DECIMAL(18,2) NOT NULL COMMENT 'Margin of all orders',
                    repeat_margin     DECIMAL(18,2) NOT NULL COMMENT 'Margin of all orders after the first'""");

    private static final double DAYS_IN_WEEK = 7;
    /** Beyond steps of seven years, the number of histories is that of different numbers of orders. */
    private static final int MAX_STEP_DAYS = 2_560;

    private final EconomicsSettings.Value settings;
    private final long seed;

    ValueModels(EconomicsSettings settings) {
        this.settings = settings.value();
        this.seed = settings.seed();
    }

    /** {@link CustomerOrders#CUSTOMERS} with portrait_id and is_left_censored -> {@link #HISTORIES}. */
    static Dataset<Row> describe(Dataset<Row> customers, LocalDate day) {
        return customers.select(
                col("user_id"),
                col("portrait_id"),
                col("is_left_censored"),
                col("orders").minus(1).as("repeats"),
                datediff(col("last_order_on"), col("first_order_on")).as("recency_days"),
                datediff(lit(day), col("first_order_on")).as("age_days"),
                col("margin"),
                col("repeat_margin"));
    }

    /**
     * Fits a model to all buyers, and one to each portrait with enough repeat buyers, shrunk to that of all. The buyers
     * of the other portraits share a model, which is shrunk too: a fit on all buyers would be too high for them,
     * because portraits depend on what users bought. When no model can be fitted to these buyers, they have that of
     * all.
     *
     * @param histories {@link #HISTORIES}
     * @return a fit for each portrait with enough repeat buyers, and {@link EconomicsTables#SHARED}
     */
    FittedModels fit(Dataset<Row> histories) {
        boolean hasNewCustomers = histories
                        .where("NOT is_left_censored AND repeats > 0")
                        .limit(settings.minRepeatBuyers())
                        .count()
                >= settings.minRepeatBuyers();
        Dataset<Row> basis = hasNewCustomers ? histories.where("NOT is_left_censored") : histories;
        Basis buyers = new Basis(group(basis).collectAsList(), sampleMargins(basis), marginTotals(basis));
        ValueModelFit all =
                ValueModelFit.fit(buyers.of(portrait -> true), settings.minBuyers(), settings.horizonDays());
        Map<String, ValueModelFit> fits = new TreeMap<>();
        for (String portrait : buyers.totals().keySet()) {
            ValueModelFit.Customers own = buyers.of(portrait::equals);
            if (own.histories().repeatCustomers() >= settings.minRepeatBuyers()) {
                ValueModelFit fit = fitPart(all, own);
                if (fit.model().orders() != null) {
                    fits.put(portrait, fit);
                }
            }
        }
        fits.put(EconomicsTables.SHARED, fits.isEmpty() ? all : fitOthers(all, buyers, Set.copyOf(fits.keySet())));
        return new FittedModels(fits, hasNewCustomers);
    }

    private ValueModelFit fitOthers(ValueModelFit all, Basis buyers, Set<String> withOwnModel) {
        ValueModelFit others = fitPart(all, buyers.of(portrait -> !withOwnModel.contains(portrait)));
        return others.model().orders() == null ? all.insteadOfTheOthers() : others;
    }

    private ValueModelFit fitPart(ValueModelFit all, ValueModelFit.Customers part) {
        return all.fitPart(part, settings.minBuyers(), settings.horizonDays(), settings.portraitDeviation());
    }

    /**
     * The buyers that models are fitted to, by portrait.
     *
     * @param groups rows of portrait, repeats, recency, age, customers
     * @param margins rows of portrait, repeats, mean margin
     * @param totals margin and number of all orders
     */
    private record Basis(List<Row> groups, List<Row> margins, Map<String, double[]> totals) {
        ValueModelFit.Customers of(Predicate<String> isChosen) {
            double margin = 0;
            double orders = 0;
            for (Map.Entry<String, double[]> total : totals.entrySet()) {
                if (isChosen.test(total.getKey())) {
                    margin += total.getValue()[0];
                    orders += total.getValue()[1];
                }
            }
            return new ValueModelFit.Customers(
                    histories(chosen(groups, isChosen)),
                    ValueModels.margins(chosen(margins, isChosen)),
                    orders > 0 ? margin / orders : 0);
        }
    }

    /** The rows of the portraits that are chosen; the portrait is the first column. */
    private static List<Row> chosen(List<Row> rows, Predicate<String> isChosen) {
        return rows.stream().filter(row -> isChosen.test(row.getString(0))).toList();
    }

    /**
     * One row per portrait and history. When there would be too many, histories that are nearly the same become one,
     * with the mean of their times: those in the same week, then in the same two weeks, four weeks, and so on. Worked:
     * 5 million customers of two years in 8 portraits have 3,000,000 histories, 571,000 by week and 77,000 by four
     * weeks. The means keep the parameters: by four weeks r is 1.3% off, where rounded times would put it 5% off.
     */
    private Dataset<Row> group(Dataset<Row> histories) {
        Dataset<Row> groups = group(histories, 1);
        for (int days = (int) DAYS_IN_WEEK; !isBounded(groups) && days <= MAX_STEP_DAYS; days *= 2) {
            groups = group(histories, days);
        }
        return groups;
    }

    private boolean isBounded(Dataset<Row> groups) {
        return groups.limit(settings.maxHistories() + 1).count() <= settings.maxHistories();
    }

    static Dataset<Row> group(Dataset<Row> histories, int stepDays) {
        return histories
                .groupBy(
                        col("portrait_id"),
                        col("repeats").cast("double").as("repeats"),
                        rint(col("recency_days").divide(stepDays)).as("recency_step"),
                        rint(col("age_days").divide(stepDays)).as("age_step"))
                .agg(
                        avg("recency_days").as("recency"),
                        avg("age_days").as("age"),
                        count(lit(1)).cast("double").as("customers"))
                .select("portrait_id", "repeats", "recency", "age", "customers")
                .orderBy("portrait_id", "repeats", "recency", "age");
    }

    private List<Row> sampleMargins(Dataset<Row> histories) {
        return histories
                .where("repeats > 0 AND repeat_margin > 0")
                .orderBy(xxhash64(col("user_id"), lit(seed)), col("user_id"))
                .limit(settings.maxValueSample())
                .select(
                        col("portrait_id"),
                        col("repeats").cast("double"),
                        col("repeat_margin").cast("double").divide(col("repeats")))
                .collectAsList();
    }

    /** Margin and number of all orders, by portrait. */
    private static Map<String, double[]> marginTotals(Dataset<Row> histories) {
        Map<String, double[]> totals = new TreeMap<>();
        for (Row row : histories
                .groupBy("portrait_id")
                .agg(
                        coalesce(sum("margin"), lit(0)).cast("double"),
                        sum(col("repeats").plus(1)).cast("double"))
                .collectAsList()) {
            totals.put(row.getString(0), new double[] {row.getDouble(1), row.getDouble(2)});
        }
        return totals;
    }

    /** Portraits may share a history; it is then in the list more than once, which changes nothing. */
    private static PurchaseHistories histories(List<Row> groups) {
        return new PurchaseHistories(
                groups.stream().mapToDouble(row -> row.getDouble(1)).toArray(),
                groups.stream()
                        .mapToDouble(row -> row.getDouble(2) / DAYS_IN_WEEK)
                        .toArray(),
                groups.stream()
                        .mapToDouble(row -> row.getDouble(3) / DAYS_IN_WEEK)
                        .toArray(),
                groups.stream().mapToDouble(row -> row.getDouble(4)).toArray());
    }

    private static GammaGammaLikelihood margins(List<Row> rows) {
        return new GammaGammaLikelihood(
                rows.stream().mapToDouble(row -> row.getDouble(1)).toArray(),
                rows.stream().mapToDouble(row -> row.getDouble(2)).toArray(),
                rows.stream().mapToDouble(row -> 1).toArray());
    }
}
