package koc.backtest;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.List;
import java.util.stream.Stream;
import koc.text.Texts;

/** Shows the results of a backtest as one HTML page without links to other files: charts, tables and a glossary. */
public final class HtmlReport {
    private static final String TEMPLATE = "backtest/page.jte";
    private static final List<String> SLICE_KINDS = List.of("cutoff", "portrait", "level", "pool_size");
    private static final List<String> GLOSSARY = List.of(
            "ndcg_all_buyers",
            "ndcg_first_purchases",
            "captured",
            "hit",
            "products",
            "calibration",
            "observed",
            "difference",
            "verdict",
            "buying",
            "scored");

    private final BacktestResults results;
    private final Texts texts;

    /** A page in the language of the results. */
    public HtmlReport(BacktestResults results) {
        this.results = results;
        this.texts = Texts.of(results.language());
    }

    /** The page. The template escapes every text, so names from the data cannot add markup. */
    public String render() {
        StringOutput html = new StringOutput();
        TemplateEngine.createPrecompiled(ContentType.Html).render(TEMPLATE, page(), html);
        return html.toString();
    }

    private ReportPage page() {
        ReportTables tables = new ReportTables(results, texts);
        ReportCharts charts = new ReportCharts(results, texts);
        TextReport text = new TextReport(results);
        return new ReportPage(
                results.language(),
                texts.text("backtest.page.title", results.day()),
                text.headline(),
                new ReportFormat(texts).setup(results.published()),
                new ReportPage.Overall(
                        texts.text(
                                "backtest.page.overall",
                                results.published().setup().listLength()),
                        charts.bars(),
                        tables.overall()),
                comparisons(tables),
                new ReportPage.CalibrationSection(
                        texts.pattern("backtest.page.calibration"),
                        texts.pattern("backtest.page.calibration.how"),
                        text.calibration(),
                        charts.calibration(),
                        tables.deciles()),
                glossary());
    }

    private List<ReportPage.Section> comparisons(ReportTables tables) {
        ReportPage.Section overall =
                new ReportPage.Section(texts.pattern("backtest.page.differences"), tables.differences());
        Stream<ReportPage.Section> bySlice = SLICE_KINDS.stream().flatMap(kind -> tables.slices(kind).stream()
                .map(table -> new ReportPage.Section(texts.pattern("backtest.page." + kind), table)));
        return Stream.concat(Stream.of(overall), bySlice).toList();
    }

    private ReportPage.Glossary glossary() {
        return new ReportPage.Glossary(
                texts.pattern("backtest.page.words"),
                GLOSSARY.stream()
                        .map(term -> new ReportPage.Term(
                                texts.pattern("backtest.word." + term), texts.pattern("backtest.word." + term + ".is")))
                        .toList());
    }
}
