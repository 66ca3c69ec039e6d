package koc.evaluation;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The mean difference of two recommenders over the same KOCs, with its 95% interval: the middle 95% of the means of 2,000
 * bootstrap samples of the KOCs, from a fixed seed.
 */
record PairedInterval(double mean, double low, double high) {
    private static final int SAMPLES = 2000;
    private static final double TAIL = .025;

    /** Computes the interval of one difference for each KOC, in a fixed order. */
    static PairedInterval of(double[] differences) {
        if (differences.length == 0) {
            return new PairedInterval(0, 0, 0);
        }
        SplittableRandom random = new SplittableRandom(1);
        double[] means = new double[SAMPLES];
        for (int sample = 0; sample < SAMPLES; sample++) {
            means[sample] = random.ints(differences.length, 0, differences.length)
                    .mapToDouble(koc -> differences[koc])
                    .average()
                    .orElse(0);
        }
        Arrays.sort(means);
        return new PairedInterval(
                Arrays.stream(differences).average().orElse(0),
                means[(int) (TAIL * SAMPLES)],
                means[(int) ((1 - TAIL) * SAMPLES) - 1]);
    }

    /** Whether the interval lies above 0, below it, or contains it. */
    String verdict() {
        if (low > 0) {
            return "surely better";
        }
        return high < 0 ? "surely worse" : "even";
    }
}
