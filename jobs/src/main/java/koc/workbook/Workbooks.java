package koc.workbook;

import com.typesafe.config.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koc.run.JobRun;
import koc.run.PublishedFiles;
import koc.spark.Checkpoints;
import koc.spark.Parallel;
import koc.text.Texts;
import koc.warehouse.Table;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.dhatim.fastexcel.Worksheet;

/**
 * The workbooks {@code excel/koc-manager.xlsx}, {@code product-manager.xlsx} and {@code marketer.xlsx}, and a CSV file
 * for each of their sheets.
 */
public final class Workbooks implements PublishedFiles {
    private final WorkbookSettings settings;
    private final List<Sheets.Workbook> workbooks = Sheets.all();

    /** The workbooks in the language of these settings. */
    public Workbooks(Config config) {
        this.settings = WorkbookSettings.from(config);
    }

    @Override
    public Set<Table> reads() {
        return sheets().flatMap(Sheet::reads).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void write(JobRun run, Path folder) throws IOException {
        Path excel = Files.createDirectories(folder.resolve("excel"));
        WorkbookWriter writer = new WorkbookWriter(
                Texts.of(settings.language()), settings.currency(), run.day(), Worksheet.MAX_ROWS - 1);
        try (Checkpoints checkpoints = new Checkpoints()) {
            Map<Table, Dataset<Row>> names = new HashMap<>();
            List<Lookup> lookups =
                    sheets().flatMap(sheet -> sheet.lookups().stream()).toList();
            lookups.stream()
                    .map(Lookup::table)
                    .distinct()
                    .forEach(table -> names.put(table, checkpoints.cache(Lookup.names(table, lookups, run))));
            BiFunction<Sheet, List<SheetColumn>, Iterator<Row>> rows =
                    (sheet, columns) -> sheet.rows(run, columns, names).toLocalIterator();
            Parallel.run(workbooks.stream()
                    .map(workbook -> (Runnable) () -> write(workbook.withHistory(run), excel, writer, rows))
                    .toArray(Runnable[]::new));
        }
    }

    private Stream<Sheet> sheets() {
        return workbooks.stream().flatMap(workbook -> workbook.sheets().stream());
    }

    private static void write(
            Sheets.Workbook workbook,
            Path folder,
            WorkbookWriter writer,
            BiFunction<Sheet, List<SheetColumn>, Iterator<Row>> rows) {
        try {
            writer.write(workbook, folder, rows);
        } catch (IOException failure) {
            throw new UncheckedIOException("the workbook " + workbook.name() + " could not be written", failure);
        }
    }
}
