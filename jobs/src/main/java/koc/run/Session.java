package koc.run;

import com.typesafe.config.Config;
import java.util.LinkedHashMap;
import java.util.Map;
import koc.config.Section;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** The Spark session of a run: embedded when nobody else started one, spark-submit's otherwise. */
public final class Session {
    private Session() {}

    /** A session with Delta, the run's time zone, and settings that suit small commits; settings given win. */
    public static SparkSession start(Config config) {
        Section koc = Section.of(config, "koc");
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("spark.app.name", "koc-pipeline");
        settings.put("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension");
        settings.put("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
        SparkConf given = new SparkConf();
        if (!given.contains("spark.master")) {
            settings.put("spark.master", "local[*]");
            settings.put("spark.ui.enabled", "false");
            // Few partitions: on one machine a small shuffle is mostly the cost of starting tasks.
            settings.put(
                    "spark.sql.shuffle.partitions",
                    String.valueOf(Math.max(4, 2 * Runtime.getRuntime().availableProcessors())));
        }
        // Delta reads its own log with 50 tasks by default: three seconds a commit, for logs of a few lines.
        settings.put("spark.databricks.delta.snapshotPartitions", "2");
        settings.put("spark.sql.sources.parallelPartitionDiscovery.parallelism", "8");
        settings.putAll(koc.map("spark"));
        SparkSession.Builder builder = SparkSession.builder();
        settings.forEach((key, value) -> {
            if (!given.contains(key)) {
                builder.config(key, value);
            }
        });
        SparkSession session = builder.getOrCreate();
        session.conf().set("spark.sql.session.timeZone", koc.text("zone"));
        return session;
    }
}
