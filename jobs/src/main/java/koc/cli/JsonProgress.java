package koc.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import koc.error.ExitCode;

/** Reports progress to a log collector, as one JSON object per line. */
final class JsonProgress implements RunProgress {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrintWriter out;
    private final Supplier<Instant> clock;

    JsonProgress(PrintWriter out, Supplier<Instant> clock) {
        this.out = out;
        this.clock = clock;
    }

    @Override
    public void runStarted(LocalDate day, List<String> jobs) {
        write("run_started", fields("day", day.toString(), "jobs", jobs));
    }

    @Override
    public void started(String job) {
        write("started", fields("job", job));
    }

    @Override
    public void note(String job, String text) {
        write("note", fields("job", job, "text", text));
    }

    @Override
    public void finished(String job, long rowsIn, long rowsOut, double seconds) {
        write("finished", fields("job", job, "rows_in", rowsIn, "rows_out", rowsOut, "seconds", thousandths(seconds)));
    }

    @Override
    public void failed(String job, ExitCode exitCode, String reason) {
        write("failed", fields("job", job, "exit_code", exitCode.number(), "reason", reason));
    }

    @Override
    public void runNote(String text) {
        write("note", fields("text", text));
    }

    @Override
    public void runFinished(LocalDate day, String warehouse, double seconds) {
        write("run_finished", fields("day", day.toString(), "warehouse", warehouse, "seconds", thousandths(seconds)));
    }

    @Override
    public void refused(ExitCode exitCode, String reason) {
        write("failed", fields("exit_code", exitCode.number(), "reason", reason));
    }

    private static double thousandths(double seconds) {
        return Math.round(seconds * 1000) / 1000.0;
    }

    private static Map<String, Object> fields(Object... namesAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }

    private synchronized void write(String event, Map<String, Object> fields) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("at", clock.get().toString());
        object.put("event", event);
        object.putAll(fields);
        try {
            out.println(JSON.writeValueAsString(object));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("texts and numbers always have a JSON form", impossible);
        }
        out.flush();
    }
}
