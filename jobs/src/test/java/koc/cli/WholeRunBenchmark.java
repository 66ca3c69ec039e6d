package koc.cli;

import com.typesafe.config.Config;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import koc.benchmark.PeakMemory;
import koc.config.Configuration;
import koc.spark.Session;
import koc.table.RunTables;
import koc.table.Tables;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * How long each job of a whole run takes, from the table {@code runs}, and the most memory that the process held. The
 * run is the first one of its process, in an empty warehouse, without a backtest of its own, which would run every job
 * once more; run it by {@code bin/benchmark --whole}.
 */
public final class WholeRunBenchmark {
    private WholeRunBenchmark() {}

    /** Arguments: the landing folder, the day, an empty folder for the warehouse, and how many cores to use. */
    public static void main(String[] arguments) throws IOException {
        LocalDate day = LocalDate.parse(arguments[1]);
        String warehouse = arguments[2];
        // Not as a property of Spark's: a master that is given there is a cluster's, and the session is set up for
        // that.
        List<String> settings = List.of(
                "koc.spark.\"spark.master\"=\"local[" + arguments[3] + "]\"",
                "koc.clean.reject-limit=1",
                "koc.clean.allow-empty-day=true",
                "koc.backtest.in-run=false");
        Config config = Configuration.load(null, settings);
        // A session that was there before is not stopped when the run ends.
        try (SparkSession spark = Session.start(config)) {
            List<String> command = new ArrayList<>(
                    List.of("run", "--landing", arguments[0], "--warehouse", warehouse, "--date", arguments[1]));
            settings.forEach(setting -> command.addAll(List.of("--set", setting)));
            int exitCode = new Koc(Jobs.all(), console(System.out), console(System.err), false)
                    .execute(command.toArray(String[]::new));
            report(new Tables(spark, warehouse).read(RunTables.RUNS, day).head(), exitCode);
        }
    }

    private static PrintWriter console(java.io.PrintStream stream) {
        return new PrintWriter(stream, true, Charset.defaultCharset());
    }

    private static void report(Row run, int exitCode) throws IOException {
        System.out.println();
        System.out.printf("%-17s %12s %18s %18s%n", "whole run", "seconds", "rows in", "rows out");
        double all = 0;
        for (Row job : run.<Row>getList(run.fieldIndex("jobs"))) {
            double seconds = job.<Double>getAs("seconds");
            all += seconds;
            System.out.printf(
                    Locale.ROOT,
                    "%-17s %12.1f %,18d %,18d%n",
                    job.<String>getAs("job"),
                    seconds,
                    job.<Long>getAs("rows_in"),
                    job.<Long>getAs("rows_out"));
        }
        System.out.printf(Locale.ROOT, "%-17s %12.1f%n", "all jobs", all);
        System.out.println("ended " + run.<String>getAs("verdict") + ", exit code " + exitCode);
        System.out.println("peak memory of the process: " + PeakMemory.ofThisProcess());
    }
}
