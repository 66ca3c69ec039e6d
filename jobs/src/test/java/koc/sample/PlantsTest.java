package koc.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import koc.error.KocException;
import koc.sample.GeneratorOptions.Plants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlantsTest {
    private static final GeneratorOptions OPTIONS =
            GeneratorOptions.of(400, 80, 16, 12_000, 90, 5).withDirt(0);

    private static final Pattern QUOTED = Pattern.compile("\"([^\"]|\"\")*\"");

    @TempDir
    Path folder;

    @Test
    void fakesAddRowsAndChangeNoOthers() throws IOException {
        List<String> plain = events(OPTIONS, "plain");
        List<String> faked = events(OPTIONS.withPlants(new Plants(0, true)), "faked");

        assertThat(faked.subList(0, plain.size())).isEqualTo(plain);
        assertThat(faked.subList(plain.size(), faked.size())).isNotEmpty().allMatch(line -> line.contains("fake-"));
        List<String> shares =
                faked.stream().filter(line -> line.contains(",share,")).toList();
        long planned = shares.stream().filter(line -> line.contains(",c")).count();
        assertThat(shares.stream().filter(line -> line.contains("fake-flood")).count() / .15)
                .isBetween(planned * 1.1, planned * 1.3);
        assertThat(folder.resolve("plain/_truth/fakes.csv")).doesNotExist();
        assertThat(Files.readAllLines(folder.resolve("faked/_truth/fakes.csv")))
                .hasSize(15)
                .contains("fake-self,self_referral", "fake-ring-10,ring", "fake-guide,served_only", "fake-flood,flood");
    }

    @Test
    void fakesHaveFollowersEnoughToBeRanked() throws IOException {
        List<String> ties = Files.readAllLines(
                generate(OPTIONS.withPlants(new Plants(0, true)), "followed").resolve("ties/ties-001.csv"));

        for (String koc : List.of("fake-self", "fake-ring-1", "fake-ring-10")) {
            assertThat(ties.stream()
                            .filter(tie -> tie.startsWith(koc + ","))
                            .map(tie -> tie.split(",", -1)[1])
                            .distinct())
                    .as(koc)
                    .hasSizeGreaterThanOrEqualTo(10);
        }
    }

    @Test
    void hiddenTasteChangesWhatUsersBuyAndIsNamedInTheTruth() throws IOException {
        assertThat(events(OPTIONS.withPlants(new Plants(3, false)), "hidden")).isNotEqualTo(events(OPTIONS, "open"));
        assertThat(Files.readString(folder.resolve("hidden/_truth/README.md"))).contains("--hidden-taste 3.0");
        assertThat(Files.readString(folder.resolve("open/_truth/README.md"))).doesNotContain("--hidden-taste");
    }

    @Test
    void tiesAreAboutAsManyAsAskedForAndTheLastKocIsTheHub() throws IOException {
        GeneratorOptions options =
                GeneratorOptions.of(2_000, 80, 40, 40_000, 90, 5).withDirt(0);
        GeneratorOptions wider = options.withPlants(Plants.NONE.withTies(4_000, .25));

        List<String> pools = Files.readAllLines(generate(wider, "wide").resolve("_truth/influence.csv"));
        List<String> ties = Files.readAllLines(folder.resolve("wide/ties/ties-001.csv"));

        String hub = pools.get(pools.size() - 1);
        assertThat(hub).contains(",1.00,neutral,");
        long ofHub = ties.stream()
                .filter(tie -> tie.startsWith(hub.substring(0, hub.indexOf(',') + 1)))
                .map(tie -> tie.split(",", -1)[1])
                .distinct()
                .count();
        assertThat(ofHub).isBetween(480L, 500L);
        assertThat(ties).hasSizeBetween(3_800, 4_400);
        assertThat(Files.readString(folder.resolve("wide/_truth/README.md")))
                .contains("--ties 4000 --hub-fraction 0.25");
    }

    @Test
    void theShopCounterBuysAFractionOfAllPurchases() throws IOException {
        List<String> plain = events(OPTIONS, "open");
        List<String> lines = events(OPTIONS.withPlants(Plants.NONE.withCounter(.1)), "counter");

        List<String> purchases =
                lines.stream().filter(line -> line.contains(",purchase,")).toList();
        assertThat(lines.subList(0, plain.size())).isEqualTo(plain);
        assertThat(purchases.stream()
                                .filter(line -> line.contains(",shop-counter,"))
                                .count()
                        / (double) purchases.size())
                .isBetween(.09, .11);
        assertThat(Files.readAllLines(folder.resolve("counter/_truth/fakes.csv")))
                .contains("shop-counter,shop_counter");
        assertThat(Files.readString(folder.resolve("counter/_truth/README.md"))).contains("--counter-fraction 0.1");
    }

    @Test
    void plantedLifetimesAreTheOnlyPurchasesAndTheirMarginsAddUp() throws IOException {
        List<String> events = events(OPTIONS.withPlants(Plants.NONE.withLifetimes()), "lifetimes");
        Map<String, Long> unitCosts = new HashMap<>();
        for (List<String> product : table("lifetimes/products/products-001.csv")) {
            unitCosts.put(product.get(0), cents(product.get(5)));
        }
        Map<String, Long> margins = new TreeMap<>();
        for (String line : events) {
            List<String> cells = List.of(line.split(",", -1));
            if (cells.get(3).equals("purchase")) {
                long margin = cents(cells.get(7)) - Objects.requireNonNull(unitCosts.get(cells.get(4)));
                margins.merge(cells.get(2), margin, Long::sum);
            }
        }
        Map<String, Long> planted = new TreeMap<>();
        for (List<String> customer : table("lifetimes/_truth/customers.csv")) {
            planted.put(customer.get(0), cents(customer.get(7)));
        }

        assertThat(margins).isNotEmpty().isEqualTo(planted);
        assertThat(Files.readString(folder.resolve("lifetimes/_truth/README.md")))
                .contains("--lifetimes", "customers.csv");
    }

    @Test
    void refundsOfPlantedLifetimesFallIntoLaterMonths() throws IOException {
        Map<String, String> months = new HashMap<>();
        int later = 0;
        for (String line : events(OPTIONS.withPlants(Plants.NONE.withLifetimes()), "refunds")) {
            List<String> cells = List.of(line.split(",", -1));
            String month = cells.get(1).substring(0, 7);
            if (cells.get(3).equals("purchase")) {
                months.put(cells.get(5), month);
            }
            later += cells.get(3).equals("refund") && !month.equals(months.get(cells.get(5))) ? 1 : 0;
        }

        assertThat(later).isPositive();
    }

    @Test
    void plantedKocsHaveCostsOfEveryTypeThatAddUp() throws IOException {
        generate(OPTIONS.withPlants(Plants.NONE.withLifetimes()), "costs");
        Map<String, Long> costs = new TreeMap<>();
        Map<String, Set<String>> types = new TreeMap<>();
        for (List<String> cost : table("costs/costs/costs-001.csv")) {
            if (!cost.get(1).isEmpty()) {
                costs.merge(cost.get(1), cents(cost.get(4)), Long::sum);
                types.computeIfAbsent(cost.get(1), any -> new TreeSet<>()).add(cost.get(3));
            }
        }
        Map<String, Long> planted = new TreeMap<>();
        for (List<String> koc : table("costs/_truth/koc_value.csv")) {
            planted.put(koc.get(0), cents(koc.get(3)));
        }

        assertThat(costs).hasSize(16).isEqualTo(planted);
        assertThat(types.values()).containsOnly(Set.of("ad", "bonus", "coupon", "gift", "sample", "training"));
    }

    @Test
    void withoutLifetimesTheTruthHasNone() throws IOException {
        generate(OPTIONS, "without");

        assertThat(folder.resolve("without/_truth/customers.csv")).doesNotExist();
    }

    private List<List<String>> table(String file) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve(file));
        return lines.subList(1, lines.size()).stream().map(PlantsTest::cells).toList();
    }

    /** The cells of a line; a quoted cell, which is a title here, becomes empty. */
    private static List<String> cells(String line) {
        return List.of(QUOTED.matcher(line).replaceAll("").split(",", -1));
    }

    private static long cents(String money) {
        return new BigDecimal(money).movePointRight(2).longValueExact();
    }

    @Test
    void tooManyTiesAreAUsageError() {
        assertThatThrownBy(() -> OPTIONS.withPlants(Plants.NONE.withTies(100_000, 0)))
                .isInstanceOf(KocException.class)
                .hasMessageContaining("--ties");
    }

    @Test
    void aNegativeTasteIsAUsageError() {
        assertThatThrownBy(() -> new Plants(-1, false))
                .isInstanceOf(KocException.class)
                .hasMessageContaining("--hidden-taste");
    }

    private List<String> events(GeneratorOptions options, String name) throws IOException {
        return Files.readAllLines(generate(options, name).resolve("events/events-001.csv"));
    }

    private Path generate(GeneratorOptions options, String name) {
        Generator.generate(options, folder.resolve(name));
        return folder.resolve(name);
    }
}
