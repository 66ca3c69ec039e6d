package koc.sample;

import java.util.List;

/**
 * Generates the orders of planted lifetimes. An order is one piece of one product, at its unit cost plus the planted margin.
 * A few orders have a second piece at unit cost, which is given back within 45 days, so that refunds fall into later months and
 * change no margin.
 */
final class LifetimeEvents {
    private static final double REFUNDED = .05;
    private static final int MAX_REFUND_DAYS = 45;
    private static final String CHANNEL = "mini_program";

    private final Catalogue catalogue;
    private final Population population;
    private final Lifetimes lifetimes;
    private final GeneratorOptions options;

    LifetimeEvents(SyntheticBrand brand) {
        this.catalogue = brand.catalogue();
        this.population = brand.population();
        this.lifetimes = new Lifetimes(brand);
        this.options = brand.options();
    }

    /** Adds the orders of the user in the history, and what belongs to them. */
    void add(int user, double[] taste, List<Event> events) {
        Lifetime lifetime = lifetimes.of(user);
        Chance chance = Chance.of(options.seed(), Roles.LIFETIME_EVENTS, user);
        for (int i = 0; i < lifetime.moments().length; i++) {
            long moment = lifetime.moments()[i];
            if (moment < 0) {
                continue;
            }
            int product = draw(chance, user, taste, moment);
            boolean isBrought = i == 0 && lifetime.koc() >= 0;
            if (isBrought) {
                addTouches(user, population.kocUser(lifetime.koc()), product, moment, events);
            }
            String order = "o" + user + "l" + i;
            events.add(purchase(user, moment, product, order, lifetime.cents()[i])
                    .sharer(isBrought ? population.kocUser(lifetime.koc()) : -1));
            if (chance.happens(REFUNDED)) {
                addRefunded(chance, user, draw(chance, user, taste, moment), moment, order, events);
            }
        }
    }

    private int draw(Chance chance, int user, double[] taste, long moment) {
        return catalogue.draw(
                chance, population.portrait(user), chance.drawIndex(taste), (int) (moment / Behaviour.DAY));
    }

    /** The user opens a share of the KOC and asks about the product, in the hour before the order. */
    private static void addTouches(int user, int sharer, int product, long moment, List<Event> events) {
        if (moment < 3_600) {
            return;
        }
        events.add(new Event(moment - 3_000, user, EventType.SHARE_OPEN)
                .product(product)
                .sharer(sharer)
                .channel("moments"));
        events.add(new Event(moment - 1_200, user, EventType.INQUIRY)
                .product(product)
                .sharer(sharer)
                .channel("chat"));
    }

    private void addRefunded(Chance chance, int user, int product, long moment, String order, List<Event> events) {
        Event purchase = purchase(user, moment, product, order, 0);
        events.add(purchase);
        long returned = moment + chance.whole(1, MAX_REFUND_DAYS) * Behaviour.DAY;
        if (returned < options.days() * Behaviour.DAY) {
            events.add(new Event(returned, user, EventType.REFUND)
                    .product(product)
                    .bought(order, purchase.quantity, purchase.cents)
                    .channel(CHANNEL));
        }
    }

    private Event purchase(int user, long moment, int product, String order, long marginCents) {
        return new Event(moment, user, EventType.PURCHASE)
                .product(product)
                .bought(order, 1, catalogue.unitCostCents(product) + marginCents)
                .channel(CHANNEL);
    }
}
