package koc.cli;

import static org.apache.spark.sql.functions.lit;

import koc.SparkTest;
import koc.tables.BacktestTables;
import koc.warehouse.Table;
import koc.warehouse.Warehouse;

/** Results of a backtest of 40 KOCs, as far as notebooks read them. */
final class SmallBacktest extends SparkTest {
    private static final String DAY = "2024-06-30";

    private SmallBacktest() {}

    /** Writes the results. */
    static void write(Warehouse warehouse) {
        write(warehouse, BacktestTables.BACKTEST_RESULTS, """
            slice_kind | slice  | recommender   | cutoff     | cutoffs | horizon_days | list_length | target_event | kocs | cases | cases_with_list | products | observed_buyers | ndcg_all_buyers | ndcg_all_buyers_low | ndcg_all_buyers_high
            all        | all    | published     | 2024-06-02 | 1       | 28           | 20          | purchase     | 40   | 40    | 40              | 100      | 80              | 0.45            | 0.40                | 0.50
            all        | all    | popularity    | 2024-06-02 | 1       | 28           | 20          | purchase     | 40   | 40    | 40              | 20       | 50              | 0.31            | 0.26                | 0.36
            all        | all    | without_stock | 2024-06-02 | 1       | 28           | 20          | purchase     | 40   | 40    | 40              | 100      | 81              | 0.46            | 0.41                | 0.51
            level      | gold   | published     | 2024-06-02 | 1       | 28           | 20          | purchase     | 5    | 5     | 5               | 60       | 30              | 0.60            | 0.40                | 0.80
            level      | gold   | popularity    | 2024-06-02 | 1       | 28           | 20          | purchase     | 5    | 5     | 5               | 20       | 18              | 0.35            | 0.20                | 0.50
            level      | bronze | published     | 2024-06-02 | 1       | 28           | 20          | purchase     | 35   | 35    | 35              | 90       | 50              | 0.43            | 0.38                | 0.48
            """);
        write(warehouse, BacktestTables.BACKTEST_COMPARISONS, """
            slice_kind | slice | recommender   | metric          | kocs | difference | low   | high  | verdict
            all        | all   | popularity    | ndcg_all_buyers | 40   | 0.14       | 0.08  | 0.20  | wins
            all        | all   | without_stock | ndcg_all_buyers | 40   | -0.01      | -0.02 | 0.005 | even
            """);
        write(warehouse, BacktestTables.BACKTEST_CALIBRATION, """
            recommender | decile | recommendations | min_expected | max_expected | expected_buyers | observed_buyers
            published   | 1      | 50              | 0.01         | 0.20         | 5               | 0
            published   | 2      | 50              | 0.20         | 0.60         | 20              | 22
            published   | 3      | 50              | 0.60         | 4.00         | 90              | 58
            """);
    }

    private static void write(Warehouse warehouse, Table table, String rows) {
        warehouse.write(table, day(DAY), rows(table, rows).withColumn("day", lit(day(DAY))));
    }
}
