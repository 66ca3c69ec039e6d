package koc.fit;

import com.typesafe.config.Config;
import koc.config.Section;

/**
 * Settings of the fit job, from {@code koc.fit}.
 *
 * @param categoryDepth levels of a category path that are told apart, from {@code koc.features}
 * @param rateShrinkage users' worth of the expected rate that a portrait's own rate is mixed with
 * @param leastBuyers below this many buyers a product takes its category's generality
 * @param priorCells cells that a prior is fitted on at most
 * @param cycle when repeat purchases make a product a consumable
 * @param gate what fails a product
 * @param evidenceShrinkage purchases' or reviews' worth of everybody's that a product's own evidence is mixed with
 * @param seed seed of the sample of cells
 */
record FitSettings(
        int categoryDepth,
        double rateShrinkage,
        int leastBuyers,
        int priorCells,
        Cycle cycle,
        Gate gate,
        double evidenceShrinkage,
        long seed) {

    /** When repeat purchases teach a use cycle: this many repeat buyers, and this share of buyers. */
    record Cycle(int leastRepeatBuyers, double leastRepeatShare) {}

    /** The bar: a product fails when its evidence is surely on the wrong side of one of these. */
    record Gate(double mostRefunded, double mostComplaints, double leastRating, int worstBrandTier) {}

    static FitSettings from(Config config) {
        Section fit = Section.of(config, "koc.fit");
        return new FitSettings(
                Section.of(config, "koc.features").whole("category-depth", 1, 10),
                fit.number("rate-shrinkage", 0, 10_000),
                fit.whole("generality.least-buyers", 0, 100_000),
                fit.whole("prior-cells", 100, 1_000_000),
                new Cycle(
                        fit.whole("cycle.least-repeat-buyers", 1, 100_000),
                        fit.number("cycle.least-repeat-share", 0, 1)),
                new Gate(
                        fit.number("gate.most-refunded", 0, 1),
                        fit.number("gate.most-complaints", 0, 1),
                        fit.number("gate.least-rating", 1, 5),
                        fit.whole("gate.worst-brand-tier", 1, 5)),
                fit.number("evidence-shrinkage", 0.1, 10_000),
                Section.of(config, "koc").wholeLong("seed"));
    }
}
