package koc.evaluation;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import koc.cli.Commands;
import koc.config.Configuration;
import koc.spark.Session;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.SparkSession;

/**
 * The pipeline in this process, on two threads: runs commands of {@code bin/koc} and reads the tables that they
 * wrote. Everything else about Spark is as in an ordinary run.
 */
final class LocalPipeline implements AutoCloseable {
    static final int THREADS = 2;

    private final List<String> settings = new ArrayList<>();
    private final Config config;
    private final SparkSession spark;

    /** Starts Spark; the settings, {@code key=value}, are those of every command that {@link #run} runs. */
    LocalPipeline(List<String> settings) {
        this(settings, false);
    }

    /**
     * Starts Spark.
     *
     * @param isSmall whether queries are planned for small input, as an ordinary run of small input plans them
     */
    LocalPipeline(List<String> settings, boolean isSmall) {
        // As a setting of the pipeline: a system property spark.master would mean that spark-submit started this
        // process.
        this.settings.add("koc.spark.\"spark.master\"=\"local[" + THREADS + "]\"");
        this.settings.addAll(settings);
        this.config = Configuration.load(null, this.settings);
        this.spark = Session.start(config, isSmall);
    }

    Config config() {
        return config;
    }

    SparkSession spark() {
        return spark;
    }

    Warehouse openWarehouse(Path warehouse) {
        return new Warehouse(spark, warehouse.toString());
    }

    /** Runs a command that takes settings, and returns its exit status. */
    int execute(String... command) {
        List<String> arguments = new ArrayList<>(List.of(command));
        settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
        return Commands.execute(arguments.toArray(String[]::new));
    }

    /** Runs a command that takes settings and must succeed. */
    void run(String... command) {
        int exitCode = execute(command);
        if (exitCode != 0) {
            throw new IllegalStateException("koc " + String.join(" ", command) + ": ended with status " + exitCode);
        }
    }

    @Override
    public void close() {
        spark.stop();
    }
}
