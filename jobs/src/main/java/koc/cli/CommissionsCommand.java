package koc.cli;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import com.typesafe.config.Config;
import java.io.File;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import koc.config.Configuration;
import koc.economics.commission.CommissionReplay;
import koc.spark.Checkpoints;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Runs the commissions job for one day; or with --replay, lists what each KOC would have earned under other rules, and writes
 * nothing in the warehouse.
 */
@Command(sortOptions = false)
final class CommissionsCommand implements Callable<Integer> {
    /** The job that this command replaces on the command line. */
    static final String NAME = "commissions";

    private static final String SECTION = "koc.economics.commission";
    private static final String MONEY = "decimal(18,2)";

    private final Jobs jobs;
    private final Jobs.Definition job;
    private final RunLauncher runner;

    @Option(
            names = "--replay",
            paramLabel = "FILE",
            description = "Run no job: compare the commission of past months with that under the rules in this HOCON"
                    + " file (keys of " + SECTION + ").")
    private @Nullable File proposal;

    @Option(
            names = "--months",
            paramLabel = "N",
            defaultValue = "3",
            description = "With --replay: months to compare, up to that of --date (default 3).")
    private int months = 3;

    @Option(
            names = "--top",
            paramLabel = "N",
            defaultValue = "50",
            description = "With --replay: KOCs to list (default 50).")
    private int top = 50;

    @Option(names = "--csv", paramLabel = "FILE", description = "With --replay: file for all KOCs and months.")
    private @Nullable Path csv;

    @Mixin
    private RunOptions options = new RunOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    CommissionsCommand(Jobs jobs, Jobs.Definition job, RunLauncher runner) {
        this.jobs = jobs;
        this.job = job;
        this.runner = runner;
    }

    @Override
    public Integer call() {
        if (proposal == null) {
            runner.run(options.log(), () -> options.request(jobs, List.of(job)));
        } else {
            replay(proposal);
        }
        return 0;
    }

    private void replay(File file) {
        Config current = options.config();
        CommissionReplay replay = new CommissionReplay(Configuration.over(current, "--replay", file, SECTION));
        LocalDate day = options.date();
        LocalDate firstMonth = day.withDayOfMonth(1).minusMonths(Math.max(1, months) - 1L);
        RunLauncher.withSession(current, null, options.warehouse(), spark -> {
            try (Checkpoints checkpoints = new Checkpoints()) {
                Warehouse warehouse = new Warehouse(spark, options.warehouse());
                Dataset<Row> rows = checkpoints.compute(replay.compare(warehouse, day, firstMonth));
                PrintWriter out = spec.commandLine().getOut();
                out.printf("commission under %s (%s) against the ledger%n", replay.versions(), file);
                printMonths(rows, out);
                printPrizes(rows, replay.compareTeams(warehouse, day, firstMonth), out);
                printKocs(rows, out);
                if (csv != null) {
                    long written = CsvFile.write(csv, rows.orderBy("koc_id", "month"));
                    out.printf(Locale.ROOT, "%,d rows written to %s%n", written, csv);
                }
                out.println("nothing was written in the warehouse");
                out.flush();
            }
        });
    }

    private static void printMonths(Dataset<Row> rows, PrintWriter out) {
        out.printf("%-10s %8s %16s %14s %14s %14s%n", "month", "KOCs", "net sales", "due", "proposed", "difference");
        List<Row> byMonth = rows.groupBy("month")
                .agg(count(lit(1)), total("net_sales"), total("due"), total("proposed"), total("difference"))
                .orderBy("month")
                .collectAsList();
        byMonth.forEach(row -> printLine(row, row.getDate(0).toString().substring(0, 7), out));
        printLine(
                rows.agg(
                                lit("all").as("month"),
                                countDistinct("koc_id"),
                                total("net_sales"),
                                total("due"),
                                total("proposed"),
                                total("difference"))
                        .head(),
                "all",
                out);
    }

    private static void printLine(Row row, String month, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%-10s %,8d %,16.2f %,14.2f %,14.2f %,+14.2f%n",
                month,
                row.getLong(1),
                money(row, 2),
                money(row, 3),
                money(row, 4),
                money(row, 5));
    }

    /** Prints the sums of the prizes of the competition and of the bonus of teams. */
    private static void printPrizes(Dataset<Row> rows, Dataset<Row> teams, PrintWriter out) {
        Row prizes = rows.agg(total("prize"), total("proposed_prize")).head();
        Row bonus = teams.agg(total("bonus"), total("proposed")).head();
        out.printf(Locale.ROOT, "prizes     due %,14.2f proposed %,14.2f%n", money(prizes, 0), money(prizes, 1));
        out.printf(Locale.ROOT, "team bonus due %,14.2f proposed %,14.2f%n", money(bonus, 0), money(bonus, 1));
    }

    /** Prints the KOCs whose commission differs most. */
    private void printKocs(Dataset<Row> rows, PrintWriter out) {
        Dataset<Row> kocs =
                rows.groupBy("koc_id").agg(total("net_sales"), total("due"), total("proposed"), total("difference"));
        out.println();
        out.printf("%-26s %16s %14s %14s %14s%n", "KOC", "net sales", "due", "proposed", "difference");
        for (Row koc : kocs.orderBy(abs(col("difference")).desc(), col("koc_id"))
                .limit(Math.max(0, top))
                .collectAsList()) {
            out.printf(
                    Locale.ROOT,
                    "%-26s %,16.2f %,14.2f %,14.2f %,+14.2f%n",
                    koc.getString(0),
                    money(koc, 1),
                    money(koc, 2),
                    money(koc, 3),
                    money(koc, 4));
        }
        long more = kocs.count() - Math.max(0, top);
        if (more > 0) {
            out.printf(Locale.ROOT, "and %,d more; --top lists more of them, --csv all%n", more);
        }
    }

    private static Column total(String column) {
        return sum(column).cast(MONEY).as(column);
    }

    private static BigDecimal money(Row row, int index) {
        return row.isNullAt(index) ? BigDecimal.ZERO : row.getDecimal(index);
    }
}
