package koc.rules;

import java.time.LocalDate;
import java.util.List;
import koc.config.Range;
import koc.error.KocException;

/**
 * One version of the rule of commission; {@code koc.economics.commission.rules} in conf/reference.conf explains each key.
 *
 * @param version its name
 * @param from first day of the purchases that it applies to
 * @param minMarginLeft margin that the brand keeps after commission, as a fraction of the sale
 * @param marginBands the rate by the margin of the sale
 * @param bestSellers the factor of the rate by the product's position among the products sold the month before
 */
public record CommissionRule(
        String version,
        LocalDate from,
        @Range(min = 0, max = 1) double minMarginLeft,
        List<MarginBand> marginBands,
        List<BestSeller> bestSellers) {
    /**
     * The rate of sales with at least this margin.
     *
     * @param minMargin margin of the sale, as a fraction of the money paid
     * @param rate commission, as a fraction of the money paid
     */
    public record MarginBand(
            @Range(min = -100, max = 1) double minMargin,
            @Range(min = 0, max = 1) double rate) {}

    /**
     * The factor of products among the best sellers.
     *
     * @param topFraction fraction of the products sold the month before, best first
     * @param factor of the rate
     */
    public record BestSeller(
            @Range(min = 0, max = 1) double topFraction,
            @Range(min = 0, max = 10) double factor) {}

    public CommissionRule {
        if (version.isBlank()) {
            throw wrong("version", "'" + version + "'", "a name for this rule, such as 2024-1");
        }
        requireRising(
                "margin-bands", marginBands.stream().map(MarginBand::minMargin).toList());
        requireRising(
                "best-sellers",
                bestSellers.stream().map(BestSeller::topFraction).toList());
    }

    private static void requireRising(String key, List<Double> values) {
        for (int i = 1; i < values.size(); i++) {
            if (values.get(i) <= values.get(i - 1)) {
                throw wrong(key, values.toString(), "rising numbers, so that each entry means something");
            }
        }
    }

    private static KocException wrong(String key, String found, String expected) {
        return KocException.usage(
                "configuration koc.economics.commission.rules: " + key + ": found " + found,
                "expected " + expected,
                "correct it in the file that has it, or in --set");
    }
}
