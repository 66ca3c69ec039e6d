package koc.clean.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import koc.config.Configuration;
import koc.error.KocException;
import koc.source.LandingFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The configuration that is proposed for files of other systems. */
class InspectionTest {
    private static final Pattern RATE = Pattern.compile("(\\w+): .*\\((\\d+\\.\\d)%\\) are read.*");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(StrangerExport.class)
    void theExportsOfOtherSystemsAreReadWithTheProposal(StrangerExport export) {
        LandingFolder landing = new LandingFolder(folder);
        export.write(landing);

        Inspection inspection = inspect();

        assertThat(inspection.isComplete()).as(inspection.report().toString()).isTrue();
        for (String line : inspection.report()) {
            Matcher rate = RATE.matcher(line);
            if (rate.matches()) {
                assertThat(Double.parseDouble(rate.group(2))).as(line).isGreaterThanOrEqualTo(99);
            }
        }
    }

    @Test
    void theProposalShowsNoPerson() {
        StrangerExport.SHOPIFY.write(new LandingFolder(folder));

        assertThat(inspect().configuration())
                .contains("user_id = \"Email\"", "\"paid\" = \"purchase\"", "currency = \"USD\"")
                .contains("marketing_opt_out = \"Accepts Email Marketing\"", "\"no\" = \"true\"")
                .doesNotContain("@example.com", "Ann1");
    }

    @Test
    void ofAFileWithoutAHeaderNoRowIsShown() {
        new LandingFolder(folder)
                .file(
                        "users/u.csv",
                        StrangerExport.lines("u9,Ann Lee,ann@shop.test", 20, i -> "u" + i + ",Bo,b@x.test"));

        Inspection inspection = inspect();

        assertThat(inspection.isComplete()).isFalse();
        assertThat(inspection.report()).anyMatch(line -> line.contains("it seems to have no header line"));
        assertThat(inspection.configuration() + inspection.report()).doesNotContain("Ann", "ann@shop.test", "u9");
    }

    @Test
    void theSameFolderGivesTheSameProposal() {
        StrangerExport.WECOM.write(new LandingFolder(folder));

        assertThat(inspect()).isEqualTo(inspect());
    }

    @Test
    void filesInOtherPlacesAreRecognisedByTheirColumns() {
        StrangerExport.YOUZAN.write(new LandingFolder(folder.resolve("_youzan")));
        new LandingFolder(folder)
                .bytes("orders/a.csv", read("_youzan/events/订单.csv"))
                .bytes("客户.csv", read("_youzan/users/客户.csv"))
                .bytes("商品-1.csv", read("_youzan/products/商品.csv"))
                .bytes("商品-2.csv", read("_youzan/products/商品.csv"));

        Inspection inspection = inspect();

        assertThat(inspection.isComplete()).as(inspection.report().toString()).isTrue();
        assertThat(inspection.configuration())
                .contains("events = \"orders\"", "users = \"客户.csv\"", "products = \"商品-*\"");
    }

    @Test
    void anAmbiguousDateIsAskedForAndLeftOut() {
        Inspection inspection = inspectEvents(
                "event_id,occurred_at,user_id,event_type,product_id",
                i -> "e" + i + ",0" + (1 + i % 9) + "/04/2026,u" + i % 20 + ",view,p" + i % 20);

        assertThat(inspection.isComplete()).isFalse();
        assertThat(inspection.configuration()).doesNotContain("dates =");
        assertThat(inspection.report()).anyMatch(line -> line.contains("may be") && line.contains("d/M/yyyy"));
    }

    @Test
    void daysAbove12DecideADate() {
        Inspection inspection = inspectEvents(
                "event_id,occurred_at,user_id,event_type,product_id",
                i -> "e" + i + "," + (1 + i % 28) + "/04/2026,u" + i % 20 + ",view,p" + i % 20);

        assertThat(inspection.isComplete()).isTrue();
        assertThat(inspection.configuration()).contains("[\"d/M/yyyy[ H:mm[:ss]]\"]", "have a day above 12");
    }

    @Test
    void datesInBothOrdersAreAskedForAndLeftOut() {
        Inspection inspection = inspectEvents(
                "event_id,occurred_at,user_id,event_type,product_id",
                i -> "e" + i + "," + (i % 10 == 0 ? "01/13/2026" : (1 + i % 28) + "/01/2026") + ",u" + i % 20
                        + ",view,p" + i % 20);

        assertThat(inspection.isComplete()).isFalse();
        assertThat(inspection.configuration()).doesNotContain("dates =");
        assertThat(inspection.report())
                .anyMatch(line -> line.contains("some dates have the day first, and some the month: 01/13/2026 and"));
    }

    @Test
    void datesOfTwoColumnsInDifferentOrdersAreAskedForAndLeftOut() {
        new LandingFolder(folder)
                .file(
                        "ties/t.csv",
                        StrangerExport.lines(
                                "koc_id,user_id,tie_type,since,until",
                                100,
                                i -> "k,u" + i + ",friend," + (1 + i % 28) + "/01/2026,01/" + (1 + i % 28) + "/2027"));
        Inspection inspection =
                inspectEvents("event_id,occurred_at,user_id,event_type", i -> "e" + i + ",2026-01-01,u1,post");

        assertThat(inspection.configuration()).doesNotContain("dates =");
        assertThat(inspection.report())
                .anyMatch(line -> line.contains("in another order than those of another column"));
    }

    @Test
    void besideDatesInDifferentOrdersOtherFormatsAreProposed() {
        new LandingFolder(folder)
                .file(
                        "ties/t.csv",
                        StrangerExport.lines(
                                "koc_id,user_id,tie_type,since,until",
                                100,
                                i -> "k,u" + i + ",friend,"
                                        + (i % 2 == 0 ? "20260101" : (1 + i % 28) + "/01/2026") + ",01/" + (1 + i % 28)
                                        + "/2027"));

        Inspection inspection =
                inspectEvents("event_id,occurred_at,user_id,event_type", i -> "e" + i + ",2026-01-01,u1,post");

        assertThat(inspection.configuration()).contains("dates = ${koc.source.format.default.dates} [\"yyyyMMdd\"]");
        assertThat(inspection.report())
                .anyMatch(line -> line.contains("since: its dates have day and month in another order"))
                .anyMatch(line -> line.contains("until: its dates have day and month in another order"));
    }

    @Test
    void datesInAnotherOrderThanTheConfigurationsAreAskedFor() {
        Inspection inspection = inspectEvents(
                "event_id,occurred_at,user_id,event_type,product_id",
                i -> "e" + i + ",01/" + (1 + i % 28) + "/2026,u" + i % 20 + ",view,p" + i % 20,
                "koc.source.format.events.dates=[\"d/M/yyyy\"]");

        assertThat(inspection.isComplete()).isFalse();
        assertThat(inspection.configuration()).doesNotContain("M/d/yyyy[");
        assertThat(inspection.report())
                .anyMatch(line -> line.contains("in another order than d/M/yyyy in the setting dates"));
    }

    @Test
    void rowsThatARunWouldRejectAreNotCountedAsRead() {
        Inspection inspection = inspectEvents(
                "event_id,occurred_at,user_id,event_type,product_id,quantity,unit_price",
                i -> "e" + i + "," + (i == 1 ? "1999-12-31" : "2026-01-01") + ",u" + i % 20
                        + (i < 50 ? ",purchase,p1," : ",view,p1,") + (i % 50 == 2 ? "-1" : "1") + ","
                        + (i % 50 == 3 ? "-9.5" : "9.5"));

        assertThat(inspection.report())
                .anyMatch(line -> line.startsWith("events: 97 of 100 sampled rows (97.0%) are read")
                        && line.contains("before_epoch (occurred_at) in 1")
                        && line.contains("negative_amount (quantity) in 1")
                        && line.contains("negative_amount (unit_price) in 1"));
    }

    @Test
    void anAmbiguousAmountIsAskedForAndLeftOut() {
        Inspection inspection = inspectEvents(
                "event_id,occurred_at,user_id,event_type,product_id,unit_price",
                i -> "e" + i + ",2026-01-02,u" + i % 20 + ",purchase,p" + i % 20 + ",\"1,2" + (10 + i % 80) + "\"");

        assertThat(inspection.isComplete()).isFalse();
        assertThat(inspection.configuration()).doesNotContain("numbers =");
        assertThat(inspection.report()).anyMatch(line -> line.contains("numbers such as 1,2"));
    }

    @Test
    void anAnswerDecidesAnAmbiguousAmount() {
        Inspection inspection = inspectEvents(
                "event_id,occurred_at,user_id,event_type,product_id,unit_price",
                i -> "e" + i + ",2026-01-02,u" + i % 20 + ",purchase,p" + i % 20 + ",1." + (210 + i % 80),
                "koc.source.format.events.numbers { decimal = \",\", thousands = \".\" }");

        assertThat(inspection.isComplete()).as(inspection.report().toString()).isTrue();
        assertThat(inspection.report()).noneMatch(line -> line.contains("numbers such as"));
    }

    @Test
    void aFolderThatARunIgnoresIsNoReasonAgainstTheRun() {
        String users = StrangerExport.lines("user_id,nickname,gender,birth_year", 20, i -> i + ",a,f,1990");
        new LandingFolder(folder).file("old/u.csv", users);

        Inspection inspection = inspectEvents(
                "event_id,occurred_at,user_id,event_type,product_id",
                i -> "e" + i + ",2026-01-02,u" + i % 20 + ",view,p" + i % 20);

        assertThat(inspection.report()).contains("old has columns of users too; a run will not read it");
        assertThat(inspection.isComplete()).as(inspection.report().toString()).isTrue();
    }

    @Test
    void twoCurrenciesAreAskedFor() {
        new LandingFolder(folder)
                .file(
                        "events/e.csv",
                        StrangerExport.lines(
                                "event_id,occurred_at,user_id,event_type,product_id,unit_price,currency",
                                100,
                                i -> "e" + i + ",2026-01-02,u" + i % 20 + ",purchase,p" + i % 20 + ",2.50,CNY"))
                .file("users/u.csv", StrangerExport.lines("user_id", 20, i -> "u" + i))
                .file(
                        "products/p.csv",
                        StrangerExport.lines("product_id,price,currency", 20, i -> "p" + i + ",3.50,USD"));

        Inspection inspection = inspect();

        assertThat(inspection.report())
                .anyMatch(line -> line.startsWith("? amounts seem to be in \"CNY\" and in \"USD\""));
        assertThat(inspection.configuration()).doesNotContain("currency =");
    }

    @Test
    void theCurrencyOfTheConfigurationIsOneOfTwoToo() {
        Inspection inspection = inspectEvents(
                "event_id,occurred_at,user_id,event_type,product_id,unit_price,currency",
                i -> "e" + i + ",2026-01-02,u" + i % 20 + ",purchase,p" + i % 20 + ",2.50,"
                        + (i % 2 == 0 ? "CNY" : "USD"));

        assertThat(inspection.report()).anyMatch(line -> line.contains("several currencies (CNY, USD)"));
        assertThat(inspection.configuration()).doesNotContain("currency =");
    }

    @Test
    void ofManyLooseFilesSomeAreSampled() {
        LandingFolder landing = new LandingFolder(folder)
                .file("users/u.csv", StrangerExport.lines("user_id", 20, i -> "u" + i))
                .file("products/p.csv", StrangerExport.lines("product_id", 20, i -> "p" + i));
        for (int file = 10; file < 24; file++) {
            landing.file(
                    "orders-" + file + ".csv",
                    StrangerExport.lines(
                            "event_id,occurred_at,user_id,event_type,product_id",
                            10,
                            i -> "e" + i + ",2026-01-02,u" + i % 20 + ",view,p" + i % 20));
        }

        assertThat(inspect().configuration())
                .contains("events = \"orders-*\"", "events: 12 of 14 files sampled, 120 rows");
    }

    @Test
    void twoColumnsThatFitEquallyAreAskedFor() {
        Inspection inspection = inspectEvents(
                "event_id,event_time,timestamp,user_id,event_type,product_id",
                i -> "e" + i + ",2026-01-02T10:00:00,2026-01-0" + (1 + i % 9) + ",u" + i % 20 + ",view,p" + i % 20);

        assertThat(inspection.isComplete()).isFalse();
        assertThat(inspection.report())
                .contains("events: ? occurred_at may be \"event_time\", \"timestamp\": name one of them")
                .anyMatch(line -> line.startsWith("events: not found, but required: occurred_at"));
    }

    @Test
    void answersInAConfigurationAreKept() {
        String header = "event_id,event_time,timestamp,user_id,event_type,product_id";
        IntFunction<String> row =
                i -> "e" + i + ",2026-01-02T10:00:00,2026-01-0" + (1 + i % 9) + ",u" + i % 20 + ",view,p" + i % 20;
        String answer = "koc.source.columns.events.occurred_at = event_time";

        Inspection inspection = inspectEvents(header, row, answer);

        assertThat(inspection.isComplete()).as(inspection.report().toString()).isTrue();
        assertThat(inspection.configuration()).contains("occurred_at = \"event_time\"");
    }

    @Test
    void productsThatEventsNeedAndThatDoNotExistAreSaid() {
        Inspection inspection = inspectEvents(
                "event_id,occurred_at,user_id,event_type,product_id",
                i -> "e" + i + ",2026-01-02,u" + i % 20 + ",view,p" + i % 40);

        assertThat(inspection.isComplete()).isTrue();
        assertThat(inspection.report())
                .contains(
                        "events: 50% of the sampled ids in product_id are not in products; events of others are rejected");
    }

    @Test
    void twoColumnsOfTheSameNameAreNotProposed() {
        Inspection inspection = inspectEvents(
                "event_id,occurred_at,user_id,event_type,product_id,渠道,渠道",
                i -> "e" + i + ",2026-01-02,u" + i % 20 + ",view,p" + i % 20 + ",a,b");

        assertThat(inspection.isComplete()).isTrue();
        assertThat(inspection.configuration()).doesNotContain("渠道");
    }

    @Test
    void aFileThatIsNoParquetFileIsInput() {
        new LandingFolder(folder).file("events/e.parquet", "no");

        assertThatThrownBy(() -> inspect()).isInstanceOf(KocException.class).hasMessageContaining("not a Parquet file");
    }

    @Test
    void wordsWithoutAMeaningAreAskedFor() {
        Inspection inspection = inspectEvents(
                "event_id,occurred_at,user_id,event_type,product_id",
                i -> "e" + i + ",2026-01-02,u" + i % 20 + "," + (i % 5 == 0 ? "teleport" : "view") + ",p" + i % 20);

        assertThat(inspection.isComplete()).isFalse();
        assertThat(inspection.report()).anyMatch(line -> line.contains("\"teleport\" in 20 rows"));
    }

    private Inspection inspectEvents(String header, IntFunction<String> row, String... settings) {
        new LandingFolder(folder)
                .file("events/e.csv", StrangerExport.lines(header, 100, row))
                .file("users/u.csv", StrangerExport.lines("user_id", 20, i -> "u" + i))
                .file("products/p.csv", StrangerExport.lines("product_id", 20, i -> "p" + i));
        return inspect(settings);
    }

    private byte[] read(String file) {
        try {
            return Files.readAllBytes(folder.resolve(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Inspection inspect(String... settings) {
        Config config = Configuration.load(null, List.of(settings));
        return Inspection.inspect(folder.toString(), new org.apache.hadoop.conf.Configuration(), config);
    }
}
