package koc.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.typesafe.config.Config;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import koc.error.KocException;
import koc.rules.KnownHistory;
import koc.run.Job;
import koc.run.JobRun;
import koc.spark.Checkpoints;
import koc.spark.Parallel;
import koc.tables.CleanTables;
import koc.tables.FeatureTables;
import koc.text.Texts;
import koc.warehouse.Table;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Describes every user by features, categories and tags. First sums the new arrivals by day, then adds the sums up as of the
 * run date and as of the last day before the holdout.
 */
public final class FeaturesJob implements Job {
    private final FeatureSettings settings;
    private final Texts texts;

    public FeaturesJob(Config config) {
        this.settings = FeatureSettings.from(config);
        this.texts = Texts.of(settings.language());
    }

    @Override
    public String name() {
        return "features";
    }

    @Override
    public Set<Table> reads() {
        return Set.of(
                CleanTables.EVENTS, CleanTables.REFUNDS, CleanTables.USERS, CleanTables.PRODUCTS, CleanTables.REJECTS);
    }

    @Override
    public Set<Table> readsPrevious() {
        return Set.of(FeatureTables.USER_DAYS, FeatureTables.USER_PRODUCT_DAYS, FeatureTables.USER_CATEGORY_DAYS);
    }

    @Override
    public Set<Table> writes() {
        return Set.of(
                FeatureTables.USER_DAYS,
                FeatureTables.USER_PRODUCT_DAYS,
                FeatureTables.USER_CATEGORY_DAYS,
                FeatureTables.USER_FEATURES,
                FeatureTables.USER_CATEGORIES,
                FeatureTables.USER_TAGS);
    }

    @Override
    public void run(JobRun run) {
        Warehouse warehouse = run.warehouse();
        LocalDate day = run.day();
        sumNewArrivals(warehouse, day);
        KnownHistory history = readHistory(warehouse, day);
        List<LocalDate> asOf = asOfDates(run, history);
        Parallel.run(() -> writeFeatures(warehouse, history, asOf), () -> writeCategories(warehouse, day, asOf));
        writeTags(warehouse, day);
        noteJointAccounts(run);
    }

    private void writeFeatures(Warehouse warehouse, KnownHistory history, List<LocalDate> asOf) {
        LocalDate day = history.last();
        UserFeatures features = new UserFeatures(history, asOf, settings);
        Dataset<Row> users = warehouse.readLatest(CleanTables.USERS, day);
        try (Checkpoints checkpoints = new Checkpoints()) {
            Dataset<Row> windows = checkpoints.compute(features.sumWindows(
                    users,
                    warehouse.readUpTo(FeatureTables.USER_DAYS, day),
                    warehouse.readUpTo(CleanTables.REJECTS, day)));
            warehouse.write(
                    FeatureTables.USER_FEATURES,
                    day,
                    features.compute(
                            users,
                            windows,
                            warehouse.readUpTo(FeatureTables.USER_PRODUCT_DAYS, day),
                            productPeriods(warehouse, day)));
        }
    }

    private void writeCategories(Warehouse warehouse, LocalDate day, List<LocalDate> asOf) {
        Dataset<Row> userCategoryDays = warehouse.readUpTo(FeatureTables.USER_CATEGORY_DAYS, day);
        warehouse.write(
                FeatureTables.USER_CATEGORIES,
                day,
                UserCategories.compute(userCategoryDays, day, asOf, settings.interestWeight()));
    }

    private void writeTags(Warehouse warehouse, LocalDate day) {
        Dataset<Row> tags = new UserTags(settings.tags(), texts)
                .compute(
                        asOfRunDate(warehouse, FeatureTables.USER_FEATURES, day),
                        asOfRunDate(warehouse, FeatureTables.USER_CATEGORIES, day));
        warehouse.write(FeatureTables.USER_TAGS, day, tags);
    }

    private void noteJointAccounts(JobRun run) {
        Column jointOrders = sum(when(col("is_likely_joint_account"), col("orders_365d")));
        Row sums = asOfRunDate(run.warehouse(), FeatureTables.USER_FEATURES, run.day())
                .agg(count_if(col("is_likely_joint_account")), jointOrders, sum("orders_365d"))
                .head();
        if (sums.getLong(0) > 0) {
            double percent = 100.0 * sums.getLong(1) / sums.getLong(2);
            run.progress().note(name(), texts.text("features.joint", sums.getLong(0), percent));
        }
    }

    /** Sums the arrivals that were cleaned after they were last summed, and clears those that were removed. */
    private void sumNewArrivals(Warehouse warehouse, LocalDate day) {
        List<LocalDate> stale = staleArrivals(warehouse, day);
        if (stale.isEmpty()) {
            return;
        }
        Dataset<Row> products = productPeriods(warehouse, day);
        Dataset<Row> events = arrivals(warehouse.readUpTo(CleanTables.EVENTS, day), stale);
        Dataset<Row> refunds = arrivals(warehouse.readUpTo(CleanTables.REFUNDS, day), stale);
        warehouse.write(FeatureTables.USER_PRODUCT_DAYS, stale, DailySums.userProductDays(events, refunds));
        Dataset<Row> productDays = arrivals(warehouse.readUpTo(FeatureTables.USER_PRODUCT_DAYS, day), stale);
        warehouse.write(FeatureTables.USER_CATEGORY_DAYS, stale, DailySums.userCategoryDays(productDays, products));
        // Written last, because an arrival counts as summed when its user_days are newer than its events.
        warehouse.write(FeatureTables.USER_DAYS, stale, DailySums.userDays(events, refunds, products));
    }

    private static List<LocalDate> staleArrivals(Warehouse warehouse, LocalDate day) {
        Map<LocalDate, Instant> events = warehouse.writeTimes(CleanTables.EVENTS, day);
        // A late purchase may change the refunds of later arrivals, although their events stay the same.
        Map<LocalDate, Instant> refunds = warehouse.writeTimes(CleanTables.REFUNDS, day);
        Map<LocalDate, Instant> summed = warehouse.writeTimes(FeatureTables.USER_DAYS, day);
        return Stream.of(events, refunds, summed)
                .flatMap(times -> times.keySet().stream())
                .distinct()
                .sorted()
                .filter(arrival -> {
                    Instant summedAt = summed.get(arrival);
                    boolean isRemoved = !events.containsKey(arrival) && !refunds.containsKey(arrival);
                    return summedAt == null
                            || isRemoved
                            || !events.getOrDefault(arrival, Instant.MIN).isBefore(summedAt)
                            || !refunds.getOrDefault(arrival, Instant.MIN).isBefore(summedAt);
                })
                .toList();
    }

    /** The last day before the holdout and the run date; only the run date when the history is too short for a holdout. */
    private List<LocalDate> asOfDates(JobRun run, KnownHistory history) {
        LocalDate day = run.day();
        LocalDate beforeHoldout = lastDayBeforeHoldout(run, history);
        return beforeHoldout.isBefore(day) ? List.of(beforeHoldout, day) : List.of(day);
    }

    /** The run date less the holdout, or less a quarter of a history that is shorter than four holdouts. */
    private LocalDate lastDayBeforeHoldout(JobRun run, KnownHistory history) {
        int holdout = Math.min(settings.holdoutDays(), history.days() / 4);
        if (holdout < settings.holdoutDays()) {
            run.progress().note(name(), texts.text("features.short-history", history.days(), holdout));
        }
        return run.day().minusDays(holdout);
    }

    private static KnownHistory readHistory(Warehouse warehouse, LocalDate day) {
        Dataset<Row> userDays = warehouse.readUpTo(FeatureTables.USER_DAYS, day);
        if (userDays.where(col("day").leq(lit(day))).isEmpty()) {
            throw KocException.input(
                    "table events, " + day + ": no event up to this day",
                    "features of users need at least one event",
                    "clean an arrival that has events: koc clean --date " + day);
        }
        return KnownHistory.read(userDays, day);
    }

    private Dataset<Row> productPeriods(Warehouse warehouse, LocalDate day) {
        return ProductPeriods.compute(warehouse.readUpTo(CleanTables.PRODUCTS, day), settings.categoryDepth());
    }

    private static Dataset<Row> arrivals(Dataset<Row> rows, List<LocalDate> arrivals) {
        return rows.where(col("arrived").isInCollection(arrivals));
    }

    private static Dataset<Row> asOfRunDate(Warehouse warehouse, Table table, LocalDate day) {
        return warehouse.read(table, day).where(col("as_of").equalTo(lit(day)));
    }
}
