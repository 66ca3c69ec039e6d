package koc.portraits.names;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import koc.rules.Absent;

/**
 * Tags and categories that a portrait has more often than the other portraits.
 *
 * <p>Words are compared by weighted log-odds with a Dirichlet prior (Monroe, Colaresi and Quinn 2008, Fightin' Words). With
 * y of n words in the portrait, z = (log-odds in the portrait - log-odds in all others) / the standard deviation of this
 * difference. Both log-odds are smoothed with the frequencies of the population.
 */
public final class DistinctiveTraits {
    /** Minimum z of a trait: 95%, two-sided. */
    private static final double MIN_Z = 1.96;
    /** Strength of the Dirichlet prior: the population's frequencies count as much as 100 words. */
    private static final double PRIOR_WORDS = 100;
    /** A tag distinguishes a portrait only when at least a quarter of its users have it. */
    private static final double MIN_TAG_RATE = 0.25;
    /**
     * The tag must also be this many times as frequent as in the population. In a large portrait even a small difference is
     * significant.
     */
    private static final double MIN_TAG_RATIO = 1.2;

    private DistinctiveTraits() {}

    /**
     * A word that a portrait has more often than others.
     *
     * @param z standard deviations above the others
     * @param rate frequency in the portrait, 0..1
     * @param ratio this frequency over that of the population
     */
    public record Trait(String word, double z, double rate, double ratio) {}

    /**
     * Words with a z of at least 1.96, highest first.
     *
     * @param portrait count of each word in the portrait
     * @param population count of each word in all portraits
     */
    public static List<Trait> selectWords(Map<String, Double> portrait, Map<String, Double> population) {
        double portraitTotal = sum(portrait);
        double total = sum(population);
        List<Trait> traits = new ArrayList<>();
        population.forEach((word, count) -> {
            double inPortrait = portrait.getOrDefault(word, 0.0);
            if (inPortrait <= 0 || word.equals(Absent.NONE)) {
                return;
            }
            double baseline = count / total;
            double z = zScore(
                    new Count(inPortrait, portraitTotal),
                    new Count(count - inPortrait, total - portraitTotal),
                    new Count(PRIOR_WORDS * count / total, PRIOR_WORDS));
            double rate = inPortrait / portraitTotal;
            if (z >= MIN_Z) {
                traits.add(new Trait(word, z, rate, rate / baseline));
            }
        });
        return highestFirst(traits);
    }

    /**
     * Tags with a z of at least 1.96 that enough users of the portrait have, highest first. Every user is one trial: they
     * have the tag or not.
     *
     * @param tagged users of the portrait with each tag
     * @param portraitUsers all users of the portrait
     * @param population users of all portraits with each tag
     * @param users users of all portraits
     */
    public static List<Trait> selectTags(
            Map<String, Double> tagged, double portraitUsers, Map<String, Double> population, double users) {
        double priorUsers = Math.min(PRIOR_WORDS, users);
        List<Trait> traits = new ArrayList<>();
        population.forEach((tag, count) -> {
            double inPortrait = tagged.getOrDefault(tag, 0.0);
            double rate = inPortrait / portraitUsers;
            double baseline = count / users;
            if (rate < MIN_TAG_RATE || rate < MIN_TAG_RATIO * baseline) {
                return;
            }
            double z = zScore(
                    new Count(inPortrait, portraitUsers),
                    new Count(count - inPortrait, users - portraitUsers),
                    new Count(priorUsers * baseline, priorUsers));
            if (z >= MIN_Z) {
                traits.add(new Trait(tag, z, rate, rate / baseline));
            }
        });
        return highestFirst(traits);
    }

    /** How often a word occurs among a number of words. */
    public record Count(double count, double total) {}

    /** Equation 22 of Monroe et al.: the difference of the smoothed log-odds over its standard deviation. */
    public static double zScore(Count portrait, Count others, Count prior) {
        double variance = 1 / (portrait.count() + prior.count()) + 1 / (others.count() + prior.count());
        return (logOdds(portrait, prior) - logOdds(others, prior)) / Math.sqrt(variance);
    }

    private static double logOdds(Count words, Count prior) {
        return Math.log(
                (words.count() + prior.count()) / (words.total() + prior.total() - words.count() - prior.count()));
    }

    private static List<Trait> highestFirst(List<Trait> traits) {
        traits.sort(Comparator.comparingDouble((Trait trait) -> -trait.z()).thenComparing(Trait::word));
        return traits;
    }

    private static double sum(Map<String, Double> counts) {
        return counts.values().stream().mapToDouble(count -> count).sum();
    }
}
