package koc.sample;

import koc.sample.GeneratorOptions.Influence;
import koc.sample.GeneratorOptions.World;

/**
 * How many purchases a share causes, where shares of other KOCs have reached the user before.
 *
 * <p>Let r be the ratio of the KOC, and c what the other KOCs have made of the user's purchases already: the product of their
 * ratios if ratios multiply, the largest if only the strongest counts. The share adds (r - 1) x c, or r - c if that is above 0.
 * So all shares together make the product or the largest of the ratios, whichever came first. If effects add up, the share adds
 * r - 1. Example: ratio 3 after another KOC's 3 adds 2 (additive, 5 in all), 6 (multiplicative, 9 in all) or 0 (saturating, 3).
 *
 * <p>A share of the same product by the same KOC ends what the earlier share adds, so that repeated shares do not make the ratio
 * of the KOC larger. Only in the usual world they add up too.
 */
final class JointInfluence {
    private final Influence influence;
    private final boolean isUsual;
    private final Population population;
    private final Pools pools;
    private final SharingPlan plan;

    JointInfluence(SyntheticBrand brand) {
        this.influence = brand.options().plants().world().influence();
        this.isUsual = brand.options().plants().world().equals(World.USUAL);
        this.population = brand.population();
        this.pools = brand.pools();
        this.plan = brand.plan();
    }

    /**
     * Purchases that the share adds in the days of influence, relative to the user's purchases without any share. The mean over
     * all of these days, because other shares end on some of them.
     */
    double excess(int user, int tie, int share) {
        double ratio = pools.ratio(pools.tieKoc(tie));
        if (isUsual) {
            return added(influence, ratio, 1);
        }
        long end = timeToNextShare(pools.tieKoc(tie), share);
        double sum = 0;
        for (int day = 0; day < Behaviour.INFLUENCE_DAYS; day++) {
            long middle = day * Behaviour.DAY + Behaviour.DAY / 2;
            sum += middle < end ? added(influence, ratio, others(user, tie, share, middle)) : 0;
        }
        return sum / Behaviour.INFLUENCE_DAYS;
    }

    /** Seconds until the KOC shares the product of this share again. */
    private long timeToNextShare(int koc, int share) {
        int next = share + 1;
        while (next < plan.shares(koc) && plan.shareProduct(koc, next) != plan.shareProduct(koc, share)) {
            next++;
        }
        return next == plan.shares(koc) ? Long.MAX_VALUE : plan.shareMoment(koc, next) - plan.shareMoment(koc, share);
    }

    /** What a share of this ratio adds, if other KOCs have multiplied the user's purchases by a factor already. */
    static double added(Influence influence, double ratio, double others) {
        return switch (influence) {
            case ADDITIVE -> ratio - 1;
            case MULTIPLICATIVE -> (ratio - 1) * others;
            case SATURATING -> Math.max(0, ratio - others);
        };
    }

    /** The factor of the other KOCs on the user's purchases of the product, this time after the share. */
    private double others(int user, int tie, int share, long later) {
        long moment = plan.shareMoment(pools.tieKoc(tie), share);
        int product = plan.shareProduct(pools.tieKoc(tie), share);
        double factor = 1;
        for (int index = pools.firstTieIndex(user); index < pools.firstTieIndex(user + 1); index++) {
            int other = pools.tieAt(index);
            double ratio = pools.ratio(pools.tieKoc(other));
            if (other != tie && ratio > 1 && isReached(user, other, product, moment, moment + later)) {
                factor = influence == Influence.MULTIPLICATIVE ? factor * ratio : Math.max(factor, ratio);
            }
        }
        return factor;
    }

    /** Whether a share of the product by the tie's KOC, made before a moment, still works on the user at a later time. */
    private boolean isReached(int user, int tie, int product, long before, long at) {
        int koc = pools.tieKoc(tie);
        for (int share = plan.firstShareFrom(koc, at - Behaviour.INFLUENCE_DAYS * Behaviour.DAY);
                share < plan.shares(koc) && plan.shareMoment(koc, share) < before;
                share++) {
            int day = (int) (plan.shareMoment(koc, share) / Behaviour.DAY);
            if (plan.shareProduct(koc, share) == product
                    && isWorking(at - plan.shareMoment(koc, share), timeToNextShare(koc, share))
                    && pools.isOpenOn(tie, day)
                    && population.isActiveOn(user, day)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a share still works a number of seconds later: within the days of influence, and until the KOC repeats it. */
    static boolean isWorking(long after, long timeToNextShare) {
        return after <= Behaviour.INFLUENCE_DAYS * Behaviour.DAY && after < timeToNextShare;
    }
}
