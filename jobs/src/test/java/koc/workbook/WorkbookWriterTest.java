package koc.workbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import koc.text.Texts;
import koc.warehouse.Table;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The workbook is read as its format is defined, and the CSV file as text. */
class WorkbookWriterTest {
    private static final LocalDate DAY = LocalDate.parse("2024-06-30");
    private static final String LONG_TITLE = "\uD83C\uDF52".repeat(2_500);

    /** The texts of the sheet are those of portraits; the columns are such that each kind occurs. */
    private static final Sheet SHEET = Sheet.of(Table.named("portraits").columns("""
                            day          DATE COMMENT 'Run date',
                            user_id      STRING COMMENT 'Number of a phone',
                            title        STRING COMMENT 'Title, as landed',
                            level        STRING COMMENT 'Code word',
                            launched_on  DATE COMMENT 'First day',
                            users        BIGINT COMMENT 'How many',
                            net_sales    DECIMAL(18,2) COMMENT 'Money',
                            reached_rate DOUBLE COMMENT 'Fraction',
                            lift         DOUBLE COMMENT 'Factor',
                            is_new       BOOLEAN COMMENT 'Whether it is new'"""), "user_id", "title");

    @TempDir
    Path folder;

    @Test
    void textsStayTextWhateverTheyContain() throws IOException {
        List<String> titles = List.of(
                "=HYPERLINK(\"http://x\",\"y\")",
                "+1",
                "-2+3",
                "@SUM(A1)",
                "\t=1",
                "\r=1",
                "\u202Egnp.exe",
                "\u200F\u05D0",
                LONG_TITLE,
                "<b>&amp;</b>",
                "007");

        write("en", titles.stream().map(title -> row("00123", title)).toList());

        Map<String, String> cells = workbook().cells("Portraits");
        for (int i = 0; i < titles.size(); i++) {
            assertThat(cells)
                    .containsEntry("A" + (i + 2), "text:00123")
                    .containsEntry("B" + (i + 2), "text:" + titles.get(i));
        }
        assertThat(cells.values()).noneMatch(cell -> cell.startsWith("formula"));
        assertThat(workbook().format("Portraits", "A2")).isEqualTo("@");
        assertThat(csv())
                .startsWith("\uFEFFUser id,Product,")
                .contains("00123,\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\",")
                .contains(",'+1,", ",'-2+3,", ",'@SUM(A1),", ",'\t=1,", ",\"'\r=1\",")
                .contains(",\u202Egnp.exe,", ",\u200F\u05D0,", "," + LONG_TITLE + ",", ",<b>&amp;</b>,", ",007,");
    }

    @Test
    void numbersAndDatesAreNumbersWithFormats() throws IOException {
        write(
                "en",
                List.of(RowFactory.create(
                        "u", "t", "gold", Date.valueOf(DAY), 12_345L, new BigDecimal("-1234.50"), .125, 1.5, true)));

        Map<String, String> cells = workbook().cells("Portraits");
        assertThat(cells)
                .containsEntry("C2", "text:gold")
                .containsEntry("D2", "n:45473.0")
                .containsEntry("E2", "n:12345")
                .containsEntry("F2", "n:-1234.50")
                .containsEntry("G2", "n:0.125")
                .containsEntry("H2", "n:1.5")
                .containsEntry("I2", "text:yes");
        assertThat(workbook().format("Portraits", "D2")).isEqualTo("yyyy-mm-dd");
        assertThat(workbook().format("Portraits", "F2")).isEqualTo("#,##0.00");
        assertThat(workbook().format("Portraits", "G2")).isEqualTo("0.0##%");
        assertThat(csv()).endsWith("\r\nu,t,gold,2024-06-30,12345,-1234.50,0.125,1.5,yes\r\n");
    }

    @Test
    void nothingUnknownInfiniteOrTooLongBecomesAWrongNumber() throws IOException {
        write(
                "en",
                List.of(
                        RowFactory.create(null, null, null, null, null, null, null, null, null),
                        RowFactory.create(
                                "u",
                                "t",
                                "none such",
                                null,
                                1_234_567_890_123_456_789L,
                                new BigDecimal("1.00"),
                                Double.NaN,
                                Double.POSITIVE_INFINITY,
                                false)));

        assertThat(workbook().cells("Portraits"))
                .doesNotContainKeys("A2", "D2", "I2", "G3", "H3")
                .containsEntry("C3", "text:none such")
                .containsEntry("E3", "text:1234567890123456789");
        assertThat(csv()).endsWith("\r\n,,,,,,,,\r\nu,t,none such,,1234567890123456789,1.00,,,no\r\n");
    }

    @Test
    void theSheetHasAFrozenHeaderAFilterAndFoldedColumns() throws IOException {
        write("en", List.of(row("u", "t"), row("v", "t")));

        Document sheet = workbook().sheet("Portraits");
        assertThat(Xlsx.elements(sheet, "pane").get(0).getAttribute("topLeftCell"))
                .isEqualTo("C2");
        assertThat(Xlsx.elements(sheet, "autoFilter").get(0).getAttribute("ref"))
                .isEqualTo("A1:I3");
        assertThat(Xlsx.elements(sheet, "sheetFormatPr").get(0).getAttribute("outlineLevelCol"))
                .isEqualTo("1");
        List<Element> columns = Xlsx.elements(sheet, "col");
        assertThat(columns.subList(0, 2))
                .allMatch(column -> column.getAttribute("hidden").isEmpty());
        assertThat(columns.subList(2, 9))
                .allMatch(column -> column.getAttribute("hidden").equals("true")
                        && column.getAttribute("outlineLevel").equals("1"));
        assertThat(columns.get(1).getAttribute("width")).isEqualTo("60.0");
    }

    @Test
    void theFirstSheetSaysWhatTheOthersAnswerAndTheLastWhatColumnsMean() throws IOException {
        write("en", List.of(row("u", "t")));

        assertThat(workbook().sheets()).containsExactly("Start", "Portraits", "Definitions");
        assertThat(workbook().cells("Start").values())
                .contains("text:Marketer", "text:Results of 2024-06-30", "text:All money is in CNY.")
                .contains("text:Portraits", "text:Who are our users?", "n:1");
        assertThat(workbook().cells("Definitions"))
                .containsEntry("B3", "text:Product")
                .containsEntry("C3", "text:title")
                .containsEntry("D3", "text:Title, as landed");
    }

    @Test
    void aChineseWorkbookIsChinese() throws IOException {
        write("zh", List.of(RowFactory.create("u", "t", "gold", null, null, null, null, null, true)));

        assertThat(workbook().sheets()).containsExactly("开始", "用户画像", "说明");
        assertThat(workbook().cells("用户画像"))
                .containsEntry("A1", "text:用户编号")
                .containsEntry("C2", "text:金牌")
                .containsEntry("I2", "text:是");
    }

    @Test
    void rowsThatDoNotFitAreInTheCsvFileAndTheFirstSheetSaysSo() throws IOException {
        writer("en", 2)
                .write(content(), folder, (sheet, columns) -> List.of(row("u", "t"), row("v", "t"), row("w", "t"))
                        .iterator());

        assertThat(workbook().cells("Portraits")).containsKey("A3").doesNotContainKey("A4");
        assertThat(csv().lines()).hasSize(4);
        assertThat(workbook().cells("Start").values()).contains("text:The first 2 of 3 rows; the CSV has all.");
    }

    @Test
    void aSheetWithoutRowsHasItsHeaderAndSaysWhy() throws IOException {
        write("en", List.of());

        assertThat(workbook().cells("Portraits"))
                .containsEntry("A1", "text:User id")
                .containsEntry("A2", "text:Nothing here: no user has enough activity.")
                .hasSize(10);
        assertThat(workbook().cells("Start").values())
                .contains("n:0", "text:Nothing here: no user has enough activity.");
        assertThat(csv().lines()).hasSize(1);
    }

    @Test
    void batchesFollowEachOther() throws IOException {
        write("en", IntStream.range(0, 1_234).mapToObj(i -> row("u" + i, "t")).toList());

        Map<String, String> cells = workbook().cells("Portraits");
        IntStream.range(0, 1_234).forEach(i -> assertThat(cells).containsEntry("A" + (i + 2), "text:u" + i));
    }

    @Test
    void equalRowsGiveEqualBytes() throws IOException {
        List<Row> rows = List.of(row("u", "t"), row("v", "\u202E"));
        write("en", rows);
        byte[] before = Files.readAllBytes(folder.resolve("marketer.xlsx"));

        write("en", rows);

        assertThat(Files.readAllBytes(folder.resolve("marketer.xlsx"))).isEqualTo(before);
        try (ZipFile zip = new ZipFile(folder.resolve("marketer.xlsx").toFile())) {
            List<? extends ZipEntry> entries = Collections.list(zip.entries());
            assertThat(entries).allMatch(entry -> entry.getTimeLocal().getYear() == 1980);
            assertThat(new String(
                            zip.getInputStream(zip.getEntry("docProps/core.xml"))
                                    .readAllBytes(),
                            StandardCharsets.UTF_8))
                    .contains(">2024-06-30T00:00:00Z<");
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("marketer", "marketer.xlsx");
        }
    }

    @Test
    void aTextLongerThanACellIsCutBetweenCharacters() {
        assertThat(SheetWriter.fitting("a".repeat(32_767))).hasSize(32_767).endsWith("a");
        assertThat(SheetWriter.fitting("a".repeat(32_768))).hasSize(32_767).endsWith("a\u2026");
        assertThat(SheetWriter.fitting("a" + "\uD83C\uDF52".repeat(16_400)))
                .hasSize(32_766)
                .endsWith("\uDF52\u2026");
    }

    private void write(String language, List<Row> rows) throws IOException {
        writer(language, 1_000_000).write(content(), folder, (sheet, columns) -> rows.iterator());
    }

    private static WorkbookWriter writer(String language, int maxRows) {
        return new WorkbookWriter(Texts.of(language), "CNY", DAY, maxRows);
    }

    private static Sheets.Workbook content() {
        return new Sheets.Workbook("marketer", List.of(SHEET));
    }

    private static Row row(String id, String title) {
        List<Object> values = new ArrayList<>(Arrays.asList(new Object[9]));
        values.set(0, id);
        values.set(1, title);
        return RowFactory.create(values.toArray());
    }

    private Xlsx workbook() {
        return new Xlsx(folder.resolve("marketer.xlsx"));
    }

    private String csv() throws IOException {
        return Files.readString(folder.resolve("marketer/portraits.csv"));
    }
}
