package koc.portraits;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import koc.statistics.SampleQuantile;
import org.jspecify.annotations.Nullable;

/**
 * How each input is prepared before distances are taken: transform, fill, clip, centre, scale, weigh.
 *
 * @param inputs in the order of the vector
 * @param priorWeight attention's worth of everybody's shares that a user's own are mixed with
 */
record Scaling(List<ScaledInput> inputs, double priorWeight) {
    /** The word that opens the name of a category's input. */
    static final String CATEGORY = "category:";

    private static final double CLIP_LOW = 0.01;
    private static final double CLIP_HIGH = 0.99;
    /** Inputs more alike than this say the same thing twice; the later one is left out. */
    private static final double COLLINEAR = 0.95;
    /** Turns a median absolute deviation into the standard deviation of normal values. */
    private static final double NORMAL_MAD = 1.4826;

    /** Numbers of a user that are inputs, beside the categories. */
    static final List<NumberInput> NUMBERS = List.of(
            new NumberInput("net_spend_365d", Block.VALUE, Transform.LOG1P, 0.7),
            new NumberInput("orders_365d", Block.VALUE, Transform.LOG1P, 0.5),
            new NumberInput("price_level", Block.VALUE, Transform.LN, 0.2),
            new NumberInput("discount_rate", Block.HABITS, Transform.NONE, 0.1),
            new NumberInput("morning_fraction", Block.HABITS, Transform.NONE, 0.1),
            new NumberInput("evening_fraction", Block.HABITS, Transform.NONE, 0.1),
            new NumberInput("night_fraction", Block.HABITS, Transform.NONE, 0.1),
            new NumberInput("weekend_fraction", Block.HABITS, Transform.NONE, 0.1),
            new NumberInput("shares_90d", Block.SOCIAL, Transform.LOG1P, 0.7),
            new NumberInput("inquiries_90d", Block.SOCIAL, Transform.LOG1P, 0.7));

    /** Inputs that are weighed together. */
    enum Block {
        VALUE,
        HABITS,
        SOCIAL
    }

    /** What is done to a number first, so that equal ratios or small shares become comparable distances. */
    enum Transform {
        NONE,
        LOG1P,
        LN,
        SQRT;

        double apply(double value) {
            return switch (this) {
                case NONE -> value;
                case LOG1P -> Math.log1p(Math.max(0, value));
                case LN -> Math.log(Math.max(1e-6, value));
                case SQRT -> Math.sqrt(Math.max(0, value));
            };
        }

        String word() {
            return switch (this) {
                case NONE -> "none";
                case LOG1P -> "log1p";
                case LN -> "ln";
                case SQRT -> "sqrt";
            };
        }

        static Transform of(String word) {
            return Arrays.stream(values())
                    .filter(transform -> transform.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("transform " + word));
        }
    }

    /**
     * A number of a user that is an input.
     *
     * @param minSpread a standard deviation below this, after the transform, is not stretched to 1: users who hardly
     *     differ must not be told apart by noise
     */
    record NumberInput(String column, Block block, Transform transform, double minSpread) {}

    /** One place of the vector; the columns of portrait_scaling. */
    record ScaledInput(
            String input,
            @Nullable Double prior,
            Transform transform,
            double fill,
            double lower,
            double upper,
            double center,
            double scale,
            double weight) {

        double apply(@Nullable Double value) {
            double transformed = value == null ? fill : transform.apply(value);
            return (Math.min(upper, Math.max(lower, transformed)) - center) / scale * weight;
        }
    }

    /**
     * Fits the preparation to a sample: clips to the 1st and 99th percentile, centres on the median, scales by the
     * median absolute deviation (numbers), and leaves out what never varies or repeats another input. Categories keep
     * the geometry of square-rooted shares (Hellinger distance): they are centred and weighed, not stretched.
     */
    static Scaling fit(PortraitSample sample, ModelSettings settings) {
        List<ScaledInput> inputs = new ArrayList<>();
        List<double[]> kept = new ArrayList<>();
        for (int i = 0; i < NUMBERS.size(); i++) {
            NumberInput number = NUMBERS.get(i);
            int column = i;
            double[] known = sample.users().stream()
                    .map(user -> user.numbers()[column])
                    .filter(value -> value != null)
                    .mapToDouble(value -> number.transform().apply(value))
                    .sorted()
                    .toArray();
            double weight = Math.sqrt(blockWeight(number.block(), settings.weights()) / blockSize(number.block()));
            if (known.length == 0 || weight == 0 || known[0] == known[known.length - 1]) {
                continue;
            }
            double median = SampleQuantile.compute(known, 0.5);
            double[] deviations = Arrays.stream(known)
                    .map(value -> Math.abs(value - median))
                    .sorted()
                    .toArray();
            double spread = Math.max(number.minSpread(), NORMAL_MAD * SampleQuantile.compute(deviations, 0.5));
            ScaledInput input = new ScaledInput(
                    number.column(),
                    null,
                    number.transform(),
                    median,
                    Math.max(SampleQuantile.compute(known, CLIP_LOW), median - 3 * spread),
                    Math.min(SampleQuantile.compute(known, CLIP_HIGH), median + 3 * spread),
                    median,
                    spread,
                    weight);
            double[] values = sample.users().stream()
                    .mapToDouble(user -> input.apply(user.numbers()[column]))
                    .toArray();
            if (variance(values) > 0
                    && kept.stream().noneMatch(other -> Math.abs(correlation(other, values)) > COLLINEAR)) {
                inputs.add(input);
                kept.add(values);
            }
        }
        for (int c = 0; c < sample.categories().size(); c++) {
            double prior = sample.everybodysShare(c);
            inputs.add(new ScaledInput(
                    CATEGORY + sample.categories().get(c),
                    prior,
                    Transform.SQRT,
                    Math.sqrt(prior),
                    0,
                    1,
                    Math.sqrt(prior),
                    1,
                    Math.sqrt(settings.weights().categories())));
        }
        return new Scaling(List.copyOf(inputs), settings.categoryShrinkage());
    }

    /** The vector of a sampled user. */
    double[] vector(PortraitSample.User user, List<String> categories) {
        double[] vector = new double[inputs.size()];
        for (int i = 0; i < vector.length; i++) {
            ScaledInput input = inputs.get(i);
            vector[i] = input.apply(value(input, user, categories));
        }
        return vector;
    }

    private @Nullable Double value(ScaledInput input, PortraitSample.User user, List<String> categories) {
        Double prior = input.prior();
        if (prior == null) {
            for (int n = 0; n < NUMBERS.size(); n++) {
                if (NUMBERS.get(n).column().equals(input.input())) {
                    return user.numbers()[n];
                }
            }
            throw new IllegalArgumentException("input " + input.input());
        }
        int category = categories.indexOf(input.input().substring(CATEGORY.length()));
        double all = user.attention() + priorWeight;
        return all == 0 ? prior : (user.weights()[category] + priorWeight * prior) / all;
    }

    private static double blockWeight(Block block, ModelSettings.Weights weights) {
        return switch (block) {
            case VALUE -> weights.value();
            case HABITS -> weights.habits();
            case SOCIAL -> weights.social();
        };
    }

    private static double blockSize(Block block) {
        return NUMBERS.stream().filter(number -> number.block() == block).count();
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
