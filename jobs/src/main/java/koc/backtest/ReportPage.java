package koc.backtest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the page of a backtest shows. All texts are in the language of the page, and all numbers are formatted. The template
 * {@code jte/backtest/page.jte} renders it. Types are public because compiled templates are in a package of their own.
 *
 * @param language language of the page, as in {@code en}
 * @param headline a sentence that compares published with the best baseline
 * @param setup a sentence about cutoffs, horizon and KOCs
 * @param overall scores over all KOCs
 * @param comparisons published against others, over all KOCs and by slice
 * @param calibration expected against observed buyers
 */
public record ReportPage(
        String language,
        String title,
        String headline,
        String setup,
        Overall overall,
        List<Section> comparisons,
        CalibrationSection calibration,
        Glossary glossary) {

    public ReportPage {
        comparisons = List.copyOf(comparisons);
    }

    /** A chart with a bar for each recommender, and a table with all its scores. */
    public record Overall(String heading, BarChart chart, Table table) {}

    /** A table under a heading. */
    public record Section(String heading, Table table) {}

    /**
     * Expected and observed buyers by decile.
     *
     * @param summary a sentence about all forecasts; may be empty
     * @param chart null when there is nothing to draw
     */
    public record CalibrationSection(
            String heading,
            String explanation,
            String summary,
            @Nullable CalibrationChart chart,
            Table table) {}

    /** The terms of the page. */
    public record Glossary(String heading, List<Term> terms) {
        public Glossary {
            terms = List.copyOf(terms);
        }
    }

    /** A term and its definition. */
    public record Term(String name, String definition) {}

    /** A table; the first cell of a row names the row. */
    public record Table(String caption, List<String> columns, List<TableRow> rows) {
        public Table {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
        }
    }

    /**
     * A row of a table.
     *
     * @param name text of its first cell
     * @param cells texts of the other cells
     * @param isPublished whether it is about the published recommendations and stands out
     */
    public record TableRow(String name, List<String> cells, boolean isPublished) {
        public TableRow {
            cells = List.copyOf(cells);
        }
    }

    /**
     * A horizontal bar chart; lengths are in units of its view box.
     *
     * @param description text for screen readers
     */
    public record BarChart(String title, String description, String height, List<Bar> bars) {
        public BarChart {
            bars = List.copyOf(bars);
        }
    }

    /**
     * A bar of a recommender.
     *
     * @param width null when the recommender has no score
     * @param interval null when the recommender has no interval
     */
    public record Bar(
            String label,
            String value,
            String top,
            String baseline,
            @Nullable String width,
            @Nullable Interval interval,
            boolean isPublished) {}

    /** The line of a 95% interval across a bar. */
    public record Interval(String left, String right, String middle) {}

    /**
     * A scatter chart of observed over expected buyers of a recommendation.
     *
     * @param max value at the right and upper end of the axes
     */
    public record CalibrationChart(
            String title, String description, String max, String xLabel, String yLabel, List<Dot> dots) {
        public CalibrationChart {
            dots = List.copyOf(dots);
        }
    }

    /** The position of a decile in a chart. */
    public record Dot(String x, String y) {}
}
