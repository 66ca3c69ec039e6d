package koc.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.Config;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koc.spark.Session;
import koc.warehouse.LockHolder;
import koc.warehouse.Warehouse;
import koc.warehouse.WarehouseLock;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the attempts to run jobs in a warehouse, the latest first. It writes nothing and needs no lock. */
@Command(
        name = "runs",
        description = "List what was run in a warehouse, the latest first, and what is running now; write nothing.",
        sortOptions = false)
final class RunsCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(names = "--warehouse", paramLabel = "DIR", required = true, description = "Folder of the tables.")
    private String warehouse = "";

    @Option(
            names = "--date",
            paramLabel = "YYYY-MM-DD",
            converter = DayConverter.class,
            description = "Only attempts for this run date.")
    private @Nullable LocalDate date;

    @Option(names = "--top", paramLabel = "N", defaultValue = "30", description = "Attempts to list (default 30).")
    private int top = 30;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table for a person (default), json (one object a line) or csv.")
    private Format format = Format.TABLE;

    @Mixin
    private ConfigurationOptions configuration = new ConfigurationOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Jobs jobs;

    RunsCommand(Jobs jobs) {
        this.jobs = jobs;
    }

    /** How the list is written. */
    enum Format {
        TABLE,
        JSON,
        CSV
    }

    @Override
    public Integer call() {
        Config config = configuration.load();
        RunLauncher.withSession(config, null, warehouse, spark -> {
            List<RunHistory.Entry> entries = new ArrayList<>(
                    RunHistory.read(new Warehouse(spark, warehouse), jobs.graph(config)).entries().stream()
                            .filter(entry -> date == null || entry.day().equals(date))
                            .toList());
            Collections.reverse(entries);
            List<LockHolder> holders =
                    WarehouseLock.holders(SparkHadoopUtil.get().newConfiguration(Session.settings(config)), warehouse);
            print(
                    entries.stream()
                            .limit(Math.max(0, top))
                            .map(entry -> fields(entry, holders))
                            .toList(),
                    spec.commandLine().getOut());
        });
        return 0;
    }

    private void print(List<Map<String, Object>> runs, PrintWriter out) {
        switch (format) {
            case JSON -> runs.forEach(run -> out.println(json(run)));
            case CSV -> {
                if (!runs.isEmpty()) {
                    out.println(String.join(",", runs.get(0).keySet()));
                }
                runs.forEach(run ->
                        out.println(run.values().stream().map(RunsCommand::csv).collect(Collectors.joining(","))));
            }
            case TABLE -> printTable(runs, out);
        }
        out.flush();
    }

    private void printTable(List<Map<String, Object>> runs, PrintWriter out) {
        if (runs.isEmpty()) {
            out.println("nothing was run in " + warehouse + (date == null ? "" : " for " + date));
            return;
        }
        List<String> shown = List.of("day", "started_at", "seconds", "rows", "verdict", "run_id", "done", "note");
        List<List<String>> lines = Stream.concat(Stream.of(shown), runs.stream().map(run -> shown.stream()
                        .map(name -> text(run.get(name)))
                        .toList()))
                .toList();
        for (List<String> line : lines) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < line.size(); i++) {
                int column = i;
                int width = lines.stream()
                        .mapToInt(other -> other.get(column).length())
                        .max()
                        .orElse(0);
                boolean isNumber =
                        shown.get(i).equals("seconds") || shown.get(i).equals("rows");
                text.append(String.format(
                        Locale.ROOT, "%" + (isNumber ? "" : "-") + Math.max(1, width) + "s  ", line.get(i)));
            }
            out.println(text.toString().stripTrailing());
        }
    }

    /** What is said of one attempt. An unfinished attempt whose process does not hold the lock is lost. */
    private static Map<String, Object> fields(RunHistory.Entry entry, List<LockHolder> holders) {
        Row row = entry.row();
        boolean isLive =
                holders.stream().anyMatch(holder -> holder.attempt().equals(entry.attempt()) && !holder.hasEnded());
        boolean isLost = entry.isRunning() && !isLive;
        List<String> missing = entry.requested().stream()
                .filter(job -> !entry.done().contains(job))
                .toList();
        String reason = row.getAs("reason");
        Object ended = row.getAs("ended_at");
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("day", entry.day().toString());
        fields.put("run_id", row.getAs("run_id"));
        fields.put("attempt", entry.attempt());
        fields.put("started_at", entry.started().toString());
        fields.put(
                "ended_at",
                ended == null
                        ? null
                        : row.getTimestamp(row.fieldIndex("ended_at"))
                                .toInstant()
                                .toString());
        fields.put("seconds", row.getAs("seconds"));
        fields.put("rows", row.getAs("rows_written"));
        fields.put("verdict", isLost ? Verdict.LOST.code() : entry.verdict());
        fields.put("exit_code", row.getAs("exit_code"));
        fields.put(
                "done",
                String.join(
                        " ",
                        entry.requested().stream()
                                .filter(entry.done()::contains)
                                .toList()));
        fields.put("missing", String.join(" ", missing));
        fields.put("process", row.getAs("process"));
        fields.put(
                "note", isLost ? "its process ended without a word; not done: " + String.join(" ", missing) : reason);
        return fields;
    }

    private static String text(@Nullable Object value) {
        return value == null
                ? ""
                : value instanceof Double number ? String.format(Locale.ROOT, "%.1f", number) : value.toString();
    }

    private static String csv(@Nullable Object value) {
        String text = value == null ? "" : value.toString();
        return text.matches("(?s).*[\",\r\n].*") ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
    }

    private static String json(Map<String, Object> run) {
        try {
            return JSON.writeValueAsString(run);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("texts and numbers always have a JSON form", impossible);
        }
    }
}
