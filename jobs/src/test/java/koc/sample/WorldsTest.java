package koc.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import koc.error.KocException;
import koc.sample.GeneratorOptions.Influence;
import koc.sample.GeneratorOptions.Plants;
import koc.sample.GeneratorOptions.Sharing;
import koc.sample.GeneratorOptions.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is planted in each world can be found in the generated rows. */
class WorldsTest {
    private static final GeneratorOptions OPTIONS =
            GeneratorOptions.of(1_500, 240, 30, 120_000, 90, 5).withDirt(0);
    /** The order numbers of purchases that a share caused. */
    private static final Pattern CAUSED = Pattern.compile(".*,purchase,[^,]*,o\\d+s\\d+,.*");

    /** The content numbers of shares by KOCs; other users share too. */
    private static final Pattern KOC_SHARE = Pattern.compile(".*,share,.*,c\\d+s\\d+,.*");

    @TempDir
    Path folder;

    @Test
    void theUsualWorldIsTheDefault() throws IOException {
        assertThat(events(OPTIONS.withPlants(Plants.NONE.withWorld(World.USUAL)), "usual"))
                .isEqualTo(events(OPTIONS, "default"));
        assertThat(readme("usual"))
                .doesNotContain("--influence", "--sharing", "--taste-dimensions", "rate_ratio holds");
    }

    @Test
    void aShareAddsWhatTheWorldSaysWhereKocsMeet() {
        assertThat(JointInfluence.added(Influence.ADDITIVE, 3, 3)).isEqualTo(2);
        assertThat(JointInfluence.added(Influence.MULTIPLICATIVE, 3, 3)).isEqualTo(6);
        assertThat(JointInfluence.added(Influence.SATURATING, 3, 3)).isZero();
        assertThat(JointInfluence.added(Influence.SATURATING, 4, 3)).isEqualTo(1);
    }

    @Test
    void aShareWorksForTheDaysOfInfluenceOrUntilTheKocSharesTheProductAgain() {
        assertThat(JointInfluence.isWorking(2 * Behaviour.DAY, Long.MAX_VALUE)).isTrue();
        assertThat(JointInfluence.isWorking(8 * Behaviour.DAY, Long.MAX_VALUE)).isFalse();
        assertThat(JointInfluence.isWorking(2 * Behaviour.DAY, 3 * Behaviour.DAY))
                .isTrue();
        assertThat(JointInfluence.isWorking(4 * Behaviour.DAY, 3 * Behaviour.DAY))
                .isFalse();
    }

    @Test
    void whereKocsMeetSharesCauseMoreIfTheyMultiplyAndLessIfOnlyTheStrongestCounts() throws IOException {
        long additive = countCaused(Influence.ADDITIVE);
        long multiplicative = countCaused(Influence.MULTIPLICATIVE);
        long saturating = countCaused(Influence.SATURATING);

        assertThat(multiplicative).isGreaterThan(additive * 21 / 20);
        assertThat(saturating).isLessThan(additive * 19 / 20);
        assertThat(readme("SATURATING")).contains("--influence saturating", "the strongest alone");
    }

    @Test
    void kocsWhoFollowTheTrendShareProductsInWeeksWhenUsersBuyMore() throws IOException {
        assertThat(weekOverOtherWeeks(world(Sharing.TREND, 0), "trend")).isGreaterThan(1.4);
        assertThat(weekOverOtherWeeks(world(Sharing.OWN_TASTE, 0), "own")).isCloseTo(1, within(.3));
        assertThat(readme("trend")).contains("--sharing trend");
    }

    @Test
    void kocsWhoFollowTheirPoolShareWhatItBuysMore() throws IOException {
        double own = poolOverAll(world(Sharing.OWN_TASTE, 8), "own");
        double pool = poolOverAll(world(Sharing.POOL_TASTE, 8), "pool");

        assertThat(pool).isGreaterThan(1.1 * own);
        assertThat(readme("pool")).contains("--sharing pool-taste", "--taste-dimensions 8");
    }

    @Test
    void tooManyDimensionsAreAUsageError() {
        assertThatThrownBy(() -> new World(Influence.ADDITIVE, Sharing.OWN_TASTE, 51))
                .isInstanceOf(KocException.class)
                .hasMessageContaining("--taste-dimensions");
    }

    private static GeneratorOptions world(Sharing sharing, int dimensions) {
        return OPTIONS.withPlants(Plants.NONE.withWorld(new World(Influence.ADDITIVE, sharing, dimensions)));
    }

    private long countCaused(Influence influence) throws IOException {
        World world = new World(influence, Sharing.OWN_TASTE, 0);
        // Few products, so that KOCs often share the same.
        GeneratorOptions few =
                GeneratorOptions.of(1_500, 80, 30, 120_000, 90, 5).withDirt(0);
        return events(few.withPlants(Plants.NONE.withTies(4_000, 0).withWorld(world)), influence.name()).stream()
                .filter(line -> CAUSED.matcher(line).matches())
                .count();
    }

    /** Purchases without influence of shared products in the week of the share, over those of a mean week. */
    private double weekOverOtherWeeks(GeneratorOptions options, String name) throws IOException {
        Map<String, Integer> purchases = new HashMap<>();
        Set<String> shared = new HashSet<>();
        for (String line : events(options, name)) {
            List<String> cells = List.of(line.split(",", -1));
            String product = cells.get(4);
            if (KOC_SHARE.matcher(line).matches()) {
                shared.add(product + " " + week(options, cells));
            } else if (cells.get(3).equals("purchase") && !CAUSED.matcher(line).matches()) {
                purchases.merge(product + " " + week(options, cells), 1, Integer::sum);
                purchases.merge(product, 1, Integer::sum);
            }
        }
        double weeks = options.days() / 7.0;
        double found = 0;
        double expected = 0;
        for (String productWeek : shared) {
            found += purchases.getOrDefault(productWeek, 0);
            expected += purchases.getOrDefault(productWeek.substring(0, productWeek.indexOf(' ')), 0) / weeks;
        }
        return found / expected;
    }

    private static long week(GeneratorOptions options, List<String> cells) {
        LocalDate day = LocalDate.parse(cells.get(1).substring(0, 10));
        return (day.toEpochDay() - options.startDate().toEpochDay()) / 7;
    }

    /** The fraction of pools' purchases without influence that are products shared with them, over that of all users. */
    private double poolOverAll(GeneratorOptions options, String name) throws IOException {
        List<String> lines = events(options, name);
        Map<String, Set<String>> pools = new HashMap<>();
        for (String line : Files.readAllLines(folder.resolve(name + "/ties/ties-001.csv"))) {
            String[] cells = line.split(",", -1);
            pools.computeIfAbsent(cells[1], any -> new HashSet<>()).add(cells[0]);
        }
        Set<String> shared = new HashSet<>();
        Map<String, Integer> all = new HashMap<>();
        Map<String, Map<String, Integer>> byPool = new HashMap<>();
        for (String line : lines) {
            List<String> cells = List.of(line.split(",", -1));
            if (KOC_SHARE.matcher(line).matches()) {
                shared.add(cells.get(2) + " " + cells.get(4));
            } else if (cells.get(3).equals("purchase") && !CAUSED.matcher(line).matches()) {
                all.merge(cells.get(4), 1, Integer::sum);
                for (String koc : pools.getOrDefault(cells.get(2), Set.of())) {
                    byPool.computeIfAbsent(koc, any -> new HashMap<>()).merge(cells.get(4), 1, Integer::sum);
                }
            }
        }
        double total = all.values().stream().mapToInt(Integer::intValue).sum();
        double found = 0;
        double expected = 0;
        for (Map.Entry<String, Map<String, Integer>> pool : byPool.entrySet()) {
            double size = pool.getValue().values().stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            for (Map.Entry<String, Integer> product : all.entrySet()) {
                if (shared.contains(pool.getKey() + " " + product.getKey())) {
                    found += pool.getValue().getOrDefault(product.getKey(), 0);
                    expected += size * product.getValue() / total;
                }
            }
        }
        return found / expected;
    }

    private String readme(String name) throws IOException {
        return Files.readString(folder.resolve(name + "/_truth/README.md"));
    }

    private List<String> events(GeneratorOptions options, String name) throws IOException {
        Generator.generate(options, folder.resolve(name));
        return Files.readAllLines(folder.resolve(name + "/events/events-001.csv"));
    }
}
