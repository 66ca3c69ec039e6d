package koc.sample;

import java.util.ArrayList;
import java.util.List;

/**
 * The users as customers, if lifetimes are planted: when they order, how much an order earns, which KOC brought them, and what
 * each KOC cost. Users who were there before the first day have ordered before it, by chance.
 */
final class Lifetimes {
    /** Days before the last that new customers and costs of a KOC are compared for. */
    static final int WINDOW_DAYS = 90;
    /** The types of cost; each KOC has one cost of each. */
    static final List<String> COST_TYPES = List.of("ad", "gift", "coupon", "bonus", "training", "sample");

    /** Fraction of users who order at all. */
    private static final double BUYERS = .85;

    private static final double DAYS_BEFORE = 365;
    private static final double WEEK = 7.0 * Behaviour.DAY;
    /** Fraction of customers whom a KOC brings, of those who are in a pool on the day of their first order. */
    private static final double BROUGHT = .8;
    /** Fraction of these who registered through the KOC. */
    private static final double INVITED = .5;
    /** Range of the cost of a KOC by type, in hundredths. */
    private static final double MIN_COST = 5_000;

    private static final double MAX_COST = 150_000;
    private static final double MAX_COST_RATIO = MAX_COST / MIN_COST;

    private final GeneratorOptions options;
    private final Population population;
    private final Pools pools;

    Lifetimes(SyntheticBrand brand) {
        this.options = brand.options();
        this.population = brand.population();
        this.pools = brand.pools();
    }

    /** A cost of a KOC. */
    record Cost(int day, String type, long cents) {}

    /** The costs of a KOC, all in the last 90 days. They differ between KOCs by a factor of up to 30. */
    List<Cost> costs(int koc) {
        Chance chance = Chance.of(options.seed(), Roles.LIFETIME_COST, koc);
        double level = MIN_COST * StrictMath.pow(MAX_COST_RATIO, chance.uniform());
        List<Cost> costs = new ArrayList<>();
        for (String type : COST_TYPES) {
            int day = options.days() - 1 - chance.below(Math.min(WINDOW_DAYS, options.days()));
            costs.add(new Cost(day, type, Math.round(level * chance.between(.5, 1.5))));
        }
        return costs;
    }

    /** The lifetime of a user; equal calls give equal results. */
    Lifetime of(int user) {
        Chance chance = Chance.of(options.seed(), Roles.LIFETIME, user);
        PlantedLifetime planted = PlantedLifetime.ALL.get(population.portrait(user));
        long end = options.days() * Behaviour.DAY;
        long registered = (population.startDay(user) + 1) * Behaviour.DAY;
        boolean isOld = population.startDay(user) == 0;
        if (!chance.happens(BUYERS) || (!isOld && registered >= end)) {
            return Lifetime.NONE;
        }
        long moment = (long)
                (isOld
                        ? -chance.between(0, DAYS_BEFORE) * Behaviour.DAY
                        : chance.between((double) registered, (double) end));
        double rate = chance.gamma(planted.r()) / planted.alpha();
        double first = chance.gamma(planted.a());
        double stop = first / (first + chance.gamma(planted.b()));
        double marginRate = chance.gamma(planted.q()) / planted.v();
        List<Long> moments = new ArrayList<>();
        List<Long> cents = new ArrayList<>();
        boolean isAlive = true;
        while (moment < end) {
            moments.add(moment);
            cents.add(Math.max(1, Math.round(100 * chance.gamma(planted.p()) / marginRate)));
            // Nobody stops at the first order.
            if (moments.size() > 1 && chance.happens(stop)) {
                isAlive = false;
                break;
            }
            moment += (long) (chance.exponential(1 / rate) * WEEK);
        }
        int koc = moments.get(0) < 0 ? -1 : drawKoc(chance, user, (int) (moments.get(0) / Behaviour.DAY));
        return new Lifetime(
                moments.stream().mapToLong(Long::longValue).toArray(),
                cents.stream().mapToLong(Long::longValue).toArray(),
                rate,
                stop,
                planted.p() / marginRate,
                isAlive,
                koc,
                koc >= 0 && chance.happens(INVITED));
    }

    /** A KOC in whose pool the user is on this day, or -1. */
    private int drawKoc(Chance chance, int user, int day) {
        IntList candidates = new IntList();
        for (int index = pools.firstTieIndex(user); index < pools.firstTieIndex(user + 1); index++) {
            int tie = pools.tieAt(index);
            if (pools.isOpenOn(tie, day)) {
                candidates.add(pools.tieKoc(tie));
            }
        }
        return candidates.size() > 0 && chance.happens(BROUGHT) ? candidates.get(chance.below(candidates.size())) : -1;
    }
}
