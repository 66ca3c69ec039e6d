package koc.cli.explain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import koc.warehouse.StoredRow;
import org.jspecify.annotations.Nullable;

/**
 * Computes the confidence of a user's portrait again: the distance of the user to the centre of each portrait, in the
 * scaled space of the model.
 *
 * @param scaling portrait_scaling of the model, by position
 * @param centres portrait_centres of the model
 * @param model its row of portrait_models
 */
record PortraitDistances(List<StoredRow> scaling, List<StoredRow> centres, StoredRow model) {
    private static final String CATEGORY = "category:";
    /** Half of the last decimal of the stored confidence. */
    private static final double ROUNDED = 5e-7;

    private static final double SMALLEST = 1e-6;

    /** Whether all inputs of the model are stored by user; attention to groups of products is not. */
    boolean isComputable() {
        return scaling.stream().allMatch(input -> !input.text("input").startsWith("group:"));
    }

    /**
     * The squared distance to the centre of each portrait, by the portrait's id.
     *
     * @param features of the user
     * @param categories user_categories of the user
     */
    Map<String, Double> squares(StoredRow features, List<StoredRow> categories) {
        double[] vector = vector(features, categories);
        Map<String, Double> squares = new HashMap<>();
        for (StoredRow centre : centres) {
            if (centre.get("centre") instanceof double[] values) {
                double square = 0;
                for (int i = 0; i < values.length; i++) {
                    square += (vector[i] - values[i]) * (vector[i] - values[i]);
                }
                squares.put(centre.text("portrait_id"), square);
            }
        }
        return squares;
    }

    /**
     * The confidence: exp(-d^2 / 2T) of the nearest portrait over the sum for all portraits. Worked: squared distances
     * .10 and .13 with T = .01 give .82.
     */
    Entry.Check confidence(Map<String, Double> squares, StoredRow userPortrait) {
        double nearest =
                squares.values().stream().mapToDouble(square -> square).min().orElse(0);
        double odds = squares.values().stream()
                .mapToDouble(square -> Math.exp((nearest - square) / (2 * model.value("temperature"))))
                .sum();
        return Entry.Check.of(
                        userPortrait,
                        "confidence",
                        "exp(-d^2 / 2T) of the nearest portrait / the sum over all, with T = "
                                + Numbers.text(model.value("temperature")) + " (portrait_models.temperature)",
                        1 / odds)
                .rounded(ROUNDED);
    }

    /** The name that a portrait got when the model was fitted. */
    String name(String portrait) {
        return centres.stream()
                .filter(centre -> centre.text("portrait_id").equals(portrait))
                .map(centre -> centre.text("name"))
                .findFirst()
                .orElse(portrait);
    }

    private double[] vector(StoredRow features, List<StoredRow> categories) {
        List<Double> numbers = new ArrayList<>();
        List<Double> attention = new ArrayList<>();
        Map<String, Double> weights = new HashMap<>();
        categories.forEach(category -> weights.put(category.text("category"), category.value("weight")));
        double total = weights.values().stream().mapToDouble(weight -> weight).sum() + model.value("prior_weight");
        for (StoredRow input : scaling) {
            String name = input.text("input");
            if (name.startsWith(CATEGORY)) {
                double weight = weights.getOrDefault(name.substring(CATEGORY.length()), 0.0);
                attention.add(category(input, weight, total));
            } else {
                numbers.add(number(input, raw(features, name)));
            }
        }
        numbers.addAll(attention);
        return numbers.stream().mapToDouble(value -> value).toArray();
    }

    /** Spend and orders of users without orders count as unknown. */
    private static @Nullable Double raw(StoredRow features, String input) {
        boolean isOfBuyers = input.equals("net_spend_365d") || input.equals("orders_365d");
        return isOfBuyers && features.value("orders_365d") == 0 ? null : features.number(input);
    }

    private double category(StoredRow input, double weight, double total) {
        double prior = input.value("prior");
        double fraction = total > 0 ? (weight + prior * model.value("prior_weight")) / total : prior;
        return (Math.sqrt(fraction) - Math.sqrt(prior)) * input.value("weight");
    }

    private static double number(StoredRow input, @Nullable Double raw) {
        double filled = raw == null ? input.value("fill") : transformed(input.text("transform"), raw);
        double bounded = Math.min(input.value("upper"), Math.max(input.value("lower"), filled));
        return (bounded - input.value("center")) / input.value("scale") * input.value("weight");
    }

    private static double transformed(String transform, double raw) {
        return switch (transform) {
            case "log1p" -> Math.log1p(Math.max(0, raw));
            case "ln" -> Math.log(Math.max(SMALLEST, raw));
            case "sqrt" -> Math.sqrt(Math.max(0, raw));
            default -> raw;
        };
    }
}
