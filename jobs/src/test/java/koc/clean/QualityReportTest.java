package koc.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import koc.config.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class QualityReportTest {
    private static final LocalDate DAY = LocalDate.parse("2024-03-01");
    private static final CleanSettings SETTINGS = CleanSettings.from(Configuration.load(null, List.of()));

    @Test
    void everyCheckOfALandedSourceHasARow() {
        ArrivalCounts counts = new ArrivalCounts();
        add(counts, DAY, RowCounts.READ, 100);
        add(counts, DAY, RowCounts.KEPT, 90);
        add(counts, DAY, RejectReason.BAD_TYPE.code(), 10);

        assertThat(checks(counts))
                .containsExactly(
                        "malformed 100 0 pass",
                        "missing_field 100 0 pass",
                        "bad_type 100 10 warn",
                        "negative_amount 100 0 pass",
                        "future 100 0 pass",
                        "before_epoch 100 0 pass",
                        "counts_close 100 0 pass",
                        "reject_limit 100 10 fail",
                        "ids_look_rounded 100 0 pass");
    }

    @Test
    void valuesThatAreLeftOutWarnAndIdsOnlyAboveTheLimit() {
        ArrivalCounts counts = new ArrivalCounts();
        RowCounts events = counts.counts(Source.EVENTS);
        events.add(DAY, RowCounts.READ, 100);
        events.add(DAY, RowCounts.KEPT, 100);
        events.add(DAY, "unread_rating", 3);
        events.add(DAY, "unknown_user", 21);
        events.add(DAY, ReferenceCheck.EVENTS_WITH_SHARER, 10);
        events.add(DAY, "unknown_sharer", 2);

        assertThat(checks(counts))
                .contains(
                        "unread_rating 100 3 warn",
                        "unknown_user 100 21 warn",
                        "unknown_sharer 10 2 pass",
                        "unknown_product_of_interest 0 0 pass");
    }

    @Test
    void countsThatDoNotCloseFail() {
        ArrivalCounts counts = new ArrivalCounts();
        add(counts, DAY, RowCounts.READ, 100);
        add(counts, DAY, RowCounts.KEPT, 99);

        assertThat(checks(counts)).contains("counts_close 100 1 fail");
    }

    @Test
    void filesWithoutRowsAreCountedLikeOthers() {
        ArrivalCounts counts = new ArrivalCounts();
        add(counts, DAY, FileChecks.LISTED, 2);
        add(counts, DAY, FileChecks.READ, 2);

        assertThat(checks(counts))
                .contains(
                        "malformed 0 0 pass",
                        "counts_close 0 0 pass",
                        "reject_limit 0 0 pass",
                        "files_listed 2 0 pass",
                        "files_read 2 0 pass",
                        "records_counted 0 0 pass");
    }

    @Test
    void sourcesWithoutFilesAndLaterArrivalsAreLeftOut() {
        ArrivalCounts counts = new ArrivalCounts();
        add(counts, DAY.plusDays(1), RowCounts.READ, 100);

        assertThat(checks(counts)).isEmpty();
    }

    @Test
    void aFewBadRowsPassAndMoreThanTheLimitWarn() {
        assertThat(verdict(counts(37_079, 42), new QualityHistory())).isEqualTo("pass");
        assertThat(verdict(counts(37_079, 660), new QualityHistory())).isEqualTo("warn");
        // 1 of 92 is 1.1%, above the limit of 1%, but one row is no evidence of that.
        assertThat(verdict(counts(92, 1), new QualityHistory())).isEqualTo("pass");
    }

    @Test
    void moreBadRowsThanBeforeWarnAndSayHowMany() {
        QualityHistory history = badTypes(10_000, 10);

        assertThat(verdict(counts(11_000, 12), history)).isEqualTo("pass");
        assertThat(verdict(counts(11_000, 22), history)).isEqualTo("warn");
        assertThat(row(counts(11_000, 22), history).getString(8))
                .endsWith("12 of the 1,000 rows since the previous run (1.20%), 0.10% of the rows before");
        assertThat(row(counts(11_000, 22), history).getDouble(6)).isEqualTo(0.001);
    }

    @Test
    void replacedRowsAreComparedAsAWhole() {
        assertThat(verdict(counts(9_000, 60), badTypes(10_000, 10))).isEqualTo("warn");
        assertThat(verdict(counts(9_000, 9), badTypes(10_000, 10))).isEqualTo("pass");
    }

    @Test
    void aChangeOfTooFewRowsToMatterPasses() {
        assertThat(verdict(counts(200_000, 90), badTypes(100_000, 0))).isEqualTo("pass");
    }

    @Test
    void anArrivalOfUnusualSizeWarns() {
        assertThat(arrivalSize(100)).isEqualTo("arrival_size 100 0 pass");
        assertThat(arrivalSize(201)).isEqualTo("arrival_size 201 101 warn");
        assertThat(arrivalSize(49)).isEqualTo("arrival_size 49 51 warn");
    }

    private static String arrivalSize(long newest) {
        ArrivalCounts counts = new ArrivalCounts();
        for (int ago = 1; ago <= 7; ago++) {
            counts.counts(Source.EVENTS).add(DAY.minusDays(ago), RowCounts.READ, 100);
        }
        counts.counts(Source.EVENTS).add(DAY, RowCounts.READ, newest);
        return checks(counts).stream()
                .filter(check -> check.startsWith("arrival_size"))
                .findFirst()
                .orElseThrow();
    }

    private static ArrivalCounts counts(long rows, long bad) {
        ArrivalCounts counts = new ArrivalCounts();
        add(counts, DAY, RowCounts.READ, rows);
        add(counts, DAY, RejectReason.BAD_TYPE.code(), bad);
        return counts;
    }

    private static QualityHistory badTypes(long rows, long failed) {
        QualityHistory history = new QualityHistory();
        history.add("costs", "bad_type", new CheckCounts(rows, failed));
        return history;
    }

    private static String verdict(ArrivalCounts counts, QualityHistory history) {
        return row(counts, history).getString(7);
    }

    private static Row row(ArrivalCounts counts, QualityHistory history) {
        return new QualityReport(DAY, SETTINGS, history)
                .rows(counts).stream()
                        .filter(row -> row.getString(2).equals("bad_type"))
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    void aBrandWhoseProductsStateDifferentTiersIsAWarning() {
        QualityReport report = new QualityReport(DAY, SETTINGS, new QualityHistory());

        assertThat(report.brandTiers(tiers(20, 3, 2)).map(QualityReportTest::check))
                .contains("brand_tiers_agree 20 3 warn");
        assertThat(report.brandTiers(tiers(20, 0, 0)).map(QualityReportTest::check))
                .contains("brand_tiers_agree 20 0 pass");
        assertThat(report.brandTiers(tiers(0, 0, 0))).isEmpty();
    }

    private static Row tiers(long products, long deviating, long brands) {
        return new GenericRowWithSchema(
                new Object[] {products, deviating, brands},
                StructType.fromDDL("products BIGINT, deviating BIGINT, brands BIGINT"));
    }

    private static void add(ArrivalCounts counts, LocalDate arrived, String check, long rows) {
        counts.counts(Source.COSTS).add(arrived, check, rows);
    }

    private static List<String> checks(ArrivalCounts counts) {
        return new QualityReport(DAY, SETTINGS, new QualityHistory())
                .rows(counts).stream().map(QualityReportTest::check).toList();
    }

    private static String check(Row row) {
        return row.getString(2) + " " + row.getLong(3) + " " + row.getLong(4) + " " + row.getString(7);
    }
}
