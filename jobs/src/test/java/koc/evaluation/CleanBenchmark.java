package koc.evaluation;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import koc.tables.CleanTables;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Row;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How long the clean job takes, compared with DuckDB doing the core of that job in SQL: the same parsing, checks,
 * reject table, deduplication, orphans and robots, and Parquet files of the events.
 *
 * <pre>bin/evaluate clean [--events N] [--landing DIR --date DAY] [--work DIR]</pre>
 *
 * <p>The job also does what DuckDB does not: users, products and the other sources, refunds, counts, and Delta
 * commits. Both run in this process, on two threads, once cold and once warm; the second run of the job replaces its
 * first. Processor seconds are printed next to seconds, for a machine that others use too. The program fails when the
 * two sides count different rows. bin/evaluate makes the landing folder when none is named.
 */
@Command(name = "clean", mixinStandardHelpOptions = true, description = "The clean job compared with DuckDB.")
public final class CleanBenchmark implements Callable<Integer> {
    private static final List<String> SETTINGS = List.of("koc.clean.reject-limit=1", "koc.clean.allow-empty-day=true");

    private final List<String> report = new ArrayList<>();
    private boolean isTheSame = true;

    @Option(names = "--landing", paramLabel = "DIR", required = true, description = "Flat, with events in CSV.")
    private Path landing = Path.of("");

    @Option(names = "--date", paramLabel = "DAY", required = true, description = "Last day of its events.")
    private LocalDate day = LocalDate.EPOCH;

    @Option(names = "--work", paramLabel = "DIR", required = true, description = "Folder for what is written.")
    private Path work = Path.of("");

    /** Usage as above; ends the process. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new CleanBenchmark()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, SQLException {
        try (LocalPipeline pipeline = new LocalPipeline(SETTINGS)) {
            compare("CSV", landing.toAbsolutePath(), pipeline);
            compare("Parquet", asParquet(landing.toAbsolutePath()), pipeline);
        }
        report.forEach(System.out::println);
        if (!isTheSame) {
            throw new IllegalStateException("the two sides did not do the same: their counts differ, see above");
        }
        return 0;
    }

    private void compare(String format, Path from, LocalPipeline pipeline) throws IOException, SQLException {
        Path warehouseFolder = emptied("warehouse");
        Measured cold = clean(from, warehouseFolder, pipeline);
        Measured warm = clean(from, warehouseFolder, pipeline);
        int robotLimit = pipeline.config().getInt("koc.clean.robot.actions-per-hour");
        DuckClean duck = new DuckClean(from, day, LocalPipeline.THREADS, robotLimit);
        Measured duckCold = measure(() -> duck.run(emptied("duckdb")));
        Measured duckWarm = measure(() -> duck.run(emptied("duckdb")));
        Map<String, Long> ours = outcomes(pipeline.openWarehouse(warehouseFolder));
        Map<String, Long> theirs = duck.outcomes();
        report.add("");
        report.add(String.format("%-8s %-8s %12s %18s", format, "", "seconds", "processor seconds"));
        report.add(cold.line("clean", "cold"));
        report.add(warm.line("clean", "warm"));
        report.add(duckCold.line("DuckDB", "cold"));
        report.add(duckWarm.line("DuckDB", "warm"));
        report.add(String.format(
                Locale.ROOT,
                "%-17s %12.1f %18.1f",
                "ratio, warm",
                warm.seconds / duckWarm.seconds,
                warm.processorSeconds / duckWarm.processorSeconds));
        report.add("events, clean   " + ours);
        isTheSame &= ours.equals(theirs);
        report.add("events, DuckDB  " + theirs + (ours.equals(theirs) ? ": the same" : ": DIFFERENT"));
        report.add("peak memory of the process: " + PeakMemory.ofThisProcess());
    }

    private Measured clean(Path from, Path warehouseFolder, LocalPipeline pipeline) throws IOException {
        return measure(() -> pipeline.run(
                "clean",
                "--landing",
                from.toString(),
                "--warehouse",
                warehouseFolder.toString(),
                "--date",
                day.toString()));
    }

    /** Events by outcome: a reject reason, kept, or later than the day. */
    private Map<String, Long> outcomes(Warehouse warehouse) {
        TreeMap<String, Long> outcomes = new TreeMap<>();
        for (Row row : warehouse
                .read(CleanTables.ARRIVAL_CHECKS, day)
                .where("source = 'events' AND check_name NOT IN"
                        + " ('read', 'files_listed', 'files_read', 'records_counted', 'records_read')")
                .select("check_name", "rows")
                .collectAsList()) {
            outcomes.put(row.getString(0), row.getLong(1));
        }
        return outcomes;
    }

    /** The same landing with its events in typed Parquet; a value that is not of its type is null there. */
    private Path asParquet(Path csv) throws IOException, SQLException {
        Path parquet = emptied("landing-parquet");
        try (Stream<Path> sources = Files.list(csv)) {
            for (Path source : sources.filter(Files::isDirectory).toList()) {
                Path target = Files.createDirectories(parquet.resolve(source.getFileName()));
                if (source.endsWith("events")) {
                    DuckClean.convert(source, target, LocalPipeline.THREADS);
                } else {
                    try (Stream<Path> files = Files.list(source)) {
                        for (Path file : files.toList()) {
                            Files.copy(file, target.resolve(file.getFileName()));
                        }
                    }
                }
            }
        }
        return parquet;
    }

    private Path emptied(String name) throws IOException {
        Path folder = work.resolve(name);
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(file);
                }
            }
        }
        return Files.createDirectories(folder);
    }

    private static Measured measure(Step step) throws IOException {
        long start = System.nanoTime();
        long processorStart = processorTime();
        try {
            step.run();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        return new Measured((System.nanoTime() - start) / 1e9, (processorTime() - processorStart) / 1e9);
    }

    private static long processorTime() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }

    private record Measured(double seconds, double processorSeconds) {
        String line(String engine, String state) {
            return String.format(Locale.ROOT, "%-8s %-8s %12.1f %18.1f", engine, state, seconds, processorSeconds);
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException, SQLException;
    }
}
