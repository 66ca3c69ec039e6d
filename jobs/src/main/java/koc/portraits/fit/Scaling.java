package koc.portraits.fit;

import java.util.Arrays;
import java.util.List;
import koc.portraits.groups.ProductGroups;
import koc.portraits.sample.PortraitSample;
import org.jspecify.annotations.Nullable;

/**
 * How each input is prepared before distances are computed: transform, fill nulls, clip, centre, scale, weight.
 *
 * @param inputs in the order of the vector
 * @param priorWeight attention of the population that each user's category fractions are mixed with
 */
public record Scaling(List<ScaledInput> inputs, double priorWeight) {
    /** Prefix of the name of a category's input. */
    private static final String CATEGORY = "category:";

    /** The numbers of a user that are inputs, in addition to the categories. */
    public static final List<NumberInput> NUMBERS = List.of(
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

    /** Groups of inputs. The weight of a group is split equally among its inputs. */
    public enum Block {
        VALUE,
        HABITS,
        SOCIAL
    }

    /** The first step of the preparation: it makes equal ratios or small fractions comparable as distances. */
    public enum Transform {
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

        /** The value in portrait_scaling. */
        public String code() {
            return switch (this) {
                case NONE -> "none";
                case LOG1P -> "log1p";
                case LN -> "ln";
                case SQRT -> "sqrt";
            };
        }

        public static Transform fromCode(String code) {
            return Arrays.stream(values())
                    .filter(transform -> transform.code().equals(code))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("transform " + code));
        }
    }

    /**
     * A number of a user that is an input.
     *
     * @param minSpread minimum standard deviation to scale by, after the transform; when users hardly differ, their small
     *     differences stay small
     */
    public record NumberInput(String column, Block block, Transform transform, double minSpread) {}

    /** The preparation of one input; the components are the columns of portrait_scaling. */
    public record ScaledInput(
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

        public boolean isCategory() {
            return prior != null;
        }

        /** The category, or group of products, of the input of one. */
        public String category() {
            return input.startsWith(CATEGORY) ? input.substring(CATEGORY.length()) : input;
        }
    }

    /** The name of the input of a category; groups of products have a prefix of their own. */
    static String inputName(String category) {
        return category.startsWith(ProductGroups.PREFIX) ? category : CATEGORY + category;
    }

    /** The vector of a sampled user. */
    public double[] vector(PortraitSample.User user, List<String> categories) {
        return inputs.stream()
                .mapToDouble(input -> input.apply(value(input, user, categories)))
                .toArray();
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
        double attention = user.categoryAttention()[categories.indexOf(input.category())];
        return shrunkFraction(attention, user.attention(), prior, priorWeight);
    }

    /**
     * The fraction of a user's attention that goes to a category, mixed with the population's: (attention to the category +
     * k x prior) / (attention + k), or the prior when both are 0. Worked: 8 of 10 with a prior of .4 and k = 5 give
     * (8 + 2) / 15 = .667.
     */
    public static double shrunkFraction(double categoryAttention, double attention, double prior, double priorWeight) {
        double total = attention + priorWeight;
        return total == 0 ? prior : (categoryAttention + priorWeight * prior) / total;
    }
}
