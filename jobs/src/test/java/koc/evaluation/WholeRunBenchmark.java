package koc.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import koc.tables.RunTables;
import org.apache.spark.sql.Row;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How long each job of a whole run takes, from the table {@code runs}, and the peak memory of the process. The run is
 * the first one of its process, and makes no backtest of its own, which would run every job once more.
 *
 * <pre>bin/evaluate run [--full] [--events N] [--landing DIR --date DAY] [--work DIR]</pre>
 *
 * <p>bin/evaluate makes the landing folder when none is named.
 */
@Command(name = "run", mixinStandardHelpOptions = true, description = "Seconds per job of a whole run.")
public final class WholeRunBenchmark implements Callable<Integer> {
    @Option(names = "--landing", paramLabel = "DIR", required = true, description = "Landing folder.")
    private Path landing = Path.of("");

    @Option(names = "--date", paramLabel = "DAY", required = true, description = "Last day of its events.")
    private LocalDate day = LocalDate.EPOCH;

    @Option(names = "--work", paramLabel = "DIR", required = true, description = "Folder for DIR/warehouse, a new one.")
    private Path work = Path.of("");

    /** Usage as above; ends the process. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new WholeRunBenchmark()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        List<String> settings =
                List.of("koc.clean.reject-limit=1", "koc.clean.allow-empty-day=true", "koc.backtest.in-run=false");
        Path warehouse = work.toAbsolutePath().resolve("warehouse");
        try (LocalPipeline pipeline = new LocalPipeline(settings)) {
            int exitCode = pipeline.execute(
                    "run",
                    "--landing",
                    landing.toAbsolutePath().toString(),
                    "--warehouse",
                    warehouse.toString(),
                    "--date",
                    day.toString());
            print(pipeline.openWarehouse(warehouse).read(RunTables.RUNS, day).head(), exitCode);
            return exitCode;
        }
    }

    private static void print(Row run, int exitCode) throws IOException {
        System.out.println();
        System.out.printf("%-17s %12s %18s %18s%n", "whole run", "seconds", "rows in", "rows out");
        double total = 0;
        for (Row job : run.<Row>getList(run.fieldIndex("jobs"))) {
            double seconds = job.<Double>getAs("seconds");
            total += seconds;
            System.out.printf(
                    Locale.ROOT,
                    "%-17s %12.1f %,18d %,18d%n",
                    job.<String>getAs("job"),
                    seconds,
                    job.<Long>getAs("rows_in"),
                    job.<Long>getAs("rows_out"));
        }
        System.out.printf(Locale.ROOT, "%-17s %12.1f%n", "all jobs", total);
        System.out.println("verdict " + run.<String>getAs("verdict") + ", exit status " + exitCode);
        System.out.println("peak memory of the process: " + PeakMemory.ofThisProcess());
    }
}
