package koc.backtest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.typesafe.config.Config;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import koc.rules.EventTypes;
import koc.rules.OpenTies;
import koc.spark.ExactSums;
import koc.tables.BacktestTables;
import koc.tables.CleanTables;
import koc.tables.FitTables;
import koc.tables.RecommendTables;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * What became of the recommendations of earlier runs: whether the KOC shared the product or made a post that names it, and
 * how many members bought it, compared with the forecast. A run is judged by the first run after its horizon has passed.
 */
public final class RecommendationOutcomes {
    private final BacktestSettings settings;

    /** Outcomes of the runs that {@code koc.backtest.max-age-days} allows. */
    public RecommendationOutcomes(Config config) {
        this.settings = BacktestSettings.from(config);
    }

    /**
     * The rows of recommendation_outcomes for the runs whose horizon ended within the last {@code koc.backtest.max-age-days},
     * and that no earlier run judged; empty when there is none. The horizon is that of the judged run.
     */
    public Optional<Dataset<Row>> compute(Warehouse warehouse, LocalDate day) {
        Column lastDay = date_add(col("day"), col("horizon_days"));
        Dataset<Row> judged = warehouse
                .readUpTo(BacktestTables.RECOMMENDATION_OUTCOMES, day.minusDays(1))
                .select("recommended_on")
                .distinct();
        List<LocalDate> runs = warehouse
                .readUpTo(RecommendTables.KOC_RECOMMENDATIONS, day.minusDays(1))
                .where(lastDay.leq(lit(day)).and(lastDay.gt(lit(day.minusDays(settings.maxAgeDays())))))
                .select(col("day").as("recommended_on"))
                .distinct()
                .join(judged, new String[] {"recommended_on"}, "left_anti")
                .orderBy("recommended_on")
                .collectAsList()
                .stream()
                .map(row -> row.getDate(0).toLocalDate())
                .toList();
        return runs.stream().map(run -> judge(warehouse, run, day)).reduce(Dataset::unionByName);
    }

    private Dataset<Row> judge(Warehouse warehouse, LocalDate run, LocalDate day) {
        Dataset<Row> recommendations = warehouse
                .readUpTo(RecommendTables.KOC_RECOMMENDATIONS, run)
                .where(col("day").equalTo(lit(run)));
        Row made = recommendations.select("target_event", "horizon_days").head();
        String targetEvent = made.getString(0);
        HoldoutWindow window = new HoldoutWindow(run, made.getInt(1));
        Dataset<Row> events = warehouse.readUpTo(CleanTables.EVENTS, window.lastDay());
        Dataset<Row> refunds = warehouse.readUpTo(CleanTables.REFUNDS, window.lastDay());
        Dataset<Row> buyers = new ObservedBuyers(window, settings.repurchaseDueFraction())
                .count(
                        OpenTies.computePools(warehouse, run),
                        ObservedBuyers.unitChanges(events, refunds, targetEvent),
                        warehouse
                                .readUpTo(FitTables.PRODUCT_PROFILE, run)
                                .where(col("day").equalTo(lit(run))));
        return outcomes(recommendations, buyers, shares(events, window)).withColumn("day", lit(day));
    }

    /** The first share or post of each product by each KOC in the window: koc_id, product_id, first_shared_on. */
    static Dataset<Row> shares(Dataset<Row> events, HoldoutWindow window) {
        return events.where(EventTypes.isProductShare()
                        .and(col("day").gt(lit(window.cutoff())))
                        .and(col("day").leq(lit(window.lastDay()))))
                .groupBy(col("user_id").as("koc_id"), col("product_id"))
                .agg(min("day").as("first_shared_on"));
    }

    /**
     * Recommendation grain -> the columns of recommendation_outcomes but day.
     *
     * @param recommendations koc_recommendations of one run
     * @param buyers as {@link ObservedBuyers#count} returns them
     * @param shares koc_id, product_id, first_shared_on
     */
    static Dataset<Row> outcomes(Dataset<Row> recommendations, Dataset<Row> buyers, Dataset<Row> shares) {
        String[] product = {"koc_id", "product_id"};
        return recommendations
                .select(
                        col("day").as("recommended_on"),
                        col("koc_id"),
                        col("product_id"),
                        col("rank"),
                        col("target_event"),
                        col("expected_buyers"),
                        col("extra_buyers_if_shared"))
                .join(buyers.select("koc_id", "product_id", "observed_buyers"), product, "left")
                .join(shares, product, "left")
                .withColumn("observed_buyers", coalesce(col("observed_buyers"), lit(0L)))
                .withColumn("is_shared", col("first_shared_on").isNotNull());
    }

    /**
     * Outcomes -> one row for each run and for shared and not shared: the rows of recommendation_results.
     *
     * <p>{@code calibration} is expected / observed buyers. {@code sharing_lift} is observed over expected buyers of shared
     * products, over the same of products that were not shared. With 30 buyers where 20 were expected, and 50 where 50 were
     * expected: 1.5.
     */
    public static Dataset<Row> summarize(Dataset<Row> outcomes) {
        Column observedOverExpected = ratio("observed_buyers", "expected_buyers");
        Column shared = max(when(col("is_shared"), observedOverExpected)).over(byRun());
        Column notShared =
                max(when(col("is_shared").equalTo(false), observedOverExpected)).over(byRun());
        return outcomes.groupBy("day", "recommended_on", "is_shared")
                .agg(
                        count_distinct(col("koc_id")).as("kocs"),
                        count(lit(1)).as("recommendations"),
                        ExactSums.preciseSum(col("expected_buyers")).as("expected_buyers"),
                        sum("observed_buyers").as("observed_buyers"),
                        ExactSums.preciseSum(col("extra_buyers_if_shared")).as("extra_buyers_if_shared"))
                .withColumn("calibration", ratio("expected_buyers", "observed_buyers"))
                .withColumn("sharing_lift", when(notShared.gt(0), shared.divide(notShared)));
    }

    private static WindowSpec byRun() {
        return Window.partitionBy("day", "recommended_on");
    }

    private static Column ratio(String part, String total) {
        return when(col(total).gt(0), col(part).divide(col(total)));
    }
}
