package koc.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import koc.config.Configuration;
import org.apache.spark.sql.Row;
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
                        "reject_limit 100 10 fail");
    }

    @Test
    void countsThatDoNotCloseFail() {
        ArrivalCounts counts = new ArrivalCounts();
        add(counts, DAY, RowCounts.READ, 100);
        add(counts, DAY, RowCounts.KEPT, 99);

        assertThat(checks(counts)).contains("counts_close 100 1 fail");
    }

    @Test
    void sourcesWithoutRowsAndLaterArrivalsAreLeftOut() {
        ArrivalCounts counts = new ArrivalCounts();
        add(counts, DAY.plusDays(1), RowCounts.READ, 100);

        assertThat(checks(counts)).isEmpty();
    }

    private static void add(ArrivalCounts counts, LocalDate arrived, String check, long rows) {
        counts.counts(Source.COSTS).add(arrived, check, rows);
    }

    private static List<String> checks(ArrivalCounts counts) {
        return new QualityReport(DAY, SETTINGS)
                .rows(counts).stream().map(QualityReportTest::check).toList();
    }

    private static String check(Row row) {
        return row.getString(2) + " " + row.getLong(3) + " " + row.getLong(4) + " " + row.getString(6);
    }
}
