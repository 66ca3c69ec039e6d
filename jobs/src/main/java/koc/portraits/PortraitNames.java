package koc.portraits;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import koc.rules.Absent;
import koc.text.Texts;

/**
 * Names portraits by what sets them apart: what its users are worth, who they are, what they like; each with its
 * evidence.
 *
 * <p>Words (tags, categories) are compared by weighted log-odds with a Dirichlet prior (Monroe, Colaresi and Quinn
 * 2008, Fightin' Words): with y of n in the portrait, z = (log-odds in it less log-odds in all others) / its standard
 * deviation, both smoothed with everybody's frequencies.
 */
final class PortraitNames {
    /** Beyond this many standard deviations a difference is taken for real (95%, two-sided). */
    private static final double SURE = 1.96;
    /** Strength of the Dirichlet prior, in words: everybody's frequencies count as much as this many. */
    private static final double PRIOR_WORDS = 100;
    /** A trait is named only when at least this share of the portrait has it. */
    private static final double MIN_SHARE = 0.25;
    /** And when so many times the usual share of users has it: in large portraits the smallest difference is sure. */
    private static final double MIN_TIMES = 1.2;
    /** Spend or orders of so many times the mean of all users are called high; of 1 / 1.5 or less, low. */
    private static final double HIGH_TIMES = 1.5;

    private static final double LOW_TIMES = 0.67;

    private PortraitNames() {}

    /**
     * What is known of one portrait.
     *
     * @param users its users
     * @param netSpend mean net spend of 365 days
     * @param orders mean orders of 365 days
     * @param tags users with each tag
     * @param attention attention to each category
     */
    record Evidence(
            String portraitId,
            long users,
            double netSpend,
            double orders,
            Map<String, Double> tags,
            Map<String, Double> attention) {}

    /** A name and what it rests on. */
    record Naming(String name, String summary, String topCategories, String topTags) {}

    /** Of a portrait that has no users today. */
    static final Naming EMPTY = new Naming("", "", "", "");

    /**
     * A word that a portrait has more of than others.
     *
     * @param z standard deviations beyond the others
     * @param share in the portrait
     * @param times its share over everybody's
     */
    record Trait(String word, double z, double share, double times) {}

    /**
     * The namings, by portrait id, all names different.
     *
     * @param overrides names that are given, by portrait id
     * @param others names of other portraits, which none of these may have
     */
    static Map<String, Naming> name(
            List<Evidence> portraits, Map<String, String> overrides, Collection<String> others, Texts texts) {
        Map<String, Double> everybodysAttention =
                total(portraits.stream().map(Evidence::attention).toList());
        Map<String, Double> everybodysTags =
                total(portraits.stream().map(Evidence::tags).toList());
        double users = portraits.stream().mapToDouble(Evidence::users).sum();
        double spend = mean(portraits, Evidence::netSpend, users);
        double orders = mean(portraits, Evidence::orders, users);

        Map<String, Naming> namings = new LinkedHashMap<>();
        Set<String> taken = new HashSet<>(overrides.values());
        taken.addAll(others);
        for (Evidence portrait : portraits) {
            List<Trait> categories = traits(portrait.attention(), everybodysAttention);
            List<Trait> tags = tagTraits(portrait, everybodysTags, users);
            List<Trait> stages = tags.stream()
                    .filter(tag -> tag.word().startsWith("life stage:"))
                    .toList();
            // What they are worth is the first part of every name.
            List<Trait> habits = tags.stream()
                    .filter(tag -> !tag.word().startsWith("value:"))
                    .filter(tag -> texts.textOr("name." + key(tag.word()), "").length() > 0)
                    .toList();

            List<String> parts = new ArrayList<>();
            List<String> evidence = new ArrayList<>();
            if (spend > 0) {
                double times = portrait.netSpend() / spend;
                parts.add(texts.text(
                        times >= HIGH_TIMES
                                ? "name.value.high"
                                : times <= LOW_TIMES ? "name.value.low" : "name.value.middle"));
                evidence.add(texts.text("summary.value", portrait.netSpend(), times));
            }
            if (!stages.isEmpty()) {
                parts.add(value(stages.get(0).word()));
            } else if (!habits.isEmpty()) {
                parts.add(texts.pattern("name." + key(habits.get(0).word())));
            } else if (orders > 0 && portrait.orders() / orders >= HIGH_TIMES) {
                parts.add(texts.text("name.frequent"));
            }
            if (orders > 0) {
                evidence.add(texts.text("summary.orders", portrait.orders(), portrait.orders() / orders));
            }
            (stages.isEmpty() ? tags : stages)
                    .stream()
                            .limit(2)
                            .forEach(tag -> evidence.add(texts.text(
                                    "summary.tag", wordOf(tag.word(), texts), 100 * tag.share(), tag.times())));
            if (!categories.isEmpty()) {
                parts.add(shortCategory(categories.get(0).word()));
            }
            categories.stream()
                    .limit(3)
                    .forEach(category -> evidence.add(
                            texts.text("summary.category", category.word(), 100 * category.share(), category.times())));

            String name = overrides.get(portrait.portraitId());
            if (name == null) {
                name = unique(parts, spares(categories, habits, texts), taken, texts);
            }
            taken.add(name);
            namings.put(
                    portrait.portraitId(),
                    new Naming(
                            name,
                            String.join("; ", evidence),
                            listed(categories, texts, false),
                            listed(tags, texts, true)));
        }
        return namings;
    }

    /** Words of which the portrait has surely more than the others, the surest first. */
    static List<Trait> traits(Map<String, Double> own, Map<String, Double> everybody) {
        double ownAll = sum(own);
        double all = sum(everybody);
        List<Trait> traits = new ArrayList<>();
        for (Map.Entry<String, Double> entry : everybody.entrySet()) {
            String word = entry.getKey();
            double y = own.getOrDefault(word, 0.0);
            double others = entry.getValue() - y;
            if (y <= 0 || word.equals(Absent.NONE)) {
                continue;
            }
            double prior = PRIOR_WORDS * entry.getValue() / all;
            double z = logOdds(y, ownAll, others, all - ownAll, prior, PRIOR_WORDS);
            double share = y / ownAll;
            if (z >= SURE) {
                traits.add(new Trait(word, z, share, share / (entry.getValue() / all)));
            }
        }
        traits.sort(Comparator.comparingDouble((Trait trait) -> -trait.z()).thenComparing(Trait::word));
        return traits;
    }

    /** The z-score of equation 22 of Monroe et al.: difference of smoothed log-odds over its standard deviation. */
    static double logOdds(double y1, double n1, double y2, double n2, double prior, double priorAll) {
        double first = Math.log((y1 + prior) / (n1 + priorAll - y1 - prior));
        double second = Math.log((y2 + prior) / (n2 + priorAll - y2 - prior));
        return (first - second) / Math.sqrt(1 / (y1 + prior) + 1 / (y2 + prior));
    }

    private static List<Trait> tagTraits(Evidence portrait, Map<String, Double> everybody, double users) {
        List<Trait> traits = new ArrayList<>();
        for (Map.Entry<String, Double> entry : everybody.entrySet()) {
            double y = portrait.tags().getOrDefault(entry.getKey(), 0.0);
            double own = portrait.users();
            double share = y / own;
            double usual = entry.getValue() / users;
            if (share < MIN_SHARE || share < MIN_TIMES * usual) {
                continue;
            }
            // Every user is one trial: the tag is there or not.
            double prior = Math.min(PRIOR_WORDS, users) * usual;
            double z = logOdds(y, own, entry.getValue() - y, users - own, prior, Math.min(PRIOR_WORDS, users));
            if (z >= SURE) {
                traits.add(new Trait(entry.getKey(), z, share, share / usual));
            }
        }
        traits.sort(Comparator.comparingDouble((Trait trait) -> -trait.z()).thenComparing(Trait::word));
        return traits;
    }

    private static List<String> spares(List<Trait> categories, List<Trait> habits, Texts texts) {
        List<String> spares = new ArrayList<>();
        categories.stream().skip(1).limit(3).forEach(category -> spares.add(shortCategory(category.word())));
        habits.forEach(habit -> spares.add(texts.pattern("name." + key(habit.word()))));
        return spares;
    }

    private static String unique(List<String> parts, List<String> spares, Set<String> taken, Texts texts) {
        List<String> named = new ArrayList<>(parts.isEmpty() ? List.of(texts.text("name.mixed")) : parts);
        String name = String.join(" · ", named);
        for (String spare : spares) {
            if (!taken.contains(name)) {
                return name;
            }
            if (!named.contains(spare)) {
                named.add(spare);
                name = String.join(" · ", named);
            }
        }
        String base = name;
        for (int number = 2; taken.contains(name); number++) {
            name = base + " " + number;
        }
        return name;
    }

    private static String listed(List<Trait> traits, Texts texts, boolean words) {
        return traits.stream()
                .limit(5)
                .map(trait -> String.format(
                        Locale.ROOT, "%s (%.1fx)", words ? wordOf(trait.word(), texts) : trait.word(), trait.times()))
                .collect(Collectors.joining(", "));
    }

    private static String wordOf(String tag, Texts texts) {
        return texts.textOr("name." + key(tag), tag.replace(":", ": "));
    }

    private static String key(String tag) {
        return tag.replace(':', '.').replace(' ', '_');
    }

    private static String value(String tag) {
        return tag.substring(tag.indexOf(':') + 1);
    }

    private static String shortCategory(String path) {
        return path.substring(path.lastIndexOf('>') + 1).strip();
    }

    private static double mean(List<Evidence> portraits, ToDoubleFunction<Evidence> value, double users) {
        return portraits.stream()
                        .mapToDouble(portrait -> value.applyAsDouble(portrait) * portrait.users())
                        .sum()
                / Math.max(1, users);
    }

    private static Map<String, Double> total(List<Map<String, Double>> parts) {
        Map<String, Double> total = new TreeMap<>();
        parts.forEach(part -> part.forEach((word, count) -> total.merge(word, count, Double::sum)));
        return total;
    }

    private static double sum(Map<String, Double> counts) {
        return counts.values().stream().mapToDouble(count -> count).sum();
    }
}
