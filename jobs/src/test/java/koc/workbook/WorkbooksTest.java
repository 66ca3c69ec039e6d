package koc.workbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import koc.Silence;
import koc.SparkTest;
import koc.report.TableRows;
import koc.run.JobRun;
import koc.tables.CardTables;
import koc.tables.CleanTables;
import koc.tables.EconomicsTables;
import koc.tables.GrowthTables;
import koc.tables.KocTables;
import koc.tables.RecommendTables;
import koc.warehouse.Warehouse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The workbooks of a warehouse in which only the pools of two KOCs are known. */
class WorkbooksTest extends SparkTest {
    private static final LocalDate DAY = day("2024-06-30");

    @TempDir
    Path folder;

    @Test
    void sheetsShowTheRowsInOrderWithNamesBesideIds() throws IOException {
        Warehouse warehouse = openWarehouse(folder.resolve("warehouse"));
        warehouse.useRunHistory((day, job) -> true);
        Workbooks workbooks = new Workbooks(config());
        workbooks.reads().forEach(table -> warehouse.write(table, DAY, List.of()));
        warehouse.write(CleanTables.USERS, DAY, rows(CleanTables.USERS, """
                arrived    | user_id | role     | nickname | marketing_opt_out
                2024-06-30 | 01      | consumer | =Anna    | false
                2024-06-30 | 02      | consumer |          | false
                """));
        warehouse.write(RecommendTables.KOC_POOL_MIX, DAY, rows(RecommendTables.KOC_POOL_MIX, """
                day        | koc_id | portrait_id | portrait_name | members | member_fraction | population_fraction
                2024-06-30 | 02     | p1          | Fruit         | 5       | 1               | 0.5
                2024-06-30 | 01     | p2          | Tea           | 1       | 0.25            | 0.1
                2024-06-30 | 01     | p1          | Fruit         | 3       | 0.75            | 0.5
                """));

        warehouse.write(GrowthTables.ACQUISITION_LEADS, DAY, rows(GrowthTables.ACQUISITION_LEADS, """
                day        | koc_id | rank | user_id | kocs | is_main_portrait | scene | found_by | history_days | inquiries_asked_90d | orders_365d | net_spend_365d | reason
                2024-06-30 | 01     | 1    | 02      | 0    | false            | order | county   | 120          | 0                   | 1           | 5              | -
                """));

        workbooks.write(new JobRun(DAY, null, null, false, warehouse, new Silence()), folder.resolve("out"));

        Path excel = folder.resolve("out/excel");
        assertThat(Files.readString(excel.resolve("marketer/koc_pool_mix.csv"))
                        .lines()
                        .skip(1))
                .containsExactly(
                        "'=Anna,01,Fruit,p1,3,0.75,0.5", "'=Anna,01,Tea,p2,1,0.25,0.1", "02,02,Fruit,p1,5,1,0.5");
        assertThat(new Xlsx(excel.resolve("marketer.xlsx")).cells("Pool mix"))
                .containsEntry("A2", "text:=Anna")
                .containsEntry("B2", "text:01")
                .containsEntry("E2", "n:3");
        assertThat(new Xlsx(excel.resolve("koc-manager.xlsx")).cells("Next KOCs"))
                .containsEntry(
                        "A2",
                        "text:Nothing here: no inactive KOC would add coverage; recruit new ones (sheet Levels, or"
                                + " koc_lifecycle).");
        assertThat(excel.resolve("marketer/acquisition_leads.csv")).content().contains("\"Orders, 120 days\"");
        assertThat(excel.resolve("koc-manager/county_next_kocs.csv")).content().hasLineCount(1);
        try (Stream<Path> files = Files.walk(excel)) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(3 + 17);
        }
    }

    @Test
    void noSheetAsksForMoreOfAKocThanTheirCardAndNoneShowsARatioOfTooFewCustomers() throws IOException {
        Warehouse warehouse = openWarehouse(folder.resolve("warehouse"));
        warehouse.useRunHistory((day, job) -> true);
        Workbooks workbooks = new Workbooks(config());
        workbooks.reads().forEach(table -> warehouse.write(table, DAY, List.of()));
        TableRows.write(
                warehouse, KocTables.KOC_RANKING, DAY, List.of(Map.of("koc_id", "01", "next_action", "Let 01 share")));
        TableRows.write(
                warehouse,
                CardTables.KOC_CARD,
                DAY,
                List.of(Map.of(
                        "koc_id",
                        "01",
                        "next_action",
                        "Spend no more",
                        "overall_verdict",
                        "too_few_to_tell",
                        "incremental_ratio",
                        0.0,
                        "incremental_ratio_low",
                        0.1)));
        TableRows.write(
                warehouse,
                KocTables.KOC_LIFECYCLE,
                DAY,
                List.of(
                        lifecycle("01", "koc"),
                        lifecycle("02", "koc"),
                        lifecycle("03", "unproven"),
                        lifecycle("04", "koc")));
        TableRows.write(
                warehouse,
                EconomicsTables.KOC_ECONOMICS,
                DAY,
                List.of(
                        Map.of("koc_id", "01", "overall_verdict", "loses_money", "incremental_ratio_high", 0.9),
                        Map.of("koc_id", "02", "overall_verdict", "too_few_to_tell", "incremental_ratio_high", 1.9),
                        Map.of("koc_id", "03", "overall_verdict", "loses_money", "incremental_ratio_high", 0.9),
                        Map.of(
                                "koc_id",
                                "05",
                                "overall_verdict",
                                "too_few_to_tell",
                                "new_customers",
                                60L,
                                "incremental_ratio_high",
                                1.4)));

        workbooks.write(new JobRun(DAY, null, null, false, warehouse, new Silence()), folder.resolve("out"));

        Path csv = folder.resolve("out/excel/koc-manager");
        assertThat(column(csv.resolve("koc_ranking.csv"), "Do first")).containsExactly("Spend no more");
        assertThat(column(csv.resolve("koc_lifecycle.csv"), "For the next level (what to do first: see KOC cards)"))
                .containsExactlyInAnyOrder("", "Help 02", "Help 03", "Help 04");
        assertThat(column(csv.resolve("koc_card.csv"), "Value caused / cost")).containsExactly("");
        assertThat(column(csv.resolve("koc_economics.csv"), "Value caused / cost, high end"))
                .containsExactlyInAnyOrder("0.9", "", "0.9", "1.4");
    }

    private static Map<String, Object> lifecycle(String koc, String listedAs) {
        return Map.of("koc_id", koc, "listed_as", listedAs, "next_action", "Help " + koc);
    }

    /** The cells below this header, of a file whose cells have no line breaks. */
    private static List<String> column(Path csv, String header) throws IOException {
        List<List<String>> lines = Files.readAllLines(csv).stream()
                .map(line -> Stream.of(line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1))
                        .map(cell -> cell.replace("\"", ""))
                        .toList())
                .toList();
        int position = lines.get(0).indexOf(header);
        return lines.stream().skip(1).map(line -> line.get(position)).toList();
    }
}
