package koc.evaluation;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A source of a landing folder in CSV, in memory: what a regime changes in a brand's files.
 *
 * @param columns the header
 * @param rows cells by column; an empty text is no value
 */
record CsvTable(List<String> columns, List<Map<String, String>> rows) {

    /** Reads all files of a source. */
    static CsvTable read(Path landing, String source) {
        CsvParserSettings settings = new CsvParserSettings();
        settings.setNullValue("");
        settings.setEmptyValue("");
        settings.setMaxCharsPerColumn(100_000);
        CsvParser parser = new CsvParser(settings);
        List<String> columns = new ArrayList<>();
        List<Map<String, String>> rows = new ArrayList<>();
        for (Path file : files(landing.resolve(source))) {
            List<String[]> lines = parser.parseAll(file.toFile(), StandardCharsets.UTF_8);
            columns = Arrays.asList(lines.get(0));
            for (String[] line : lines.subList(1, lines.size())) {
                Map<String, String> row = new LinkedHashMap<>();
                for (int column = 0; column < line.length; column++) {
                    row.put(columns.get(column), line[column]);
                }
                rows.add(row);
            }
        }
        return new CsvTable(columns, rows);
    }

    /** Writes the table as the only file of a source. */
    void write(Path landing, String source) {
        List<String> lines = new ArrayList<>();
        lines.add(String.join(",", columns));
        rows.forEach(row -> lines.add(String.join(
                ",",
                columns.stream()
                        .map(column -> quoted(row.getOrDefault(column, "")))
                        .toList())));
        try {
            Path folder = Files.createDirectories(landing.resolve(source));
            for (Path file : files(folder)) {
                Files.delete(file);
            }
            Files.write(folder.resolve(source + ".csv"), lines);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    CsvTable without(Set<String> removed) {
        return new CsvTable(
                columns.stream().filter(column -> !removed.contains(column)).toList(), rows);
    }

    CsvTable where(Predicate<Map<String, String>> condition) {
        return new CsvTable(columns, rows.stream().filter(condition).toList());
    }

    /** Replaces cells. */
    CsvTable map(BiFunction<Map<String, String>, String, String> newCell) {
        return new CsvTable(
                columns,
                rows.stream()
                        .map(row -> {
                            Map<String, String> changed = new LinkedHashMap<>();
                            row.forEach((column, cell) -> changed.put(column, newCell.apply(row, column)));
                            return changed;
                        })
                        .toList());
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String quoted(String value) {
        boolean isPlain = value.indexOf(',') < 0 && value.indexOf('"') < 0 && value.indexOf('\n') < 0;
        return isPlain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }
}
