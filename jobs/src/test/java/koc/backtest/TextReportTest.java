package koc.backtest;

import static koc.backtest.ResultsBuilder.results;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextReportTest {
    @Test
    void theHeadlineSaysWhoWonAndByHowMuch() {
        BacktestResults won =
                results().publishedNdcg(.31).baselineNdcg(.25).verdict("wins").build();

        assertThat(new TextReport(won).headline())
                .isEqualTo("The published recommendations win: NDCG@20 is 0.310 against 0.250 of the best baseline, "
                        + "'popularity', a difference of +0.060 (95% interval +0.050 to +0.070, KOCs: 40).");
    }

    @Test
    void theHeadlineSaysWhenPublishedLosesAndWhenNobodyWins() {
        BacktestResults lost =
                results().publishedNdcg(.2).baselineNdcg(.25).verdict("loses").build();
        BacktestResults even =
                results().publishedNdcg(.25).baselineNdcg(.25).verdict("even").build();

        assertThat(new TextReport(lost).headline()).startsWith("The published recommendations lose to");
        assertThat(new TextReport(even).headline()).startsWith("No clear winner");
    }

    @Test
    void theHeadlineIsInTheLanguageOfTheResults() {
        BacktestResults chinese =
                results().publishedNdcg(.31).verdict("wins").language("zh").build();

        assertThat(new TextReport(chinese).headline()).startsWith("发布的推荐胜出：NDCG@20 为 0.310");
    }

    @Test
    void theHeadlineSaysWhenNoKocCouldBeEvaluated() {
        assertThat(new TextReport(ResultsBuilder.resultsWithoutKocs()).headline())
                .startsWith("No verdict");
    }

    @Test
    void expectedBuyersAreComparedWithObservedBuyers() {
        assertThat(new TextReport(results().build()).calibration())
                .isEqualTo("Forecasts are accurate: 22.00 buyers expected, 20 observed, off by 10%. "
                        + "Accurate tenths of the forecasts: 0 of 2.");
    }

    @Test
    void withoutAnyForecastThereIsNoSentenceAboutForecasts() {
        assertThat(new TextReport(ResultsBuilder.resultsWithoutKocs()).calibration())
                .isEmpty();
    }

    @Test
    void ablationsAreListedButAreNotBaselines() {
        BacktestResults results = results().build();

        assertThat(results.overallScores())
                .extracting(RecommenderScore::recommender)
                .containsExactly("without_caps", "published", "popularity");
        assertThat(new TextReport(results).headline()).contains("'popularity'");
    }

    @Test
    void theComparisonHasALineForEachRecommenderFromBestToWorst() {
        List<String> lines =
                new TextReport(results().build()).comparison().lines().toList();

        assertThat(lines).hasSize(5);
        assertThat(lines.get(0)).contains("cutoff 2024-06-02", "28 days", "40", "purchases");
        assertThat(lines.get(1)).startsWith("recommender").contains("NDCG@20");
        assertThat(lines.get(2)).startsWith("without caps");
        assertThat(lines.get(3)).startsWith("published").contains("0.310", "0.300–0.320", "1.10");
        assertThat(lines.get(4)).contains("+0.060", "+0.050 … +0.070", "published wins");
    }
}
