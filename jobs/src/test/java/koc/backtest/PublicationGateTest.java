package koc.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import koc.SparkTest;
import koc.error.ExitCode;
import koc.error.KocException;
import koc.tables.BacktestTables;
import koc.tables.FeatureTables;
import koc.warehouse.Warehouse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicationGateTest extends SparkTest {
    private static final LocalDate DAY = ResultsBuilder.DAY;

    @TempDir
    Path folder;

    private final List<String> notes = new ArrayList<>();

    @Test
    void aRunThatLosesToPopularityIsRefusedWithTheComparison() {
        BacktestResults lost = outcome(.2, "loses");

        assertThatThrownBy(() -> gate().check(lost, DAY, notes::add))
                .isInstanceOfSatisfying(KocException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.GATE))
                .hasMessageContaining("lose to 'popularity'; NDCG@20 is -0.050 (-0.060 … -0.040)")
                .hasMessageContaining(new TextReport(lost).comparison())
                .hasMessageContaining("--set koc.recommend.gate=warn");
    }

    @Test
    void withGateWarnARunThatLosesIsPublishedWithAWarning() {
        gate("koc.recommend.gate=warn").check(outcome(.2, "loses"), DAY, notes::add);

        assertThat(notes).singleElement().asString().startsWith("the recommendations lose to 'popularity'");
    }

    @Test
    void aRunThatNeitherWinsNorLosesIsPublishedWithAWarning() {
        gate().check(outcome(.24, "even"), DAY, notes::add);

        assertThat(notes).hasSize(2);
        assertThat(notes.get(1)).startsWith("the recommendations are not clearly better than 'popularity'");
    }

    @Test
    void aRunWithTooFewKocsIsPublishedWithAWarning() {
        gate().check(outcome(.2, "too_few"), DAY, notes::add);

        assertThat(notes.get(1)).startsWith("too few KOCs to compare the recommendations with 'popularity': 40");
    }

    @Test
    void aRunThatWinsIsPublishedWithTheHeadline() {
        gate().check(outcome(.31, "wins"), DAY, notes::add);

        assertThat(notes).singleElement().asString().contains("backtest of 2024-06-30: The published", "0.310");
    }

    @Test
    void aBacktestIsCurrentForLaterRunsUntilItIsTooOld() {
        Warehouse warehouse = backtestOf("wins");

        assertThat(gate().findCurrentBacktest(warehouse, DAY.plusDays(28), true))
                .isPresent();
        assertThat(gate().findCurrentBacktest(warehouse, DAY.plusDays(29), true))
                .isEmpty();
        assertThat(gate().findCurrentBacktest(warehouse, DAY, true))
                .as("a backtest of the same day may be of an earlier attempt")
                .isEmpty();
        assertThat(gate().findCurrentBacktest(warehouse, DAY, false)).isPresent();
        assertThat(gate().findCurrentBacktest(warehouse, DAY.minusDays(1), false))
                .isEmpty();
    }

    @Test
    void aLostBacktestIsRepeatedByRunsThatCanBacktest() {
        Warehouse warehouse = backtestOf("loses");

        assertThat(gate().findCurrentBacktest(warehouse, DAY.plusDays(1), true)).isEmpty();
        assertThat(gate().findCurrentBacktest(warehouse, DAY.plusDays(1), false))
                .isPresent();
    }

    @Test
    void aLostBacktestOfAnEarlierDayDecidesOnlyForRunsThatCannotBacktest() {
        Warehouse warehouse = backtestOf("loses");

        assertThat(gate().findDecidingBacktest(warehouse, DAY, true)).isPresent();
        assertThat(gate().findDecidingBacktest(warehouse, DAY.plusDays(1), true))
                .isEmpty();
        assertThat(gate().findDecidingBacktest(warehouse, DAY.plusDays(1), false))
                .isPresent();
        assertThat(gate("koc.backtest.in-run=false").findDecidingBacktest(warehouse, DAY.plusDays(1), true))
                .isPresent();
    }

    @Test
    void aShortHistoryIsExplainedByItsDaysWithEvents() {
        Warehouse warehouse = openWarehouse(folder);
        warehouse.write(
                FeatureTables.USER_DAYS,
                DAY,
                rows(FeatureTables.USER_DAYS, """
                day        | user_id
                2024-06-01 | a
                2024-06-01 | b
                2024-06-02 | a
                2024-06-03 | a
                """)
                        .selectExpr(FeatureTables.USER_DAYS.columnNames().stream()
                                .map(name -> switch (name) {
                                    case "arrived" -> "DATE'2024-06-30' AS arrived";
                                    case "day", "user_id" -> name;
                                    default ->
                                        "CAST(0 AS "
                                                + FeatureTables.USER_DAYS
                                                        .column(name)
                                                        .dataType()
                                                        .sql() + ") AS " + name;
                                })
                                .toArray(String[]::new)));

        assertThat(gate("koc.backtest.min-history-days=2").explainShortHistory(warehouse, DAY))
                .isEmpty();
        assertThat(gate("koc.backtest.min-history-days=3").explainShortHistory(warehouse, DAY))
                .hasValue("published without a backtest: events on 2 days up to 2024-06-02, "
                        + "fewer than koc.backtest.min-history-days (3)");
    }

    /** Results of this NDCG of published, against .25 of popularity. */
    private static BacktestResults outcome(double publishedNdcg, String verdict) {
        return ResultsBuilder.results()
                .publishedNdcg(publishedNdcg)
                .baselineNdcg(.25)
                .verdict(verdict)
                .build();
    }

    /** A warehouse with a backtest that loses to popularity in the holdout, and has this verdict against popularity. */
    private Warehouse backtestOf(String verdict) {
        Warehouse warehouse = openWarehouse(folder);
        warehouse.write(BacktestTables.BACKTEST_RESULTS, DAY, rows(BacktestTables.BACKTEST_RESULTS, """
                day        | slice_kind | slice | recommender | cutoff     | cutoffs | horizon_days | list_length | target_event | kocs | cases | cases_with_list | products | observed_buyers
                2024-06-30 | all        | all   | published   | 2024-06-02 | 1       | 28           | 20          | purchase     | 40   | 40    | 40              | 9        | 0
                """));
        warehouse.write(BacktestTables.BACKTEST_COMPARISONS, DAY, rows(BacktestTables.BACKTEST_COMPARISONS, """
                day        | slice_kind | slice | recommender        | metric               | kocs | difference | low  | high | verdict
                2024-06-30 | all        | all   | popularity         | ndcg_all_buyers      | 40   | 0.1        | 0.1  | 0.1  | VERDICT
                2024-06-30 | all        | all   | holdout_popularity | ndcg_all_buyers      | 40   | -0.1       | -0.1 | -0.1 | loses
                2024-06-30 | all        | all   | popularity         | ndcg_first_purchases | 40   | -0.1       | -0.1 | -0.1 | loses
                """.replace(
                        "VERDICT", verdict)));
        return warehouse;
    }

    private static PublicationGate gate(String... settings) {
        return new PublicationGate(config(settings));
    }
}
