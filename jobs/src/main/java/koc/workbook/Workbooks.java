package koc.workbook;

import com.typesafe.config.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import koc.run.JobRun;
import koc.run.PublishedFiles;
import koc.spark.Parallel;
import koc.text.Texts;
import koc.warehouse.Table;
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
        return workbooks.stream()
                .flatMap(workbook -> workbook.sheets().stream())
                .flatMap(Sheet::reads)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void write(JobRun run, Path folder) throws IOException {
        Path excel = Files.createDirectories(folder.resolve("excel"));
        WorkbookWriter writer = new WorkbookWriter(
                Texts.of(settings.language()), settings.currency(), run.day(), Worksheet.MAX_ROWS - 1);
        Parallel.run(workbooks.stream()
                .map(workbook -> (Runnable) () -> write(writer, workbook, excel, run))
                .toArray(Runnable[]::new));
    }

    private static void write(WorkbookWriter writer, Sheets.Workbook workbook, Path folder, JobRun run) {
        try {
            writer.write(
                    workbook,
                    folder,
                    (sheet, columns) -> sheet.rows(run, columns).toLocalIterator());
        } catch (IOException failure) {
            throw new UncheckedIOException("the workbook " + workbook.name() + " could not be written", failure);
        }
    }
}
