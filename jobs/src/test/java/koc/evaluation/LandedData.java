package koc.evaluation;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What scorers need of a landing folder in CSV, read without the pipeline so that an error in cleaning shows in a
 * score.
 *
 * <p>All of it is in memory: enough for some millions of purchases.
 *
 * @param purchases one for each purchase event with a user, a product and a day
 * @param pools users tied to each KOC, on whatever day
 * @param categories category path of each product that has one
 */
record LandedData(List<Purchase> purchases, Map<String, Set<String>> pools, Map<String, String> categories) {
    /** A user bought a product on a day, in the landing folder's own time zone. */
    record Purchase(String user, String product, LocalDate day) {}

    static LandedData read(SparkSession spark, Path landing) {
        return read(spark, landing, "purchase");
    }

    /**
     * Reads a landing folder.
     *
     * @param eventType the type of event that counts as a purchase
     */
    static LandedData read(SparkSession spark, Path landing, String eventType) {
        List<Purchase> purchases = csv(spark, landing, "events")
                .where(col("event_type").equalTo(eventType))
                .selectExpr("user_id", "product_id", "try_cast(substr(occurred_at, 1, 10) AS DATE) AS day")
                .na()
                .drop()
                .collectAsList()
                .stream()
                .map(row -> new Purchase(
                        row.getString(0), row.getString(1), row.getDate(2).toLocalDate()))
                .toList();
        Map<String, Set<String>> pools = new TreeMap<>();
        csv(spark, landing, "ties")
                .select("koc_id", "user_id")
                .na()
                .drop()
                .collectAsList()
                .forEach(tie -> pools.computeIfAbsent(tie.getString(0), any -> new TreeSet<>())
                        .add(tie.getString(1)));
        Map<String, String> categories = new HashMap<>();
        if (Files.isDirectory(landing.resolve("products"))) {
            Dataset<Row> products = csv(spark, landing, "products");
            if (!Arrays.asList(products.columns()).contains("category")) {
                return new LandedData(purchases, pools, categories);
            }
            products.select(col("product_id"), col("category"))
                    .na()
                    .drop()
                    .collectAsList()
                    .forEach(product -> categories.put(product.getString(0), product.getString(1)));
        }
        return new LandedData(purchases, pools, categories);
    }

    /** The same with the members who are tied to a KOC on a day: members who left, or came later, are left out. */
    LandedData withPoolsOf(SparkSession spark, Path landing, LocalDate day) {
        Dataset<Row> ties = csv(spark, landing, "ties");
        List<String> columns = Arrays.asList(ties.columns());
        if (columns.contains("since")) {
            ties = ties.where(coalesce(day("since").leq(lit(day)), lit(true)));
        }
        if (columns.contains("until")) {
            ties = ties.where(coalesce(day("until").gt(lit(day)), lit(true)));
        }
        Map<String, Set<String>> open = new TreeMap<>();
        ties.select("koc_id", "user_id").na().drop().collectAsList().forEach(tie -> open.computeIfAbsent(
                        tie.getString(0), any -> new TreeSet<>())
                .add(tie.getString(1)));
        return new LandedData(purchases, open, categories);
    }

    private static Column day(String column) {
        return col(column).substr(1, 10).try_cast("date");
    }

    private static Dataset<Row> csv(SparkSession spark, Path landing, String source) {
        return spark.read()
                .option("header", true)
                .option("quote", "\"")
                .option("escape", "\"")
                .csv(landing.resolve(source).toString());
    }
}
