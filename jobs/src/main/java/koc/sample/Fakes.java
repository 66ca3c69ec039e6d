package koc.sample;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Accounts that look influential and are not, on top of everything else: one that buys from itself by a second account, a
 * ring of ten that buy from each other, a guide who served thousands and moves nobody, and one that makes 15% of all shares.
 * All their rate ratios are 1: whoever they reach buys as without them. The first two have followers as well, who buy nothing
 * of them: enough to be ranked as KOCs.
 */
final class Fakes {
    /** Accounts of the ring; each has fewer buyers than {@code koc.influence.fraud.ring-max-accounts}. */
    private static final int RING = 10;
    /** Fraction of all shares that the flood makes, three times {@code koc.influence.fraud.spam-fraction}. */
    private static final double FLOOD_SHARE = .15;
    /** Members of the flood's pool: enough to be ranked as a KOC. */
    private static final int FLOOD_POOL = 30;
    /** Days between two shares of the account that buys from itself, of each account of the ring, and of the guide. */
    private static final int SELF_EVERY_DAYS = 3;

    private static final int RING_EVERY_DAYS = 7;
    private static final int GUIDE_EVERY_DAYS = 2;
    /** In the ring an account's shares are bought by the next account, and by the one this far beyond it. */
    private static final int SECOND_BUYER = 3;
    /** The guide has served one user of so many. */
    private static final int SERVED_ONE_IN = 4;
    /** With the ring's own, more than {@code koc.recommend.min-pool}. */
    private static final int FOLLOWERS = 14;

    private static final long DAY = 86_400;

    /** What happens with ids of its own. */
    record Deed(Event event, String user, String sharer) {}

    /** A tie of a fake account. */
    record Tie(String koc, String user, String type) {}

    private final Map<String, String> roles = new LinkedHashMap<>();
    private final Map<String, String> kinds = new LinkedHashMap<>();
    private final List<Deed> deeds = new ArrayList<>();
    private final List<Tie> ties = new ArrayList<>();

    private Fakes(GeneratorOptions options, Catalogue catalogue, Population population, SharingPlan plan, Ids ids) {
        if (!options.plants().fakes()) {
            return;
        }
        Chance chance = Chance.of(options.seed(), Roles.FAKE, 0);
        int days = options.days();
        account("fake-self", "consumer", "self_referral");
        account("fake-self-second", "consumer", "second_account");
        ties.add(new Tie("fake-self", "fake-self-second", "friend"));
        for (int day = 2; day + 2 < days; day += SELF_EVERY_DAYS) {
            share(chance, catalogue, "fake-self", List.of("fake-self-second"), day);
        }
        for (int i = 1; i <= RING; i++) {
            account("fake-ring-" + i, "consumer", "ring");
        }
        for (int i = 1; i <= RING; i++) {
            String koc = "fake-ring-" + i;
            List<String> buyers = new ArrayList<>();
            for (int j = 1; j <= RING; j++) {
                if (j != i) {
                    ties.add(new Tie(koc, "fake-ring-" + j, "friend"));
                }
            }
            buyers.add("fake-ring-" + (i % RING + 1));
            buyers.add("fake-ring-" + ((i + SECOND_BUYER) % RING + 1));
            for (int day = 3 + i % 5; day + 2 < days; day += RING_EVERY_DAYS) {
                share(chance, catalogue, koc, buyers, day);
            }
        }
        Chance followers = Chance.of(options.seed(), Roles.FAKE, 1);
        for (String koc : kinds.keySet().stream()
                .filter(id -> !id.equals("fake-self-second"))
                .toList()) {
            for (int i = 0; i < FOLLOWERS; i++) {
                ties.add(new Tie(koc, ids.user(followers.below(population.size())), "friend"));
            }
        }
        account("fake-guide", "guide", "served_only");
        for (int user = 0; user < population.size() / SERVED_ONE_IN; user++) {
            ties.add(new Tie(
                    "fake-guide", ids.user(chance.below(population.size() / SERVED_ONE_IN) * SERVED_ONE_IN), "served"));
        }
        for (int day = 1; day + 1 < days; day += GUIDE_EVERY_DAYS) {
            share(chance, catalogue, "fake-guide", List.of(), day);
        }
        account("fake-flood", "external", "flood");
        for (int i = 0; i < FLOOD_POOL; i++) {
            ties.add(new Tie("fake-flood", ids.user(chance.below(population.size())), "follow"));
        }
        long others = 0;
        for (int koc = 0; koc < population.kocs(); koc++) {
            others += plan.shares(koc);
        }
        long flood = Math.round(others * FLOOD_SHARE / (1 - FLOOD_SHARE));
        for (long i = 0; i < flood; i++) {
            share(chance, catalogue, "fake-flood", List.of(), chance.below(days - 1));
        }
    }

    static Fakes of(GeneratorOptions options, Catalogue catalogue, Population population, SharingPlan plan, Ids ids) {
        return new Fakes(options, catalogue, population, plan, ids);
    }

    private void account(String id, String role, String kind) {
        roles.put(id, role);
        kinds.put(id, kind);
    }

    private void share(Chance chance, Catalogue catalogue, String koc, List<String> buyers, int day) {
        int product = catalogue.draw(
                chance, chance.below(PlantedPortrait.ALL.size()), chance.below(PlantedCategory.ALL.size()), day);
        long moment = day * DAY + 36_000 + chance.below(20_000);
        deeds.add(new Deed(
                new Event(moment, 0, EventType.SHARE)
                        .of(product)
                        .about(koc + "-" + deeds.size())
                        .through("moments"),
                koc,
                ""));
        for (String buyer : buyers) {
            long later = moment + 3_600 + chance.below(60_000);
            deeds.add(new Deed(
                    new Event(later - 300, 0, EventType.SHARE_OPEN).of(product).through("moments"), buyer, koc));
            deeds.add(new Deed(
                    new Event(later, 0, EventType.PURCHASE)
                            .of(product)
                            .bought("of-" + deeds.size(), 1, catalogue.cents(product))
                            .through("chat"),
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

    List<Deed> deeds() {
        return deeds;
    }

    /** Ties, each once. */
    List<Tie> ties() {
        return ties.stream().distinct().toList();
    }
}
