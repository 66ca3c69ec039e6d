package koc.backtest;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import koc.text.Texts;

/** Prepares the tables of the page. */
final class ReportTables {
    private final BacktestResults results;
    private final Texts texts;
    private final ReportFormat format;

    ReportTables(BacktestResults results, Texts texts) {
        this.results = results;
        this.texts = texts;
        this.format = new ReportFormat(texts);
    }

    /** All metrics of every recommender over all KOCs, from best to worst. */
    ReportPage.Table overall() {
        return table(
                "backtest.page.overall.caption",
                List.of(
                        "recommender",
                        "ndcg_all_buyers",
                        "interval",
                        "ndcg_first_purchases",
                        "interval",
                        "captured",
                        "interval",
                        "hit",
                        "products",
                        "expected",
                        "observed",
                        "calibration",
                        "off",
                        "met"),
                results.overallScores().stream().map(this::overallRow).toList());
    }

    private ReportPage.TableRow overallRow(RecommenderScore score) {
        Double calibration = score.calibration().value();
        return new ReportPage.TableRow(
                format.recommender(score.recommender()),
                List.of(
                        ReportFormat.score(score.ndcgAllBuyers()),
                        ReportFormat.interval(score.ndcgAllBuyers()),
                        ReportFormat.score(score.ndcgFirstPurchases()),
                        ReportFormat.interval(score.ndcgFirstPurchases()),
                        ReportFormat.score(score.buyersCaptured()),
                        ReportFormat.interval(score.buyersCaptured()),
                        ReportFormat.rate(score.hitRate().value()),
                        ReportFormat.count(score.products()),
                        ReportFormat.rate(score.expectedBuyers()),
                        ReportFormat.count(score.observedBuyers()),
                        ReportFormat.rate(calibration),
                        ReportFormat.calibrationError(calibration),
                        format.yesOrNo(score.isCalibrated())),
                score.isPublished());
    }

    /** Published less every other recommender over all KOCs, by every metric. */
    ReportPage.Table differences() {
        return table(
                "backtest.page.differences.caption",
                List.of("recommender", "metric", "difference", "interval", "verdict"),
                results.differences().stream()
                        .filter(difference -> difference.slice().equals(Slice.ALL))
                        .map(this::differenceRow)
                        .toList());
    }

    private ReportPage.TableRow differenceRow(ScoreDifference difference) {
        return new ReportPage.TableRow(
                format.recommender(difference.recommender()),
                List.of(
                        format.metric(difference.metric()),
                        ReportFormat.signed(difference.difference().value()),
                        ReportFormat.signedInterval(difference.difference()),
                        format.verdict(difference)),
                false);
    }

    /** Published and the best baseline in every slice of a kind; empty when there are fewer than two slices. */
    Optional<ReportPage.Table> slices(String kind) {
        Map<Slice, List<RecommenderScore>> scoresBySlice = results.scores().stream()
                .filter(score -> score.slice().kind().equals(kind))
                .collect(Collectors.groupingBy(RecommenderScore::slice, LinkedHashMap::new, Collectors.toList()));
        if (scoresBySlice.size() < 2) {
            return Optional.empty();
        }
        return Optional.of(table(
                "backtest.page.slices.caption",
                List.of(
                        "slice",
                        "kocs",
                        "published",
                        "interval",
                        "best",
                        "ndcg_all_buyers",
                        "difference",
                        "interval",
                        "verdict"),
                scoresBySlice.values().stream().map(this::sliceRow).toList()));
    }

    private ReportPage.TableRow sliceRow(List<RecommenderScore> scores) {
        RecommenderScore published = scores.stream()
                .filter(RecommenderScore::isPublished)
                .findFirst()
                .orElseThrow();
        Optional<RecommenderScore> best = bestBaseline(scores);
        Optional<ScoreDifference> difference = best.flatMap(baseline ->
                results.differenceTo(published.slice(), baseline.recommender(), BacktestResults.NDCG_ALL_BUYERS));
        return new ReportPage.TableRow(
                published.slice().name(),
                List.of(
                        ReportFormat.count(published.kocs()),
                        ReportFormat.score(published.ndcgAllBuyers()),
                        ReportFormat.interval(published.ndcgAllBuyers()),
                        best.map(baseline -> format.recommender(baseline.recommender()))
                                .orElse(""),
                        best.map(baseline -> ReportFormat.score(baseline.ndcgAllBuyers()))
                                .orElse(""),
                        difference
                                .map(found ->
                                        ReportFormat.signed(found.difference().value()))
                                .orElse(""),
                        difference
                                .map(found -> ReportFormat.signedInterval(found.difference()))
                                .orElse(""),
                        difference.map(format::verdict).orElse("")),
                false);
    }

    /** The baseline with the highest NDCG, rounded as shown; of equal ones, the last by name. */
    private static Optional<RecommenderScore> bestBaseline(List<RecommenderScore> scores) {
        return scores.stream()
                .filter(RecommenderScore::isBaseline)
                .filter(score -> score.ndcgAllBuyers().value() != null)
                .max(Comparator.comparing((RecommenderScore score) -> ReportFormat.score(score.ndcgAllBuyers()))
                        .thenComparing(RecommenderScore::recommender));
    }

    /** Expected and observed buyers of every recommender by decile of its forecasts. */
    ReportPage.Table deciles() {
        return table(
                "backtest.page.calibration.caption",
                List.of(
                        "recommender",
                        "decile",
                        "from",
                        "to",
                        "recommendations",
                        "expected",
                        "observed",
                        "calibration",
                        "off",
                        "met"),
                results.deciles().stream().map(this::decileRow).toList());
    }

    private ReportPage.TableRow decileRow(CalibrationDecile decile) {
        return new ReportPage.TableRow(
                format.recommender(decile.recommender()),
                List.of(
                        String.valueOf(decile.decile()),
                        ReportFormat.score(decile.minExpected()),
                        ReportFormat.score(decile.maxExpected()),
                        ReportFormat.count(decile.recommendations()),
                        ReportFormat.rate(decile.expectedBuyers()),
                        ReportFormat.count(decile.observedBuyers()),
                        ReportFormat.rate(decile.calibration()),
                        ReportFormat.calibrationError(decile.calibration()),
                        format.yesOrNo(decile.isCalibrated())),
                decile.isPublished());
    }

    private ReportPage.Table table(String captionKey, List<String> columns, List<ReportPage.TableRow> rows) {
        return new ReportPage.Table(
                texts.pattern(captionKey), columns.stream().map(format::column).toList(), rows);
    }
}
