package koc.sample;

import java.util.List;

/** Generates the visits that users make on their own: views, perhaps an order, and what follows from it. */
final class Visits {
    /** Chance that a KOC who shared the product before is recorded as cause of a purchase that they did not cause. */
    private static final double NAIVE_CREDIT = .5;
    /** Visits on a day of promotion relative to another day. */
    private static final double PROMOTION_VISITS = 2.2;
    /** Fraction of visits at any hour, and deviation of the others from the portrait's hours. */
    private static final double ANY_HOUR = .12;

    private static final double HOUR_DEVIATION = .8;
    private static final String[] CHANNELS = {
        "mini_program", "mini_program", "mini_program", "chat", "group", "moments", "live", "store"
    };
    /** Chance of viewing one more product of the category in a visit. */
    private static final double MORE_VIEWS = .4;

    /** Chance of a click after a view, and of the other signs of interest in a visit. */
    private static final double CLICK = .45;

    private static final double FAVORITE = .08;
    private static final double CART = .22;
    private static final double INQUIRY = .03;
    /** Chance that an order has one more line. */
    private static final double MORE_LINES = .25;
    /** Chance of buying a consumable of quality 1 again, and the earliest and latest time for it, in use cycles. */
    private static final double REPEAT = .5;

    private static final double EARLIEST_REPEAT = .8;
    private static final double LATEST_REPEAT = 1.25;

    private final Catalogue catalogue;
    private final ProductChoice choice;
    private final HistoryDays days;
    private final PurchaseMaker purchases;
    private final AfterPurchase afterPurchase;
    /** Whether all purchases are those of planted lifetimes. */
    private final boolean isWithoutPurchases;

    Visits(GeneratorOptions options, ProductChoice choice, PurchaseMaker purchases) {
        this.catalogue = choice.catalogue();
        this.choice = choice;
        this.days = new HistoryDays(options);
        this.purchases = purchases;
        this.afterPurchase = new AfterPurchase(options, catalogue);
        this.isWithoutPurchases = options.plants().lifetimes();
    }

    /**
     * Adds the events of one visit.
     *
     * @param reachedShares the shares that reached the user, one of which may be recorded as cause of a purchase
     */
    void add(Visitor visitor, ReachedShares reachedShares, List<Event> events) {
        Chance chance = visitor.chance;
        PlantedPortrait planted = PlantedPortrait.ALL.get(visitor.portrait);
        int day = drawDay(visitor, planted);
        long moment = day * Behaviour.DAY + drawSecond(chance, planted);
        String channel = chance.oneOf(CHANNELS);
        int category = chance.drawIndex(visitor.taste);
        int product = choice.draw(chance, visitor.user, visitor.portrait, category, day);
        moment = addView(visitor, moment, product, channel, events);
        while (chance.happens(MORE_VIEWS)) {
            product = choice.draw(chance, visitor.user, visitor.portrait, category, day);
            moment = addView(visitor, moment, product, channel, events);
        }
        moment = addInterest(visitor, moment, product, channel, events);
        if (isWithoutPurchases || !chance.happens(planted.buyRate())) {
            return;
        }
        String order = visitor.nextOrder();
        moment += chance.whole(30, 300);
        Purchasing purchasing = new Purchasing(visitor, reachedShares, channel, events);
        purchasing.add(moment, product, order);
        while (chance.happens(MORE_LINES)) {
            int another = choice.draw(chance, visitor.user, visitor.portrait, chance.drawIndex(visitor.taste), day);
            purchasing.add(moment, another, order);
        }
    }

    private int drawDay(Visitor visitor, PlantedPortrait planted) {
        double maxWeight = Math.max(1, planted.weekend()) * PROMOTION_VISITS;
        while (true) {
            int day = visitor.chance.whole(visitor.startDay, visitor.stopDay);
            double weight =
                    (days.isWeekend(day) ? planted.weekend() : 1) * (days.isPromotion(day) ? PROMOTION_VISITS : 1);
            if (visitor.chance.happens(weight / maxWeight)) {
                return day;
            }
        }
    }

    private static int drawSecond(Chance chance, PlantedPortrait planted) {
        double hour = chance.happens(ANY_HOUR)
                ? chance.between(7, 23)
                : planted.hours().get(chance.below(planted.hours().size())) + HOUR_DEVIATION * chance.normal();
        // Times past midnight become early hours of the same day. An hour of 3500 seconds keeps the whole visit in the
        // day.
        double hourOfDay = (hour + 24) % 24;
        return (int) (hourOfDay * 3500);
    }

    /** Adds a view, and perhaps a click; returns the moment of the next action. */
    private static long addView(Visitor visitor, long moment, int product, String channel, List<Event> events) {
        Chance chance = visitor.chance;
        long next = moment;
        events.add(
                new Event(next, visitor.user, EventType.VIEW).product(product).channel(channel));
        if (chance.happens(CLICK)) {
            next += chance.whole(3, 40);
            events.add(new Event(next, visitor.user, EventType.CLICK)
                    .product(product)
                    .channel(channel));
        }
        return next + chance.whole(5, 60);
    }

    /** Adds a favourite, an inquiry and a cart, each by chance; returns the moment of the last action. */
    private long addInterest(Visitor visitor, long moment, int product, String channel, List<Event> events) {
        Chance chance = visitor.chance;
        long last = moment;
        if (chance.happens(FAVORITE)) {
            last += chance.whole(5, 60);
            events.add(new Event(last, visitor.user, EventType.FAVORITE)
                    .product(product)
                    .channel(channel));
        }
        if (chance.happens(INQUIRY)) {
            last += chance.whole(20, 90);
            events.add(new Event(last, visitor.user, EventType.INQUIRY)
                    .product(product)
                    .channel("chat"));
        }
        if (chance.happens(CART)) {
            last += chance.whole(5, 60);
            events.add(new Event(last, visitor.user, EventType.CART)
                    .product(product)
                    .bought("", 1, catalogue.cents(product))
                    .channel(channel));
        }
        return last;
    }

    /** The purchases of one visit, with their repeats. */
    private final class Purchasing {
        private final Visitor visitor;
        private final ReachedShares reachedShares;
        private final String channel;
        private final List<Event> events;

        Purchasing(Visitor visitor, ReachedShares reachedShares, String channel, List<Event> events) {
            this.visitor = visitor;
            this.reachedShares = reachedShares;
            this.channel = channel;
            this.events = events;
        }

        /** Adds an order line, what follows from it, and later purchases of the same product. */
        void add(long firstMoment, int product, String firstOrder) {
            Chance chance = visitor.chance;
            long moment = firstMoment;
            String order = firstOrder;
            while (moment < (visitor.stopDay + 1) * Behaviour.DAY) {
                int day = (int) (moment / Behaviour.DAY);
                Event purchase = purchases
                        .complete(
                                new Event(moment, visitor.user, EventType.PURCHASE).product(product),
                                chance,
                                visitor.portrait,
                                order,
                                days.isPromotion(day))
                        .channel(channel);
                int sharer = reachedShares.lastSharer(product, moment);
                if (sharer >= 0 && chance.happens(NAIVE_CREDIT)) {
                    purchase.sharer(sharer);
                }
                events.add(purchase);
                afterPurchase.add(visitor, purchase, events);
                int cycle = catalogue.category(product).cycleDays();
                if (cycle == 0 || !chance.happens(REPEAT * catalogue.quality(product))) {
                    return;
                }
                moment += (long) (cycle * Behaviour.DAY * chance.between(EARLIEST_REPEAT, LATEST_REPEAT));
                order = visitor.nextOrder();
            }
        }
    }
}
