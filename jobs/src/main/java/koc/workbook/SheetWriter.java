package koc.workbook;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import koc.workbook.SheetColumn.Format;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of a sheet to the workbook and to its CSV file. A batch of rows is in memory at a time.
 *
 * <p>Texts are cells of text, never formulas. Rows beyond those that a sheet can hold are in the CSV file only.
 */
final class SheetWriter implements Closeable {
    private static final int BATCH = 500;
    private static final int HEADER_HEIGHT = 48;
    /** A cell holds at most this many characters. */
    private static final int CELL_CHARACTERS = 32_767;

    private static final String DARK = "FF1F3A5F";
    private static final String GREY = "FF6B7785";

    private final Worksheet sheet;
    private final Csv csv;
    private final List<SheetColumn> columns;
    private final int maxRow;
    private int written;
    private int flushed;
    private long rows;

    SheetWriter(Worksheet sheet, Path csv, List<SheetColumn> columns, int maxRows) throws IOException {
        this.sheet = sheet;
        this.csv = new Csv(csv);
        this.columns = columns;
        this.maxRow = Math.min(maxRows, Worksheet.MAX_ROWS - 1);
        writeHeader();
    }

    private void writeHeader() throws IOException {
        csv.line(columns.stream().map(SheetColumn::header).toList());
        sheet.freezePane(2, 1); // name and id stay in view
        sheet.rowSumsRight(false); // the plus sign is left of the folded columns
        sheet.rowHeight(0, HEADER_HEIGHT);
        sheet.pageOrientation("landscape");
        sheet.fitToWidth((short) 1);
        sheet.fitToHeight((short) 0); // as many pages as the rows need
        sheet.repeatRows(0);
        for (int c = 0; c < columns.size(); c++) {
            SheetColumn column = columns.get(c);
            sheet.inlineString(0, c, column.header());
            sheet.style(0, c)
                    .bold()
                    .fontColor("FFFFFFFF")
                    .fillColor(column.isFirst() ? DARK : GREY)
                    .wrapText(true)
                    .verticalAlignment("center")
                    .set();
            sheet.width(c, column.format().width());
            if (!column.isFirst()) {
                sheet.groupCols(c, c);
                sheet.hideColumn(c);
            }
        }
    }

    /** Writes a row of {@link Cell} values. */
    void add(List<? extends @Nullable Object> cells) throws IOException {
        csv.line(cells);
        rows++;
        if (written == maxRow) {
            return;
        }
        written++;
        for (int c = 0; c < cells.size(); c++) {
            write(written, c, cells.get(c));
        }
        if (written - flushed == BATCH) {
            flush();
        }
    }

    private void write(int row, int column, @Nullable Object cell) {
        if (cell instanceof String text) {
            sheet.inlineString(row, column, fitting(text));
        } else if (cell instanceof LocalDate date) {
            sheet.value(row, column, date);
        } else if (cell instanceof Number number) {
            sheet.value(row, column, number);
        }
    }

    /** Says below the header why there are no rows; the CSV file has none. */
    void sayEmpty(String why) {
        sheet.inlineString(1, 0, why);
    }

    /** The text, cut where a cell ends. */
    static String fitting(String text) {
        if (text.length() <= CELL_CHARACTERS) {
            return text;
        }
        int end = CELL_CHARACTERS - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + '\u2026';
    }

    private void flush() throws IOException {
        if (written > flushed) {
            for (int c = 0; c < columns.size(); c++) {
                Format format = columns.get(c).format();
                sheet.range(flushed + 1, c, written, c)
                        .style()
                        .format(format.pattern())
                        .set();
            }
        }
        sheet.flush();
        flushed = written;
    }

    /** Number of rows, and of those in the sheet. */
    SheetRows rows() {
        return new SheetRows(rows, written);
    }

    /**
     * How many rows were written.
     *
     * @param all rows
     * @param shown those in the sheet
     */
    record SheetRows(long all, long shown) {}

    @Override
    public void close() throws IOException {
        flush();
        sheet.setAutoFilter(0, 0, written, columns.size() - 1);
        sheet.finish();
        csv.close();
    }
}
