package koc.spark;

import com.typesafe.config.Config;
import java.util.LinkedHashMap;
import java.util.Map;
import koc.config.Section;
import koc.error.KocException;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The Spark session of a run: that of spark-submit or of a notebook, otherwise an embedded one. */
public final class Session {
    /** Settings for little input, of which a query costs more to plan and to start than to run. */
    private static final Map<String, String> FOR_SMALL_INPUT = Map.of(
            // A partition costs the start of a task.
            "spark.sql.shuffle.partitions",
            "1",
            // Adaptive planning runs each stage as a job of its own, and plans again after it.
            "spark.sql.adaptive.enabled",
            "false",
            // Compiling a query takes longer than interpreting it, also where one expression is compiled by itself.
            "spark.sql.codegen.wholeStage",
            "false",
            "spark.sql.codegen.factoryMode",
            "NO_CODEGEN",
            // Each sort and each hash table clears a page of memory before it starts, by default of 64 MB.
            "spark.buffer.pageSize",
            "1m");

    private static final String NAMED_FILES = "spark.sql.sources.parallelPartitionDiscovery.threshold";

    /** Settings for which a run on one machine starts no processes to write local files. */
    public static final Map<String, String> LOCAL_FILES = Map.of(
            "spark.hadoop.fs.file.impl", LocalFiles.class.getName(),
            "spark.hadoop.fs.AbstractFileSystem.file.impl", LocalFiles.Context.class.getName());

    /** Where a read names more files, Spark looks at them with a job of its own. A small run has small files. */
    private static final String MAX_NAMED_FILES = "1000";

    private Session() {}

    /** As {@link #start(Config, boolean)}, for input of any size. */
    public static SparkSession start(Config config) {
        return start(config, false);
    }

    /**
     * Returns the existing session, or starts one. Both get Delta and the time zone of the run.
     *
     * @param isSmall whether the input is small: then queries are planned once, interpreted, and run in one partition. This
     *     holds for a session that is started, not for one that exists
     */
    public static SparkSession start(Config config, boolean isSmall) {
        SparkSession session;
        try {
            session = SparkSession.builder()
                    .config(settings(config, new SparkConf(), isSmall))
                    .getOrCreate();
        } catch (IllegalArgumentException refused) {
            throw refused(config, refused);
        }
        SparkConf running = session.sparkContext().conf();
        if (!running.getBoolean("spark.ui.enabled", true) && !running.getBoolean("spark.eventLog.enabled", false)) {
            // Nobody sees where in the code a query was made; Spark walks the stack at each query to find it.
            session.sparkContext().setCallSite("koc-pipeline");
        }
        session.conf()
                .set("spark.sql.session.timeZone", Section.of(config, "koc").text("zone"));
        return session;
    }

    /**
     * The same rows in one partition, if the session shuffles into one partition anyway: what follows then needs few
     * shuffles, each of which costs a stage.
     */
    public static Dataset<Row> gather(Dataset<Row> rows) {
        return rows.sparkSession().conf().get("spark.sql.shuffle.partitions").equals("1") ? rows.coalesce(1) : rows;
    }

    /** The largest number of files that a read may name without a Spark job that looks at each. */
    public static int maxNamedFiles(SparkSession session) {
        return Integer.parseInt(session.conf().get(NAMED_FILES));
    }

    /** Spark's message has the value that it refuses, which is not printed if it may be a secret. */
    private static KocException refused(Config config, IllegalArgumentException failure) {
        boolean maySay = !Section.of(config, "koc").isFromEnvironment("spark");
        return KocException.usage(
                "configuration koc.spark: Spark does not start with its settings",
                maySay
                        ? String.valueOf(failure.getMessage())
                        : "a value, some of which are from the environment, is wrong",
                "correct it in the file named by --conf, in --set or in the options of spark-submit");
    }

    /** The settings that {@link #start(Config)} uses. */
    public static SparkConf settings(Config config) {
        return settings(config, new SparkConf(), false);
    }

    /** Adds settings to those of spark-submit, which win over {@code koc.spark}, which wins over the ones listed here. */
    static SparkConf settings(Config config, SparkConf given, boolean isSmall) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("spark.app.name", "koc-pipeline");
        settings.put("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension");
        settings.put("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
        if (!given.contains("spark.master")) {
            settings.put("spark.master", "local[*]");
            settings.put("spark.driver.host", "localhost");
            settings.put("spark.driver.bindAddress", "127.0.0.1");
            settings.put("spark.ui.enabled", "false");
            settings.putAll(LOCAL_FILES);
            // Spark creates this folder at start. Without a setting it would be in the working folder.
            settings.put("spark.sql.warehouse.dir", System.getProperty("java.io.tmpdir") + "/koc-spark-warehouse");
            // Spark describes each plan in text for its web pages, which are off here. Short texts cost less.
            settings.put("spark.sql.ui.explainMode", "simple");
            settings.put("spark.sql.debug.maxToStringFields", "8");
            // On one machine a small shuffle mostly costs the start of its tasks, so a few partitions are enough.
            settings.put(
                    "spark.sql.shuffle.partitions",
                    String.valueOf(Math.max(4, 2 * Runtime.getRuntime().availableProcessors())));
        }
        // Delta reads the log of a table with 50 tasks by default. The logs here have a few lines.
        settings.put("spark.databricks.delta.snapshotPartitions", "2");
        // With each commit Delta would collect the table's files with Spark jobs, for a file that only it reads.
        settings.put("spark.databricks.delta.allFilesInCrc.enabled", "false");
        // Nobody adds classes to a session. Isolated, each task would look for its classes in all archives once more.
        settings.put("spark.sql.artifact.isolation.enabled", "false");
        // Spark keeps the code it has generated for the 100 latest expressions. A run has thousands, and some come
        // back.
        settings.put("spark.sql.codegen.cache.maxEntries", "2000");
        // Tables are partitioned and read by date, so statistics of other columns would never be used.
        settings.put("spark.databricks.delta.stats.collect", "false");
        // Spark sorts rows by date before it writes them, unless it may keep a file open for each date.
        settings.put("spark.sql.maxConcurrentOutputFileWriters", "4");
        // Cached rows are read a few times and dropped, so compressing them would cost more than it saves.
        settings.put("spark.sql.inMemoryColumnarStorage.compressed", "false");
        // Several queries run at once, so a broadcast may wait for the tasks of others longer than the default 300 s.
        settings.put("spark.sql.broadcastTimeout", "3600");
        // Where every partition of a join's side is small, hashing it is faster than sorting both sides. A hash table
        // cannot
        // spill, so the size is limited.
        settings.put("spark.sql.adaptive.maxShuffledHashJoinLocalMapThreshold", "128m");
        // A median of more than 128 groups would sort all rows. Its hash table holds few numbers a group.
        settings.put("spark.sql.objectHashAggregate.sortBased.fallbackThreshold", "10000");
        // Java does not compile a method of more than 8,000 bytes, so that one query in one method would run slowly.
        settings.put("spark.sql.codegen.hugeMethodLimit", "8000");
        // A read names its files one by one. Spark would list them with one task per file.
        settings.put("spark.sql.sources.parallelPartitionDiscovery.parallelism", "8");
        if (isSmall) {
            settings.putAll(FOR_SMALL_INPUT);
            settings.put(NAMED_FILES, MAX_NAMED_FILES);
        }
        settings.putAll(Section.of(config, "koc").paths("spark"));
        settings.forEach(given::setIfMissing);
        return given;
    }
}
