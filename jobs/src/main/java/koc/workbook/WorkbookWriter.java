package koc.workbook;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiFunction;
import koc.text.Texts;
import org.apache.spark.sql.Row;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/**
 * Writes a workbook and, in the folder of the same name beside it, a CSV file for each sheet.
 *
 * @param texts of the language
 * @param currency of all money
 * @param day of the results
 * @param maxRows of a sheet
 */
record WorkbookWriter(Texts texts, String currency, LocalDate day, int maxRows) {
    private static final int FASTEST = 1;

    /**
     * Writes the workbook {@code NAME.xlsx} and the files {@code NAME/TABLE.csv}.
     *
     * @param rows the rows of a sheet with these columns
     */
    void write(Sheets.Workbook content, Path folder, BiFunction<Sheet, List<SheetColumn>, Iterator<Row>> rows)
            throws IOException {
        Path csvFolder = Files.createDirectories(folder.resolve(content.name()));
        Path draft = folder.resolve(content.name() + ".draft");
        String title = texts.pattern("workbook." + content.name() + ".title");
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(draft));
                Workbook workbook = new Workbook(file, "koc-pipeline", null)) {
            workbook.setCompressionLevel(FASTEST); // the draft is compressed again when it is copied
            workbook.properties().setTitle(title);
            Worksheet start = workbook.newWorksheet(texts.pattern("workbook.start"));
            List<StartSheet.Entry> entries = new ArrayList<>();
            List<Section> sections = new ArrayList<>();
            for (Sheet sheet : content.sheets()) {
                List<SheetColumn> columns = sheet.columns(texts);
                String name = texts.pattern("workbook." + sheet.id() + ".title");
                String whyEmpty = whyEmpty(sheet);
                Iterator<Row> all = rows.apply(sheet, columns);
                Path csv = csvFolder.resolve(sheet.id() + ".csv");
                SheetWriter.SheetRows count;
                try (SheetWriter writer = new SheetWriter(workbook.newWorksheet(name), csv, columns, maxRows)) {
                    count = write(writer, columns, all, whyEmpty);
                }
                sections.add(new Section(name, columns));
                entries.add(new StartSheet.Entry(
                        name,
                        texts.pattern("workbook." + sheet.id() + ".question"),
                        count.all(),
                        count.shown(),
                        whyEmpty));
            }
            DefinitionsSheet definitions =
                    new DefinitionsSheet(workbook.newWorksheet(texts.pattern("workbook.definitions")), texts);
            sections.forEach(section -> definitions.add(section.title(), section.columns()));
            StartSheet.write(start, title, introduction(), entries, texts);
        }
        WorkbookFile.copy(draft, folder.resolve(content.name() + ".xlsx"), day);
        Files.delete(draft);
    }

    private record Section(String title, List<SheetColumn> columns) {}

    private List<String> introduction() {
        return List.of(
                texts.text("workbook.day", day),
                texts.text("workbook.money", currency),
                texts.pattern("workbook.columns"),
                texts.pattern("workbook.csv"));
    }

    private String whyEmpty(Sheet sheet) {
        String why = texts.textOr("publish.empty." + sheet.id(), texts.pattern("publish.empty.*"));
        return texts.text("workbook.empty", why);
    }

    private SheetWriter.SheetRows write(
            SheetWriter sheet, List<SheetColumn> columns, Iterator<Row> rows, String whyEmpty) throws IOException {
        while (rows.hasNext()) {
            Row row = rows.next();
            List<@Nullable Object> cells = new ArrayList<>(columns.size());
            for (int c = 0; c < columns.size(); c++) {
                cells.add(Cell.of(row.get(c), columns.get(c), texts));
            }
            sheet.add(cells);
        }
        if (sheet.rows().all() == 0) {
            sheet.sayEmpty(whyEmpty);
        }
        return sheet.rows();
    }
}
