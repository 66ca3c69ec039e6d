package koc.workbook;

import java.util.List;
import koc.text.Texts;
import org.dhatim.fastexcel.HyperLink;
import org.dhatim.fastexcel.Worksheet;

/** The first sheet: what each sheet answers, with links. */
final class StartSheet {
    private static final int TITLE_SIZE = 16;
    private static final int NAME_WIDTH = 26;
    private static final int QUESTION_WIDTH = 70;
    private static final int ROWS_WIDTH = 12;
    private static final int NOTE_WIDTH = 44;

    private StartSheet() {}

    /**
     * A sheet in the list.
     *
     * @param title of the sheet
     * @param question that it answers
     * @param rows of the table
     * @param shown rows in the sheet
     * @param whyEmpty what to say when there are no rows
     */
    record Entry(String title, String question, long rows, long shown, String whyEmpty) {}

    /**
     * Writes the sheet.
     *
     * @param lines below the title
     */
    static void write(Worksheet sheet, String title, List<String> lines, List<Entry> entries, Texts texts) {
        sheet.hideGridLines();
        sheet.width(0, NAME_WIDTH);
        sheet.width(1, QUESTION_WIDTH);
        sheet.width(2, ROWS_WIDTH);
        sheet.width(3, NOTE_WIDTH);
        sheet.inlineString(0, 0, title);
        sheet.style(0, 0).bold().fontSize(TITLE_SIZE).set();
        int row = 1;
        for (String line : lines) {
            sheet.inlineString(row++, 0, line);
        }
        row++;
        sheet.inlineString(row, 0, texts.pattern("workbook.sheet"));
        sheet.inlineString(row, 1, texts.pattern("workbook.question"));
        sheet.inlineString(row, 2, texts.pattern("workbook.rows"));
        sheet.range(row, 0, row, 2).style().bold().set();
        for (Entry entry : entries) {
            row++;
            sheet.hyperlink(row, 0, HyperLink.internal("'" + entry.title() + "'!A1", entry.title()));
            sheet.style(row, 0).underlined().fontColor("FF1F5FA8").set();
            sheet.inlineString(row, 1, entry.question());
            sheet.value(row, 2, entry.rows());
            sheet.style(row, 2).format("#,##0").set();
            if (entry.shown() < entry.rows()) {
                sheet.inlineString(row, 3, texts.text("workbook.cut", entry.shown(), entry.rows()));
            } else if (entry.rows() == 0) {
                sheet.inlineString(row, 3, entry.whyEmpty());
            }
        }
    }
}
