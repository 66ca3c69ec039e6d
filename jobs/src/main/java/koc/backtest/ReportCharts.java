package koc.backtest;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import koc.text.Texts;
import org.jspecify.annotations.Nullable;

/** Prepares the charts of the page. The templates fix the size of the view boxes and the positions of labels and axes. */
final class ReportCharts {
    /** Distance from the top of a bar to the top of the next. */
    private static final int BAR_STEP = 26;
    /** Space above the first bar and below the last. */
    private static final int BAR_MARGIN = 3;
    /** Distance from the top of a bar to the baseline of its label. */
    private static final int BAR_BASELINE = 15;
    /** Distance from the top of a bar to its middle. */
    private static final int BAR_MIDDLE = 10;
    /** Left end of all bars. */
    private static final int BAR_LEFT = 220;
    /** Length of a bar that reaches the highest end of all intervals. */
    private static final double MAX_BAR_WIDTH = 560;
    /** Left end of the horizontal axis of the calibration chart. */
    private static final int AXIS_LEFT = 60;
    /** Length of both axes of the calibration chart. */
    private static final int AXIS_LENGTH = 300;

    private final BacktestResults results;
    private final Texts texts;
    private final ReportFormat format;

    ReportCharts(BacktestResults results, Texts texts) {
        this.results = results;
        this.texts = texts;
        this.format = new ReportFormat(texts);
    }

    /** A bar for each recommender, as long as its NDCG, with its 95% interval. */
    ReportPage.BarChart bars() {
        List<RecommenderScore> scores = results.overallScores();
        double max = scores.stream()
                .map(score -> score.ndcgAllBuyers().high())
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        double scale = max > 0 ? MAX_BAR_WIDTH / max : 0;
        return new ReportPage.BarChart(
                texts.text("backtest.page.bars", results.published().setup().listLength()),
                new TextReport(results).headline(),
                String.valueOf(BAR_STEP * scores.size() + 2 * BAR_MARGIN),
                IntStream.range(0, scores.size())
                        .mapToObj(i -> bar(scores.get(i), i * BAR_STEP + BAR_MARGIN, scale))
                        .toList());
    }

    private ReportPage.Bar bar(RecommenderScore score, int top, double scale) {
        Estimate ndcg = score.ndcgAllBuyers();
        Double value = ndcg.value();
        return new ReportPage.Bar(
                format.recommender(score.recommender()),
                ReportFormat.score(ndcg),
                String.valueOf(top),
                length(top + BAR_BASELINE),
                value == null ? null : length(value * scale),
                interval(ndcg, top, scale),
                score.isPublished());
    }

    private static ReportPage.@Nullable Interval interval(Estimate ndcg, int top, double scale) {
        Double low = ndcg.low();
        Double high = ndcg.high();
        return low == null || high == null
                ? null
                : new ReportPage.Interval(
                        length(BAR_LEFT + low * scale), length(BAR_LEFT + high * scale), length(top + BAR_MIDDLE));
    }

    /** A dot for each decile of the published forecasts; null when all forecasts and all outcomes are 0. */
    ReportPage.@Nullable CalibrationChart calibration() {
        List<CalibrationDecile> deciles = results.publishedDeciles();
        double max = deciles.stream()
                .mapToDouble(decile -> Math.max(decile.expectedRate(), decile.observedRate()))
                .max()
                .orElse(0);
        if (max <= 0) {
            return null;
        }
        return new ReportPage.CalibrationChart(
                texts.pattern("backtest.page.calibration.chart"),
                deciles.stream().map(this::describe).collect(Collectors.joining(" ")),
                ReportFormat.score(max),
                texts.pattern("backtest.page.calibration.x"),
                texts.pattern("backtest.page.calibration.y"),
                deciles.stream().map(decile -> dot(decile, max)).toList());
    }

    private String describe(CalibrationDecile decile) {
        return texts.text(
                "backtest.page.calibration.dot", decile.decile(), decile.expectedRate(), decile.observedRate());
    }

    private static ReportPage.Dot dot(CalibrationDecile decile, double max) {
        return new ReportPage.Dot(
                length(AXIS_LEFT + decile.expectedRate() / max * AXIS_LENGTH),
                length(AXIS_LENGTH - decile.observedRate() / max * AXIS_LENGTH));
    }

    private static String length(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }
}
