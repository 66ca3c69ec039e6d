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

/** Prints an excerpt of a published run: where the report is, the portraits, and what some KOCs should recommend. */
final class DemoSummary {
    private static final int RECOMMENDATIONS = 5;
    private static final int WIDTH = 100;

    private final SparkSession spark;
    private final String warehouse;

    /** An excerpt of the run that was published in this warehouse. */
    DemoSummary(SparkSession spark, String warehouse) {
        this.spark = spark;
        this.warehouse = warehouse;
    }

    void print(PrintWriter out) {
        out.println();
        out.println("Open the report in a browser: " + warehouse + "/published/report/index.html");
        printPortraits(out);
        printRecommendations(out);
        printNextSteps(out);
        out.flush();
    }

    private void printPortraits(PrintWriter out) {
        out.println();
        out.println("Portraits: groups of similar users");
        for (Row portrait : portraits()) {
            out.printf(
                    Locale.ROOT,
                    "  %,7d users %5.1f%%  %s%n",
                    portrait.<Long>getAs("users"),
                    100 * portrait.<Double>getAs("user_fraction"),
                    portrait.<String>getAs("name"));
        }
    }

    private void printRecommendations(PrintWriter out) {
        out.println();
        out.println("Recommendations: the next product for " + RECOMMENDATIONS + " KOCs, and why");
        List<Row> recommendations = recommendations();
        if (recommendations.isEmpty()) {
            out.println(
                    published(RecommendTables.KOC_RECOMMENDATIONS).isEmpty()
                            ? "  none: this run found no KOC with a large enough pool"
                            : "  none: no product is worth a share: too few buyers are expected, no KOC is ready, or samples cost more than they bring");
        }
        for (Row recommendation : recommendations) {
            String title = recommendation.getAs("title");
            String product = recommendation.getAs("product_id");
            out.printf(
                    "  %s (%s): %s%n",
                    recommendation.getAs("koc_id"),
                    recommendation.getAs("koc_type"),
                    title == null ? product : title + " [" + product + "]");
            wrap(recommendation.getAs("next_action")).forEach(line -> out.println("      " + line));
            wrap(recommendation.getAs("reason")).forEach(line -> out.println("      " + line));
        }
    }

    private void printNextSteps(PrintWriter out) {
        String allFiles = folder(RecommendTables.KOC_RECOMMENDATIONS) + "/*.parquet";
        out.println();
        out.println(
                "All results are Parquet files in " + warehouse + "/published, one folder per table. Read them with");
        out.println("  DuckDB  SELECT * FROM '" + allFiles + "' LIMIT 20;");
        out.println("  pandas  pandas.read_parquet('" + folder(RecommendTables.KOC_RECOMMENDATIONS) + "')");
        out.println("Every column is explained by bin/koc tables and in " + warehouse + "/published/dictionary.md");
    }

    private List<Row> portraits() {
        // As many rows as portraits: a dozen.
        return published(PortraitTables.PORTRAITS)
                .orderBy(col("users").desc(), col("portrait_id"))
                .collectAsList();
    }

    /** The next product of some KOCs, highest score first. Those of a product not yet shown come before the others. */
    private List<Row> recommendations() {
        List<Row> topRecommendations = published(RecommendTables.KOC_RECOMMENDATIONS)
                .where("is_next_product")
                .orderBy(col("score").desc(), col("koc_id"))
                .limit(1000)
                .collectAsList();
        List<Row> shown = new ArrayList<>();
        List<Row> repeated = new ArrayList<>();
        Set<String> products = new HashSet<>();
        for (Row first : topRecommendations) {
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

    private static List<String> wrap(String text) {
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
