package koc.growth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import koc.tables.GrowthTables;
import koc.warehouse.Warehouse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportWriterTest extends GrowthReportTest {
    private static final LocalDate DAY = day("2024-06-30");

    @TempDir
    Path folder;

    @Test
    void emptyReportsAreListedInTheOrderOfTheCatalog() {
        Warehouse warehouse = openWarehouse(folder);
        ReportWriter writer = new ReportWriter(warehouse, DAY);

        writer.write(GrowthTables.CONTENT_TO_REPOST, warehouse.empty(GrowthTables.CONTENT_TO_REPOST));
        writer.write(GrowthTables.KOC_FUNNEL, warehouse.empty(GrowthTables.KOC_FUNNEL));
        writer.writeEmpty(GrowthTables.GROUP_HEALTH);

        assertThat(writer.emptyReports()).containsExactly(GrowthTables.KOC_FUNNEL, GrowthTables.CONTENT_TO_REPOST);
        assertThat(warehouse.read(GrowthTables.GROUP_HEALTH, DAY).isEmpty()).isTrue();
    }

    @Test
    void reportsWithRowsAreWrittenAndNotListed() {
        Warehouse warehouse = openWarehouse(folder);
        ReportWriter writer = new ReportWriter(warehouse, DAY);

        boolean hasRows = writer.write(GrowthTables.ACQUISITION_LEADS, rows(GrowthTables.ACQUISITION_LEADS, """
                day        | koc_id | rank | user_id | scene | found_by | kocs | is_main_portrait | inquiries_asked_90d | orders_365d | net_spend_365d | reason | history_days
                2024-06-30 | k      | 1    | a       | order | county   | 0    | false            | 0                   | 0           | 0              | lives in J | 365
                """));

        assertThat(hasRows).isTrue();
        assertThat(writer.emptyReports()).isEmpty();
        assertThat(warehouse.read(GrowthTables.ACQUISITION_LEADS, DAY).count()).isEqualTo(1);
    }
}
