package koc.publish;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
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
 */
record PublishedRun(LocalDate day, SortedMap<String, Long> rows) {
    private static final String FILE = "run.json";

    /** Whether this folder contains a complete run: run.json is written last. */
    static boolean isComplete(FileSystem files, Path folder) throws IOException {
        return files.exists(new Path(folder, FILE));
    }

    static PublishedRun read(FileSystem files, Path folder) throws IOException {
        Config json = readJson(files, new Path(folder, FILE));
        SortedMap<String, Long> rows = new TreeMap<>();
        json.getObject("tables").forEach((table, count) -> rows.put(table, ((Number) count.unwrapped()).longValue()));
        return new PublishedRun(LocalDate.parse(json.getString("day")), rows);
    }

    void write(FileSystem files, Path folder) throws IOException {
        writeJson(files, new Path(folder, FILE), Map.of("day", day.toString(), "tables", rows));
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
