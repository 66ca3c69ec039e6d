package koc.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import com.typesafe.config.Config;
import java.io.File;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import koc.config.Configuration;
import koc.kocs.levels.LevelReplay;
import koc.spark.Checkpoints;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
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

    @Mixin
    private ConfigurationOptions configuration = new ConfigurationOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Config current = configuration.load();
        LevelReplay replay = new LevelReplay(current, Configuration.over(current, "--replay", proposal, SECTION));
        RunLauncher.withSession(current, spark -> {
            try (Checkpoints checkpoints = new Checkpoints()) {
                Dataset<Row> changes = checkpoints.compute(replay.changes(new Warehouse(spark, warehouse), date));
                print(changes, replay, spec.commandLine().getOut());
            }
        });
        return 0;
    }

    private void print(Dataset<Row> changes, LevelReplay replay, PrintWriter out) {
        out.printf(
                "levels of %s under thresholds %s (%s) against %s%n",
                date, replay.proposedVersion(), proposal, replay.currentVersion());
        long total = printMoves(changes, out);
        long listed = printKocs(changes, out);
        if (total > listed) {
            out.printf(Locale.ROOT, "and %,d more; --top lists more of them%n", total - listed);
        }
        out.println("nothing was written");
        out.flush();
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
