package koc.cli.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import koc.recommend.RecommendSettings;
import koc.recommend.features.CandidateFeatures;
import koc.recommend.features.Part;
import koc.warehouse.StoredRow;
import org.jspecify.annotations.Nullable;

/**
 * Computes the numbers of a recommendation again, from its row of koc_recommendations.
 *
 * @param exponents of the affinities by their column, from buyer_model
 * @param products the medians of the products that could be recommended; null if the stored tables do not
 *     determine them
 */
record RecommendationScore(
        RecommendSettings settings,
        Map<String, Double> exponents,
        @Nullable ProductFactors products) {
    /** The factors of the score, in the order in which they are multiplied. */
    static final List<String> FACTORS = List.of(
            "repurchase_factor",
            "margin_factor",
            "trust_factor",
            "generality_factor",
            "own_use_factor",
            "overlap_factor");

    private static final double HALF_CENT = .005;

    /** The exponents of buyer_model by the affinity that they belong to. */
    static Map<String, Double> exponents(List<StoredRow> buyerModel) {
        return buyerModel.stream()
                .filter(row -> row.text("coefficient").endsWith("_exponent"))
                .collect(Collectors.toMap(
                        row -> row.text("coefficient").replace("_exponent", ""), row -> row.value("value")));
    }

    /**
     * The score: expected buyers times its factors. Worked: 10 buyers with the factors .8 (repurchase) and 1.1 (trust),
     * all others 1, give 8.8.
     */
    static Entry.Check score(StoredRow row) {
        double score = row.value("expected_buyers");
        StringBuilder formula = new StringBuilder("expected_buyers");
        for (String factor : FACTORS) {
            score *= row.value(factor);
            formula.append(" x ").append(factor);
        }
        return Entry.Check.of(row, "score", formula.toString(), score);
    }

    /** The expected buyers: the sum of all published parts, which include the two affinity factors. */
    static Entry.Check expectedBuyers(StoredRow row) {
        return Entry.Check.of(
                row,
                "expected_buyers",
                "sum of the columns from_..., which include product_affinity_factor and category_affinity_factor",
                sum(row));
    }

    private static double sum(StoredRow row) {
        return Part.publishedColumns().stream().mapToDouble(row::value).sum();
    }

    /** The factors of the expected buyers: an affinity to the power of its exponent. */
    List<Entry.Check> affinities(StoredRow row) {
        List<Entry.Check> checks = new ArrayList<>();
        for (String affinity : CandidateFeatures.AFFINITIES) {
            Double exponent = exponents.get(affinity);
            if (exponent != null) {
                checks.add(Entry.Check.of(
                        row,
                        affinity + "_factor",
                        Numbers.text(row.value(affinity)) + " ^ " + Numbers.text(exponent) + " (" + affinity
                                + "_exponent in buyer_model.value)",
                        Math.pow(row.value(affinity), exponent)));
            }
        }
        return checks;
    }

    /** The factor for buyers who are due to repurchase: 1 - (1 - weight) x their fraction of the buyers. */
    Entry.Check repurchaseFactor(StoredRow row) {
        double weight = settings.weight().repurchase();
        double due = sum(row) == 0 ? 0 : row.value("from_repurchase") / sum(row);
        return Entry.Check.of(
                row,
                "repurchase_factor",
                "1 - (1 - " + Numbers.text(weight) + ", koc.recommend.weight.repurchase) x " + Numbers.text(due)
                        + ", the fraction of buyers who are due",
                1 - (1 - weight) * due);
    }

    /** The factor for the KOC's own use: e ^ (weight x product loyalty). */
    Entry.Check ownUseFactor(StoredRow row) {
        double weight = settings.weight().ownUse();
        return Entry.Check.of(
                row,
                "own_use_factor",
                "e ^ (" + Numbers.text(weight) + ", koc.recommend.weight.own-use, x product_loyalty "
                        + Numbers.text(row.value("product_loyalty")) + ")",
                Math.exp(weight * row.value("product_loyalty")));
    }

    /**
     * The factors for margin, trust and generality against the median product; none if the medians are unknown. That
     * for generality is left out for a pool that was completed with other users, whose portraits are not stored.
     */
    List<Entry.Check> productFactors(StoredRow row, StoredRow profile, PoolMix mix) {
        ProductFactors medians = products;
        if (medians == null) {
            return List.of();
        }
        List<Entry.Check> checks = new ArrayList<>();
        checks.add(Entry.Check.of(
                row,
                "margin_factor",
                medians.formula("unit_margin", medians.medianMargin(), "margin"),
                medians.margin(profile, settings)));
        checks.add(Entry.Check.of(
                row,
                "trust_factor",
                medians.formula("trust", medians.medianTrust(), "trust"),
                medians.trust(profile, settings)));
        if (row.text("basis").equals("pool") && !mix.rows().isEmpty()) {
            checks.add(Entry.Check.of(
                    row,
                    "generality_factor",
                    "e ^ (koc.recommend.weight.generality x " + Numbers.text(mix.heterogeneity())
                            + ", the mixture of koc_pool_mix.members, x (product_profile.generality_low "
                            + Numbers.text(profile.value("generality_low")) + " - its median "
                            + Numbers.text(medians.medianGenerality()) + "))",
                    medians.generality(profile, mix.heterogeneity(), settings)));
        }
        return List.copyOf(checks);
    }

    /** The expected margin: expected buyers x margin per unit; none if the unit cost is unknown. */
    static List<Entry.Check> expectedMargin(StoredRow row, StoredRow profile) {
        Double margin = profile.number("unit_margin");
        if (margin == null || row.get("expected_margin") == null) {
            return List.of();
        }
        return List.of(Entry.Check.of(
                        row,
                        "expected_margin",
                        "expected_buyers x " + Numbers.text(margin) + " (product_profile.unit_margin)",
                        row.value("expected_buyers") * margin)
                .rounded(HALF_CENT));
    }

    /** Everything that is computed again for a recommendation, from its parts to the score. */
    List<Entry.Check> all(StoredRow row, StoredRow profile, PoolMix mix) {
        List<Entry.Check> checks = new ArrayList<>(affinities(row));
        checks.add(expectedBuyers(row));
        checks.add(repurchaseFactor(row));
        checks.addAll(productFactors(row, profile, mix));
        checks.add(ownUseFactor(row));
        checks.add(score(row));
        checks.addAll(expectedMargin(row, profile));
        return checks;
    }
}
