package koc.spark;

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
        SparkSession session = SparkSession.builder().config(settings(config)).getOrCreate();
        session.conf()
                .set("spark.sql.session.timeZone", Section.of(config, "koc").text("zone"));
        return session;
    }

    /** The settings that {@link #start} uses: spark-submit's win over {@code koc.spark}, which wins over our own. */
    public static SparkConf settings(Config config) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("spark.app.name", "koc-pipeline");
        settings.put("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension");
        settings.put("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
        SparkConf given = new SparkConf();
        if (!given.contains("spark.master")) {
            settings.put("spark.master", "local[*]");
            settings.put("spark.driver.host", "localhost");
            settings.put("spark.driver.bindAddress", "127.0.0.1");
            settings.put("spark.ui.enabled", "false");
            // Spark makes this folder, though nothing here uses it; without a name it would be in the working folder.
            settings.put("spark.sql.warehouse.dir", System.getProperty("java.io.tmpdir") + "/koc-spark-warehouse");
            // One session, no jars of its own: class loading need not ask the driver for every name that is nowhere.
            settings.put("spark.sql.artifact.isolation.enabled", "false");
            // Spark writes every plan down for a page that nobody opens here: an eighth of a small run, when done in
            // full.
            settings.put("spark.sql.ui.explainMode", "simple");
            settings.put("spark.sql.debug.maxToStringFields", "8");
            // Few partitions: on one machine a small shuffle is mostly the cost of starting tasks.
            settings.put(
                    "spark.sql.shuffle.partitions",
                    String.valueOf(Math.max(4, 2 * Runtime.getRuntime().availableProcessors())));
        }
        // Delta reads its own log with 50 tasks by default: three seconds a commit, for logs of a few lines.
        settings.put("spark.databricks.delta.snapshotPartitions", "2");
        // Outside UTC Delta would reconstruct its state after every commit, to check a file that only it reads.
        settings.put("spark.databricks.delta.allFilesInCrc.verificationMode.forceOnNonUTC.enabled", "false");
        // Tables are cut by date, and read by date: statistics of every column would be collected and never used.
        settings.put("spark.databricks.delta.stats.collect", "false");
        // Cached rows are read a few times and dropped: packing them costs more than it saves.
        settings.put("spark.sql.inMemoryColumnarStorage.compressed", "false");
        // Rows of a few dates go to their folders as they come: a write need not sort them by date first.
        settings.put("spark.sql.maxConcurrentOutputFileWriters", "8");
        // A run makes some hundreds of different plans' code; what falls out of Spark's cache of 100 is compiled again.
        settings.put("spark.sql.codegen.cache.maxEntries", "2000");
        // Steps run side by side, and what is sent everywhere waits behind the other's tasks: five minutes would be too
        // few.
        settings.put("spark.sql.broadcastTimeout", "3600");
        settings.put("spark.sql.sources.parallelPartitionDiscovery.parallelism", "8");
        settings.putAll(Section.of(config, "koc").paths("spark"));
        settings.forEach(given::setIfMissing);
        return given;
    }
}
