package koc.sample;

/** The products with their planted popularity, price and quality, and how often each portrait buys them. */
final class Catalogue {
    /** How far portraits stray from their price level, in deviations of the log price within a category. */
    private static final double PRICE_TOLERANCE = .9;

    /** Smallest chance of a product, relative to the best, however far it is from the portrait's price level. */
    private static final double ANY_PRICE = .02;
    /** Deviation of the log price within a category, and the price difference between tiers of brands in deviations. */
    private static final double PRICE_DEVIATION = .4;

    private static final double TIER_DEVIATIONS = .25;
    /** The index of a brand with average prices. */
    private static final double MIDDLE_BRAND = 1.5;
    /** Quality below which a product is poor: low stars, refunds and complaints. */
    static final double POOR_BELOW = .5;
    /** Fraction of poor products. The qualities of both kinds are far from {@link #POOR_BELOW}, so that tests can tell them apart. */
    private static final double POOR_FRACTION = .07;
    /** Fraction of products that are launched within the history. */
    private static final double LAUNCHED_IN_HISTORY_FRACTION = .08;
    /** Deviation of the logarithm of popularity from Zipf's law (1 / rank). */
    private static final double POPULARITY_DEVIATION = .3;
    /** Fraction of products one tier worse than their brand. */
    private static final double WORSE_TIER_FRACTION = .2;

    private static final String[] VARIANTS = {
        "", ", family pack", ", classic", ", 2 pieces", " \"Little Luck\"", ", new"
    };

    /** Index of the first product of each category; the last entry is the number of products. */
    private final int[] firsts;

    private final int[] categories;
    private final String[] titles;
    private final String[] brands;
    private final int[] brandTiers;
    private final long[] cents;
    private final int[] launchDays;
    private final double[] qualities;
    private final double[] popularities;
    /** By portrait and category: running sums of the weights of the category's products. */
    private final double[][][] weights;

    private final double[][] categoryFractions;

    private Catalogue(GeneratorOptions options) {
        int products = options.products();
        firsts = firsts(products);
        categories = new int[products];
        titles = new String[products];
        brands = new String[products];
        brandTiers = new int[products];
        cents = new long[products];
        launchDays = new int[products];
        qualities = new double[products];
        popularities = new double[products];
        double[] priceScores = new double[products];
        for (int category = 0; category < PlantedCategory.ALL.size(); category++) {
            PlantedCategory planted = PlantedCategory.ALL.get(category);
            for (int product = firsts[category]; product < firsts[category + 1]; product++) {
                int rank = product - firsts[category];
                Chance chance = Chance.of(options.seed(), Roles.PRODUCT, product);
                categories[product] = category;
                int brand = chance.below(planted.brands().size());
                brands[product] = planted.brands().get(brand);
                brandTiers[product] = Math.min(5, 1 + brand + (chance.happens(WORSE_TIER_FRACTION) ? 1 : 0));
                priceScores[product] = TIER_DEVIATIONS * (MIDDLE_BRAND - brand) + chance.normal();
                cents[product] = Math.max(
                        100,
                        Math.round(planted.price() * StrictMath.exp(PRICE_DEVIATION * priceScores[product]) * 10) * 10);
                // The first product of a category is never new, so that there is always something to buy.
                launchDays[product] = rank > 0 && chance.happens(LAUNCHED_IN_HISTORY_FRACTION)
                        ? chance.below(options.days())
                        : -chance.whole(30, 900);
                qualities[product] =
                        rank > 0 && chance.happens(POOR_FRACTION) ? chance.between(.1, .3) : chance.between(.65, .98);
                popularities[product] = chance.logNormal(POPULARITY_DEVIATION) / (1 + rank);
                String noun = planted.nouns().get(rank % planted.nouns().size());
                int variant = rank / planted.nouns().size();
                titles[product] = brands[product] + " " + noun
                        + VARIANTS[variant % VARIANTS.length]
                        + (variant < VARIANTS.length ? "" : " no. " + (variant / VARIANTS.length + 1));
            }
        }
        int portraits = PlantedPortrait.ALL.size();
        weights = new double[portraits][PlantedCategory.ALL.size()][];
        categoryFractions = new double[portraits][];
        for (int portrait = 0; portrait < portraits; portrait++) {
            PlantedPortrait planted = PlantedPortrait.ALL.get(portrait);
            categoryFractions[portrait] = planted.categoryFractions();
            for (int category = 0; category < PlantedCategory.ALL.size(); category++) {
                double[] plain = new double[firsts[category + 1] - firsts[category]];
                for (int i = 0; i < plain.length; i++) {
                    double distance = (priceScores[firsts[category] + i] - planted.priceLevel()) / PRICE_TOLERANCE;
                    plain[i] =
                            popularities[firsts[category] + i] * (ANY_PRICE + StrictMath.exp(-distance * distance / 2));
                }
                weights[portrait][category] = Chance.cumulated(plain);
            }
        }
    }

    static Catalogue of(GeneratorOptions options) {
        return new Catalogue(options);
    }

    /** The first product of each category: one product per category, and the others by popularity. */
    private static int[] firsts(int products) {
        int count = PlantedCategory.ALL.size();
        double total = PlantedCategory.ALL.stream()
                .mapToDouble(PlantedCategory::popularity)
                .sum();
        int[] firsts = new int[count + 1];
        double sum = 0;
        for (int category = 0; category < count; category++) {
            sum += PlantedCategory.ALL.get(category).popularity();
            firsts[category + 1] = category + 1 + (int) Math.floor((products - count) * sum / total + 1e-9);
        }
        firsts[count] = products;
        return firsts;
    }

    int size() {
        return categories.length;
    }

    PlantedCategory category(int product) {
        return PlantedCategory.ALL.get(categories[product]);
    }

    int categoryNumber(int product) {
        return categories[product];
    }

    /** The first product of the category; the products of a category follow each other. */
    int firstOf(int category) {
        return firsts[category];
    }

    /** The product after the last one of the category. */
    int endOf(int category) {
        return firsts[category + 1];
    }

    String title(int product) {
        return titles[product];
    }

    String brand(int product) {
        return brands[product];
    }

    int brandTier(int product) {
        return brandTiers[product];
    }

    /** List price in hundredths. */
    long cents(int product) {
        return cents[product];
    }

    /** Cost of a piece in hundredths, if lifetimes are planted: half of the list price. */
    long unitCostCents(int product) {
        return (cents[product] + 1) / 2;
    }

    /** Day of launch, 0 = first day of history. */
    int launchDay(int product) {
        return launchDays[product];
    }

    /** From 0 to 1. It decides stars, refunds and complaints. Poor products are below .5. */
    double quality(int product) {
        return qualities[product];
    }

    /** Fractions of a portrait's purchases by category. */
    double[] categoryFractions(int portrait) {
        return categoryFractions[portrait];
    }

    /** Draws a product of the category that is on sale on this day, by the weights of the portrait. */
    int draw(Chance chance, int portrait, int category, int day) {
        for (int attempt = 0; attempt < 8; attempt++) {
            int product = firsts[category] + chance.drawIndex(weights[portrait][category]);
            if (launchDays[product] <= day) {
                return product;
            }
        }
        return firsts[category];
    }

    /** The chance that a purchase of the portrait in the product's category is this product. */
    double weight(int portrait, int product) {
        double[] sums = weights[portrait][categories[product]];
        int index = product - firsts[categories[product]];
        return (sums[index] - (index == 0 ? 0 : sums[index - 1])) / sums[sums.length - 1];
    }
}
