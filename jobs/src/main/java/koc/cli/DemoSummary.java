package koc.cli;

import static org.apache.spark.sql.functions.col;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import koc.tables.PortraitTables;
import koc.tables.RecommendTables;
import koc.warehouse.Table;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What the demo shows of a published run: who the users are, and what some KOCs should recommend. */
final class DemoSummary {
    private static final int RECOMMENDATIONS = 5;
    private static final int WIDTH = 100;

    private final SparkSession spark;
    private final String warehouse;

    /** The run that was published in this warehouse. */
    DemoSummary(SparkSession spark, String warehouse) {
        this.spark = spark;
        this.warehouse = warehouse;
    }

    void print(PrintWriter out) {
        out.println();
        out.println("Portraits");
        for (Row portrait : portraits()) {
            out.printf(
                    Locale.ROOT,
                    "  %,7d users %5.1f%%  %s%n",
                    portrait.<Long>getAs("users"),
                    100 * portrait.<Double>getAs("user_fraction"),
                    portrait.<String>getAs("name"));
        }
        out.println();
        out.println("Recommendations");
        List<Row> recommendations = recommendations();
        if (recommendations.isEmpty()) {
            out.println("  none: the run has no KOC with a pool");
        }
        for (Row recommendation : recommendations) {
            String title = recommendation.getAs("title");
            String product = recommendation.getAs("product_id");
            out.printf(
                    "  %s (%s): %s%n",
                    recommendation.getAs("koc_id"),
                    recommendation.getAs("koc_type"),
                    title == null ? product : title + " [" + product + "]");
            wrapped(recommendation.getAs("reason")).forEach(line -> out.println("      " + line));
        }
        printWhereTo(out);
        out.flush();
    }

    private void printWhereTo(PrintWriter out) {
        String all = folder(RecommendTables.KOC_RECOMMENDATIONS) + "/*.parquet";
        out.println();
        out.println("The tables are in " + warehouse + "/published, plain Parquet, one folder a table. Read them with");
        out.println("  DuckDB  SELECT * FROM '" + all + "' LIMIT 20;");
        out.println("  pandas  pandas.read_parquet('" + folder(RecommendTables.KOC_RECOMMENDATIONS) + "')");
        out.println("What the columns mean: bin/koc tables, or " + warehouse + "/published/dictionary.md");
    }

    private List<Row> portraits() {
        // As many rows as portraits: a dozen.
        return published(PortraitTables.PORTRAITS)
                .orderBy(col("users").desc(), col("portrait_id"))
                .collectAsList();
    }

    /** First recommendations of different KOCs, of different products as long as there are such. */
    private List<Row> recommendations() {
        List<Row> firsts = published(RecommendTables.KOC_RECOMMENDATIONS)
                .where("rank = 1")
                .orderBy(col("score").desc(), col("koc_id"))
                .limit(1000)
                .collectAsList();
        List<Row> shown = new ArrayList<>();
        List<Row> repeated = new ArrayList<>();
        Set<String> products = new HashSet<>();
        for (Row first : firsts) {
            (products.add(first.getAs("product_id")) ? shown : repeated).add(first);
        }
        shown.addAll(repeated);
        return shown.subList(0, Math.min(RECOMMENDATIONS, shown.size()));
    }

    private Dataset<Row> published(Table table) {
        return spark.read().parquet(folder(table));
    }

    private String folder(Table table) {
        return warehouse + "/published/" + table.name();
    }

    private static List<String> wrapped(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (line.length() + word.length() + 7 > WIDTH && !line.isEmpty()) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
