package koc.influence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import koc.SparkTest;
import koc.sample.Generator;
import koc.sample.GeneratorOptions;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Planted influence, planted homophily that portraits only partly capture, and planted fakes. */
class GeneratedInfluenceTest extends SparkTest {
    @TempDir
    static Path folder;

    private static GeneratedPools found = new GeneratedPools(List.of(), List.of(), Map.of(), Map.of());

    @BeforeAll
    static void generatedLandingWithTruth() {
        Generator.generate(
                GeneratorOptions.of(3000, 200, 50, 120_000, 120, 11)
                        .withDirt(0)
                        .withPlants(new GeneratorOptions.Plants(3, true)),
                folder);
        found = GeneratedPools.count(SPARK, folder, DEFAULTS);
    }

    /** One seed cannot show which of both ranks better; {@link koc.evaluation.InfluenceEvaluation} measures that. */
    @Test
    void theLiftFollowsThePlantedRatioAndIsFarNearerToItThanANaiveCount() {
        List<Row> enough = found.planted(5);

        assertThat(enough).hasSizeGreaterThan(10);
        assertThat(spearman(enough, "influence_lift")).isGreaterThan(.7);
        assertThat(distance(enough, "influence_lift")).isLessThan(.7 * distance(enough, "naive_lift"));
    }

    @Test
    void friendsWhoBuyAlikeAreNotTakenForInfluence() {
        List<Row> alike = found.ofKind("homophilous");

        assertThat(alike).hasSizeGreaterThan(8);
        assertThat(alike.stream().filter(found::covers).count() / (double) alike.size())
                .isGreaterThanOrEqualTo(.85);
        assertThat(alike.stream()
                        .mapToDouble(row -> row.<Double>getAs("naive_lift"))
                        .average()
                        .orElse(0))
                .isGreaterThan(1.5);
    }

    @Test
    void everyFakeIsFlaggedAndNoneIsAmongTheInfluential() {
        assertThat(found.flags())
                .extracting(row -> row.getAs("koc_id") + " " + row.getAs("flag"))
                .contains(
                        "fake-self self_referral",
                        "fake-ring-1 ring",
                        "fake-ring-10 ring",
                        "fake-guide served_only",
                        "fake-flood flood");
        // A guide with hundreds of customers and no influence may be an honest one.
        assertThat(found.flags().stream().filter(row -> !row.getAs("flag").equals("served_only")))
                .extracting(row -> row.<String>getAs("koc_id"))
                .allMatch(koc -> koc.startsWith("fake-"));
        List<String> leading = found.pools().stream()
                .sorted(Comparator.comparing(row -> -row.<Double>getAs("influence_low")))
                .limit(found.pools().size() / 10)
                .map(row -> row.<String>getAs("koc_id"))
                .toList();
        assertThat(leading).noneMatch(koc -> koc.startsWith("fake-"));
    }

    /** Mean distance from the planted ratio, as a power of e. */
    private static double distance(List<Row> pools, String column) {
        return pools.stream()
                .mapToDouble(row -> Math.abs(Math.log(row.<Double>getAs(column) / found.ratio(row))))
                .average()
                .orElse(0);
    }

    private static double spearman(List<Row> pools, String column) {
        return GeneratedPools.spearman(
                pools.stream().map(row -> row.<Double>getAs(column)).toList(),
                pools.stream().map(found::ratio).toList());
    }
}
