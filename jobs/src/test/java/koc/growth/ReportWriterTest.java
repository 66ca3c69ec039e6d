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
        Warehouse tables = tables(folder);
        ReportWriter writer = new ReportWriter(tables, DAY);

        writer.write(GrowthTables.CONTENT_TO_REPOST, tables.empty(GrowthTables.CONTENT_TO_REPOST));
        writer.write(GrowthTables.KOC_FUNNEL, tables.empty(GrowthTables.KOC_FUNNEL));
        writer.writeEmpty(GrowthTables.GROUP_HEALTH);

        assertThat(writer.emptyReports())
                .containsExactly(GrowthTables.KOC_FUNNEL, GrowthTables.CONTENT_TO_REPOST);
        assertThat(tables.read(GrowthTables.GROUP_HEALTH, DAY).isEmpty()).isTrue();
    }

    @Test
    void reportsWithRowsAreWrittenAndNotListed() {
        Warehouse tables = tables(folder);
        ReportWriter writer = new ReportWriter(tables, DAY);

        boolean hasRows = writer.write(GrowthTables.ACQUISITION_LEADS, rows(GrowthTables.ACQUISITION_LEADS, """
                day        | koc_id | rank | user_id | scene | found_by | reason
                2024-06-30 | k      | 1    | a       | order | county   | lives in J
                """));

        assertThat(hasRows).isTrue();
        assertThat(writer.emptyReports()).isEmpty();
        assertThat(tables.read(GrowthTables.ACQUISITION_LEADS, DAY).count()).isEqualTo(1);
    }
}
