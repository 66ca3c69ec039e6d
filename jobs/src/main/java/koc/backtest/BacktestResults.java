package koc.backtest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import koc.tables.BacktestTables;
import koc.warehouse.Table;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The results of one backtest, read from its tables. They are a few rows for each recommender and slice of KOCs, so they fit
 * into the driver's memory.
 *
 * @param day the last day in which buyers were counted
 * @param scores of every recommender in every slice, largest slices first
 * @param differences of published and every other recommender in every slice
 * @param deciles of the forecasts of every recommender that forecasts buyers
 * @param language of the reports
 */
public record BacktestResults(
        LocalDate day,
        List<RecommenderScore> scores,
        List<ScoreDifference> differences,
        List<CalibrationDecile> deciles,
        String language) {

    static final String NDCG_FIRST_PURCHASES = "ndcg_first_purchases";
    static final String NDCG_ALL_BUYERS = "ndcg_all_buyers";

    public BacktestResults {
        scores = List.copyOf(scores);
        differences = List.copyOf(differences);
        deciles = List.copyOf(deciles);
    }

    /** Reads the backtest of this day. It has no scores when there was no KOC to evaluate. */
    static BacktestResults read(Warehouse warehouse, LocalDate day, String language) {
        return new BacktestResults(
                day,
                rowsOf(warehouse, BacktestTables.BACKTEST_RESULTS, day)
                        .orderBy(col("slice_kind"), col("kocs").desc(), col("slice"), col("recommender"))
                        .collectAsList()
                        .stream()
                        .map(RecommenderScore::fromRow)
                        .toList(),
                rowsOf(warehouse, BacktestTables.BACKTEST_COMPARISONS, day)
                        .orderBy("slice_kind", "slice", "recommender", "metric")
                        .collectAsList()
                        .stream()
                        .map(ScoreDifference::fromRow)
                        .toList(),
                rowsOf(warehouse, BacktestTables.BACKTEST_CALIBRATION, day)
                        .orderBy("recommender", "decile")
                        .collectAsList()
                        .stream()
                        .map(CalibrationDecile::fromRow)
                        .toList(),
                language);
    }

    /** The rows of the day; none when there was nothing to compare and the table lacks the day. */
    private static Dataset<Row> rowsOf(Warehouse warehouse, Table table, LocalDate day) {
        return warehouse.readUpTo(table, day).where(col("day").equalTo(lit(day)));
    }

    /** The results of a backtest without any KOC to evaluate. */
    static BacktestResults withoutKocs(LocalDate day, BacktestSetup setup, String language) {
        return new BacktestResults(
                day, List.of(RecommenderScore.ofPublishedWithoutKocs(setup)), List.of(), List.of(), language);
    }

    /** Scores over all KOCs, by NDCG from best to worst. */
    List<RecommenderScore> overallScores() {
        return scores.stream()
                .filter(score -> score.slice().equals(Slice.ALL))
                .sorted(Comparator.comparingDouble(BacktestResults::ndcgOrNegative)
                        .reversed()
                        .thenComparing(RecommenderScore::recommender))
                .toList();
    }

    private static double ndcgOrNegative(RecommenderScore score) {
        Double value = score.ndcgAllBuyers().value();
        return value == null ? -1 : value;
    }

    /** The score of published over all KOCs. */
    RecommenderScore published() {
        return overallScores().stream()
                .filter(RecommenderScore::isPublished)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("backtest_results has no row of published"));
    }

    /** The best baseline over all KOCs; empty when published was the only recommender. */
    Optional<RecommenderScore> bestBaseline() {
        return overallScores().stream().filter(RecommenderScore::isBaseline).findFirst();
    }

    /** Published less this recommender over all KOCs, by ndcg_all_buyers; empty when the recommender was not evaluated. */
    Optional<ScoreDifference> differenceTo(String recommender) {
        return differenceTo(Slice.ALL, recommender, NDCG_ALL_BUYERS);
    }

    /** Published less this recommender in a slice; empty when the recommender was not evaluated. */
    Optional<ScoreDifference> differenceTo(Slice slice, String recommender, String metric) {
        return differences.stream()
                .filter(difference -> difference.slice().equals(slice)
                        && difference.metric().equals(metric)
                        && difference.recommender().equals(recommender))
                .findFirst();
    }

    /** The deciles of published. */
    List<CalibrationDecile> publishedDeciles() {
        return deciles.stream().filter(CalibrationDecile::isPublished).toList();
    }
}
