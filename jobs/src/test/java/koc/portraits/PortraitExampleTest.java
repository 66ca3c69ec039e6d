package koc.portraits;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import koc.config.Configuration;
import koc.portraits.PortraitSettings.TransitionLimits;
import koc.portraits.assign.PortraitStatistics;
import koc.portraits.fit.BootstrapStability;
import koc.portraits.fit.ConfidenceTemperature;
import koc.portraits.fit.Drift;
import koc.portraits.fit.ModelSettings;
import koc.portraits.fit.PredictiveGain;
import koc.portraits.fit.Scaling;
import koc.portraits.fit.ScalingFit;
import koc.portraits.fit.Silhouette;
import koc.portraits.fit.WeightedKMeans;
import koc.portraits.names.DistinctiveTraits;
import koc.portraits.names.DistinctiveTraits.Count;
import koc.portraits.names.PortraitNames;
import koc.portraits.names.PortraitNames.Evidence;
import koc.portraits.names.PortraitNames.Naming;
import koc.portraits.sample.PortraitSample;
import koc.portraits.transitions.ClusterMatching;
import koc.portraits.transitions.ClusterTransitions;
import koc.portraits.transitions.ClusterTransitions.Overlap;
import koc.portraits.transitions.ClusterTransitions.Transition;
import koc.text.Texts;
import org.junit.jupiter.api.Test;

/** Recomputes every number of the worked example in docs/models/portraits.md from the table of ten users in it. */
class PortraitExampleTest {
    private static final ModelSettings SETTINGS = ModelSettings.from(Configuration.load(null, List.of()));
    private static final String DOCUMENT = document();
    private static final PortraitSample SAMPLE = sample();
    private static final Scaling SCALING = ScalingFit.fit(SAMPLE, SETTINGS);
    private static final double[][] VECTORS = SAMPLE.users().stream()
            .map(user -> SCALING.vector(user, SAMPLE.categories()))
            .toArray(double[][]::new);
    /** The first five users prefer tea, the last five coffee. */
    private static final int[] LABELS = {0, 0, 0, 0, 0, 1, 1, 1, 1, 1};

    private static final double[][] CENTRES = {mean(0), mean(1)};

    @Test
    void scaling() {
        double fraction = Scaling.shrunkFraction(9, 10, 0.5, 5);

        assertDocumented("The prior of tea is %s", SAMPLE.meanAttentionFraction(0));
        assertDocumented("(9 + 5 x .5) / 15 = %s", fraction);
        assertDocumented("sqrt(%s) - sqrt(.5) = %s", fraction, Math.sqrt(fraction) - Math.sqrt(0.5));
        assertDocumented(
                "The median of `log1p(spend)` is %s and the spread %s",
                SCALING.inputs().get(0).center(), SCALING.inputs().get(0).scale());
        assertDocumented("x sqrt(.05 / 3) = %s", VECTORS[0][0]);
        assertDocumented("Her vector is (%s, %s, %s)", VECTORS[0]);
    }

    @Test
    void portraits() {
        int[] found =
                new WeightedKMeans(VECTORS, 0).cluster(2, 10, SETTINGS.seed()).labels();

        assertThat(BootstrapStability.bestOverlaps(LABELS, found, 2)).containsExactly(1, 1);
        assertDocumented("The centre of the first five is (%s, %s, %s)", CENTRES[0]);
        assertDocumented("that of the others (%s, %s, %s)", CENTRES[1]);
        assertDocumented("The silhouette is %s", new Silhouette(VECTORS).mean(LABELS, 2));
    }

    @Test
    void predictiveGain() {
        double smoothed = (35 + 10 * 41 / 90.0) / 50;
        assertDocumented("(35 + 10 x 41 / 90) / (40 + 10) = %s", smoothed);
        assertDocumented("ln(%s / %s) = %s", smoothed, 41 / 90.0, Math.log(smoothed * 90 / 41));
        assertDocumented(
                "all ten users is %s nats per purchase",
                PredictiveGain.compute(CategoryBaskets.of(SAMPLE), LABELS, 2).mean());
    }

    @Test
    void assignment() {
        double[] kim = SCALING.vector(user(5, 5, 400, new double[2]), SAMPLE.categories());
        double toTea = distance(kim, CENTRES[0]);
        double toCoffee = distance(kim, CENTRES[1]);

        ConfidenceTemperature temperature = ConfidenceTemperature.fit(SAMPLE, VECTORS, CENTRES);
        double t = temperature.value();

        assertDocumented("1000 times the temperature is %s", 1000 * t);
        assertDocumented("Her distances to the centres are %s and %s", toTea, toCoffee);
        assertDocumented(
                "1000 times the difference of their squares is %s", 1000 * (toTea * toTea - toCoffee * toCoffee));
        assertDocumented(
                "1 / (1 + exp(-%s / (2 x %s))) = %s",
                1000 * (toTea * toTea - toCoffee * toCoffee),
                1000 * t,
                1 / (1 + Math.exp((toCoffee * toCoffee - toTea * toTea) / (2 * t))));
    }

    @Test
    void names() {
        Map<String, Naming> names = PortraitNames.name(
                List.of(
                        new Evidence(
                                "m-01",
                                5,
                                200,
                                10,
                                Map.of("value:low", 4.0, "value:middle", 1.0),
                                Map.of("tea", 44.0, "coffee", 6.0)),
                        new Evidence(
                                "m-02",
                                5,
                                800,
                                10,
                                Map.of("value:middle", 3.0, "value:high", 2.0),
                                Map.of("tea", 6.0, "coffee", 44.0))),
                Map.of(),
                List.of(),
                Texts.of("en"));

        assertDocumented(
                "Tea has z = %s in the first portrait",
                DistinctiveTraits.zScore(new Count(44, 50), new Count(6, 50), new Count(50, 100)));
        assertDocumented(
                "the tag has z = %s", DistinctiveTraits.zScore(new Count(4, 5), new Count(0, 5), new Count(4, 10)));
        assertThat(names.values()).extracting(Naming::name).containsExactly("tea", "coffee");
        assertThat(DOCUMENT).contains("\"tea\"", "\"coffee\"");
    }

    @Test
    void drift() {
        Drift drift = Drift.between(
                List.of(new PortraitStatistics("tea", 500, 1), new PortraitStatistics("coffee", 500, 1)),
                List.of(new PortraitStatistics("tea", 600, 1), new PortraitStatistics("coffee", 400, 1)));

        assertDocumented(".1 ln 1.2 - .1 ln .8 = %s", 0.1 * Math.log(1.2) - 0.1 * Math.log(0.8));
        assertDocumented("less .002 by chance: %s", drift.populationStabilityIndex());
    }

    @Test
    void transitions() {
        ClusterTransitions transitions = ClusterMatching.match(
                List.of("tea", "coffee"),
                List.of("x", "y"),
                List.of(new Overlap("tea", "x", 4, 4), new Overlap("tea", "y", 1, 1), new Overlap("coffee", "y", 5, 5)),
                new TransitionLimits(0.7, 0.3));

        assertThat(transitions.byOldPortrait()).containsEntry("tea", Transition.SURVIVED);
        assertThat(transitions.stableIds()).containsEntry("x", "tea");
    }

    /** The document contains the sentence with the numbers rounded to three decimals, without a leading zero. */
    private static void assertDocumented(String sentence, double... numbers) {
        Object[] rounded = Arrays.stream(numbers)
                .mapToObj(number -> String.format(Locale.ROOT, "%.3f", number).replaceFirst("^(-?)0\\.", "$1."))
                .toArray();
        assertThat(DOCUMENT).contains(String.format(Locale.ROOT, sentence, rounded));
    }

    private static String document() {
        try {
            return Files.readString(Path.of("../docs/models/portraits.md")).replaceAll("\\s+", " ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The ten users of the document's table; eve buys coffee in the holdout, jon tea, the others as before. */
    private static PortraitSample sample() {
        List<PortraitSample.User> users = new ArrayList<>();
        Matcher row = Pattern.compile("\\| ([a-z]{3}) \\| (\\d+) \\| (\\d+) \\| (\\d+) \\|")
                .matcher(DOCUMENT);
        while (row.find()) {
            int tea = Integer.parseInt(row.group(2));
            int coffee = Integer.parseInt(row.group(3));
            boolean isTeaNext =
                    row.group(1).equals("jon") || (tea > coffee && !row.group(1).equals("eve"));
            double[] holdout = isTeaNext ? new double[] {1, 0} : new double[] {0, 1};
            users.add(user(tea, coffee, Integer.parseInt(row.group(4)), holdout));
        }
        assertThat(users).hasSize(10);
        return new PortraitSample(List.of("tea", "coffee"), users, 10);
    }

    private static PortraitSample.User user(int tea, int coffee, int netSpend, double[] holdout) {
        Double[] numbers = new Double[Scaling.NUMBERS.size()];
        numbers[0] = (double) netSpend;
        return new PortraitSample.User(numbers, new double[] {tea, coffee}, tea + coffee, holdout);
    }

    private static double[] mean(int label) {
        return IntStream.range(0, 3)
                .mapToDouble(d -> IntStream.range(0, 10)
                        .filter(i -> LABELS[i] == label)
                        .mapToDouble(i -> VECTORS[i][d])
                        .average()
                        .orElseThrow())
                .toArray();
    }

    private static double distance(double[] a, double[] b) {
        return Math.sqrt(IntStream.range(0, a.length)
                .mapToDouble(d -> (a[d] - b[d]) * (a[d] - b[d]))
                .sum());
    }
}
