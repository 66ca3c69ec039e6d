package koc.influence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /** One seed cannot show which of the two ranks better; {@link koc.evaluation.InfluenceEvaluation} measures that. */
    @Test
    void theLiftFollowsThePlantedRatioMuchCloserThanANaiveCount() {
        List<Row> pools = found.planted(5);

        assertThat(pools).hasSizeGreaterThan(10);
        assertThat(spearman(pools, "influence_lift")).isGreaterThan(.7);
        assertThat(distance(pools, "influence_lift")).isLessThan(.7 * distance(pools, "naive_lift"));
    }

    @Test
    void homophilyIsNotTakenForInfluence() {
        List<Row> homophilous = found.ofKind("homophilous");

        assertThat(homophilous).hasSizeGreaterThan(8);
        assertThat(homophilous.stream().filter(found::covers).count() / (double) homophilous.size())
                .isGreaterThanOrEqualTo(.85);
        assertThat(homophilous.stream()
                        .mapToDouble(row -> row.<Double>getAs("naive_lift"))
                        .average()
                        .orElse(0))
                .isGreaterThan(1.5);
    }

    @Test
    void everyFakeIsFlaggedAndNoneLeadsTheRanking() {
        assertThat(found.flags())
                .extracting(row -> row.getAs("koc_id") + " " + row.getAs("flag"))
                .contains(
                        "fake-self self_referral",
                        "fake-ring-1 collusion_ring",
                        "fake-ring-10 collusion_ring",
                        "fake-guide served_only",
                        "fake-flood spam");
        // A guide with hundreds of customers and no influence may be an honest one, and over-posters are planted too.
        assertThat(found.flags().stream()
                        .filter(row -> !Set.of("served_only", "spam").contains(row.<String>getAs("flag"))))
                .extracting(row -> row.<String>getAs("koc_id"))
                .allMatch(koc -> koc.startsWith("fake-"));
        List<String> leading = found.pools().stream()
                .sorted(Comparator.comparing(row -> -row.<Double>getAs("influence_low")))
                .limit(found.pools().size() / 10)
                .map(row -> row.<String>getAs("koc_id"))
                .toList();
        assertThat(leading).noneMatch(koc -> koc.startsWith("fake-"));
    }

    /** Mean absolute difference of the logarithms of the column and of the planted ratio. */
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
