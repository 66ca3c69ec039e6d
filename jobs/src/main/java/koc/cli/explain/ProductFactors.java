package koc.cli.explain;

import java.time.LocalDate;
import java.util.List;
import koc.recommend.RecommendSettings;
import koc.warehouse.StoredRow;
import org.jspecify.annotations.Nullable;

/**
 * The medians that the margin, the trust and the generality of a product are compared with: those of all products that
 * could be recommended.
 *
 * @param medianMargin of product_profile.unit_margin; null if no margin is known
 * @param medianTrust of product_profile.trust of assessed products; null if none is assessed
 * @param medianGenerality of product_profile.generality_low; null if no product can be recommended
 */
record ProductFactors(
        @Nullable Double medianMargin,
        @Nullable Double medianTrust,
        @Nullable Double medianGenerality) {

    /** The medians over launched products in stock that pass the quality gate, when no campaign forbids any. */
    static ProductFactors of(List<StoredRow> profiles, LocalDate day) {
        List<StoredRow> eligible =
                profiles.stream().filter(profile -> isEligible(profile, day)).toList();
        return new ProductFactors(
                median(eligible, "unit_margin"),
                median(eligible.stream().filter(ProductFactors::isAssessed).toList(), "trust"),
                median(eligible, "generality_low"));
    }

    private static boolean isEligible(StoredRow profile, LocalDate day) {
        return isLaunched(profile, day) && profile.text("quality_gate").equals("pass") && profile.is("is_in_stock");
    }

    /** Whether the product is on sale on the day; a product without a recorded launch always is. */
    static boolean isLaunched(StoredRow profile, LocalDate day) {
        return !(profile.get("launched_on") instanceof LocalDate launch) || !launch.isAfter(day);
    }

    private static boolean isAssessed(StoredRow profile) {
        return profile.get("trust_purchases") != null
                || profile.get("trust_brand") != null
                || profile.get("trust_reviews") != null;
    }

    private static @Nullable Double median(List<StoredRow> profiles, String column) {
        double[] values = profiles.stream()
                .filter(profile -> profile.get(column) != null)
                .mapToDouble(profile -> profile.value(column))
                .sorted()
                .toArray();
        int middle = values.length / 2;
        return values.length == 0
                ? null
                : values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }

    /** The factor for the margin of a unit: (margin / median) ^ weight, within the bounds; 1 if it is unknown. */
    double margin(StoredRow profile, RecommendSettings settings) {
        return factor(
                profile.number("unit_margin"), medianMargin, settings.weight().margin(), settings.factorBound());
    }

    /** The factor for trust: (trust / median) ^ weight, within the bounds; 1 if trust is not assessed. */
    double trust(StoredRow profile, RecommendSettings settings) {
        return isAssessed(profile)
                ? factor(profile.number("trust"), medianTrust, settings.weight().trust(), settings.factorBound())
                : 1;
    }

    /**
     * The factor for general products in a mixed pool: e ^ (weight x heterogeneity x (generality_low - its median)).
     */
    double generality(StoredRow profile, double heterogeneity, RecommendSettings settings) {
        Double median = medianGenerality;
        double difference = median == null ? 0 : profile.value("generality_low") - median;
        return Math.exp(settings.weight().generality() * heterogeneity * difference);
    }

    private static double factor(@Nullable Double value, @Nullable Double median, double weight, double bound) {
        if (value == null || median == null || median <= 0) {
            return 1;
        }
        return Math.min(bound, Math.max(1 / bound, Math.pow(Math.max(value, 0) / median, weight)));
    }

    /** How a factor is computed, in words. */
    String formula(String column, @Nullable Double median, String weight) {
        return "(product_profile." + column + " / its median " + Numbers.text(median) + ") ^ koc.recommend.weight."
                + weight;
    }
}
