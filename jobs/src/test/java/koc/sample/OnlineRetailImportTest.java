package koc.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import koc.error.ExitCode;
import koc.error.KocException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnlineRetailImportTest {
    private static final String HEADER =
            "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";

    @TempDir
    Path folder;

    @Test
    void anInvoiceThatBeginsWithCIsARefundOfAPositiveQuantity() throws IOException {
        imported("C536379,22423,REGENCY CAKESTAND,-2,2010-12-01 09:41:00,12.75,14527.0,United Kingdom");

        assertThat(rows("events")).singleElement().satisfies(row -> assertThat(row)
                .endsWith(",2010-12-01T09:41:00,14527,refund,22423,C536379,2,12.75,,,,,"));
    }

    @Test
    void otherNegativeQuantitiesAndMissingCustomersStayForTheCleaningToReject() throws IOException {
        Imported imported = imported("536589,21777,damaged,-10,2010-12-01 16:50:00,0.0,,United Kingdom");

        assertThat(rows("events")).singleElement().satisfies(row -> assertThat(row)
                .endsWith(",2010-12-01T16:50:00,,purchase,21777,536589,-10,0.0,,,,,"));
        assertThat(rows("users")).isEmpty();
        assertThat(imported.rowsRead()).isEqualTo(1);
        assertThat(imported.remarks()).containsEntry("lines without a customer", 1L);
    }

    @Test
    void onlyLinesThatAgreeInEveryFieldShareAnId() throws IOException {
        String line = "536409,21866,UNION JACK FLAG LUGGAGE TAG,1,2010-12-01 11:45:00,1.25,17908.0,United Kingdom";

        imported(line + "\n" + line + "\n" + line.replace(",1,2010", ",2,2010"));

        List<String> ids = rows("events").stream()
                .map(row -> row.substring(0, row.indexOf(',')))
                .toList();
        assertThat(ids).hasSize(3);
        assertThat(ids.get(0)).isEqualTo(ids.get(1)).isNotEqualTo(ids.get(2));
    }

    @Test
    void aQuotedTitleKeepsItsCommaAndQuotes() throws IOException {
        imported("1,22087,\"PAPER BUNTING, 3\"\" WIDE \",1,2010-12-01 11:45:00,1.25,17908,United Kingdom");

        assertThat(rows("products")).containsExactly("22087,\"PAPER BUNTING, 3\"\" WIDE\",party and bunting,,,,,,,,");
    }

    @Test
    void aLineThatStartsLikeACommentIsRead() throws IOException {
        Imported imported = imported("#1,22423,REGENCY CAKESTAND,1,2010-12-01 11:45:00,1.25,17908,Norway");

        assertThat(imported.rowsRead()).isEqualTo(1);
    }

    @Test
    void theMostFrequentTitleAndCountryWin() throws IOException {
        imported("""
                1,22423,check,1,2010-12-01 11:45:00,1.25,17908,France
                2,22423,REGENCY CAKESTAND 3 TIER,1,2010-12-02 11:45:00,1.25,17908,Norway
                3,22423,REGENCY CAKESTAND 3 TIER,1,2010-12-03 11:45:00,1.25,17908,Norway""");

        assertThat(rows("products")).containsExactly("22423,REGENCY CAKESTAND 3 TIER,baking and cake,,,,,,,,");
        assertThat(rows("users")).containsExactly("17908,,,Norway,,,,,,,,,,,,,");
    }

    @Test
    void codesThatAreNotGoodsBecomeServices() throws IOException {
        imported("1,POST,POSTAGE,1,2010-12-01 11:45:00,18.0,17908,France");

        assertThat(rows("products")).containsExactly("POST,POSTAGE,services,,,,,,,,");
    }

    @Test
    void timesOutOfASpreadsheetAreReadMonthFirstAndOthersKept() {
        assertThat(OnlineRetailImport.isoTime("12/1/2010 8:26")).isEqualTo("2010-12-01T08:26:00");
        assertThat(OnlineRetailImport.isoTime("2010-12-01T08:26:00")).isEqualTo("2010-12-01T08:26:00");
        assertThat(OnlineRetailImport.isoTime("some day")).isEqualTo("some day");
    }

    @Test
    void titlesTellTheCategoryByWhatTheThingIs() {
        GiftwareCategories categories = GiftwareCategories.load();

        assertThat(categories.of("WHITE HANGING HEART T-LIGHT HOLDER")).isEqualTo("candles and holders");
        assertThat(categories.of("Red diner wall clock")).isEqualTo("clocks");
        assertThat(categories.of("JUMBO BAG RED RETROSPOT")).isEqualTo("bags and purses");
        assertThat(categories.of("LUNCH BAG RED RETROSPOT")).isEqualTo("lunch boxes and bottles");
        assertThat(categories.of("PARTY METAL SIGN")).isEqualTo("signs and chalkboards");
        assertThat(categories.of("INFLATABLE POLITICAL GLOBE")).isEqualTo(GiftwareCategories.OTHER);
    }

    @Test
    void aFileThatIsNotTheSetIsRefusedByName() throws IOException {
        Path in = Files.createDirectories(folder.resolve("wrong"));

        assertInput(folder.resolve("nowhere"), "not found");
        assertInput(in, "no .csv file");
        Files.writeString(in.resolve("a.csv"), "InvoiceNo,StockCode,Description\n");
        assertInput(in, "header without Quantity, InvoiceDate, UnitPrice, CustomerID, Country");
        Files.writeString(in.resolve("a.csv"), "");
        assertInput(in, "header without InvoiceNo");
        Files.write(
                in.resolve("a.csv"),
                (HEADER + "1,1,\u00A3 SIGN,1,2010-12-01 11:45:00,1,1,UK\n").getBytes(StandardCharsets.ISO_8859_1));
        assertInput(in, "not UTF-8");
    }

    private void assertInput(Path in, String problem) throws IOException {
        Path out = Files.createTempDirectory(folder, "out");
        assertThatThrownBy(() -> Importers.named("online-retail").run(in, out))
                .isInstanceOfSatisfying(KocException.class, failure -> {
                    assertThat(failure.exitCode()).isEqualTo(ExitCode.INPUT);
                    assertThat(failure).hasMessageContaining(problem);
                });
    }

    @Test
    void anUnknownFormatListsTheSupportedOnes() {
        assertThatThrownBy(() -> Importers.named("amazon")).isInstanceOfSatisfying(KocException.class, failure -> {
            assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(failure).hasMessageContaining("cdnow, online-retail");
        });
    }

    @Test
    void theWholeSetKeepsEveryLine() throws IOException, InterruptedException {
        String reference = System.getenv("KOC_REFERENCE_DATA");
        Assumptions.assumeTrue(
                reference != null,
                "not run: set KOC_REFERENCE_DATA to a folder with online_retail/ (CSV files) or online_retail.tgz");
        Path in = unpacked(Path.of(String.valueOf(reference)));

        Imported imported = Importers.named("online-retail").run(in, folder.resolve("landing"));

        Set<String> ids = new HashSet<>();
        long others = 0;
        for (String row : rows("events")) {
            ids.add(row.substring(0, row.indexOf(',')));
        }
        for (String row : rows("products")) {
            others += row.contains("," + GiftwareCategories.OTHER + ",") ? 1 : 0;
        }
        assertThat(imported.rowsRead()).isEqualTo(541_909);
        assertThat(imported.rowsWritten()).containsEntry("events", 541_909L).containsEntry("users", 4_372L);
        assertThat(imported.remarks()).containsEntry("lines without a customer", 135_080L);
        assertThat(541_909 - ids.size()).isEqualTo(5_268);
        assertThat((double) others / imported.rowsWritten().getOrDefault("products", 0L))
                .isLessThan(.15);
    }

    private Path unpacked(Path reference) throws IOException, InterruptedException {
        Path in = reference.resolve("online_retail");
        if (Files.isDirectory(in)) {
            return in;
        }
        Path out = Files.createDirectories(folder.resolve("unpacked"));
        String archive = reference.resolve("online_retail.tgz").toString();
        int status = new ProcessBuilder("tar", "xzf", archive, "-C", out.toString())
                .inheritIO()
                .start()
                .waitFor();
        assertThat(status).as("unpacking " + archive).isZero();
        return out;
    }

    private Imported imported(String lines) throws IOException {
        Path in = Files.createDirectories(folder.resolve("set"));
        Files.writeString(in.resolve("a.csv"), HEADER + lines + "\n");
        return Importers.named("online-retail").run(in, folder.resolve("landing"));
    }

    private List<String> rows(String source) throws IOException {
        Path file = folder.resolve("landing").resolve(source).resolve(source + "-001.csv");
        if (!Files.exists(file)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.skip(1).toList();
        }
    }
}
