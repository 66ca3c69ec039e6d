package koc.sample;

import java.util.List;

/** Generates what users do as KOCs, or because of the KOCs whose pools they are in. */
final class SocialEvents {
    /** Mean days from a share to a purchase it causes: most come early, as the default half-life of a touch assumes. */
    private static final double MEAN_DELAY_DAYS = 1.8;
    /** Days between a caused purchase and both ends of the days of influence, at least. */
    private static final double DELAY_MARGIN_DAYS = .1;
    /** Chance to open, relative to the average: this plus the interest in the category times {@link #OPEN_BY_INTEREST}. */
    private static final double OPEN_WITHOUT_INTEREST = .4;

    private static final double OPEN_BY_INTEREST = .6;
    /** Largest interest that counts, relative to an average category. */
    private static final double MAX_INTEREST = 3;
    /** Fraction of opens with an inquiry about the product, and of these with a reply. */
    private static final double OPEN_INQUIRY = .15;

    private static final double OPEN_REPLY = .8;
    /** Fractions of caused purchases with an open, with an inquiry, and with the KOC recorded as their cause. */
    private static final double CAUSED_OPEN = .7;

    private static final double CAUSED_INQUIRY = .3;
    private static final double CAUSED_RECORDED = .9;
    /** Fraction of a KOC's shares that go to their group; the others go to all their contacts. */
    private static final double SHARED_IN_GROUP = .4;
    /** Chance that a member attends an experience of the KOC. */
    private static final double ATTENDANCE = .04;

    private final GeneratorOptions options;
    private final ProductChoice choice;
    private final Population population;
    private final Pools pools;
    private final SharingPlan plan;
    private final JointInfluence influence;
    private final PurchaseMaker purchases;
    private final double openRate;
    private final double[] purchasesPerEvent;

    /**
     * Prepares the social events of a brand's users.
     *
     * @param openRate chance that a member of average interest opens a share
     * @param purchasesPerEvent purchases per event in visits, by portrait
     */
    SocialEvents(SyntheticBrand brand, PurchaseMaker purchases, double openRate, double[] purchasesPerEvent) {
        this.options = brand.options();
        this.choice = brand.choice();
        this.population = brand.population();
        this.pools = brand.pools();
        this.plan = brand.plan();
        this.influence = new JointInfluence(brand);
        this.purchases = purchases;
        this.openRate = openRate;
        this.purchasesPerEvent = purchasesPerEvent;
    }

    /** Adds the social events of a user; returns the shares that reached them. */
    ReachedShares add(int user, List<Event> events) {
        return new SocialUser(user, events).addAll();
    }

    /** A user, whose events are added to a list. */
    private final class SocialUser {
        private final Chance chance;
        private final int user;
        private final List<Event> events;
        private final ReachedShares reachedShares = new ReachedShares(population, pools, plan);
        private int orders;

        SocialUser(int user, List<Event> events) {
            this.chance = Chance.of(options.seed(), Roles.SOCIAL, user);
            this.user = user;
            this.events = events;
        }

        ReachedShares addAll() {
            int koc = population.kocNumber(user);
            if (koc >= 0) {
                addSharing(koc);
            }
            int first = pools.firstTieIndex(user);
            int end = pools.firstTieIndex(user + 1);
            if (first == end) {
                return reachedShares;
            }
            double[] taste = population.taste(user);
            double purchasesPerDay = population.fixedRate(user) * purchasesPerEvent[population.portrait(user)];
            for (int index = first; index < end; index++) {
                int tie = pools.tieAt(index);
                addTie(tie);
                addReactions(tie, taste, purchasesPerDay);
            }
            return reachedShares;
        }

        private void addSharing(int koc) {
            for (int share = 0; share < plan.shares(koc); share++) {
                boolean isInGroup = chance.happens(SHARED_IN_GROUP);
                events.add(new Event(plan.shareMoment(koc, share), user, EventType.SHARE)
                        .product(plan.shareProduct(koc, share))
                        .content(shareContent(koc, share))
                        .channel(isInGroup ? "group" : "moments")
                        .group(isInGroup ? koc : -1));
            }
            for (int post = 0; post < plan.posts(koc); post++) {
                events.add(new Event(plan.postMoment(koc, post), user, EventType.POST)
                        .content("c" + koc + "p" + post)
                        .channel("moments"));
            }
            int trainings = chance.whole(0, 3);
            for (int i = 0; i < trainings; i++) {
                long moment = chance.below(options.days()) * Behaviour.DAY + 36_000 + chance.below(7200);
                events.add(new Event(moment, user, EventType.TRAIN)
                        .content("training-" + chance.whole(1, 5))
                        .channel("store"));
            }
        }

        /** Adds how the tie begins and ends, and what the user does in it apart from reacting to shares. */
        private void addTie(int tie) {
            int koc = pools.tieKoc(tie);
            int last = Math.min(pools.until(tie), options.days() - 1);
            int first = Math.max(0, pools.since(tie));
            if (pools.since(tie) >= 0) {
                addToKoc(koc, EventType.JOIN, pools.since(tie) * Behaviour.DAY + 30_000 + chance.below(50_000));
            }
            if (pools.until(tie) != Pools.OPEN) {
                addToKoc(koc, EventType.LEAVE, last * Behaviour.DAY + 50_000 + chance.below(30_000));
            }
            if (pools.isMuted(tie)) {
                addToKoc(
                        koc, EventType.MUTE, chance.whole(first, last) * Behaviour.DAY + 40_000 + chance.below(40_000));
            }
            if (chance.happens(ATTENDANCE)) {
                int day = Math.min(last, first + 7 * chance.below(Math.max(1, (last - first) / 7)));
                events.add(new Event(day * Behaviour.DAY + 50_400 + chance.below(1800), user, EventType.ATTEND)
                        .sharer(population.kocUser(koc))
                        .content("experience-" + koc + "-" + day / 7)
                        .channel("store"));
            }
        }

        private void addToKoc(int koc, EventType type, long moment) {
            events.add(new Event(moment, user, type)
                    .sharer(population.kocUser(koc))
                    .channel("chat"));
        }

        /** Adds the purchases and opens that the KOC's shares cause while the tie is open. */
        private void addReactions(int tie, double[] taste, double purchasesPerDay) {
            int koc = pools.tieKoc(tie);
            for (int share = 0; share < plan.shares(koc); share++) {
                int day = (int) (plan.shareMoment(koc, share) / Behaviour.DAY);
                if (!pools.isOpenOn(tie, day) || !population.isActiveOn(user, day)) {
                    continue;
                }
                reachedShares.add(tie, share);
                int product = plan.shareProduct(koc, share);
                int category = choice.catalogue().categoryNumber(product);
                double liking = taste[category] * choice.meanWeight(user, product, day);
                if (pools.ratio(koc) > 1) {
                    double excess = influence.excess(user, tie, share);
                    int caused = chance.poisson(excess * purchasesPerDay * Behaviour.INFLUENCE_DAYS * liking);
                    for (int i = 0; i < caused; i++) {
                        addCausedPurchase(koc, share);
                    }
                }
                double interest = OPEN_WITHOUT_INTEREST
                        + OPEN_BY_INTEREST * Math.min(MAX_INTEREST, taste[category] * taste.length);
                if (chance.happens(openRate * interest)) {
                    addOpening(tie, share);
                }
            }
        }

        private void addOpening(int tie, int share) {
            int koc = pools.tieKoc(tie);
            long moment = plan.shareMoment(koc, share) + 60 + (long) chance.exponential(4 * 3600.0);
            if (moment >= options.days() * Behaviour.DAY) {
                return;
            }
            int sharer = population.kocUser(koc);
            int product = plan.shareProduct(koc, share);
            boolean isInGroup = pools.tieType(tie).equals("group");
            events.add(new Event(moment, user, EventType.SHARE_OPEN)
                    .product(product)
                    .content(shareContent(koc, share))
                    .sharer(sharer)
                    .channel(isInGroup ? "group" : "moments")
                    .group(isInGroup ? koc : -1));
            if (chance.happens(OPEN_INQUIRY) && moment + 900 < options.days() * Behaviour.DAY) {
                // Members ask and are answered where they saw the share.
                String channel = isInGroup ? "group" : "chat";
                int group = isInGroup ? koc : -1;
                events.add(new Event(moment + 120, user, EventType.INQUIRY)
                        .product(product)
                        .sharer(sharer)
                        .channel(channel)
                        .group(group));
                if (chance.happens(OPEN_REPLY)) {
                    events.add(new Event(moment + 200 + chance.below(600), sharer, EventType.REPLY)
                            .product(product)
                            .sharer(user)
                            .channel(channel)
                            .group(group));
                }
            }
        }

        private void addCausedPurchase(int koc, int share) {
            orders++;
            double delay = chance.exponential(MEAN_DELAY_DAYS);
            double maxDelay = Behaviour.INFLUENCE_DAYS - DELAY_MARGIN_DAYS;
            if (delay > maxDelay) {
                delay = chance.between(DELAY_MARGIN_DAYS, maxDelay);
            }
            long moment = plan.shareMoment(koc, share) + 600 + (long) (delay * Behaviour.DAY);
            if (moment >= options.days() * Behaviour.DAY) {
                return;
            }
            int product = plan.shareProduct(koc, share);
            int sharer = population.kocUser(koc);
            if (chance.happens(CAUSED_OPEN)) {
                events.add(new Event(moment - 400, user, EventType.SHARE_OPEN)
                        .product(product)
                        .content(shareContent(koc, share))
                        .sharer(sharer)
                        .channel("moments"));
            }
            if (chance.happens(CAUSED_INQUIRY)) {
                events.add(new Event(moment - 250, user, EventType.INQUIRY)
                        .product(product)
                        .sharer(sharer)
                        .channel("chat"));
            }
            Event purchase = new Event(moment, user, EventType.PURCHASE).product(product);
            events.add(purchases
                    .complete(purchase, chance, population.portrait(user), "o" + user + "s" + orders, false)
                    .sharer(chance.happens(CAUSED_RECORDED) ? sharer : -1)
                    .channel("chat"));
        }
    }

    private static String shareContent(int koc, int share) {
        return "c" + koc + "s" + share;
    }
}
