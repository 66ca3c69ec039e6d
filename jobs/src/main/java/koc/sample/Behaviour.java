package koc.sample;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a user does over the days of history: visits of their own (up to their quota of events), and answers to what
 * the KOCs of their pools share. KOCs also share and post.
 *
 * <p>The rates are ours: plausible for a brand's own channels, and estimated from no data. What the jobs should find
 * depends on them, so the figures in docs/benchmarks.md hold for these values only.
 */
final class Behaviour {
    private static final long DAY = 86_400;
    /** Days in which a share moves the pool. */
    static final int INFLUENCE_DAYS = 7;

    /** Mean days from a share to a purchase it causes: most come early, as the default half-life of a touch assumes. */
    private static final double MEAN_DELAY_DAYS = 1.8;
    /** A caused purchase keeps this many days from both ends of the days in which a share moves the pool. */
    private static final double DELAY_MARGIN_DAYS = .1;
    /** Opens of shares may be at most this fraction of all events, so that large pools do not drown all else. */
    private static final double MAX_OPENS = .12;
    /** Chance that a member of average interest opens a share. */
    private static final double OPEN_RATE = .06;
    /** Chance to open, relative to the average: this, and the interest in the category (see below). */
    private static final double OPEN_WITHOUT_INTEREST = .4;

    private static final double OPEN_BY_INTEREST = .6;
    /** Interest counts up to so many times that in an average category. */
    private static final double MAX_INTEREST = 3;
    /** Of opens, those that ask about the product, and of these, those that get an answer. */
    private static final double OPEN_INQUIRY = .15;

    private static final double OPEN_REPLY = .8;
    /** Of caused purchases, those with an open, with an inquiry, and with the KOC recorded as their cause. */
    private static final double CAUSED_OPEN = .7;

    private static final double CAUSED_INQUIRY = .3;
    private static final double CAUSED_RECORDED = .9;
    /** Chance that a KOC who shared the product before is recorded as cause of a purchase it did not cause. */
    private static final double NAIVE_CREDIT = .5;
    /** Visits on a day of promotion relative to another day. */
    private static final double PROMOTION_VISITS = 2.2;
    /** Fraction of a KOC's shares that go to its group; the others are for all its contacts. */
    private static final double SHARED_IN_GROUP = .4;
    /** Chance that a member attends an experience of the KOC. */
    private static final double ATTENDANCE = .04;
    /** Fraction of visits at any hour, and deviation of the others from the portrait's hours. */
    private static final double ANY_HOUR = .12;

    private static final double HOUR_DEVIATION = .8;
    private static final String[] CHANNELS = {
        "mini_program", "mini_program", "mini_program", "chat", "group", "moments", "live", "store"
    };
    /** Chance of looking at one more product of the category in a visit. */
    private static final double MORE_VIEWS = .4;

    /** Chance of a click after a view, and of the other signs of interest in a visit. */
    private static final double CLICK = .45;

    private static final double FAVORITE = .08;
    private static final double CART = .22;
    private static final double INQUIRY = .03;
    /** Chance that an order has one more line. */
    private static final double MORE_LINES = .25;
    /** Chance of buying a consumable of quality 1 again when it is used up, after this part of its cycle or more. */
    private static final double REPEAT = .5;

    private static final double EARLIEST_REPEAT = .8;
    private static final double LATEST_REPEAT = 1.25;
    /** Chance of two or three pieces of a consumable. */
    private static final double SEVERAL_PIECES = .25;
    /** A discount is 2 to 7 of these steps. */
    private static final double DISCOUNT_STEP = .05;
    /** Purchases without an order number. */
    private static final double WITHOUT_ORDER = .01;

    /** Chance of a review, a complaint and a refund, of poor products and of others. */
    private static final double REVIEW_OF_POOR = .4;

    private static final double REVIEW = .16;
    private static final double COMPLAINT_ABOUT_POOR = .12;
    private static final double COMPLAINT = .006;
    private static final double REFUND_OF_POOR = .22;
    private static final double REFUND = .025;
    /** Deviation of stars from 1 + 4 x quality. */
    private static final double STARS_DEVIATION = .6;
    /** Of refunds, those with the order's number, those of another order, and those of all pieces. */
    private static final double REFUND_WITH_ORDER = .88;

    private static final double REFUND_OF_OTHER_ORDER = .03;
    private static final double REFUND_OF_ALL_PIECES = .9;

    private final GeneratorOptions options;
    private final Catalogue catalogue;
    private final Population population;
    private final Pools pools;
    private final SharingPlan plan;
    private final boolean[] weekends;
    private final boolean[] promotions;
    private final double[] linesPerEvent;
    private final double openRate;

    Behaviour(GeneratorOptions options, Catalogue catalogue, Population population, Pools pools, SharingPlan plan) {
        this.options = options;
        this.catalogue = catalogue;
        this.population = population;
        this.pools = pools;
        this.plan = plan;
        this.weekends = new boolean[options.days()];
        this.promotions = new boolean[options.days()];
        for (int day = 0; day < options.days(); day++) {
            var date = options.startDate().plusDays(day);
            weekends[day] = date.getDayOfWeek().getValue() >= 6;
            int monthAndDay = date.getMonthValue() * 100 + date.getDayOfMonth();
            promotions[day] = monthAndDay == 308
                    || (monthAndDay >= 616 && monthAndDay <= 618)
                    || (monthAndDay >= 1109 && monthAndDay <= 1111)
                    || monthAndDay == 1212;
        }
        this.openRate = openRate();
        this.linesPerEvent = linesPerEvent();
    }

    /** Chance that a member opens a share, lowered when pools are so large that opens would drown all else. */
    private double openRate() {
        double reached = 0;
        for (int koc = 0; koc < population.kocs(); koc++) {
            reached += (double) plan.shares(koc) * pools.openPool(koc);
        }
        return reached == 0 ? OPEN_RATE : Math.min(OPEN_RATE, MAX_OPENS * options.events() / reached);
    }

    /** Purchases per event of a portrait's own visits, from a pilot of many visits. */
    private double[] linesPerEvent() {
        double[] lines = new double[PlantedPortrait.ALL.size()];
        for (int portrait = 0; portrait < lines.length; portrait++) {
            List<Event> events = new ArrayList<>();
            Visitor visitor = new Visitor(
                    Chance.of(options.seed(), Roles.PILOT, portrait),
                    0,
                    portrait,
                    0,
                    options.days() - 1,
                    Chance.cumulated(catalogue.categoryFractions(portrait)));
            while (events.size() < 20_000) {
                visit(visitor, events, List.of());
            }
            long purchases = events.stream()
                    .filter(event -> event.type == EventType.PURCHASE)
                    .count();
            lines[portrait] = (double) purchases / events.size();
        }
        return lines;
    }

    /** Events that come on top of the users' quotas: what KOCs share and post, and what their pools answer. */
    long socialEvents() {
        long count = 0;
        List<Event> events = new ArrayList<>();
        for (int user = 0; user < population.size(); user++) {
            events.clear();
            addSocial(user, events);
            count += events.size();
        }
        return count;
    }

    /** Everything a user does, in order of time. */
    List<Event> of(int user) {
        List<Event> events = new ArrayList<>();
        List<Long> reachedBy = addSocial(user, events);
        int social = events.size();
        int quota = population.quota(user);
        Visitor visitor = new Visitor(
                Chance.of(options.seed(), Roles.ORGANIC, user),
                user,
                population.portrait(user),
                population.startDay(user),
                population.stopDay(user),
                Chance.cumulated(population.taste(user)));
        while (events.size() - social < quota) {
            visit(visitor, events, reachedBy);
        }
        events.subList(social + quota, events.size()).clear();
        events.sort(Comparator.comparingLong(Event::moment));
        return events;
    }

    /**
     * Adds what a user does because of KOCs or as a KOC. Returns the shares that reached the user, as tie and share in
     * one number.
     */
    private List<Long> addSocial(int user, List<Event> events) {
        Chance chance = Chance.of(options.seed(), Roles.SOCIAL, user);
        int koc = population.kocNumber(user);
        if (koc >= 0) {
            addSharing(chance, user, koc, events);
        }
        int first = pools.firstTieIndex(user);
        int end = pools.firstTieIndex(user + 1);
        List<Long> reached = new ArrayList<>();
        if (first == end) {
            return reached;
        }
        double[] taste = population.taste(user);
        double linesPerDay = population.settledRate(user) * linesPerEvent[population.portrait(user)];
        int orders = 0;
        for (int place = first; place < end; place++) {
            int tie = pools.tieAt(place);
            int sharer = pools.tieKoc(tie);
            addTie(chance, user, tie, events);
            double ratio = pools.ratio(sharer);
            for (int share = 0; share < plan.shares(sharer); share++) {
                long moment = plan.shareMoment(sharer, share);
                int day = (int) (moment / DAY);
                if (!pools.isOpenOn(tie, day) || !population.isActiveOn(user, day)) {
                    continue;
                }
                reached.add(((long) tie << 32) | share);
                int product = plan.shareProduct(sharer, share);
                int category = catalogue.categoryNumber(product);
                double liking = taste[category] * catalogue.weight(population.portrait(user), product);
                if (ratio > 1) {
                    int caused = chance.poisson((ratio - 1) * linesPerDay * INFLUENCE_DAYS * liking);
                    for (int i = 0; i < caused; i++) {
                        orders++;
                        addCausedPurchase(chance, user, tie, share, "o" + user + "s" + orders, events);
                    }
                }
                double interest = OPEN_WITHOUT_INTEREST
                        + OPEN_BY_INTEREST * Math.min(MAX_INTEREST, taste[category] * taste.length);
                if (chance.happens(openRate * interest)) {
                    addOpening(chance, user, tie, share, events);
                }
            }
        }
        return reached;
    }

    private void addSharing(Chance chance, int user, int koc, List<Event> events) {
        for (int share = 0; share < plan.shares(koc); share++) {
            boolean inGroup = chance.happens(SHARED_IN_GROUP);
            events.add(new Event(plan.shareMoment(koc, share), user, EventType.SHARE)
                    .of(plan.shareProduct(koc, share))
                    .about(shareContent(koc, share))
                    .through(inGroup ? "group" : "moments")
                    .in(inGroup ? koc : -1));
        }
        for (int post = 0; post < plan.posts(koc); post++) {
            events.add(new Event(plan.postMoment(koc, post), user, EventType.POST)
                    .about("c" + koc + "p" + post)
                    .through("moments"));
        }
        int trainings = chance.whole(0, 3);
        for (int i = 0; i < trainings; i++) {
            events.add(
                    new Event(chance.below(options.days()) * DAY + 36_000 + chance.below(7200), user, EventType.TRAIN)
                            .about("training-" + chance.whole(1, 5))
                            .through("store"));
        }
    }

    private void addTie(Chance chance, int user, int tie, List<Event> events) {
        int koc = pools.tieKoc(tie);
        int sharer = population.kocUser(koc);
        int days = options.days();
        if (pools.since(tie) >= 0) {
            events.add(new Event(pools.since(tie) * DAY + 30_000 + chance.below(50_000), user, EventType.JOIN)
                    .causedBy(sharer)
                    .through("chat"));
        }
        int last = Math.min(pools.until(tie), days - 1);
        int first = Math.max(0, pools.since(tie));
        if (pools.until(tie) != Pools.OPEN) {
            events.add(new Event(last * DAY + 50_000 + chance.below(30_000), user, EventType.LEAVE)
                    .causedBy(sharer)
                    .through("chat"));
        }
        if (pools.isMuted(tie)) {
            events.add(new Event(chance.whole(first, last) * DAY + 40_000 + chance.below(40_000), user, EventType.MUTE)
                    .causedBy(sharer)
                    .through("chat"));
        }
        if (chance.happens(ATTENDANCE)) {
            int day = Math.min(last, first + 7 * chance.below(Math.max(1, (last - first) / 7)));
            events.add(new Event(day * DAY + 50_400 + chance.below(1800), user, EventType.ATTEND)
                    .causedBy(sharer)
                    .about("experience-" + koc + "-" + day / 7)
                    .through("store"));
        }
    }

    private void addOpening(Chance chance, int user, int tie, int share, List<Event> events) {
        int koc = pools.tieKoc(tie);
        long moment = plan.shareMoment(koc, share) + 60 + (long) chance.exponential(4 * 3600.0);
        if (moment >= options.days() * DAY) {
            return;
        }
        int product = plan.shareProduct(koc, share);
        boolean inGroup = pools.tieType(tie).equals("group");
        events.add(new Event(moment, user, EventType.SHARE_OPEN)
                .of(product)
                .about(shareContent(koc, share))
                .causedBy(population.kocUser(koc))
                .through(inGroup ? "group" : "moments")
                .in(inGroup ? koc : -1));
        if (chance.happens(OPEN_INQUIRY) && moment + 900 < options.days() * DAY) {
            events.add(new Event(moment + 120, user, EventType.INQUIRY)
                    .of(product)
                    .causedBy(population.kocUser(koc))
                    .through("chat"));
            if (chance.happens(OPEN_REPLY)) {
                events.add(new Event(moment + 200 + chance.below(600), population.kocUser(koc), EventType.REPLY)
                        .of(product)
                        .causedBy(user)
                        .through("chat"));
            }
        }
    }

    private void addCausedPurchase(Chance chance, int user, int tie, int share, String order, List<Event> events) {
        int koc = pools.tieKoc(tie);
        double delay = chance.exponential(MEAN_DELAY_DAYS);
        if (delay > INFLUENCE_DAYS - DELAY_MARGIN_DAYS) {
            delay = chance.between(DELAY_MARGIN_DAYS, INFLUENCE_DAYS - DELAY_MARGIN_DAYS);
        }
        long moment = plan.shareMoment(koc, share) + 600 + (long) (delay * DAY);
        if (moment >= options.days() * DAY) {
            return;
        }
        int product = plan.shareProduct(koc, share);
        int sharer = population.kocUser(koc);
        if (chance.happens(CAUSED_OPEN)) {
            events.add(new Event(moment - 400, user, EventType.SHARE_OPEN)
                    .of(product)
                    .about(shareContent(koc, share))
                    .causedBy(sharer)
                    .through("moments"));
        }
        if (chance.happens(CAUSED_INQUIRY)) {
            events.add(new Event(moment - 250, user, EventType.INQUIRY)
                    .of(product)
                    .causedBy(sharer)
                    .through("chat"));
        }
        events.add(purchase(chance, moment, user, population.portrait(user), product, order, false)
                .causedBy(chance.happens(CAUSED_RECORDED) ? sharer : -1)
                .through("chat"));
    }

    private Event purchase(
            Chance chance, long moment, int user, int portrait, int product, String order, boolean isPromotion) {
        PlantedPortrait planted = PlantedPortrait.ALL.get(portrait);
        PlantedCategory category = catalogue.category(product);
        int quantity = category.cycleDays() > 0 && chance.happens(SEVERAL_PIECES) ? chance.whole(2, 3) : 1;
        double price = catalogue.cents(product);
        if (isPromotion || chance.happens(planted.discountUse())) {
            price *= 1 - DISCOUNT_STEP * chance.whole(2, 7);
        }
        return new Event(moment, user, EventType.PURCHASE)
                .of(product)
                .bought(chance.happens(WITHOUT_ORDER) ? "" : order, quantity, Math.max(1, Math.round(price)));
    }

    /** One visit of a user's own accord: looks, perhaps an order, and what follows from it. */
    private void visit(Visitor visitor, List<Event> events, List<Long> reachedBy) {
        Chance chance = visitor.chance;
        PlantedPortrait planted = PlantedPortrait.ALL.get(visitor.portrait);
        int day = visitDay(visitor, planted);
        long moment = day * DAY + secondOfDay(chance, planted);
        String channel = chance.oneOf(CHANNELS);
        int category = chance.drawIndex(visitor.taste);
        int product = catalogue.draw(chance, visitor.portrait, category, day);
        moment = look(visitor, events, moment, product, channel);
        while (chance.happens(MORE_VIEWS)) {
            product = catalogue.draw(chance, visitor.portrait, category, day);
            moment = look(visitor, events, moment, product, channel);
        }
        if (chance.happens(FAVORITE)) {
            moment += chance.whole(5, 60);
            events.add(new Event(moment, visitor.user, EventType.FAVORITE)
                    .of(product)
                    .through(channel));
        }
        if (chance.happens(INQUIRY)) {
            moment += chance.whole(20, 90);
            events.add(new Event(moment, visitor.user, EventType.INQUIRY)
                    .of(product)
                    .through("chat"));
        }
        if (chance.happens(CART)) {
            moment += chance.whole(5, 60);
            events.add(new Event(moment, visitor.user, EventType.CART)
                    .of(product)
                    .bought("", 1, catalogue.cents(product))
                    .through(channel));
        }
        if (!chance.happens(planted.buyRate())) {
            return;
        }
        String order = visitor.nextOrder();
        moment += chance.whole(30, 300);
        buy(visitor, events, reachedBy, moment, product, order, channel);
        while (chance.happens(MORE_LINES)) {
            int more = catalogue.draw(chance, visitor.portrait, chance.drawIndex(visitor.taste), day);
            buy(visitor, events, reachedBy, moment, more, order, channel);
        }
    }

    private int visitDay(Visitor visitor, PlantedPortrait planted) {
        double most = Math.max(1, planted.weekend()) * PROMOTION_VISITS;
        while (true) {
            int day = visitor.chance.whole(visitor.startDay, visitor.stopDay);
            double weight = (weekends[day] ? planted.weekend() : 1) * (promotions[day] ? PROMOTION_VISITS : 1);
            if (visitor.chance.happens(weight / most)) {
                return day;
            }
        }
    }

    private static int secondOfDay(Chance chance, PlantedPortrait planted) {
        double hour = chance.happens(ANY_HOUR)
                ? chance.between(7, 23)
                : planted.hours().get(chance.below(planted.hours().size())) + HOUR_DEVIATION * chance.normal();
        // Past midnight is the small hours of the same day; 3500 and not 3600 keeps what follows a visit inside the
        // day.
        double wrapped = (hour + 24) % 24;
        return (int) (wrapped * 3500);
    }

    private static long look(Visitor visitor, List<Event> events, long moment, int product, String channel) {
        Chance chance = visitor.chance;
        long next = moment;
        events.add(new Event(next, visitor.user, EventType.VIEW).of(product).through(channel));
        if (chance.happens(CLICK)) {
            next += chance.whole(3, 40);
            events.add(
                    new Event(next, visitor.user, EventType.CLICK).of(product).through(channel));
        }
        return next + chance.whole(5, 60);
    }

    private void buy(
            Visitor visitor,
            List<Event> events,
            List<Long> reachedBy,
            long moment,
            int product,
            String order,
            String channel) {
        Chance chance = visitor.chance;
        long at = moment;
        String orderNow = order;
        while (at < (visitor.stopDay + 1) * DAY) {
            int day = (int) (at / DAY);
            Event purchase = purchase(chance, at, visitor.user, visitor.portrait, product, orderNow, promotions[day])
                    .through(channel);
            int credited = reachedBy.isEmpty() ? -1 : lastSharer(reachedBy, product, at);
            if (credited >= 0 && chance.happens(NAIVE_CREDIT)) {
                purchase.causedBy(credited);
            }
            events.add(purchase);
            follow(visitor, events, purchase);
            int cycle = catalogue.category(product).cycleDays();
            if (cycle == 0 || !chance.happens(REPEAT * catalogue.quality(product))) {
                return;
            }
            at += (long) (cycle * DAY * chance.between(EARLIEST_REPEAT, LATEST_REPEAT));
            orderNow = visitor.nextOrder();
        }
    }

    /** The KOC who last shared the product with the user in the days before, or -1. */
    private int lastSharer(List<Long> reachedBy, int product, long moment) {
        long latest = moment - INFLUENCE_DAYS * DAY;
        int sharer = -1;
        for (long reached : reachedBy) {
            int koc = pools.tieKoc((int) (reached >>> 32));
            int share = (int) reached;
            long shared = plan.shareMoment(koc, share);
            if (shared < moment && shared > latest && plan.shareProduct(koc, share) == product) {
                latest = shared;
                sharer = population.kocUser(koc);
            }
        }
        return sharer;
    }

    /** What follows from a purchase: a review, a share, a complaint, a refund. */
    private void follow(Visitor visitor, List<Event> events, Event purchase) {
        Chance chance = visitor.chance;
        double quality = catalogue.quality(purchase.product);
        boolean isPoor = quality < Catalogue.POOR_BELOW;
        long end = options.days() * DAY;
        if (chance.happens(PlantedPortrait.ALL.get(visitor.portrait).sharing())) {
            add(
                    events,
                    end,
                    new Event(later(chance, purchase, .1, 4), visitor.user, EventType.SHARE)
                            .of(purchase.product)
                            .through("moments"));
        }
        if (chance.happens(isPoor ? REVIEW_OF_POOR : REVIEW)) {
            double stars = 1 + 4 * quality + STARS_DEVIATION * chance.normal();
            add(
                    events,
                    end,
                    new Event(later(chance, purchase, 2, 12), visitor.user, EventType.REVIEW)
                            .of(purchase.product)
                            .stars((int) Math.max(1, Math.min(5, Math.round(stars))))
                            .through("mini_program"));
        }
        if (chance.happens(isPoor ? COMPLAINT_ABOUT_POOR : COMPLAINT)) {
            add(
                    events,
                    end,
                    new Event(later(chance, purchase, 1, 8), visitor.user, EventType.COMPLAINT)
                            .of(purchase.product)
                            .through("chat"));
        }
        if (chance.happens(isPoor ? REFUND_OF_POOR : REFUND)) {
            double kind = chance.uniform();
            Event refund = new Event(later(chance, purchase, 1, 10), visitor.user, EventType.REFUND)
                    .of(purchase.product)
                    .bought(
                            kind < REFUND_WITH_ORDER ? purchase.order : "",
                            chance.happens(REFUND_OF_ALL_PIECES) ? purchase.quantity : 1,
                            purchase.cents)
                    .through("mini_program");
            if (kind >= 1 - REFUND_OF_OTHER_ORDER) {
                // Bought elsewhere: nothing to match.
                refund.order = "x" + visitor.nextOrder();
                refund.of(catalogue.draw(chance, visitor.portrait, chance.below(PlantedCategory.ALL.size()), 0));
            }
            add(events, end, refund);
        }
    }

    private static long later(Chance chance, Event purchase, double minDays, double maxDays) {
        return purchase.moment + (long) (DAY * chance.between(minDays, maxDays));
    }

    private static void add(List<Event> events, long end, Event event) {
        if (event.moment < end) {
            events.add(event);
        }
    }

    private static String shareContent(int koc, int share) {
        return "c" + koc + "s" + share;
    }

    /** A user while visiting. */
    private static final class Visitor {
        private final Chance chance;
        private final int user;
        private final int portrait;
        private final int startDay;
        private final int stopDay;
        private final double[] taste;
        private int orders;

        Visitor(Chance chance, int user, int portrait, int startDay, int stopDay, double[] taste) {
            this.chance = chance;
            this.user = user;
            this.portrait = portrait;
            this.startDay = startDay;
            this.stopDay = stopDay;
            this.taste = taste;
        }

        private String nextOrder() {
            orders++;
            return "o" + user + "-" + orders;
        }
    }
}
