package koc.portraits.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import koc.portraits.fit.Scaling.Block;
import koc.portraits.fit.Scaling.NumberInput;
import koc.portraits.fit.Scaling.ScaledInput;
import koc.portraits.fit.Scaling.Transform;
import koc.portraits.sample.PortraitSample;
import koc.statistics.SampleQuantile;

/**
 * Fits the scaling to a sample.
 *
 * <p>Numbers are clipped to the 1st and 99th percentile and to three spreads from the median, centred on the median, and
 * divided by the spread: 1.4826 x the median absolute deviation, at least a minimum. Numbers that never vary, or that repeat
 * an earlier one, are left out. Categories keep the geometry of square-rooted fractions (Hellinger distance): they are
 * centred and weighted, not divided.
 */
public final class ScalingFit {
    private static final double CLIP_LOW = 0.01;
    private static final double CLIP_HIGH = 0.99;
    private static final double CLIP_SPREADS = 3;
    /** Of two inputs with a stronger correlation the later one is left out. */
    private static final double MAX_CORRELATION = 0.95;
    /** Turns a median absolute deviation into the standard deviation of a normal distribution. */
    private static final double NORMAL_MAD = 1.4826;

    private final PortraitSample sample;
    private final ModelSettings settings;

    private ScalingFit(PortraitSample sample, ModelSettings settings) {
        this.sample = sample;
        this.settings = settings;
    }

    /** The scaling of a sample. */
    public static Scaling fit(PortraitSample sample, ModelSettings settings) {
        ScalingFit fit = new ScalingFit(sample, settings);
        List<ScaledInput> inputs = new ArrayList<>(fit.numberInputs());
        inputs.addAll(fit.categoryInputs());
        return new Scaling(List.copyOf(inputs), settings.categoryShrinkage());
    }

    private List<ScaledInput> numberInputs() {
        List<ScaledInput> inputs = new ArrayList<>();
        List<double[]> columns = new ArrayList<>();
        for (int n = 0; n < Scaling.NUMBERS.size(); n++) {
            int number = n;
            Optional<ScaledInput> input = numberInput(Scaling.NUMBERS.get(n), sortedValues(n));
            if (input.isEmpty()) {
                continue;
            }
            double[] column = sample.users().stream()
                    .mapToDouble(user -> input.get().apply(user.numbers()[number]))
                    .toArray();
            if (variance(column) > 0
                    && columns.stream().noneMatch(other -> Math.abs(correlation(other, column)) > MAX_CORRELATION)) {
                inputs.add(input.get());
                columns.add(column);
            }
        }
        return inputs;
    }

    /** The transformed values that are not null, ascending. */
    private double[] sortedValues(int number) {
        return sample.users().stream()
                .map(user -> user.numbers()[number])
                .filter(value -> value != null)
                .mapToDouble(value -> Scaling.NUMBERS.get(number).transform().apply(value))
                .sorted()
                .toArray();
    }

    /** Empty when the number has no values, one value only, or no weight. */
    private Optional<ScaledInput> numberInput(NumberInput number, double[] sorted) {
        double weight = Math.sqrt(blockWeight(number.block()) / blockSize(number.block()));
        if (sorted.length == 0 || weight == 0 || sorted[0] == sorted[sorted.length - 1]) {
            return Optional.empty();
        }
        double median = SampleQuantile.compute(sorted, 0.5);
        double[] deviations = Arrays.stream(sorted)
                .map(value -> Math.abs(value - median))
                .sorted()
                .toArray();
        double spread = Math.max(number.minSpread(), NORMAL_MAD * SampleQuantile.compute(deviations, 0.5));
        return Optional.of(new ScaledInput(
                number.column(),
                null,
                number.transform(),
                median,
                Math.max(SampleQuantile.compute(sorted, CLIP_LOW), median - CLIP_SPREADS * spread),
                Math.min(SampleQuantile.compute(sorted, CLIP_HIGH), median + CLIP_SPREADS * spread),
                median,
                spread,
                weight));
    }

    private List<ScaledInput> categoryInputs() {
        List<ScaledInput> inputs = new ArrayList<>();
        for (int c = 0; c < sample.categories().size(); c++) {
            double prior = sample.meanAttentionFraction(c);
            inputs.add(new ScaledInput(
                    Scaling.inputName(sample.categories().get(c)),
                    prior,
                    Transform.SQRT,
                    Math.sqrt(prior),
                    0,
                    1,
                    Math.sqrt(prior),
                    1,
                    Math.sqrt(settings.weights().categories())));
        }
        return inputs;
    }

    private double blockWeight(Block block) {
        ModelSettings.Weights weights = settings.weights();
        return switch (block) {
            case VALUE -> weights.value();
            case HABITS -> weights.habits();
            case SOCIAL -> weights.social();
        };
    }

    private static double blockSize(Block block) {
        return Scaling.NUMBERS.stream()
                .filter(number -> number.block() == block)
                .count();
    }

    private static double variance(double[] values) {
        double mean = Arrays.stream(values).average().orElse(0);
        return Arrays.stream(values)
                        .map(value -> (value - mean) * (value - mean))
                        .sum()
                / Math.max(1, values.length);
    }

    private static double correlation(double[] a, double[] b) {
        double meanA = Arrays.stream(a).average().orElse(0);
        double meanB = Arrays.stream(b).average().orElse(0);
        double product = 0;
        double squareA = 0;
        double squareB = 0;
        for (int i = 0; i < a.length; i++) {
            product += (a[i] - meanA) * (b[i] - meanB);
            squareA += (a[i] - meanA) * (a[i] - meanA);
            squareB += (b[i] - meanB) * (b[i] - meanB);
        }
        return squareA == 0 || squareB == 0 ? 0 : product / Math.sqrt(squareA * squareB);
    }
}
