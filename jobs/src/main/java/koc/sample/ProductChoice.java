package koc.sample;

import koc.sample.GeneratorOptions.Sharing;
import koc.sample.GeneratorOptions.World;

/**
 * Which products users choose: by the weights of their portrait, and, if that is planted, by a hidden taste for products and by
 * weeks in which a product is in vogue. Both work the same for purchases with and without a share.
 */
final class ProductChoice {
    /** The largest factor of taste; the smallest is its inverse. */
    private static final double MAX_TASTE = 5;
    /** Part of the variance of a user's taste vector that they have in common with their circle of friends. */
    private static final double CIRCLE_PART = .7;
    /** How much more often a product is bought in a week of vogue, and the fraction of such weeks. */
    private static final double VOGUE = 6;

    private static final double VOGUE_FRACTION = .1;
    private static final int WEEK = 7;
    /** After as many draws in vain, the last product is taken. */
    private static final int MAX_DRAWS = 60;

    private final GeneratorOptions options;
    private final World world;
    private final Catalogue catalogue;
    private final Population population;
    private final double[][] productTastes;

    private ProductChoice(GeneratorOptions options, Catalogue catalogue, Population population) {
        this.options = options;
        this.world = options.plants().world();
        this.catalogue = catalogue;
        this.population = population;
        this.productTastes = new double[world.tasteDimensions() == 0 ? 0 : catalogue.size()][];
        for (int product = 0; product < productTastes.length; product++) {
            productTastes[product] = normals(Roles.PRODUCT_TASTE, product);
        }
    }

    static ProductChoice of(GeneratorOptions options, Catalogue catalogue, Population population) {
        return new ProductChoice(options, catalogue, population);
    }

    Catalogue catalogue() {
        return catalogue;
    }

    /** Draws a product of the category that the user would choose on this day. */
    int draw(Chance chance, int user, int portrait, int category, int day) {
        int product = catalogue.draw(chance, portrait, category, day);
        if (isByPortraitOnly()) {
            return product;
        }
        double[] taste = taste(user);
        double max = (taste.length == 0 ? 1 : MAX_TASTE) * (hasVogues() ? VOGUE : 1);
        for (int i = 0; i < MAX_DRAWS && !chance.happens(factor(taste, product, day) / max); i++) {
            product = catalogue.draw(chance, portrait, category, day);
        }
        return product;
    }

    /** The chance that a purchase of the user in the product's category is this product, in the days after a share on this day. */
    double meanWeight(int user, int product, int day) {
        if (isByPortraitOnly()) {
            return catalogue.weight(population.portrait(user), product);
        }
        double[] taste = taste(user);
        if (!hasVogues()) {
            return weight(user, taste, product, day);
        }
        double sum = 0;
        for (int i = 0; i < Behaviour.INFLUENCE_DAYS; i++) {
            sum += weight(user, taste, product, day + i);
        }
        return sum / Behaviour.INFLUENCE_DAYS;
    }

    private double weight(int user, double[] taste, int product, int day) {
        int portrait = population.portrait(user);
        int category = catalogue.categoryNumber(product);
        double total = 0;
        for (int other = catalogue.firstOf(category); other < catalogue.endOf(category); other++) {
            total += catalogue.weight(portrait, other) * factor(taste, other, day);
        }
        return catalogue.weight(portrait, product) * factor(taste, product, day) / total;
    }

    /** Whether the product is in vogue on this day. */
    boolean isInVogue(int product, int day) {
        return hasVogues()
                && Chance.of(options.seed(), Roles.VOGUE, (long) product * options.days() + day / WEEK)
                        .happens(VOGUE_FRACTION);
    }

    private boolean hasVogues() {
        return world.sharing() == Sharing.TREND;
    }

    private boolean isByPortraitOnly() {
        return world.tasteDimensions() == 0 && !hasVogues();
    }

    private double factor(double[] taste, int product, int day) {
        double factor = isInVogue(product, day) ? VOGUE : 1;
        if (taste.length == 0) {
            return factor;
        }
        double sum = 0;
        for (int i = 0; i < taste.length; i++) {
            sum += taste[i] * productTastes[product][i];
        }
        double liking = StrictMath.exp(sum / StrictMath.sqrt(taste.length));
        return factor * Math.max(1 / MAX_TASTE, Math.min(MAX_TASTE, liking));
    }

    /** The taste vector of a user: that of the circle and their own; its components are standard normal. */
    private double[] taste(int user) {
        double[] taste = normals(Roles.USER_TASTE, user);
        double[] circle = normals(Roles.CIRCLE_TASTE, population.circle(user));
        for (int i = 0; i < taste.length; i++) {
            taste[i] = StrictMath.sqrt(CIRCLE_PART) * circle[i] + StrictMath.sqrt(1 - CIRCLE_PART) * taste[i];
        }
        return taste;
    }

    private double[] normals(int role, int thing) {
        Chance chance = Chance.of(options.seed(), role, thing);
        double[] values = new double[world.tasteDimensions()];
        for (int i = 0; i < values.length; i++) {
            values[i] = chance.normal();
        }
        return values;
    }
}
