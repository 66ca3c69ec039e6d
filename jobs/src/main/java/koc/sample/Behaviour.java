package koc.sample;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Generates what users do over the days of history. Users make visits of their own, up to their quota of events, and react to
 * what the KOCs of their pools share. KOCs also share and post.
 *
 * <p>The rates are assumptions: plausible for a brand's own channels, but not estimated from data. The planted truth depends
 * on them, so the figures in docs/benchmarks.md hold for these values only.
 */
final class Behaviour {
    /** Seconds of a day. */
    static final long DAY = 86_400;
    /** Days during which a share influences the pool. */
    static final int INFLUENCE_DAYS = 7;

    /** Opens of shares are at most this fraction of all events, so that large pools do not dominate the events. */
    private static final double MAX_OPEN_FRACTION = .12;
    /** Chance that a member of average interest opens a share. */
    private static final double OPEN_RATE = .06;
    /** Events of the simulated visits from which purchases per event are estimated. */
    private static final int PILOT_EVENTS = 20_000;

    private final GeneratorOptions options;
    private final Catalogue catalogue;
    private final Population population;
    private final Pools pools;
    private final SharingPlan plan;
    private final Visits visits;
    private final SocialEvents social;
    private final LifetimeEvents lifetimes;

    Behaviour(SyntheticBrand brand) {
        this.options = brand.options();
        this.catalogue = brand.catalogue();
        this.population = brand.population();
        this.pools = brand.pools();
        this.plan = brand.plan();
        PurchaseMaker purchases = new PurchaseMaker(catalogue);
        this.lifetimes = new LifetimeEvents(brand);
        this.visits = new Visits(options, brand.choice(), purchases);
        this.social = new SocialEvents(brand, purchases, computeOpenRate(), estimatePurchasesPerEvent());
    }

    /** Chance that a member opens a share. It is lower if pools are so large that opens would dominate the events. */
    private double computeOpenRate() {
        double reached = 0;
        for (int koc = 0; koc < population.kocs(); koc++) {
            reached += (double) plan.shares(koc) * pools.openPool(koc);
        }
        return reached == 0 ? OPEN_RATE : Math.min(OPEN_RATE, MAX_OPEN_FRACTION * options.events() / reached);
    }

    /** Purchases per event in visits of each portrait, estimated from many simulated visits. */
    private double[] estimatePurchasesPerEvent() {
        double[] rates = new double[PlantedPortrait.ALL.size()];
        for (int portrait = 0; portrait < rates.length; portrait++) {
            List<Event> events = new ArrayList<>();
            Visitor visitor = new Visitor(
                    Chance.of(options.seed(), Roles.PILOT, portrait),
                    0,
                    portrait,
                    0,
                    options.days() - 1,
                    Chance.cumulated(catalogue.categoryFractions(portrait)));
            ReachedShares noShares = new ReachedShares(population, pools, plan);
            while (events.size() < PILOT_EVENTS) {
                visits.add(visitor, noShares, events);
            }
            long purchases = events.stream()
                    .filter(event -> event.type == EventType.PURCHASE)
                    .count();
            rates[portrait] = (double) purchases / events.size();
        }
        return rates;
    }

    /** Counts the events beyond the quotas of the users: shares and posts of KOCs, and the reactions of their pools. */
    long countSocialEvents() {
        long count = 0;
        List<Event> events = new ArrayList<>();
        for (int user = 0; user < population.size(); user++) {
            events.clear();
            social.add(user, events);
            count += events.size();
        }
        return count;
    }

    /** Generates all events of a user, in order of time. */
    List<Event> generate(int user) {
        List<Event> events = new ArrayList<>();
        ReachedShares reachedShares = social.add(user, events);
        int socialEvents = events.size();
        int quota = population.quota(user);
        Visitor visitor = new Visitor(
                Chance.of(options.seed(), Roles.ORGANIC, user),
                user,
                population.portrait(user),
                population.startDay(user),
                population.stopDay(user),
                Chance.cumulated(population.taste(user)));
        while (events.size() - socialEvents < quota) {
            visits.add(visitor, reachedShares, events);
        }
        events.subList(socialEvents + quota, events.size()).clear();
        if (options.plants().lifetimes()) {
            lifetimes.add(user, visitor.taste, events);
        }
        events.sort(Comparator.comparingLong(Event::moment));
        return events;
    }
}
