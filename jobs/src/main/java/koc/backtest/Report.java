package koc.backtest;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import koc.backtest.Findings.Decile;
import koc.backtest.Findings.Difference;
import koc.backtest.Findings.Result;
import koc.backtest.Findings.Segment;
import koc.text.Texts;

/** The findings as a page that needs nothing but itself: who won, bars with intervals, every number in a table. */
final class Report {
    private static final List<String> SEGMENTS = List.of("cutoff", "portrait", "level", "pool_size");
    private static final List<String> GLOSSARY = List.of(
            "ndcg_buyers",
            "ndcg",
            "captured",
            "hit",
            "products",
            "calibration",
            "observed",
            "difference",
            "verdict",
            "buying",
            "scored");
    private static final String STYLE = """
            :root { color-scheme: light dark; --ink: #1c1e21; --faint: #5c636b; --paper: #fff; --line: #d5d9de;
              --ours: #0b6bcb; --others: #8a94a0; }
            @media (prefers-color-scheme: dark) { :root { --ink: #e8eaed; --faint: #a6adb5; --paper: #16181b;
              --line: #3a3f45; --ours: #6cb4ff; --others: #7d8791; } }
            body { margin: 0; background: var(--paper); color: var(--ink);
              font: 1rem/1.5 system-ui, "PingFang SC", "Microsoft YaHei", sans-serif; }
            main { max-width: 64rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
            h1 { font-size: 1.6rem; } h2 { margin-top: 2.5rem; font-size: 1.25rem; }
            .lead { font-size: 1.2rem; } .faint, caption { color: var(--faint); }
            .wide { overflow-x: auto; }
            table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
            caption { text-align: left; padding-bottom: .4rem; }
            th, td { padding: .3rem .6rem; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
            th:first-child, td:first-child { text-align: left; } th { font-weight: 600; }
            tr.ours { font-weight: 600; }
            svg { width: 100%; height: auto; } svg text { fill: var(--ink); font-size: 13px; }
            .bar { fill: var(--others); } .bar.ours { fill: var(--ours); } .end { stroke: var(--ink); stroke-width: 1.5; }
            .axis { stroke: var(--line); } .dot { fill: var(--ours); }
            dt { font-weight: 600; margin-top: .6rem; } dd { margin: 0; }
            """;

    private final Findings findings;
    private final Texts texts;

    Report(Findings findings) {
        this.findings = findings;
        this.texts = Texts.of(findings.language());
    }

    String page() {
        Result published = findings.published();
        String title = texts.text("backtest.page.title", findings.day());
        StringBuilder page = new StringBuilder("<!doctype html>\n");
        page.append("<html lang=\"").append(findings.language()).append("\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.append(element("title", title))
                .append("<style>\n")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<main>\n");
        page.append(element("h1", title));
        page.append("<p class=\"lead\">").append(escaped(findings.sentence())).append("</p>\n");
        page.append(element(
                "p",
                texts.text(
                        "backtest.made",
                        published.cutoff(),
                        published.cutoffs(),
                        published.horizonDays(),
                        published.kocs(),
                        Names.interest(published.interest(), texts))));
        page.append(element("h2", texts.text("backtest.page.overall", published.listLength())));
        page.append(bars()).append(overall());
        page.append(element("h2", texts.pattern("backtest.page.differences"))).append(differences());
        for (String kind : SEGMENTS) {
            page.append(segments(kind));
        }
        page.append(element("h2", texts.pattern("backtest.page.calibration")));
        page.append(element("p", texts.pattern("backtest.page.calibration.how")));
        page.append(element("p", findings.forecasts()));
        page.append(calibrationChart()).append(deciles());
        page.append(element("h2", texts.pattern("backtest.page.words"))).append("<dl>\n");
        for (String word : GLOSSARY) {
            page.append(element("dt", texts.pattern("backtest.word." + word)));
            page.append(element("dd", texts.pattern("backtest.word." + word + ".is")));
        }
        return page.append("</dl>\n</main>\n</body>\n</html>\n").toString();
    }

    private String overall() {
        return table(
                texts.pattern("backtest.page.overall.caption"),
                List.of(
                        "recommender",
                        "ndcg_buyers",
                        "interval",
                        "ndcg",
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
                findings.overall(),
                result -> List.of(
                        Names.of(result.recommender(), texts),
                        Names.share(result.ndcgBuyers().value()),
                        Names.interval(result.ndcgBuyers()),
                        Names.share(result.ndcg().value()),
                        Names.interval(result.ndcg()),
                        Names.share(result.captured().value()),
                        Names.interval(result.captured()),
                        Names.ratio(result.hitRate().value()),
                        String.format(Locale.ROOT, "%,d", result.products()),
                        Names.ratio(result.expectedBuyers()),
                        String.format(Locale.ROOT, "%,d", result.observedBuyers()),
                        Names.ratio(result.calibration().value()),
                        Names.off(result.calibration().value()),
                        Names.met(result.isCalibrated(), texts)),
                result -> result.recommender().equals(Lists.PUBLISHED));
    }

    private String differences() {
        List<Difference> overall = findings.differences().stream()
                .filter(difference -> difference.segment().equals(Segment.EVERYBODY))
                .toList();
        return table(
                texts.pattern("backtest.page.differences.caption"),
                List.of("recommender", "metric", "difference", "interval", "verdict"),
                overall,
                difference -> List.of(
                        Names.of(difference.recommender(), texts),
                        texts.pattern("backtest.metric." + difference.metric()),
                        Names.signed(difference.difference().value()),
                        Names.signedInterval(difference.difference()),
                        texts.pattern("backtest.verdict." + difference.verdict())),
                difference -> false);
    }

    /** Published in every segment of a kind, beside the best of the others there. */
    private String segments(String kind) {
        Map<Segment, List<Result>> segments = findings.results().stream()
                .filter(result -> result.segment().kind().equals(kind))
                .collect(Collectors.groupingBy(Result::segment, LinkedHashMap::new, Collectors.toList()));
        if (segments.size() < 2) {
            return "";
        }
        return element("h2", texts.pattern("backtest.page." + kind))
                + table(
                        texts.pattern("backtest.page.segments.caption"),
                        List.of(
                                "segment",
                                "kocs",
                                "published",
                                "interval",
                                "best",
                                "ndcg_buyers",
                                "difference",
                                "interval",
                                "verdict"),
                        List.copyOf(segments.values()),
                        this::segment,
                        results -> false);
    }

    private List<String> segment(List<Result> results) {
        Result published = results.stream()
                .filter(result -> result.recommender().equals(Lists.PUBLISHED))
                .findFirst()
                .orElseThrow();
        Optional<Result> best = results.stream()
                .filter(result -> !result.recommender().equals(Lists.PUBLISHED))
                .filter(result -> !result.recommender().startsWith(Names.WITHOUT))
                .filter(result -> result.ndcgBuyers().value() != null)
                .max(Comparator.comparing((Result result) ->
                                Names.share(result.ndcgBuyers().value()))
                        .thenComparing(Result::recommender));
        Optional<Difference> difference = best.flatMap(other -> findings.differences().stream()
                .filter(one -> one.segment().equals(published.segment())
                        && one.recommender().equals(other.recommender())
                        && one.metric().equals("ndcg_buyers"))
                .findFirst());
        return List.of(
                published.segment().name(),
                String.format(Locale.ROOT, "%,d", published.kocs()),
                Names.share(published.ndcgBuyers().value()),
                Names.interval(published.ndcgBuyers()),
                best.map(other -> Names.of(other.recommender(), texts)).orElse(""),
                best.map(other -> Names.share(other.ndcgBuyers().value())).orElse(""),
                difference.map(one -> Names.signed(one.difference().value())).orElse(""),
                difference.map(one -> Names.signedInterval(one.difference())).orElse(""),
                difference
                        .map(one -> texts.pattern("backtest.verdict." + one.verdict()))
                        .orElse(""));
    }

    private String deciles() {
        return table(
                texts.pattern("backtest.page.calibration.caption"),
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
                findings.deciles(),
                decile -> List.of(
                        Names.of(decile.recommender(), texts),
                        String.valueOf(decile.decile()),
                        Names.share(decile.leastExpected()),
                        Names.share(decile.mostExpected()),
                        String.format(Locale.ROOT, "%,d", decile.recommendations()),
                        Names.ratio(decile.expectedBuyers()),
                        String.format(Locale.ROOT, "%,d", decile.observedBuyers()),
                        Names.ratio(decile.calibration()),
                        Names.off(decile.calibration()),
                        Names.met(decile.isCalibrated(), texts)),
                decile -> decile.recommender().equals(Lists.PUBLISHED));
    }

    /** A bar a recommender, as long as its NDCG, with a line over its interval. */
    private String bars() {
        List<Result> results = findings.overall();
        int row = 26;
        int left = 220;
        double width = 560;
        double most = results.stream()
                .map(result -> result.ndcgBuyers().high())
                .filter(high -> high != null)
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        double scale = most > 0 ? width / most : 0;
        StringBuilder chart = new StringBuilder(opened(
                "bars",
                900,
                row * results.size() + 6,
                texts.text("backtest.page.bars", findings.published().listLength()),
                findings.sentence()));
        for (int i = 0; i < results.size(); i++) {
            Result result = results.get(i);
            Double value = result.ndcgBuyers().value();
            Double low = result.ndcgBuyers().low();
            Double high = result.ndcgBuyers().high();
            int top = i * row + 3;
            chart.append(text(0, top + 15, "start", Names.of(result.recommender(), texts)));
            if (value != null) {
                chart.append(String.format(
                        Locale.ROOT,
                        "<rect class=\"bar%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>%n",
                        result.recommender().equals(Lists.PUBLISHED) ? " ours" : "",
                        left,
                        top,
                        value * scale,
                        row - 6));
            }
            if (low != null && high != null) {
                chart.append(line("end", left + low * scale, top + 10.0, left + high * scale, top + 10.0));
            }
            chart.append(text(left + width + 12, top + 15, "start", Names.share(value)));
        }
        return chart.append("</svg>\n").toString();
    }

    /** Observed over expected buyers of published, a dot a decile, with the line on which both are equal. */
    private String calibrationChart() {
        List<Decile> deciles = findings.deciles().stream()
                .filter(decile -> decile.recommender().equals(Lists.PUBLISHED))
                .toList();
        double most = deciles.stream()
                .mapToDouble(decile -> Math.max(expectedEach(decile), observedEach(decile)))
                .max()
                .orElse(0);
        if (most <= 0) {
            return "";
        }
        int side = 300;
        int left = 60;
        StringBuilder chart = new StringBuilder(opened(
                "calibration",
                900,
                side + 50,
                texts.pattern("backtest.page.calibration.chart"),
                deciles.stream()
                        .map(decile -> texts.text(
                                "backtest.page.calibration.dot",
                                decile.decile(),
                                expectedEach(decile),
                                observedEach(decile)))
                        .collect(Collectors.joining(" "))));
        chart.append(line("axis", left, side, left + side, side)).append(line("axis", left, 0, left, side));
        chart.append(line("axis", left, side, left + side, 0));
        chart.append(text(left + side, side + 18, "end", Names.share(most)));
        chart.append(text(left + side / 2.0, side + 40, "middle", texts.pattern("backtest.page.calibration.x")));
        chart.append(text(left + side + 16, 14, "start", texts.pattern("backtest.page.calibration.y")));
        for (Decile decile : deciles) {
            chart.append(String.format(
                    Locale.ROOT,
                    "<circle class=\"dot\" cx=\"%.1f\" cy=\"%.1f\" r=\"5\"/>%n",
                    left + expectedEach(decile) / most * side,
                    side - observedEach(decile) / most * side));
        }
        return chart.append("</svg>\n").toString();
    }

    private static double expectedEach(Decile decile) {
        return decile.expectedBuyers() / decile.recommendations();
    }

    private static double observedEach(Decile decile) {
        return (double) decile.observedBuyers() / decile.recommendations();
    }

    private static String opened(String id, int width, int height, String title, String description) {
        return String.format(
                        Locale.ROOT,
                        "<svg role=\"img\" aria-labelledby=\"%1$s-title %1$s-text\" viewBox=\"0 0 %2$d %3$d\">%n",
                        id,
                        width,
                        height)
                + "<title id=\"" + id + "-title\">" + escaped(title) + "</title>\n"
                + "<desc id=\"" + id + "-text\">" + escaped(description) + "</desc>\n";
    }

    private static String line(String style, double x1, double y1, double x2, double y2) {
        return String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
                style,
                x1,
                y1,
                x2,
                y2);
    }

    private static String text(double x, double y, String anchor, String text) {
        return String.format(
                Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, escaped(text));
    }

    private <T> String table(
            String caption,
            List<String> columns,
            List<T> rows,
            Function<T, List<String>> cells,
            Function<T, Boolean> isOurs) {
        StringBuilder table = new StringBuilder("<div class=\"wide\">\n<table>\n").append(element("caption", caption));
        table.append("<thead><tr>");
        for (String column : columns) {
            table.append("<th scope=\"col\">")
                    .append(escaped(texts.pattern("backtest.column." + column)))
                    .append("</th>");
        }
        table.append("</tr></thead>\n<tbody>\n");
        for (T row : rows) {
            table.append(isOurs.apply(row) ? "<tr class=\"ours\">" : "<tr>");
            List<String> values = cells.apply(row);
            for (int i = 0; i < values.size(); i++) {
                table.append(i == 0 ? "<th scope=\"row\">" : "<td>")
                        .append(escaped(values.get(i)))
                        .append(i == 0 ? "</th>" : "</td>");
            }
            table.append("</tr>\n");
        }
        return table.append("</tbody>\n</table>\n</div>\n").toString();
    }

    private static String element(String name, String text) {
        return "<" + name + ">" + escaped(text) + "</" + name + ">\n";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
