package koc.benchmark;

import com.typesafe.config.Config;
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
import java.util.stream.Stream;
import koc.Silence;
import koc.clean.CleanJob;
import koc.config.Configuration;
import koc.run.JobRun;
import koc.spark.Session;
import koc.table.CleanTables;
import koc.table.Tables;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * How long the clean job takes, against DuckDB doing what is the job's core in SQL: the same parse, checks, reject
 * table, deduplication, orphans, robots and Parquet for events.
 *
 * <p>The job also does what DuckDB does not: users, products and the other sources, refunds, counts, and Delta commits.
 * Both run in this process, on two threads, once cold and once warm, the job's second run replacing its first; run it by {@code bin/benchmark}. Processor seconds
 * stand beside seconds, for a machine that others use too.
 */
public final class CleanBenchmark {
    private static final int THREADS = 2;

    private final Path work;
    private final LocalDate day;
    private final SparkSession spark;
    private final Config config;
    private final List<String> report = new ArrayList<>();
    private boolean isTheSame = true;

    private CleanBenchmark(Path work, LocalDate day) {
        this.work = work;
        this.day = day;
        this.config = Configuration.load(null, List.of("koc.clean.reject-limit=1", "koc.clean.allow-empty-day=true"));
        System.setProperty("spark.master", "local[" + THREADS + "]");
        System.setProperty("spark.ui.enabled", "false");
        System.setProperty("spark.driver.host", "localhost");
        System.setProperty("spark.driver.bindAddress", "127.0.0.1");
        System.setProperty("spark.sql.shuffle.partitions", String.valueOf(2 * THREADS));
        System.setProperty("spark.sql.warehouse.dir", work.resolve("spark").toString());
        this.spark = Session.start(config);
    }

    /** Arguments: the landing folder (flat, events in CSV), the day, a folder for what is written. */
    public static void main(String[] arguments) throws IOException, SQLException {
        Path landing = Path.of(arguments[0]);
        CleanBenchmark benchmark = new CleanBenchmark(Path.of(arguments[2]), LocalDate.parse(arguments[1]));
        benchmark.compare("CSV", landing);
        benchmark.compare("Parquet", benchmark.asParquet(landing));
        benchmark.report.forEach(System.out::println);
        if (!benchmark.isTheSame) {
            throw new IllegalStateException("the two sides did not do the same: their counts differ, see above");
        }
    }

    private void compare(String format, Path landing) throws IOException, SQLException {
        Tables tables = new Tables(spark, emptied("warehouse").toString());
        Measured cold = clean(landing, tables);
        Measured warm = clean(landing, tables);
        DuckClean duck = new DuckClean(landing, day, THREADS, robotLimit());
        Measured duckCold = measure(() -> duck.run(emptied("duckdb")));
        Measured duckWarm = measure(() -> duck.run(emptied("duckdb")));
        Map<String, Long> ours = fates(tables);
        Map<String, Long> theirs = duck.fates();
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

    private Measured clean(Path landing, Tables tables) throws IOException {
        return measure(() ->
                new CleanJob(config).run(new JobRun(day, null, landing.toString(), false, tables, new Silence())));
    }

    private int robotLimit() {
        return config.getInt("koc.clean.robot.actions-per-hour");
    }

    /** What became of the events: rows by reason, kept and later. */
    private Map<String, Long> fates(Tables tables) {
        TreeMap<String, Long> fates = new TreeMap<>();
        for (Row row : tables.read(CleanTables.ARRIVAL_CHECKS, day)
                .where("source = 'events' AND check_name <> 'read'")
                .select("check_name", "rows")
                .collectAsList()) {
            fates.put(row.getString(0), row.getLong(1));
        }
        return fates;
    }

    /** The same landing with its events in typed Parquet; a value that is not of its type is null there. */
    private Path asParquet(Path landing) throws IOException, SQLException {
        Path parquet = emptied("landing-parquet");
        try (Stream<Path> sources = Files.list(landing)) {
            for (Path source : sources.filter(Files::isDirectory).toList()) {
                Path target = Files.createDirectories(parquet.resolve(source.getFileName()));
                if (source.endsWith("events")) {
                    DuckClean.convert(source, target, THREADS);
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
