package koc.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import koc.Silence;
import koc.SparkTest;
import koc.report.Action.Kind;
import koc.run.JobRun;
import koc.tables.EconomicsTables;
import koc.tables.KocTables;
import koc.tables.RecommendTables;
import koc.warehouse.Warehouse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActionQueriesTest extends SparkTest {
    private static final LocalDate DAY = LocalDate.parse("2024-06-30");
    private static final String LONG_TITLE = "字".repeat(300);

    @TempDir
    static Path folder;

    @BeforeAll
    static void write() {
        ActionQueries.READS.forEach(table -> warehouse().write(table, DAY, List.of()));
        TableRows.write(
                warehouse(),
                KocTables.KOC_RANKING,
                DAY,
                List.of(
                        Map.of("koc_id", "one", "net_sales_30d", new BigDecimal("1500")),
                        Map.of("koc_id", "two", "net_sales_30d", new BigDecimal("1500"), "rank", 2)));
        TableRows.write(
                warehouse(),
                KocTables.KOC_LIFECYCLE,
                DAY,
                List.of(near("one", "net sales 1,500.00"), near("two", "net sales 1,500.00, trainings 1")));
        TableRows.write(
                warehouse(),
                EconomicsTables.KOC_ECONOMICS,
                DAY,
                List.of(Map.of(
                        "koc_id",
                        "one",
                        "verdict",
                        "loses_money",
                        "cost",
                        new BigDecimal("100"),
                        "customer_value",
                        new BigDecimal("40"))));
        TableRows.write(
                warehouse(),
                RecommendTables.KOC_RECOMMENDATIONS,
                DAY,
                List.of(share(1, "p1", "Tea"), share(2, "p2", "Jam"), share(3, "p3", LONG_TITLE)));
    }

    @Test
    void aNumberWithACommaIsOneThingThatIsMissing() {
        assertThat(of(Kind.LEVEL, config())).extracting(Action::about).containsExactly("one");
    }

    @Test
    void aLossIsThatOfFourWeeksOfTheWindowOfCosts() {
        Action ofThirtyDays =
                of(Kind.COST, config("koc.economics.koc.window-days=30")).get(0);
        Action ofNinetyDays = of(Kind.COST, config()).get(0);

        assertThat(ofThirtyDays.gain()).isEqualTo(56);
        assertThat(Actions.sentence(ofThirtyDays, "en")).contains("100 CNY in 30 days");
        assertThat(ofNinetyDays.gain()).isEqualTo(60 * (28.0 / 90));
        assertThat(Actions.sentence(ofNinetyDays, "zh")).contains("90 天");
    }

    @Test
    void equalGainsOfAKocAreInAFixedOrder() {
        assertThat(of(Kind.SHARE, config()))
                .extracting(action -> action.values().get(1))
                .startsWith("Jam", "Tea");
    }

    @Test
    void aLongTitleLeavesTheNumbersInTheSentence() {
        assertThat(of(Kind.SHARE, config()).get(2).values())
                .startsWith("one", "字".repeat(79) + "…")
                .endsWith("2.0", "50 CNY");
    }

    private static Map<String, Object> near(String koc, String missing) {
        return Map.of("koc_id", koc, "listed_as", "koc", "level", "bronze", "next_level", "silver", "missing", missing);
    }

    private static Map<String, Object> share(int rank, String product, String title) {
        return Map.of(
                "koc_id",
                "one",
                "rank",
                rank,
                "product_id",
                product,
                "title",
                title,
                "expected_buyers",
                2.0,
                "expected_margin",
                new BigDecimal("50"),
                "is_ready",
                true,
                "advice",
                "recommend");
    }

    private static List<Action> of(Kind kind, Config config) {
        JobRun run = new JobRun(DAY, null, null, false, warehouse(), new Silence());
        return new ActionQueries(run, ReportSettings.from(config))
                .candidates().stream().filter(action -> action.kind() == kind).toList();
    }

    private static Warehouse warehouse() {
        Warehouse warehouse = openWarehouse(folder.resolve("warehouse"));
        warehouse.useRunHistory((day, job) -> true);
        return warehouse;
    }
}
