package koc.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import koc.ReportBrowser;
import koc.Silence;
import koc.SparkTest;
import koc.run.JobRun;
import koc.run.PublishedFiles;
import koc.tables.CardTables;
import koc.tables.CleanTables;
import koc.tables.EconomicsTables;
import koc.tables.FeatureTables;
import koc.tables.FitTables;
import koc.tables.GrowthTables;
import koc.tables.KocTables;
import koc.tables.PortraitTables;
import koc.tables.RecommendTables;
import koc.tables.ReportTables;
import koc.warehouse.Table;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The report of a warehouse without rows, and of one KOC whose name is markup. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReportPageTest extends SparkTest {
    private static final LocalDate DAY = LocalDate.parse("2024-06-30");
    private static final String MARKUP = "</script><img src=x onerror=alert(1)>\u2028\u202E=1+1";

    @TempDir
    static Path folder;

    private final ReportPage page = new ReportPage(config("koc.report.other-languages=[zh]"), "1.0");

    @BeforeAll
    static void tablesWithoutRows() {
        ReportPage page = new ReportPage(config(), "1.0");
        Set<Table> tables = new LinkedHashSet<>(page.reads());
        tables.addAll(page.readsPrevious());
        tables.forEach(table -> warehouse().write(table, DAY, List.of()));
    }

    @Test
    @Order(1)
    void aRunWithoutRowsHasAPageThatSaysSo() throws IOException {
        String html = write("empty");

        assertThat(html)
                .startsWith("<!doctype html>")
                .contains("<html lang=\"en\">", "\"languages\":[\"en\",\"zh\"]", "id=\"data-actions\">[]</script>")
                .containsOnlyOnce(PublishedFiles.RUN_SLOT)
                .doesNotContain("http-equiv", "<link rel=\"stylesheet\"", "src=\"http");
        Stream.of("week", "numbers", "kocs", "users", "selling", "gaps", "money", "trust")
                .forEach(section -> assertThat(html).contains("<section id=\"" + section + "\""));
        ReportBrowser.requireGoodPage(folder.resolve("empty/report/index.html"), "empty", "--empty");
    }

    @Test
    @Order(2)
    void namesAreTextWhateverTheyContain() throws IOException {
        oneKoc();

        String html = write("markup");

        assertThat(html).doesNotContain("<img src=x", "\u2028").contains("\\u003c/script\\u003e\\u003cimg src=x");
        assertThat(html).contains("\"kind\":\"share\"", "\"gain\":142.5", "2.0 to 9.0 buyers", "\"kind\":\"county\"");
        assertThat(data(html, "sharers")).contains("\"bad\",\"u1\"").doesNotContain("\"stranger\"");
        assertThat(data(html, "counties")).contains("\"Wuhou\",85,1,3,2,0.54,1092.00,56.00,90.00,115.00,false,false,");
        assertThat(data(html, "doubtful")).contains("\"gone\"", "\"weak\"").doesNotContain("\"good\"");
        assertThat(data(html, "groups"))
                .containsSubsequence("[\"shrinking\"", "[\"leaving\"", "[\"silent\"")
                .doesNotContain("\"calm\"");
        ReportBrowser.requireGoodPage(folder.resolve("markup/report/index.html"), "markup");
    }

    @Test
    @Order(3)
    void theJobStoresTheFilesInParts() throws IOException {
        ReportJob job = new ReportJob(List.of(page));

        job.run(run());
        job.run(run());

        byte[] page = Files.readAllBytes(folder.resolve("markup/report/index.html"));
        List<Row> parts = warehouse()
                .read(ReportTables.PUBLISHED_FILES, DAY)
                .orderBy("path", "part")
                .collectAsList();
        assertThat(parts.stream().map(part -> part.getString(1))).containsOnly("report/index.html");
        ByteArrayOutputStream together = new ByteArrayOutputStream();
        parts.forEach(part -> together.writeBytes(part.<byte[]>getAs("content")));
        assertThat(together.toByteArray()).isEqualTo(page);
    }

    @Test
    @Order(4)
    void theMapHasAUserWhoseRefundsExceedWhatTheySpentAndDoesNotDependOnTheOrderOfRows() {
        List<Map<String, Object>> users = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            BigDecimal spend = new BigDecimal(i == 3 ? -30 : 10 * i * i);
            users.add(Map.of("user_id", "u" + i, "portrait_id", "p" + i, "net_spend_90d", spend, "orders_90d", i % 4L));
        }
        List<Row> map = map(users);

        assertThat(map).hasSize(12);
        Collections.reverse(users);
        assertThat(map(users)).isEqualTo(map);
    }

    private static List<Row> map(List<Map<String, Object>> users) {
        TableRows.write(warehouse(), FeatureTables.USER_FEATURES, DAY, users);
        TableRows.write(warehouse(), PortraitTables.USER_PORTRAITS, DAY, users);
        return UserMap.of(run(), 100).collectAsList();
    }

    /** A KOC with one recommendation, in a county without other KOCs. */
    private static void oneKoc() {
        TableRows.write(
                warehouse(),
                CleanTables.USERS,
                DAY,
                List.of(
                        Map.of("arrived", Date.valueOf(DAY), "user_id", "u1", "nickname", MARKUP, "county", "Wuhou"),
                        Map.of("arrived", Date.valueOf(DAY), "user_id", "u2", "nickname", MARKUP, "county", "Wuhou")));
        write(
                KocTables.KOC_RANKING,
                Map.of("koc_id", "u1", "koc_type", "user", "level", "bronze", "rank", 1, "readiness", "ready"));
        TableRows.write(
                warehouse(),
                KocTables.KOC_LIFECYCLE,
                DAY,
                List.of(
                        Map.of(
                                "koc_id",
                                "u1",
                                "koc_type",
                                "user",
                                "level",
                                "bronze",
                                "listed_as",
                                "koc",
                                "missing",
                                ""),
                        Map.of(
                                "koc_id",
                                "u2",
                                "koc_type",
                                "user",
                                "level",
                                "recruit",
                                "listed_as",
                                "proven",
                                "recruit_rank",
                                1,
                                "missing",
                                "5 more pool members",
                                "influence_lift",
                                4.7,
                                "influence_low",
                                3.2)));
        TableRows.write(
                warehouse(),
                GrowthTables.GROUP_HEALTH,
                DAY,
                List.of(
                        group("calm", "unrated", 1, 0.05),
                        group("leaving", "losing", 2, 0.12),
                        group("shrinking", "unrated", 4, 0.27),
                        group("silent", "silent", 0, 0.02)));
        TableRows.write(
                warehouse(),
                RecommendTables.KOC_RECOMMENDATIONS,
                DAY,
                List.of(Map.ofEntries(
                        Map.entry("koc_id", "u1"),
                        Map.entry("rank", 1),
                        Map.entry("product_id", "p1"),
                        Map.entry("title", MARKUP),
                        Map.entry("expected_buyers", 20.0),
                        Map.entry("from_influence", 0.0),
                        Map.entry("extra_buyers_if_shared", 6.1),
                        Map.entry("extra_buyers_if_shared_low", 2.0),
                        Map.entry("extra_buyers_if_shared_high", 9.0),
                        Map.entry("expected_margin", new BigDecimal("500.00")),
                        Map.entry("extra_margin_if_shared", new BigDecimal("142.50")),
                        Map.entry("extra_margin_if_shared_low", new BigDecimal("60.00")),
                        Map.entry("unit_cost", new BigDecimal("10.00")),
                        Map.entry("is_actionable", true),
                        Map.entry("is_next_product", true),
                        Map.entry("horizon_days", 28),
                        Map.entry("extra_days", 7),
                        Map.entry("advice", "sample first"),
                        Map.entry("reason", MARKUP))));
        TableRows.write(
                warehouse(),
                FitTables.PRODUCT_PROFILE,
                DAY,
                List.of(
                        Map.of("product_id", "p1", "price", new BigDecimal("35"), "unit_margin", new BigDecimal("25")),
                        Map.of("product_id", "bad", "quality_gate", "Quality too low.", "buyers", 4L),
                        Map.of("product_id", "gone", "quality_gate", "pass", "buyers", 3L, "is_in_stock", false),
                        Map.of(
                                "product_id",
                                "weak",
                                "quality_gate",
                                "pass",
                                "buyers",
                                2L,
                                "mean_rating",
                                2.0,
                                "reviews",
                                3L),
                        Map.of("product_id", "good", "quality_gate", "pass", "buyers", 9L, "mean_rating", 4.5)));
        TableRows.write(
                warehouse(),
                FeatureTables.USER_PRODUCT_DAYS,
                DAY,
                List.of(
                        Map.of("user_id", "u1", "product_id", "bad", "shares", 2L),
                        Map.of("user_id", "stranger", "product_id", "bad", "shares", 3L)));
        TableRows.write(
                warehouse(),
                EconomicsTables.KOC_ECONOMICS,
                DAY,
                List.of(
                        economics("u1", "too_few_to_tell", Map.of("incremental_value", new BigDecimal("15"))),
                        economics(
                                "u2",
                                "pays",
                                Map.of(
                                        "new_customers",
                                        2L,
                                        "ltv_to_cac",
                                        2.0,
                                        "ltv_to_cac_low",
                                        1.2,
                                        "ltv_to_cac_high",
                                        3.0,
                                        "incremental_ratio",
                                        0.2))));
        write(
                CardTables.COUNTY_CARD,
                Map.ofEntries(
                        Map.entry("county", "Wuhou"),
                        Map.entry("users", 85L),
                        Map.entry("users_unreached", 39L),
                        Map.entry("reached_rate", 0.54),
                        Map.entry("gap", 2L),
                        Map.entry("target_kocs", 3),
                        Map.entry("kocs", 1L),
                        Map.entry("unreached_margin_28d", new BigDecimal("1092.00")),
                        Map.entry("missing_kocs_cost_28d", new BigDecimal("56.00")),
                        Map.entry("koc_cost", new BigDecimal("90.00")),
                        Map.entry("koc_caused_value", new BigDecimal("115.00")),
                        Map.entry("regular_customers", MARKUP)));
        write(
                CardTables.KOC_CARD,
                Map.of("koc_id", "u1", "readiness", "ready", "next_action", MARKUP, "stop_sharing", MARKUP));
        TableRows.write(
                warehouse(),
                PortraitTables.PORTRAIT_TRANSITIONS,
                DAY,
                List.of(
                        Map.of("from_portrait_id", "p1", "to_portrait_id", "p2", "users", 3L),
                        Map.of("from_portrait_id", "p1", "to_portrait_id", "p1", "users", 2L),
                        Map.of("from_portrait_id", "(none)", "to_portrait_id", "p2", "users", 5L)));
        TableRows.write(
                warehouse(),
                CleanTables.DATA_QUALITY,
                DAY,
                List.of(
                        Map.of("source", "events", "check_name", "records_counted", "rows", 1200L),
                        Map.of("source", "events", "check_name", "reject_limit", "rows", 1200L, "failed", 30L),
                        Map.of(
                                "source",
                                "events",
                                "check_name",
                                "robot",
                                "rows",
                                1200L,
                                "failed",
                                24L,
                                "verdict",
                                "warn")));
    }

    /** The rows that a section of the page has. */
    private static String data(String html, String name) {
        int start = html.indexOf("id=\"data-" + name + "\"");
        return html.substring(start, html.indexOf("</script>", start));
    }

    private static Map<String, Object> group(String group, String verdict, long leaves, double lossRate) {
        return Map.of("group_id", group, "verdict", verdict, "leaves", leaves, "loss_rate", lossRate);
    }

    /** A KOC who cost 90 in 90 days. */
    private static Map<String, Object> economics(String koc, String verdict, Map<String, Object> values) {
        Map<String, Object> row = new HashMap<>(values);
        row.putAll(Map.of("koc_id", koc, "koc_type", "user", "cost", new BigDecimal("90"), "overall_verdict", verdict));
        return row;
    }

    private static void write(Table table, Map<String, Object> values) {
        TableRows.write(warehouse(), table, DAY, List.of(values));
    }

    private String write(String name) throws IOException {
        page.write(run(), folder.resolve(name));
        return Files.readString(folder.resolve(name + "/report/index.html"));
    }

    private static JobRun run() {
        return new JobRun(DAY, null, null, false, warehouse(), new Silence());
    }

    private static Warehouse warehouse() {
        Warehouse warehouse = openWarehouse(folder.resolve("warehouse"));
        warehouse.useRunHistory((day, job) -> true);
        return warehouse;
    }
}
