package koc.publish;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The content of {@code run.json}, which lies in the folder of every published run.
 *
 * @param day the run date
 * @param rows number of rows by table
 * @param findings what the run found, by name ({@link RunFindings#json})
 */
record PublishedRun(LocalDate day, SortedMap<String, Long> rows, Map<String, Object> findings) {
    private static final String FILE = "run.json";

    /** Whether this folder contains a complete run: run.json is written last. */
    static boolean isComplete(FileSystem files, Path folder) throws IOException {
        return files.exists(new Path(folder, FILE));
    }

    static PublishedRun read(FileSystem files, Path folder) throws IOException {
        Config json = readJson(files, new Path(folder, FILE));
        SortedMap<String, Long> rows = new TreeMap<>();
        json.getObject("tables").forEach((table, count) -> rows.put(table, ((Number) count.unwrapped()).longValue()));
        Map<String, Object> findings = new LinkedHashMap<>(json.root().unwrapped());
        findings.keySet().removeAll(List.of("day", "tables"));
        return new PublishedRun(LocalDate.parse(json.getString("day")), rows, findings);
    }

    void write(FileSystem files, Path folder) throws IOException {
        writeJson(files, new Path(folder, FILE), values());
    }

    /** The content as JSON on one line, which may stand in a script element of a page: without {@code <}. */
    String forPage() {
        return ConfigValueFactory.fromMap(values())
                .render(ConfigRenderOptions.concise())
                .replace("<", "\\u003c")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    private Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>(findings);
        values.put("day", day.toString());
        values.put("tables", rows);
        return values;
    }

    static Config readJson(FileSystem files, Path file) throws IOException {
        try (FSDataInputStream stream = files.open(file)) {
            return ConfigFactory.parseString(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    static void writeJson(FileSystem files, Path file, Map<String, Object> values) throws IOException {
        writeText(
                files,
                file,
                ConfigValueFactory.fromMap(values)
                                .render(ConfigRenderOptions.defaults()
                                        .setOriginComments(false)
                                        .setComments(false)
                                        .setJson(true))
                        + "\n");
    }

    static void writeText(FileSystem files, Path file, String text) throws IOException {
        try (FSDataOutputStream stream = files.create(file, true)) {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
