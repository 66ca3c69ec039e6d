package koc.sample;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Additional accounts that only look influential:
 *
 * <ul>
 *   <li>an account that buys from itself through a second account (self-referral)
 *   <li>a collusion ring of ten accounts that buy from each other
 *   <li>a guide who served thousands of users but influences none
 *   <li>an account that makes 15% of all shares (spam)
 *   <li>the account of a shop counter, on which the orders of walk-in customers are entered; planted on its own request
 * </ul>
 *
 * <p>All have the rate ratio 1: the users they reach buy as much as without them. The self-referral and ring accounts also
 * have followers who buy nothing from them, enough to be ranked as KOCs.
 */
final class Fakes {
    /** Accounts of the ring; each has fewer buyers than {@code koc.influence.fraud.ring-max-buyers}. */
    private static final int RING = 10;
    /** Fraction of all shares that the spam account makes, three times {@code koc.influence.fraud.spam-fraction}. */
    private static final double SPAM_FRACTION = .15;
    /** Members of the spam account's pool: enough to be ranked as a KOC. */
    private static final int SPAM_POOL = 30;
    /** Days between two shares of the account that buys from itself, of each account of the ring, and of the guide. */
    private static final int SELF_EVERY_DAYS = 3;

    private static final int RING_EVERY_DAYS = 7;
    private static final int GUIDE_EVERY_DAYS = 2;
    /** The next account of the ring buys what an account shares, and so does the one this far beyond it. */
    private static final int SECOND_BUYER = 3;
    /** The guide has served one of this many users. */
    private static final int SERVED_ONE_IN = 4;
    /** The account of the shop counter. */
    private static final String COUNTER = "shop-counter";
    /** Members of the counter's pool. */
    private static final int COUNTER_POOL = 40;
    /** Days between two shares of the counter. */
    private static final int COUNTER_EVERY_DAYS = 4;
    /** The shop is open for this many hours from 9 o'clock. */
    private static final int OPENING_HOURS = 12;
    /** Followers of each account; together with the ring more than {@code koc.recommend.min-pool}. */
    private static final int FOLLOWERS = 14;

    private static final long DAY = 86_400;

    /** An event with ids that do not come from {@link Ids}. */
    record Action(Event event, String user, String sharer) {}

    /** A tie of a fake account. */
    record Tie(String koc, String user, String type) {}

    private final Map<String, String> roles = new LinkedHashMap<>();
    private final Map<String, String> kinds = new LinkedHashMap<>();
    private final List<Action> actions = new ArrayList<>();
    private final List<Tie> ties = new ArrayList<>();

    private final GeneratorOptions options;
    private final Catalogue catalogue;
    private final Population population;
    private final Ids ids;
    private final Chance chance;

    private Fakes(SyntheticBrand brand) {
        this.options = brand.options();
        this.catalogue = brand.catalogue();
        this.population = brand.population();
        this.ids = new Ids(options);
        this.chance = Chance.of(options.seed(), Roles.FAKE, 0);
    }

    /** The fake accounts of a brand; none if the options plant none. */
    static Fakes create(SyntheticBrand brand) {
        Fakes fakes = new Fakes(brand);
        if (brand.options().plants().fakes()) {
            fakes.addSelfReferral();
            fakes.addRing();
            fakes.addFollowers();
            fakes.addGuide();
            fakes.addSpam(brand.plan());
        }
        if (brand.options().plants().counterFraction() > 0) {
            fakes.addCounter();
        }
        return fakes;
    }

    private void addSelfReferral() {
        account("fake-self", "consumer", "self_referral");
        account("fake-self-second", "consumer", "second_account");
        ties.add(new Tie("fake-self", "fake-self-second", "friend"));
        for (int day = 2; day + 2 < options.days(); day += SELF_EVERY_DAYS) {
            share("fake-self", List.of("fake-self-second"), day);
        }
    }

    private void addRing() {
        for (int i = 1; i <= RING; i++) {
            account("fake-ring-" + i, "consumer", "ring");
        }
        for (int i = 1; i <= RING; i++) {
            String koc = "fake-ring-" + i;
            for (int j = 1; j <= RING; j++) {
                if (j != i) {
                    ties.add(new Tie(koc, "fake-ring-" + j, "friend"));
                }
            }
            List<String> buyers =
                    List.of("fake-ring-" + (i % RING + 1), "fake-ring-" + ((i + SECOND_BUYER) % RING + 1));
            for (int day = 3 + i % 5; day + 2 < options.days(); day += RING_EVERY_DAYS) {
                share(koc, buyers, day);
            }
        }
    }

    /** Gives the accounts that exist so far enough followers to be ranked. */
    private void addFollowers() {
        Chance followers = Chance.of(options.seed(), Roles.FAKE, 1);
        for (String koc : kinds.keySet().stream()
                .filter(id -> !id.equals("fake-self-second"))
                .toList()) {
            for (int i = 0; i < FOLLOWERS; i++) {
                ties.add(new Tie(koc, ids.user(followers.below(population.size())), "friend"));
            }
        }
    }

    private void addGuide() {
        account("fake-guide", "guide", "served_only");
        for (int user = 0; user < population.size() / SERVED_ONE_IN; user++) {
            ties.add(new Tie(
                    "fake-guide", ids.user(chance.below(population.size() / SERVED_ONE_IN) * SERVED_ONE_IN), "served"));
        }
        for (int day = 1; day + 1 < options.days(); day += GUIDE_EVERY_DAYS) {
            share("fake-guide", List.of(), day);
        }
    }

    private void addSpam(SharingPlan plan) {
        account("fake-flood", "external", "flood");
        for (int i = 0; i < SPAM_POOL; i++) {
            ties.add(new Tie("fake-flood", ids.user(chance.below(population.size())), "follow"));
        }
        long otherShares = 0;
        for (int koc = 0; koc < population.kocs(); koc++) {
            otherShares += plan.shares(koc);
        }
        long spamShares = Math.round(otherShares * SPAM_FRACTION / (1 - SPAM_FRACTION));
        for (long i = 0; i < spamShares; i++) {
            share("fake-flood", List.of(), chance.below(options.days() - 1));
        }
    }

    private void addCounter() {
        account(COUNTER, "guide", "shop_counter");
        Chance pool = Chance.of(options.seed(), Roles.FAKE, 2);
        for (int i = 0; i < COUNTER_POOL; i++) {
            ties.add(new Tie(COUNTER, ids.user(pool.below(population.size())), "served"));
        }
        for (int day = 1; day + 1 < options.days(); day += COUNTER_EVERY_DAYS) {
            share(COUNTER, List.of(), day);
        }
    }

    /**
     * The purchases at the shop counter, all on its account: the fraction of all purchases that the options ask for.
     *
     * @param others purchases of everybody else
     */
    List<Action> counterPurchases(long others) {
        double fraction = options.plants().counterFraction();
        long purchases = Math.round(others * fraction / (1 - fraction));
        Chance counter = Chance.of(options.seed(), Roles.FAKE, 3);
        List<Action> bought = new ArrayList<>();
        for (long i = 1; i <= purchases; i++) {
            int day = counter.below(options.days());
            int product = drawProduct(counter, day);
            long moment = day * DAY + 9 * 3_600 + counter.below(OPENING_HOURS * 3_600);
            Event purchase = new Event(moment, 0, EventType.PURCHASE)
                    .product(product)
                    .bought("oc-" + i, 1, catalogue.cents(product))
                    .channel("store");
            bought.add(new Action(purchase, COUNTER, ""));
        }
        return bought;
    }

    private int drawProduct(Chance draw, int day) {
        return catalogue.draw(
                draw, draw.below(PlantedPortrait.ALL.size()), draw.below(PlantedCategory.ALL.size()), day);
    }

    private void account(String id, String role, String kind) {
        roles.put(id, role);
        kinds.put(id, kind);
    }

    private void share(String koc, List<String> buyers, int day) {
        int product = drawProduct(chance, day);
        long moment = day * DAY + 36_000 + chance.below(20_000);
        actions.add(new Action(
                new Event(moment, 0, EventType.SHARE)
                        .product(product)
                        .content(koc + "-" + actions.size())
                        .channel("moments"),
                koc,
                ""));
        for (String buyer : buyers) {
            long later = moment + 3_600 + chance.below(60_000);
            actions.add(new Action(
                    new Event(later - 300, 0, EventType.SHARE_OPEN)
                            .product(product)
                            .channel("moments"),
                    buyer,
                    koc));
            actions.add(new Action(
                    new Event(later, 0, EventType.PURCHASE)
                            .product(product)
                            .bought("of-" + actions.size(), 1, catalogue.cents(product))
                            .channel("chat"),
                    buyer,
                    koc));
        }
    }

    /** Accounts with their roles. */
    Map<String, String> roles() {
        return roles;
    }

    /** Accounts with what they fake. */
    Map<String, String> kinds() {
        return kinds;
    }

    List<Action> actions() {
        return actions;
    }

    /** Ties, each once. */
    List<Tie> ties() {
        return ties.stream().distinct().toList();
    }
}
