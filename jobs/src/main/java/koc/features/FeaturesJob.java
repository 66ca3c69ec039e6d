package koc.features;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;

import com.typesafe.config.Config;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import koc.error.KocException;
import koc.run.Job;
import koc.run.JobRun;
import koc.spark.Parallel;
import koc.tables.CleanTables;
import koc.tables.FeatureTables;
import koc.text.Texts;
import koc.warehouse.Table;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Sums the new arrivals by day, then says who every user is as of the run date, and who they were before the window on
 * which fit is measured.
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
        return Set.of(CleanTables.EVENTS, CleanTables.REFUNDS, CleanTables.USERS, CleanTables.PRODUCTS);
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
        Warehouse tables = run.tables();
        LocalDate day = run.day();
        sumNewArrivals(tables, day);

        Dataset<Row> userDays = tables.readUpTo(FeatureTables.USER_DAYS, day);
        LocalDate before = lastDayBeforeHoldout(run, userDays, day);
        Dataset<Row> users = tables.readLatest(CleanTables.USERS, day);
        Dataset<Row> userProductDays = tables.readUpTo(FeatureTables.USER_PRODUCT_DAYS, day);
        Dataset<Row> userCategoryDays = tables.readUpTo(FeatureTables.USER_CATEGORY_DAYS, day);
        Dataset<Row> products = productPeriods(tables, day);

        List<LocalDate> asOf = before.isBefore(day) ? List.of(before, day) : List.of(day);
        Parallel.run(
                () -> tables.write(
                        FeatureTables.USER_FEATURES,
                        day,
                        UserFeatures.asOf(users, userDays, userProductDays, products, day, asOf, settings)),
                () -> tables.write(
                        FeatureTables.USER_CATEGORIES,
                        day,
                        UserFeatures.categories(userCategoryDays, day, asOf, settings)));
        tables.write(
                FeatureTables.USER_TAGS,
                day,
                UserTags.tags(
                        asOfRunDate(tables, FeatureTables.USER_FEATURES, day),
                        asOfRunDate(tables, FeatureTables.USER_CATEGORIES, day),
                        settings,
                        texts));
    }

    /** Sums the arrivals that were cleaned since they were last summed, and clears those that are gone. */
    private void sumNewArrivals(Warehouse tables, LocalDate day) {
        List<LocalDate> stale = staleArrivals(tables, day);
        if (stale.isEmpty()) {
            return;
        }
        Dataset<Row> products = productPeriods(tables, day);
        Dataset<Row> events = arrivals(tables.readUpTo(CleanTables.EVENTS, day), stale);
        Dataset<Row> refunds = arrivals(tables.readUpTo(CleanTables.REFUNDS, day), stale);
        tables.write(FeatureTables.USER_PRODUCT_DAYS, stale, DailySums.userProductDays(events, refunds));
        Dataset<Row> productDays = arrivals(tables.readUpTo(FeatureTables.USER_PRODUCT_DAYS, day), stale);
        tables.write(FeatureTables.USER_CATEGORY_DAYS, stale, DailySums.userCategoryDays(productDays, products));
        // Written last: an arrival counts as summed when its user_days are newer than its events.
        tables.write(
                FeatureTables.USER_DAYS,
                stale,
                DailySums.userDays(DailySums.withProducts(events, broadcast(products)), refunds));
    }

    private static List<LocalDate> staleArrivals(Warehouse tables, LocalDate day) {
        Map<LocalDate, Instant> events = tables.writeTimes(CleanTables.EVENTS, day);
        // A late purchase changes what the refunds of later arrivals take back, though not their events.
        Map<LocalDate, Instant> refunds = tables.writeTimes(CleanTables.REFUNDS, day);
        Map<LocalDate, Instant> summed = tables.writeTimes(FeatureTables.USER_DAYS, day);
        return Stream.of(events, refunds, summed)
                .flatMap(times -> times.keySet().stream())
                .distinct()
                .sorted()
                .filter(arrival -> {
                    Instant at = summed.get(arrival);
                    boolean isGone = !events.containsKey(arrival) && !refunds.containsKey(arrival);
                    return at == null
                            || isGone
                            || !events.getOrDefault(arrival, Instant.MIN).isBefore(at)
                            || !refunds.getOrDefault(arrival, Instant.MIN).isBefore(at);
                })
                .toList();
    }

    /** The run date less the holdout, or less a quarter of a history that is shorter than four holdouts. */
    private LocalDate lastDayBeforeHoldout(JobRun run, Dataset<Row> userDays, LocalDate day) {
        Row first = userDays.where(col("day").leq(lit(day))).agg(min("day")).head();
        if (first.isNullAt(0)) {
            throw KocException.input(
                    "table events, " + day + ": no event up to this day",
                    "users can only be told from what they did",
                    "clean an arrival that has events: koc clean --date " + day);
        }
        long history = ChronoUnit.DAYS.between(first.getDate(0).toLocalDate(), day) + 1;
        long holdout = Math.min(settings.holdoutDays(), history / 4);
        if (holdout < settings.holdoutDays()) {
            run.progress().note(name(), texts.text("features.short-history", history, holdout));
        }
        return day.minusDays(holdout);
    }

    private Dataset<Row> productPeriods(Warehouse tables, LocalDate day) {
        return DailySums.productPeriods(tables.readUpTo(CleanTables.PRODUCTS, day), settings.categoryDepth());
    }

    private static Dataset<Row> arrivals(Dataset<Row> rows, List<LocalDate> arrivals) {
        return rows.where(col("arrived").isInCollection(arrivals));
    }

    private static Dataset<Row> asOfRunDate(Warehouse tables, Table table, LocalDate day) {
        return tables.read(table, day).where(col("as_of").equalTo(lit(day)));
    }
}
