package koc.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.Config;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import koc.Silence;
import koc.SparkTest;
import koc.report.Action.Kind;
import koc.run.JobRun;
import koc.tables.CardTables;
import koc.tables.EconomicsTables;
import koc.tables.FeatureTables;
import koc.tables.FitTables;
import koc.tables.Frame;
import koc.tables.InfluenceTables;
import koc.tables.KocTables;
import koc.tables.RecommendTables;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Row;
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
                        koc("one", Map.of("flight_risk", 0.4, "next_step", "flight_risk")),
                        koc("two", Map.of()),
                        koc("three", Map.of()),
                        koc("four", Map.of()),
                        koc("five", Map.of()),
                        koc("waiting", Map.of()),
                        koc("six", Map.of()),
                        koc("answers", Map.of("next_step", "answers")),
                        koc("loud", Map.of("next_step", "frequency_cap")),
                        koc("unproven", Map.of("influence_low", 0.9)),
                        koc("seller", Map.of()),
                        koc("u7", Map.of()),
                        koc("doubtful", Map.of("doubts", "self_referral", "flight_risk", 0.9)),
                        koc("stranger", Map.of("next_step", "tie"))));
        TableRows.write(
                warehouse(),
                KocTables.KOC_LIFECYCLE,
                DAY,
                List.of(
                        near("one", Map.of("missing_courses", 1L, "missing_net_sales", BigDecimal.ZERO)),
                        near("two", Map.of("missing_courses", 1L, "missing_net_sales", BigDecimal.TEN)),
                        near("six", Map.of("missing_courses", 1L, "missing_net_sales", BigDecimal.ZERO)),
                        near("waiting", Map.of("missing_tenure_days", 5L)),
                        near("answers", Map.of("missing_courses", 1L)),
                        near("seller", Map.of("missing_courses", 1L)),
                        near("loud", Map.of("missing_courses", 1L)),
                        recruit("recruit", 1, Map.of("missing_members", 5L, "missing_orders", 1L)),
                        recruit("second", 2, Map.of("missing_members", 5L)),
                        near("doubtful", Map.of("missing_courses", 1L)),
                        near("unproven", Map.of("missing_courses", 1L)),
                        near("stranger", Map.of("missing_courses", 1L))));
        TableRows.write(
                warehouse(),
                FitTables.PRODUCT_PROFILE,
                DAY,
                List.of(
                        Map.of(
                                "product_id",
                                "p1",
                                "title",
                                "Tea",
                                "price",
                                new BigDecimal("35"),
                                "unit_margin",
                                new BigDecimal("25")),
                        Map.of("product_id", "p2", "title", "Jam", "mean_rating", 1.0, "reviews", 2L),
                        Map.of(
                                "product_id",
                                "p6",
                                "title",
                                "Dog food",
                                "mean_rating",
                                2.0,
                                "reviews",
                                2L,
                                "complaints",
                                1L),
                        Map.of("product_id", "p4", "title", "Bad soup", "mean_rating", 2.0, "reviews", 12L)));
        TableRows.write(
                warehouse(),
                CardTables.COUNTY_CARD,
                DAY,
                List.of(
                        county(
                                "Wuhou",
                                Map.of(
                                        "users_unreached",
                                        39L,
                                        "recruit_id",
                                        "second",
                                        "unreached_margin_28d",
                                        new BigDecimal("1092"))),
                        county("Jinniu", Map.of("users_unreached", 20L, "unreached_margin_28d", new BigDecimal("560"))),
                        county("Gaoxin", Map.of("users_unreached", 20L)),
                        county(
                                "Xindu",
                                Map.of(
                                        "users_unreached",
                                        60L,
                                        "unreached_margin_28d",
                                        new BigDecimal("5000"),
                                        "koc_cost",
                                        new BigDecimal("300"),
                                        "koc_caused_value",
                                        new BigDecimal("299"))),
                        county(
                                "Pidu",
                                Map.of(
                                        "users_unreached",
                                        50L,
                                        "unreached_margin_28d",
                                        new BigDecimal("500"),
                                        "regular_customers",
                                        "Ann; Bo"))));
        TableRows.write(
                warehouse(),
                InfluenceTables.PURCHASE_CREDITS,
                DAY,
                List.of(
                        credit("recruit", "u", "2024-05-01", "9000"),
                        credit("recruit", "recruit", "2024-05-01", "50"),
                        credit("second", "u", "2024-05-01", "5000")));
        TableRows.write(
                warehouse(),
                EconomicsTables.KOC_ECONOMICS,
                DAY,
                List.of(
                        Map.of(
                                "koc_id",
                                "one",
                                "overall_verdict",
                                "loses_money",
                                "cost",
                                new BigDecimal("100"),
                                "commission",
                                new BigDecimal("30"),
                                "gift",
                                new BigDecimal("20"),
                                "training",
                                new BigDecimal("50"),
                                "customer_value",
                                new BigDecimal("400"),
                                "incremental_value",
                                new BigDecimal("40")),
                        Map.of(
                                "koc_id",
                                "seller",
                                "overall_verdict",
                                "loses_money",
                                "cost",
                                new BigDecimal("100"),
                                "commission",
                                new BigDecimal("100"),
                                "incremental_value",
                                new BigDecimal("40")),
                        Map.of(
                                "koc_id",
                                "two",
                                "verdict",
                                "loses_money",
                                "overall_verdict",
                                "too_few_to_tell",
                                "cost",
                                new BigDecimal("100")),
                        Map.of(
                                "koc_id",
                                "u7",
                                "overall_verdict",
                                "loses_money",
                                "cost",
                                new BigDecimal("100"),
                                "gift",
                                new BigDecimal("100"),
                                "customer_value",
                                new BigDecimal("70"),
                                "incremental_value",
                                new BigDecimal("0.00")),
                        Map.of(
                                "koc_id",
                                "former",
                                "overall_verdict",
                                "loses_money",
                                "cost",
                                new BigDecimal("1000"),
                                "gift",
                                new BigDecimal("1000"),
                                "incremental_value",
                                new BigDecimal("0.00")),
                        Map.of(
                                "koc_id",
                                "recruit",
                                "cost",
                                new BigDecimal("100"),
                                "commission_as_koc",
                                new BigDecimal("35"),
                                "customer_value",
                                new BigDecimal("900"))));
        TableRows.write(
                warehouse(),
                RecommendTables.KOC_RECOMMENDATIONS,
                DAY,
                List.of(
                        share("one", 1, "p1", "Tea"),
                        with(share("one", 2, "p5", "Later"), Map.of("is_next_product", false)),
                        with(
                                share("two", 1, "p1", "Tea"),
                                Map.of(
                                        "advice",
                                        "sample first",
                                        "extra_margin_if_shared",
                                        new BigDecimal("27.50"),
                                        "extra_margin_if_shared_low",
                                        new BigDecimal("27.50"),
                                        "extra_buyers_if_shared_low",
                                        0.6,
                                        "no_buyer_chance",
                                        0.26,
                                        "usual_buyers",
                                        1.4,
                                        "usual_extra_buyers",
                                        0.5,
                                        "is_above_record",
                                        true)),
                        with(
                                share("wary", 1, "p1", "Tea"),
                                Map.of(
                                        "advice",
                                        "sample first",
                                        "extra_margin_if_shared",
                                        new BigDecimal("27.50"),
                                        "extra_margin_if_shared_low",
                                        new BigDecimal("-7.50"))),
                        share("three", 1, "p3", LONG_TITLE),
                        toCheck("four", "p4", "Bad soup", 2.0),
                        toCheck("one", "p4", "Bad soup", 0.4),
                        toCheck("six", "p6", "Dog food", 2.0),
                        share("five", 1, "p2", "Jam"),
                        with(
                                share("unproven", 1, "p1", "Tea"),
                                Map.of("extra_margin_if_shared_low", new BigDecimal("-2.50"))),
                        share("doubtful", 1, "p1", "Tea")));
    }

    @Test
    void aKocWhoMovesPeopleAndLacksOneThingIsHelpedToTheNextLevelAsTheirRowSays() {
        assertThat(texts(Kind.LEVEL))
                .containsExactly("Book a training for six: they need 1 more training to become silver. 1,500 CNY of"
                        + " sales in 30 days are credited to them.");
    }

    @Test
    void theFirstWhoMovesPeopleIsRecruitedWithWhatIsMissing() {
        assertThat(texts(Kind.RECRUIT))
                .containsExactly(
                        "Help recruit get 5 more pool members and 1 more own order, then admit them: members surely buy more"
                                + " after their posts. As a KOC they would cost about 42 CNY in four weeks, commission on"
                                + " the same sales included, for new customers worth 280 CNY.");
        assertThat(of(Kind.RECRUIT, config())).singleElement().satisfies(action -> assertThat(action.gain())
                .isCloseTo((9000 * .3 * .1 - 35) * 28 / 90.0, within(1e-6)));
    }

    @Test
    void aKocWhoMayBeLeavingIsCalledUnlessTheirSalesAreToBeChecked() {
        assertThat(texts(Kind.LEAVING))
                .containsExactly("Call one: they may be leaving. Activity, sales and own orders fell by 40% on average;"
                        + " 1,500 CNY of sales in 30 days are credited to them.");
    }

    @Test
    void aCountyHasTheSentenceOfItsRow() {
        assertThat(texts(Kind.COUNTY))
                .containsExactly(
                        "Win 1 more KOC in Wuhou: 39 of 85 users there hear from no KOC. Start with second (proven). The"
                                + " new KOCs will cost about 31 CNY in four weeks.",
                        "Win 1 more KOC in Jinniu: 20 of 85 users there hear from no KOC. Nobody is in reach"
                                + " yet: look for regular customers who like to share. The new KOCs will cost about 31 CNY in four weeks.",
                        "Win 1 more KOC in Pidu: 50 of 85 users there hear from no KOC. Nobody is in reach yet: ask"
                                + " regular customers, such as Ann, Bo. The new KOCs will cost about 31 CNY in four"
                                + " weeks.");
    }

    @Test
    void whatNewKocsCostIsTakenOffTheGainOfACounty() {
        double cost = 31.11;

        assertThat(of(Kind.COUNTY, config()).get(0).gain()).isCloseTo(39 * 28 * .1 - cost, within(1e-6));
        assertThat(of(Kind.COUNTY, config("koc.report.assumed-gain=0.02"))).isEmpty();
    }

    @Test
    void theNextProductOfAKocIsSharedIfItSurelyAddsMargin() {
        List<Action> shares = of(Kind.SHARE, config());

        assertThat(shares).extracting(Action::about).containsExactlyInAnyOrder("one", "two", "three", "five");
        assertThat(shares)
                .filteredOn(share -> share.about().equals("two"))
                .singleElement()
                .satisfies(share -> {
                    assertThat(share.gain()).isEqualTo(27.5);
                    assertThat(Actions.text(share, "en"))
                            .isEqualTo(
                                    "Send two a sample of Tea, then let them share it. A post probably adds 0.6 to 3.0"
                                            + " buyers. All users together usually buy less of it in as many days: an"
                                            + " upper guess. Perhaps nobody buys. Their product posts of the last 90"
                                            + " days added 0.50 purchases each, on average. The forecast is well above that, so"
                                            + " the amount is that of a usual post.");
                });
    }

    @Test
    void noExpectationIsSaidThatIsShownAsNought() {
        List<Row> shares = ShareActions.select(
                        rows(RecommendTables.KOC_RECOMMENDATIONS, """
                                koc_id | title | is_next_product | extra_margin_if_shared | extra_margin_if_shared_low | extra_buyers_if_shared_low | extra_buyers_if_shared_high | usual_extra_buyers
                                a      | Tea   | true            | 9                      | 1                          | .04                        | .3                          | .004
                                b      | Tea   | true            | 8                      | 1                          | .02                        | .04                         | .006
                                c      | Tea   | true            | 7                      | 1                          | .05                        | .3                          | -.2
                                """).withColumn("name", col("koc_id")), .25)
                .orderBy("about")
                .collectAsList();

        assertThat(shares)
                .extracting(row -> Actions.text(new Action(Kind.SHARE, "koc", 1, ShareActions.sentences(row)), "en"))
                .containsExactly(
                        "Let a share Tea and say that they use it. A post probably adds at most 0.3 buyers. Their"
                                + " product posts of the last 90 days added too little to notice.",
                        "Let b share Tea and say that they use it. What a post adds is too little to notice. Their"
                                + " product posts of the last 90 days added 0.01 purchases each, on average.",
                        "Let c share Tea and say that they use it. A post probably adds 0.1 to 0.3 buyers. Their"
                                + " product posts of the last 90 days added too little to notice.");
    }

    @Test
    void aCostThatIsShownAsNoughtIsNotSaid() {
        Frame recruits = Frame.named("recruits").columns("name STRING, cost DOUBLE, customer_value DOUBLE");
        List<Row> found = rows(recruits, """
                name | cost | customer_value
                a    | .4   | 280
                b    | .5   | 280
                """).orderBy("name").collectAsList();

        assertThat(found)
                .extracting(row -> Actions.text(
                        new Action(
                                Kind.RECRUIT,
                                "koc",
                                1,
                                RecruitActions.sentences(
                                        row,
                                        List.of(Phrase.of("levels.more.orders", 1L)),
                                        amount -> Math.round(amount.doubleValue()) + " CNY")),
                        "en"))
                .satisfiesExactly(
                        text -> assertThat(text)
                                .endsWith(
                                        " No cost of them is known. Their new customers of four weeks are worth 280 CNY."),
                        text -> assertThat(text).contains(" they would cost about 1 CNY in four weeks"));
    }

    @Test
    void aProductThatBuyersRateBadlyIsCheckedWithTheListsThatLeaveItOut() {
        assertThat(texts(Kind.CHECK))
                .containsExactlyInAnyOrder(
                        "Check Bad soup: 2.0 stars in 12 reviews. Until then it is left out of 1 list.",
                        "Check Dog food: 2.0 stars in 2 reviews. Until then it is left out of 1 list.");
    }

    @Test
    void aLossIsThatOfFourWeeksOfTheWindowOfCosts() {
        Action ofThirtyDays =
                of(Kind.COST, config("koc.economics.koc.window-days=30")).get(1);
        Action ofNinetyDays = of(Kind.COST, config()).get(1);

        assertThat(ofThirtyDays.gain()).isEqualTo(56);
        assertThat(Actions.text(ofThirtyDays, "en")).contains("100 CNY in 30 days");
        assertThat(ofNinetyDays.gain()).isEqualTo(60 * (28.0 / 90));
        assertThat(Actions.text(ofNinetyDays, "zh")).contains("90 天");
    }

    @Test
    void aKocWhoCausedNoCustomerIsNotSaidToHaveWonCustomersWorthNothing() {
        assertThat(texts(Kind.COST))
                .containsExactly(
                        "Review what u7 costs: 100 CNY in 90 days. Their posts probably won no new customer. All of"
                                + " it can be saved, above all gifts: there is no commission in it.",
                        "Review what one costs: 100 CNY in 90 days. Their posts probably won customers worth 40"
                                + " CNY. Up to 70 CNY of it can be saved, above all training; the rest is commission by the"
                                + " rules.");
    }

    @Test
    void aFewCoinsAreNoAction() {
        assertThat(of(Kind.SHARE, config("koc.report.min-gain=27.51")))
                .extracting(Action::about)
                .contains("one")
                .doesNotContain("two");
        assertThat(of(Kind.SHARE, config("koc.report.min-gain=27.5")))
                .extracting(Action::about)
                .contains("two");
    }

    @Test
    void onlyWhatSomebodyDecidesAboutCanBeSaved() {
        List<Action> losses = of(Kind.COST, config("koc.economics.koc.window-days=28"));

        assertThat(losses).extracting(Action::about).doesNotContain("seller");
        assertThat(losses).extracting(Action::gain).containsExactly(100.0, 60.0);
        assertThat(CostActions.select(
                                openWarehouse(folder.resolve("warehouse"))
                                        .read(EconomicsTables.KOC_ECONOMICS, DAY)
                                        .selectExpr("*", "koc_id AS name")
                                        .where("koc_id = 'one'")
                                        .drop("incremental_value")
                                        .selectExpr("*", "CAST(10 AS DECIMAL(18,2)) AS incremental_value"),
                                28)
                        .head()
                        .<Double>getAs("gain"))
                .isEqualTo(70);
    }

    @Test
    void anActionHasAtMostFourNumbers() {
        assertThat(new ActionQueries(
                                new JobRun(DAY, null, null, false, warehouse(), new Silence()),
                                ReportSettings.from(config()))
                        .candidates())
                .extracting(action -> Actions.text(action, "en"))
                .allSatisfy(text -> assertThat(
                                text.replaceAll("[^0-9., ]", "").trim().split(" +"))
                        .as(text)
                        .filteredOn(word -> word.matches(".*[0-9].*"))
                        .hasSizeLessThanOrEqualTo(4));
    }

    @Test
    void equalGainsAreInTheOrderOfTheKocs() {
        assertThat(texts(Kind.SHARE).get(0))
                .isEqualTo("Let five share Jam and say that they use it. A post probably adds 0.1 to 3.0 buyers. Their"
                        + " product posts of the last 90 days added 1.20 purchases each, on average.");
        assertThat(texts(Kind.SHARE).get(1)).startsWith("Let one share Tea");
    }

    @Test
    void aLongTitleLeavesTheNumbersInTheSentence() {
        assertThat(texts(Kind.SHARE).get(2))
                .startsWith("Let three share " + "字".repeat(47) + "… and")
                .contains("A post probably adds 0.1 to 3.0 buyers.");
    }

    @Test
    void aLargeFallOfNewCustomersIsToBeExplained() {
        assertThat(fall(6, 29, 120)).containsExactly("6 29 2300.0");
        assertThat(fall(14, 29, 120)).as("half").hasSize(1);
        assertThat(fall(15, 29, 120)).as("more than half").isEmpty();
        assertThat(fall(1, 9, 120)).as("few before").isEmpty();
        assertThat(fall(6, 29, 89)).as("short history").isEmpty();
        assertThat(Actions.text(
                        new Action(
                                Kind.FALL, "new_customers", 1, List.of(Phrase.of("report.action.fall", 6L, 30, 29L))),
                        "en"))
                .isEqualTo("Find out why KOCs win fewer new customers: 6 in 30 days, after 29 in the 30 days before.");
    }

    @Test
    void theKocsWithTheLargestFallsAreNamed() {
        Row fall = FallActions.select(
                        rows(KocTables.KOC_RANKING, """
                                koc_id | new_customers_30d | new_customers_60d | history_days
                                k1     | 1                 | 6                 | 120
                                k2     | 0                 | 9                 | 120
                                k3     | 1                 | 5                 | 120
                                k4     | 0                 | 1                 | 120
                                k5     | 4                 | 5                 | 120
                                """).withColumn("name", concat(lit("Name of "), col("koc_id"))),
                        rows(EconomicsTables.KOC_ECONOMICS, """
                                koc_id | incremental_value | new_customers
                                k1     | 100               | 1
                                """))
                .first();

        assertThat(Actions.text(new Action(Kind.FALL, "new_customers", 1, FallActions.sentences(fall)), "en"))
                .endsWith(" The largest falls: Name of k2, Name of k1, Name of k3.");
    }

    @Test
    void aProductOutOfStockIsReorderedWithWhatItSold() {
        List<Row> reorders = ReorderActions.select(
                        rows(FitTables.PRODUCT_PROFILE, """
                                product_id | title | is_in_stock | quality_gate | unit_margin | mean_rating | reviews | complaints
                                out        | Tea   | false       | pass         | 5           |             | 0       | 0
                                in         | Jam   | true        | pass         | 5           |             | 0       | 0
                                refused    | Soup  | false       | rated badly  | 5           |             | 0       | 0
                                disliked   | Fish  | false       | pass         | 5           | 2.0         | 2       | 0
                                unknown    | Rice  | false       | pass         |             |             | 0       | 0
                                """), rows(FeatureTables.USER_PRODUCT_DAYS, """
                                day        | user_id | product_id | units | refunded_units
                                2024-04-02 | a       | out        | 60    | 10
                                2024-06-30 | b       | out        | 40    | 0
                                2024-04-01 | c       | out        | 99    | 0
                                2024-06-30 | a       | in         | 40    | 0
                                2024-06-30 | a       | refused    | 40    | 0
                                2024-06-30 | a       | disliked   | 40    | 0
                                2024-06-30 | a       | unknown    | 40    | 0
                                """), DAY)
                .where("gain IS NOT NULL")
                .collectAsList();

        assertThat(reorders).singleElement().satisfies(row -> {
            assertThat(row.<Double>getAs("gain")).isCloseTo(90 * 5 * 28 / 90.0, within(1e-9));
            assertThat(Actions.text(
                            new Action(
                                    Kind.REORDER,
                                    "out",
                                    140,
                                    ReorderActions.sentences(row, amount -> Math.round(amount.doubleValue()) + " CNY")),
                            "en"))
                    .isEqualTo(
                            "Reorder Tea: it is out of stock. It sold 90 units in 90 days: about 140 CNY of margin in"
                                    + " four weeks.");
        });
    }

    private static List<String> fall(long now, long before, int historyDays) {
        return FallActions.select(
                        rows(KocTables.KOC_RANKING, """
                                koc_id | new_customers_30d | new_customers_60d | history_days
                                a      | %d                | %d                | %d
                                b      |                   |                   | %d
                                """.formatted(now, now + before, historyDays, historyDays))
                                .withColumn("name", col("koc_id")),
                        rows(EconomicsTables.KOC_ECONOMICS, """
                                koc_id | incremental_value | new_customers
                                a      | 900               | 9
                                b      | 100               | 1
                                no_koc | 5000              | 1
                                c      |                   | 5
                                """))
                .collectAsList()
                .stream()
                .map(row -> row.getAs("now") + " " + row.getAs("before")
                        + String.format(Locale.ROOT, " %.1f", row.<Double>getAs("gain")))
                .toList();
    }

    private static Map<String, Object> koc(String koc, Map<String, Object> values) {
        Map<String, Object> row = new HashMap<>(values);
        row.put("koc_id", koc);
        row.put("net_sales_30d", new BigDecimal("1500"));
        row.putIfAbsent("influence_low", 1.2);
        row.put("history_days", 120);
        row.putIfAbsent("next_step", "training");
        return row;
    }

    private static Map<String, Object> recruit(String person, int rank, Map<String, Object> values) {
        Map<String, Object> row = new HashMap<>(values);
        row.putAll(Map.of(
                "koc_id",
                person,
                "listed_as",
                "proven",
                "recruit_rank",
                rank,
                "influence_lift",
                4.7,
                "influence_low",
                3.2,
                "missing",
                "something"));
        return row;
    }

    private static Map<String, Object> county(String county, Map<String, Object> values) {
        Map<String, Object> row = new HashMap<>(values);
        row.putAll(Map.of("county", county, "gap", 1L, "users", 85L, "missing_kocs_cost_28d", new BigDecimal("31.11")));
        return row;
    }

    private static Map<String, Object> credit(String koc, String user, String day, String amount) {
        return Map.of(
                "koc_id",
                koc,
                "user_id",
                user,
                "purchase_event_id",
                koc + user,
                "purchased_at",
                Timestamp.valueOf(day + " 10:00:00"),
                "credited_amount",
                new BigDecimal(amount));
    }

    private static Map<String, Object> near(String koc, Map<String, Object> missing) {
        Map<String, Object> row = new HashMap<>(missing);
        row.putAll(Map.of("koc_id", koc, "listed_as", "koc", "level", "bronze", "next_level", "silver"));
        return row;
    }

    private static Map<String, Object> share(String koc, int rank, String product, String title) {
        Map<String, Object> row = new HashMap<>();
        row.put("koc_id", koc);
        row.put("rank", rank);
        row.put("product_id", product);
        row.put("title", title);
        row.put("expected_buyers", 2.0);
        row.put("expected_margin", new BigDecimal("50"));
        row.put("from_influence", 0.0);
        row.put("extra_buyers_if_shared", 1.5);
        row.put("extra_buyers_if_shared_low", 0.1);
        row.put("extra_buyers_if_shared_high", 3.0);
        row.put("extra_margin_if_shared", new BigDecimal("37.50"));
        row.put("extra_margin_if_shared_low", new BigDecimal("2.50"));
        row.put("unit_cost", new BigDecimal("10"));
        row.put("usual_buyers", 4.0);
        row.put("usual_extra_buyers", 1.2);
        row.put("is_above_record", false);
        row.put("no_buyer_chance", 0.2);
        row.put("horizon_days", 28);
        row.put("extra_days", 7);
        row.put("advice", "recommend");
        return row;
    }

    private static Map<String, Object> toCheck(String koc, String product, String title, double expectedBuyers) {
        return with(
                share(koc, 9, product, title),
                Map.of(
                        "advice",
                        "check first",
                        "is_actionable",
                        false,
                        "is_next_product",
                        false,
                        "expected_buyers",
                        expectedBuyers));
    }

    private static Map<String, Object> with(Map<String, Object> row, Map<String, Object> values) {
        Map<String, Object> changed = new HashMap<>(row);
        changed.putAll(values);
        return changed;
    }

    private static List<String> texts(Kind kind) {
        return of(kind, config()).stream()
                .map(action -> Actions.text(action, "en"))
                .toList();
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
