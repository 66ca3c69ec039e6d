package koc.backtest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.time.LocalDate;
import koc.rules.KocEligibility;
import koc.rules.OpenTies;
import koc.spark.Checkpoints;
import koc.tables.CleanTables;
import koc.tables.FeatureTables;
import koc.tables.FitTables;
import koc.tables.KocTables;
import koc.tables.RecommendTables;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The evaluation of all recommenders at one cutoff.
 *
 * @param targetEvent the event type that counts as buying: the one that the recommendations of the cutoff are based on
 * @param lists of all recommenders, as {@link EvaluatedLists#withBuyers} returns them, with cutoff
 * @param scores rows of backtest_kocs
 */
record CutoffEvaluation(LocalDate cutoff, String targetEvent, Dataset<Row> lists, Dataset<Row> scores) {

    /** Evaluates one cutoff after another against the same events. */
    static final class Evaluator {
        private final BacktestSettings settings;
        private final LocalDate day;
        private final Dataset<Row> events;
        private final Dataset<Row> refunds;
        private final Checkpoints checkpoints;

        /**
         * Evaluates against these events.
         *
         * @param outcome the warehouse with the events up to the day
         * @param day the last day in which buyers are counted after any cutoff
         */
        Evaluator(BacktestSettings settings, Warehouse outcome, LocalDate day, Checkpoints checkpoints) {
            this.settings = settings;
            this.day = day;
            this.events = outcome.readUpTo(CleanTables.EVENTS, day);
            this.refunds = outcome.readUpTo(CleanTables.REFUNDS, day);
            this.checkpoints = checkpoints;
        }

        CutoffEvaluation evaluate(Backtest.PastWarehouse past) {
            Warehouse warehouse = past.warehouse();
            LocalDate cutoff = past.cutoff();
            String targetEvent = findTargetEvent(past);
            Dataset<Row> pools = checkpoints.compute(OpenTies.computePools(warehouse, cutoff));
            HoldoutWindow window = new HoldoutWindow(cutoff, settings.horizonDays());
            Dataset<Row> buyers = checkpoints.compute(new ObservedBuyers(window, settings.repurchaseDueFraction())
                    .count(
                            pools,
                            ObservedBuyers.unitChanges(events, refunds, targetEvent),
                            warehouse.readUpTo(FitTables.PRODUCT_PROFILE, cutoff)));
            Dataset<Row> kocs = checkpoints.compute(
                    Ndcg.withIdealGains(selectKocs(warehouse, cutoff, pools), buyers, settings.listLength()));
            Dataset<Row> lists =
                    checkpoints.compute(EvaluatedLists.withBuyers(selectLists(warehouse, cutoff), kocs, buyers)
                            .withColumn("cutoff", lit(cutoff)));
            Dataset<Row> scores = KocScores.compute(lists, kocs)
                    .withColumn("day", lit(day))
                    .withColumn("cutoff", lit(cutoff))
                    .withColumn("target_event", lit(targetEvent));
            return new CutoffEvaluation(cutoff, targetEvent, lists, scores);
        }

        private Dataset<Row> selectKocs(Warehouse warehouse, LocalDate cutoff, Dataset<Row> pools) {
            Dataset<Row> features = warehouse
                    .readUpTo(FeatureTables.USER_FEATURES, cutoff)
                    .where(col("day").equalTo(lit(cutoff)).and(col("as_of").equalTo(lit(cutoff))));
            return EvaluatedKocs.select(
                    KocEligibility.withoutJointAccounts(pools, features),
                    warehouse.readLatest(CleanTables.USERS, cutoff),
                    warehouse.readUpTo(KocTables.KOC_RANKING, cutoff),
                    warehouse.readUpTo(RecommendTables.KOC_POOL_MIX, cutoff),
                    settings);
        }

        private Dataset<Row> selectLists(Warehouse warehouse, LocalDate cutoff) {
            return EvaluatedLists.select(
                    warehouse.readUpTo(RecommendTables.KOC_RECOMMENDATIONS, cutoff),
                    warehouse.readUpTo(RecommendTables.BASELINE_RECOMMENDATIONS, cutoff),
                    settings.listLength());
        }

        /** The event type of the recommendations; purchase when there is no recommendation. */
        private static String findTargetEvent(Backtest.PastWarehouse past) {
            return past
                    .warehouse()
                    .readUpTo(RecommendTables.KOC_RECOMMENDATIONS, past.cutoff())
                    .select("target_event")
                    .limit(1)
                    .collectAsList()
                    .stream()
                    .map(row -> row.getString(0))
                    .findFirst()
                    .orElse(ObservedBuyers.PURCHASE);
        }
    }
}
