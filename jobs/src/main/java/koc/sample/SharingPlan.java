package koc.sample;

import java.util.Arrays;
import koc.sample.GeneratorOptions.Sharing;

/** What KOCs share and when, and how often they post. It is fixed before any user acts, because users react to it. */
final class SharingPlan {
    /** Largest fraction of all events that shares and posts may be. */
    private static final double MAX_FRACTION_OF_EVENTS = .1;

    private static final double POSTS_PER_SHARE = .3;
    /** Deviation of the logarithm of how often KOCs of one kind share. */
    private static final double FREQUENCY_DEVIATION = .2;
    /** Fraction of shares for the main portrait of a homophilous pool; the others are for the second portrait. */
    private static final double FOR_MAIN_PORTRAIT = .75;
    /** After as many draws in vain, KOCs share a product that is not in vogue. */
    private static final int MAX_DRAWS = 60;
    /** Exponent of the category fractions in shares: below 1, so that KOCs do not share their favourite category only. */
    private static final double FLATTENING = .8;

    /** Of each KOC: moments (seconds since the first day of history) in order, and what was shared then. */
    private final long[][] shareMoments;

    private final int[][] shareProducts;
    private final long[][] postMoments;

    private SharingPlan(GeneratorOptions options, ProductChoice choice, Population population, Pools pools) {
        Catalogue catalogue = choice.catalogue();
        Sharing sharing = options.plants().world().sharing();
        int kocs = population.kocs();
        double weeks = options.days() / 7.0;
        double wanted = 0;
        for (int koc = 0; koc < kocs; koc++) {
            wanted += pools.kind(koc).sharesPerWeek() * weeks * (1 + POSTS_PER_SHARE);
        }
        double scale = wanted == 0 ? 1 : Math.min(1, MAX_FRACTION_OF_EVENTS * options.events() / wanted);
        shareMoments = new long[kocs][];
        shareProducts = new int[kocs][];
        postMoments = new long[kocs][];
        double[][] categories = new double[PlantedPortrait.ALL.size()][];
        for (int portrait = 0; portrait < categories.length; portrait++) {
            categories[portrait] = flattened(catalogue.categoryFractions(portrait));
        }
        for (int koc = 0; koc < kocs; koc++) {
            Chance chance = Chance.of(options.seed(), Roles.SHARING, koc);
            double expected = pools.kind(koc).sharesPerWeek() * weeks * scale * chance.logNormal(FREQUENCY_DEVIATION);
            int count = (int) Math.max(1, Math.round(expected));
            shareMoments[koc] = moments(chance, options.days(), count);
            postMoments[koc] = moments(chance, options.days(), (int) Math.round(expected * POSTS_PER_SHARE));
            shareProducts[koc] = new int[count];
            boolean hasCircleTaste = population.hasCircles() && pools.kind(koc).homophily() > 0;
            for (int i = 0; i < count; i++) {
                int day = (int) (shareMoments[koc][i] / 86_400);
                for (int draw = 0; draw < MAX_DRAWS; draw++) {
                    int portrait = audience(chance, pools, koc);
                    int category = chance.drawIndex(
                            hasCircleTaste ? categoriesOf(catalogue, population, koc, portrait) : categories[portrait]);
                    shareProducts[koc][i] = choice.draw(chance, population.kocUser(koc), portrait, category, day);
                    if (sharing != Sharing.TREND || choice.isInVogue(shareProducts[koc][i], day)) {
                        break;
                    }
                }
            }
        }
        if (sharing == Sharing.POOL_TASTE) {
            sharePoolTastes(options, PoolTaste.of(choice, population, pools));
        }
    }

    /** Replaces what KOCs share by what their pools buy most. */
    private void sharePoolTastes(GeneratorOptions options, PoolTaste poolTaste) {
        for (int koc = 0; koc < shareProducts.length; koc++) {
            Chance chance = Chance.of(options.seed(), Roles.POOL_SHARING, koc);
            for (int i = 0; i < shareProducts[koc].length && poolTaste.hasMembers(koc); i++) {
                int day = (int) (shareMoments[koc][i] / 86_400);
                shareProducts[koc][i] = poolTaste.draw(chance, koc, day);
            }
        }
    }

    static SharingPlan of(GeneratorOptions options, ProductChoice choice, Population population, Pools pools) {
        return new SharingPlan(options, choice, population, pools);
    }

    /** Draws the portrait that a share is meant for: one of the pool's main portraits, or any. */
    private static int audience(Chance chance, Pools pools, int koc) {
        if (pools.kind(koc).homophily() == 0) {
            return chance.below(PlantedPortrait.ALL.size());
        }
        return chance.happens(FOR_MAIN_PORTRAIT) ? pools.mainPortrait(koc) : pools.secondPortrait(koc);
    }

    /** Category weights of the KOC's shares, with more weight for what their circle likes. */
    private static double[] categoriesOf(Catalogue catalogue, Population population, int koc, int portrait) {
        double[] fractions = catalogue.categoryFractions(portrait).clone();
        int circle = population.circle(population.kocUser(koc));
        for (int category = 0; category < fractions.length; category++) {
            fractions[category] *= population.circlePreference(circle, category);
        }
        return flattened(fractions);
    }

    /** Running sums of the flattened fractions. */
    private static double[] flattened(double[] fractions) {
        double[] flat = new double[fractions.length];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = StrictMath.pow(fractions[i], FLATTENING);
        }
        return Chance.cumulated(flat);
    }

    private static long[] moments(Chance chance, int days, int count) {
        long[] moments = new long[count];
        for (int i = 0; i < count; i++) {
            moments[i] = chance.below(days) * 86_400L + (long) chance.between(8.5 * 3600, 22 * 3600);
        }
        Arrays.sort(moments);
        return moments;
    }

    int shares(int koc) {
        return shareMoments[koc].length;
    }

    long shareMoment(int koc, int share) {
        return shareMoments[koc][share];
    }

    int shareProduct(int koc, int share) {
        return shareProducts[koc][share];
    }

    int posts(int koc) {
        return postMoments[koc].length;
    }

    long postMoment(int koc, int post) {
        return postMoments[koc][post];
    }

    /** The first share at this moment or later. */
    int firstShareFrom(int koc, long moment) {
        int found = Arrays.binarySearch(shareMoments[koc], moment);
        int index = found < 0 ? -found - 1 : found;
        while (index > 0 && shareMoments[koc][index - 1] >= moment) {
            index--;
        }
        return index;
    }
}
