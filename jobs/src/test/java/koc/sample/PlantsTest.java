package koc.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import koc.error.KocException;
import koc.sample.GeneratorOptions.Plants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlantsTest {
    private static final GeneratorOptions OPTIONS =
            GeneratorOptions.of(400, 80, 16, 12_000, 90, 5).withDirt(0);

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
