package koc.backtest;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koc.text.Texts;

/** Describes the results of a backtest in plain text, for the terminal and for error messages. */
public final class TextReport {
    private final BacktestResults results;
    private final Texts texts;
    private final ReportFormat format;

    /** A report in the language of the results. */
    public TextReport(BacktestResults results) {
        this.results = results;
        this.texts = Texts.of(results.language());
        this.format = new ReportFormat(texts);
    }

    /** A sentence that compares published with the best baseline. */
    public String headline() {
        RecommenderScore published = results.published();
        if (published.kocs() == 0) {
            return texts.text("backtest.sentence.nothing");
        }
        String ndcg = ReportFormat.score(published.ndcgAllBuyers());
        Optional<RecommenderScore> baseline = results.bestBaseline();
        if (baseline.isEmpty()) {
            return texts.text("backtest.sentence.alone", published.setup().listLength(), ndcg);
        }
        RecommenderScore best = baseline.get();
        ScoreDifference difference = results.differenceTo(best.recommender()).orElseThrow();
        return texts.text(
                "backtest.sentence." + difference.verdict(),
                format.recommender(best.recommender()),
                published.setup().listLength(),
                ndcg,
                ReportFormat.score(best.ndcgAllBuyers()),
                ReportFormat.signed(difference.difference().value()),
                ReportFormat.signed(difference.difference().low()),
                ReportFormat.signed(difference.difference().high()),
                published.kocs());
    }

    /** A sentence that compares expected with observed buyers; empty where no buyer was forecast or observed. */
    public String calibration() {
        RecommenderScore published = results.published();
        Double calibration = published.calibration().value();
        if (calibration == null) {
            return "";
        }
        List<CalibrationDecile> deciles = results.publishedDeciles();
        return texts.text(
                "backtest.forecasts." + Boolean.TRUE.equals(published.isCalibrated()),
                ReportFormat.rate(published.expectedBuyers()),
                published.observedBuyers(),
                ReportFormat.calibrationError(calibration),
                deciles.stream()
                        .filter(decile -> Boolean.TRUE.equals(decile.isCalibrated()))
                        .count(),
                deciles.size());
    }

    /** A table over all KOCs with a line for each recommender, from best to worst. */
    public String comparison() {
        return Stream.concat(
                        Stream.of(format.setup(results.published()), titleLine()),
                        results.overallScores().stream().map(this::scoreLine))
                .collect(Collectors.joining("\n"));
    }

    private String titleLine() {
        return String.format(
                Locale.ROOT,
                "%-32s %9s %15s %9s %6s %8s %11s %9s %18s  %-17s %15s  %s",
                format.column("recommender"),
                "NDCG@" + results.published().setup().listLength(),
                "95%",
                format.column("captured"),
                format.column("hit"),
                format.column("products"),
                format.column("calibration"),
                format.column("difference"),
                "95%",
                format.column("verdict"),
                format.column("ndcg_first_purchases"),
                format.column("verdict_first"));
    }

    private String scoreLine(RecommenderScore score) {
        Optional<ScoreDifference> difference = results.differenceTo(score.recommender());
        Optional<ScoreDifference> firstPurchases =
                results.differenceTo(Slice.ALL, score.recommender(), BacktestResults.NDCG_FIRST_PURCHASES);
        return String.format(
                        Locale.ROOT,
                        "%-32s %9s %15s %9s %6s %,8d %11s %9s %18s  %-17s %15s  %s",
                        format.recommender(score.recommender()),
                        ReportFormat.score(score.ndcgAllBuyers()),
                        ReportFormat.interval(score.ndcgAllBuyers()),
                        ReportFormat.score(score.buyersCaptured()),
                        ReportFormat.rate(score.hitRate().value()),
                        score.products(),
                        ReportFormat.rate(score.calibration().value()),
                        difference
                                .map(found ->
                                        ReportFormat.signed(found.difference().value()))
                                .orElse(""),
                        difference
                                .map(found -> ReportFormat.signedInterval(found.difference()))
                                .orElse(""),
                        difference.map(format::verdict).orElse(""),
                        ReportFormat.score(score.ndcgFirstPurchases()),
                        firstPurchases.map(format::verdict).orElse(""))
                .stripTrailing();
    }
}
