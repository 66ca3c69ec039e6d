package koc.kocs.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The frequency cap of a type of KOC: the number of posts a day above which more pool members mute or leave.
 *
 * @param postsPerDay the cap; {@link #MAX_POSTS} if no limit was found
 * @param lossRatio mutes and leaves for each member on days above the cap / on days with one post; 1 without a limit
 */
public record FrequencyCap(int postsPerDay, double lossRatio) {
    /** Days with at least this many posts are counted together, so a cap of this size means no limit. */
    public static final int MAX_POSTS = 10;

    /** No number of posts is harmful. */
    public static final FrequencyCap NO_LIMIT = new FrequencyCap(MAX_POSTS, 1);

    /**
     * Mutes and leaves on days with the same number of posts, and soon after.
     *
     * @param posts a day, {@link #MAX_POSTS} for as many or more
     * @param memberDays pool members summed over these days
     * @param losses members who muted or left on the day or soon after
     */
    public record Losses(int posts, double memberDays, double losses) {
        private Losses plus(Losses other) {
            return new Losses(posts, memberDays + other.memberDays, losses + other.losses);
        }
    }

    /**
     * Learns the cap of each type of KOC; empty without any loss.
     *
     * <p>The loss ratio of a number of posts is losses / expected losses, where days with one post set the expected
     * rate. A type with little evidence stays near all KOCs, and all KOCs near a ratio of 1: {@code (losses + k x ratio
     * of all) / (expected + k)}. More posts never have a smaller ratio: neighbours in the wrong order are pooled. The
     * cap is the largest number of posts whose ratio, as those of all smaller numbers, is below {@code maxLossRatio},
     * and at least 1.
     *
     * <p>Worked, for a single type with k = 3 and a maximum of 2: one post has 100,000 member days and 100 losses, two
     * posts 20,000 and 25, three posts 10,000 and 60. All of them make .00142 a day, so one post is expected to lose
     * (100 + 3) / (100,000 + 3 / .00142) = .00101. The ratios of two posts are 28 / 23.2 = 1.2 for all and 28.6 / 23.0
     * = 1.2 for the type, those of three posts 63 / 13.1 = 4.8 and 74.4 / 13.0 = 5.7. The cap is 2.
     *
     * @param lossesByType losses by number of posts, by koc_type
     * @param maxLossRatio the ratio from which a number of posts is too high
     * @param k weight of the prior, in losses
     */
    public static Map<String, FrequencyCap> learn(
            Map<String, List<Losses>> lossesByType, double maxLossRatio, double k) {
        SortedMap<Integer, Losses> all = new TreeMap<>();
        lossesByType.values().forEach(ofType -> ofType.forEach(days -> all.merge(days.posts(), days, Losses::plus)));
        double memberDays =
                all.values().stream().mapToDouble(Losses::memberDays).sum();
        double losses = all.values().stream().mapToDouble(Losses::losses).sum();
        if (losses <= 0 || memberDays <= 0) {
            return Map.of();
        }
        double rateOfAll = onePostRate(all, losses / memberDays, k);
        Map<String, FrequencyCap> caps = new TreeMap<>();
        lossesByType.forEach((type, ofType) -> {
            SortedMap<Integer, Losses> byPosts = new TreeMap<>();
            ofType.forEach(days -> byPosts.put(days.posts(), days));
            double rate = onePostRate(byPosts, rateOfAll, k);
            List<Ratio> ratios = new ArrayList<>();
            all.forEach((posts, days) -> {
                double ratioOfAll = posts == 1 ? 1 : (days.losses() + k) / (days.memberDays() * rateOfAll + k);
                Losses own = byPosts.getOrDefault(posts, new Losses(posts, 0, 0));
                ratios.add(new Ratio(posts, own.losses() + k * ratioOfAll, own.memberDays() * rate + k));
            });
            caps.put(type, findCap(ratios, maxLossRatio));
        });
        return caps;
    }

    /** Losses for each member on a day with one post, shrunk to a prior rate. */
    private static double onePostRate(SortedMap<Integer, Losses> byPosts, double priorRate, double k) {
        Losses days = byPosts.getOrDefault(1, new Losses(1, 0, 0));
        return (days.losses() + k) / (days.memberDays() + k / priorRate);
    }

    /** Observed and expected losses of all numbers of posts up to this one that are pooled with it. */
    private record Ratio(int maxPosts, double observed, double expected) {
        double value() {
            return observed / expected;
        }

        Ratio pool(Ratio next) {
            return new Ratio(next.maxPosts, observed + next.observed, expected + next.expected);
        }
    }

    private static FrequencyCap findCap(List<Ratio> fewestPostsFirst, double maxLossRatio) {
        List<Ratio> rising = new ArrayList<>();
        for (Ratio next : fewestPostsFirst) {
            Ratio pooled = next;
            while (!rising.isEmpty() && rising.get(rising.size() - 1).value() > pooled.value()) {
                pooled = rising.remove(rising.size() - 1).pool(pooled);
            }
            rising.add(pooled);
        }
        int cap = 1;
        for (int i = 0; i < rising.size(); i++) {
            if (rising.get(i).value() >= maxLossRatio) {
                Ratio above = rising.subList(i, rising.size()).stream()
                        .reduce((some, more) -> some.pool(more))
                        .orElseThrow();
                return new FrequencyCap(cap, above.value());
            }
            cap = rising.get(i).maxPosts();
        }
        return NO_LIMIT;
    }
}
