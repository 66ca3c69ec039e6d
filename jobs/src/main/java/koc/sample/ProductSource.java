package koc.sample;

import java.util.List;

/** Writes the products, with bad rows among them. */
final class ProductSource {
    private final SyntheticBrand brand;
    private final GeneratorOptions options;
    private final Truth truth;
    private final Ids ids;

    ProductSource(SyntheticBrand brand, Truth truth) {
        this.brand = brand;
        this.options = brand.options();
        this.truth = truth;
        this.ids = new Ids(options);
    }

    void write(SourceWriter writer) {
        Catalogue catalogue = brand.catalogue();
        // No negative price: it would be left out, and the row would become a product.
        DirtyWriter rows = new DirtyWriter(
                        writer, truth, options.dirt(), Flaw.MISSING_FIELD, Flaw.MALFORMED, Flaw.DUPLICATE)
                .required("product_id")
                .marker("title");
        for (int product = 0; product < catalogue.size(); product++) {
            Chance chance = Chance.of(options.seed(), Roles.PRODUCT, -1L - product);
            PlantedCategory category = catalogue.category(product);
            double stock = chance.uniform();
            rows.write(
                    Math.max(0, catalogue.launchDay(product)),
                    List.of(
                            ids.product(product),
                            catalogue.title(product),
                            category.path(),
                            catalogue.brand(product),
                            Money.text(catalogue.cents(product)),
                            options.plants().lifetimes()
                                    ? Money.text(catalogue.unitCostCents(product))
                                    : chance.happens(.9)
                                            ? Money.text(
                                                    Math.round(catalogue.cents(product) * chance.between(.35, .75)))
                                            : "",
                            chance.happens(.95) ? String.valueOf(catalogue.brandTier(product)) : "",
                            stock < .05 ? "0" : stock < .15 ? "" : String.valueOf(chance.whole(20, 5000)),
                            options.date(catalogue.launchDay(product)).toString(),
                            audience(category),
                            category.cycleDays() > 0 ? String.valueOf(category.cycleDays()) : ""));
        }
    }

    /** The life stages of the portraits that buy at least four times as much in the category as others. */
    private static String audience(PlantedCategory category) {
        StringBuilder stages = new StringBuilder();
        for (PlantedPortrait planted : PlantedPortrait.ALL) {
            if (planted.multiplier(category) >= 4) {
                stages.append(stages.isEmpty() ? "" : ";").append(planted.lifeStage());
            }
        }
        return stages.toString();
    }
}
