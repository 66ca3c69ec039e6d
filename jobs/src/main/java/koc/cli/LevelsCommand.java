package koc.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import com.typesafe.config.Config;
import java.io.File;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import koc.config.Configuration;
import koc.kocs.levels.LevelReplay;
import koc.spark.Checkpoints;
import koc.tables.KocTables;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the KOCs who would rise or fall under other thresholds of the levels. It writes nothing. */
@Command(
        name = "levels",
        description = "List the KOCs who would rise or fall under proposed thresholds, and why; write nothing.",
        sortOptions = false)
final class LevelsCommand implements Callable<Integer> {
    private static final String SECTION = "koc.kocs.levels";

    @Option(
            names = "--replay",
            paramLabel = "FILE",
            required = true,
            description = "HOCON file with the proposed thresholds: keys of " + SECTION + ".")
    private File proposal = new File("");

    @Option(names = "--warehouse", paramLabel = "DIR", required = true, description = "Folder of the tables.")
    private String warehouse = "";

    @Option(
            names = "--date",
            paramLabel = "YYYY-MM-DD",
            required = true,
            converter = DayConverter.class,
            description = "Run date of the koc_ranking to read.")
    private LocalDate date = LocalDate.EPOCH;

    @Option(names = "--top", paramLabel = "N", defaultValue = "50", description = "KOCs to list (default 50).")
    private int top = 50;

    @Option(
            names = "--months",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Months to replay, that of --date included (default 1): for earlier months, their last ranking.")
    private int months = 1;

    @Option(names = "--csv", paramLabel = "FILE", description = "File for all KOCs and dates.")
    private @Nullable Path csv;

    @Mixin
    private ConfigurationOptions configuration = new ConfigurationOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Config current = configuration.load();
        LevelReplay replay = new LevelReplay(current, Configuration.over(current, "--replay", proposal, SECTION));
        RunLauncher.withSession(current, null, warehouse, spark -> {
            PrintWriter out = spec.commandLine().getOut();
            Warehouse tables = new Warehouse(spark, warehouse);
            try (Checkpoints checkpoints = new Checkpoints()) {
                List<Dataset<Row>> changes = new ArrayList<>();
                for (LocalDate day : days(tables)) {
                    Dataset<Row> ofDay = checkpoints.compute(replay.changes(tables, day));
                    print(day, ofDay, replay, out);
                    changes.add(ofDay.select(lit(day).as("day"), col("*")));
                }
                if (csv != null) {
                    Dataset<Row> all =
                            changes.stream().reduce(Dataset::unionByName).orElseThrow();
                    long written = CsvFile.write(csv, all.orderBy("day", "koc_id"));
                    out.printf(Locale.ROOT, "%,d rows written to %s%n", written, csv);
                }
            }
            out.println(csv == null ? "nothing was written" : "nothing was written in the warehouse");
            out.flush();
        });
        return 0;
    }

    /** The last run date of each of the months before, and the run date, oldest first. */
    private List<LocalDate> days(Warehouse tables) {
        LocalDate first = date.withDayOfMonth(1).minusMonths(Math.max(1, months) - 1L);
        TreeMap<LocalDate, LocalDate> lastOfMonth = new TreeMap<>();
        for (LocalDate day : tables.writeTimes(KocTables.KOC_RANKING, date).keySet()) {
            if (!day.isBefore(first)) {
                lastOfMonth.put(day.withDayOfMonth(1), day);
            }
        }
        lastOfMonth.put(date.withDayOfMonth(1), date);
        return List.copyOf(lastOfMonth.values());
    }

    private void print(LocalDate day, Dataset<Row> changes, LevelReplay replay, PrintWriter out) {
        out.printf(
                "levels of %s under thresholds %s (%s) against %s%n",
                day, replay.proposedVersion(), proposal, replay.currentVersion());
        long total = printMoves(changes, out);
        long listed = printKocs(changes, out);
        if (total > listed) {
            out.printf(Locale.ROOT, "and %,d more; --top lists more of them%n", total - listed);
        }
    }

    /** Prints how many KOCs would move from which level to which, and returns their total. */
    private static long printMoves(Dataset<Row> changes, PrintWriter out) {
        // At most as many rows as there are pairs of levels.
        List<Row> moves = changes.groupBy("direction", "under_current", "under_proposed")
                .agg(count(lit(1)).as("kocs"))
                .orderBy(col("direction").desc(), col("kocs").desc(), col("under_current"), col("under_proposed"))
                .collectAsList();
        if (moves.isEmpty()) {
            out.println("no KOC would rise or fall");
        }
        long total = 0;
        for (Row move : moves) {
            long kocs = move.getAs("kocs");
            total += kocs;
            out.printf(
                    Locale.ROOT,
                    "  would %s %,7d  %s -> %s%n",
                    move.<String>getAs("direction"),
                    kocs,
                    move.<String>getAs("under_current"),
                    move.<String>getAs("under_proposed"));
        }
        return total;
    }

    /** Prints the KOCs who would move furthest, at most {@code top}, and returns how many. */
    private long printKocs(Dataset<Row> changes, PrintWriter out) {
        List<Row> kocs = changes.orderBy(col("direction").desc(), col("steps").desc(), col("koc_id"))
                .limit(Math.max(0, top))
                .collectAsList();
        for (Row koc : kocs) {
            out.printf(
                    "%s (%s, %s): %s -> %s: %s%n",
                    koc.<String>getAs("koc_id"),
                    koc.<String>getAs("koc_type"),
                    koc.<String>getAs("level"),
                    koc.<String>getAs("under_current"),
                    koc.<String>getAs("under_proposed"),
                    koc.<String>getAs("why"));
        }
        return kocs.size();
    }
}
