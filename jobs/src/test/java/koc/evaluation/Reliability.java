package koc.evaluation;

import java.util.List;
import java.util.Locale;

/** Compares probabilities with how often they were right, by probability: a reliability table. */
final class Reliability {
    /** Upper bounds of the bins; 1 belongs to the last. */
    private static final double[] BOUNDS = {.5, .6, .7, .8, .9, .95, .99, 1};

    private final long[] cases = new long[BOUNDS.length];
    private final long[] right = new long[BOUNDS.length];
    private final double[] sums = new double[BOUNDS.length];

    /** Counts a case with a probability of being right, and whether it was. */
    void add(double probability, boolean isRight) {
        int bin = 0;
        while (bin < BOUNDS.length - 1 && probability >= BOUNDS[bin]) {
            bin++;
        }
        cases[bin]++;
        right[bin] += isRight ? 1 : 0;
        sums[bin] += probability;
    }

    /** All cases together. */
    static Reliability merge(List<Reliability> parts) {
        Reliability all = new Reliability();
        for (Reliability part : parts) {
            for (int bin = 0; bin < BOUNDS.length; bin++) {
                all.cases[bin] += part.cases[bin];
                all.right[bin] += part.right[bin];
                all.sums[bin] += part.sums[bin];
            }
        }
        return all;
    }

    long cases() {
        return sum(cases);
    }

    /**
     * The expected calibration error: the mean over all cases of the difference between the mean probability of their bin
     * and the fraction of right cases in it (Naeini and others 2015).
     */
    double calibrationError() {
        double error = 0;
        for (int bin = 0; bin < BOUNDS.length; bin++) {
            error += Math.abs(sums[bin] - right[bin]);
        }
        return error / Math.max(1, cases());
    }

    /** The figures of all cases in words. */
    String summary() {
        double all = Math.max(1, cases());
        double probability = 0;
        for (double sum : sums) {
            probability += sum;
        }
        return String.format(
                Locale.ROOT,
                "%d users, right %.3f, mean confidence %.3f, calibration error %.3f",
                cases(),
                sum(right) / all,
                probability / all,
                calibrationError());
    }

    /** Prints one line per bin that has cases, and the summary. */
    void print() {
        for (int bin = 0; bin < BOUNDS.length; bin++) {
            if (cases[bin] > 0) {
                System.out.printf(
                        Locale.ROOT,
                        "  confidence %.2f to %.2f: %5d users, mean confidence %.3f, right %.3f%n",
                        bin == 0 ? 0 : BOUNDS[bin - 1],
                        BOUNDS[bin],
                        cases[bin],
                        sums[bin] / cases[bin],
                        right[bin] / (double) cases[bin]);
            }
        }
        System.out.println("  " + summary());
    }

    private static long sum(long[] counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }
}
