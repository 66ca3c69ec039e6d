package koc.workbook;

import java.util.List;
import koc.text.Texts;
import org.dhatim.fastexcel.Worksheet;

/** The last sheet: the meaning of every column, from the declarations of the tables. */
final class DefinitionsSheet {
    private static final int[] WIDTHS = {26, 34, 28, 120};

    private final Worksheet sheet;
    private int row;

    DefinitionsSheet(Worksheet sheet, Texts texts) {
        this.sheet = sheet;
        List<String> headers = List.of(
                texts.pattern("workbook.sheet"),
                texts.pattern("workbook.column-name"),
                texts.pattern("workbook.source"),
                texts.pattern("workbook.meaning"));
        for (int c = 0; c < headers.size(); c++) {
            sheet.width(c, WIDTHS[c]);
            sheet.inlineString(0, c, headers.get(c));
        }
        sheet.range(0, 0, 0, WIDTHS.length - 1).style().bold().set();
        sheet.freezePane(0, 1);
    }

    /** Adds the columns of a sheet. */
    void add(String title, List<SheetColumn> columns) {
        for (SheetColumn column : columns) {
            row++;
            sheet.inlineString(row, 0, title);
            sheet.inlineString(row, 1, column.header());
            sheet.inlineString(row, 2, column.name());
            sheet.inlineString(row, 3, column.meaning());
            sheet.style(row, 3).wrapText(true).set();
        }
        sheet.setAutoFilter(0, 0, row, WIDTHS.length - 1);
    }
}
