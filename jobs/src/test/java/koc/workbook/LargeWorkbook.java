package koc.workbook;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import koc.tables.RecommendTables;
import koc.text.Texts;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Writes the recommendations of 5,000 KOCs, 20 for each, in a process of its own. */
final class LargeWorkbook {
    private static final int ROWS = 100_000;

    private LargeWorkbook() {}

    /** Writes into the folder that is the argument. */
    public static void main(String[] args) throws IOException {
        Sheet sheet = Sheet.of(RecommendTables.KOC_RECOMMENDATIONS, "koc_id", "rank", "title", "reason");
        new WorkbookWriter(Texts.of("en"), "CNY", LocalDate.parse("2024-06-30"), ROWS)
                .write(
                        new Sheets.Workbook("marketer", List.of(sheet)),
                        Path.of(args[0]),
                        (any, columns) -> IntStream.range(0, ROWS)
                                .mapToObj(i -> row(i, columns))
                                .iterator());
    }

    private static Row row(int i, List<SheetColumn> columns) {
        return RowFactory.create(columns.stream()
                .map(column -> switch (column.format()) {
                    case TEXT -> column.name() + i;
                    case SENTENCE -> "About " + i + " members will buy this in 4 weeks. " + "Say so. ".repeat(10);
                    case DATE -> Date.valueOf("2024-06-30");
                    case COUNT -> Long.valueOf(i);
                    case NUMBER, MONEY, FRACTION -> i / 7.0;
                })
                .toArray());
    }
}
