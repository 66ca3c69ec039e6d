package koc.portraits.names;

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
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koc.portraits.names.DistinctiveTraits.Trait;
import koc.text.ShortName;
import koc.text.Texts;
import org.jspecify.annotations.Nullable;

/**
 * Names portraits by what distinguishes them, in up to three parts: the value of their users, who these are, and which
 * category they prefer. Example: "High value · new mother · diapers". Where two names would be the same, further parts
 * or a number tell them apart. A summary gives the numbers.
 *
 * <p>Every part is a tag or category that the portrait has more often than others, as {@link DistinctiveTraits} decides. A
 * portrait is thus called by the same tags that its users have and that its top tags list. The part on value is the most
 * frequent of high value, low value and no purchase; middle value says nothing distinctive.
 */
public final class PortraitNames {
    private static final String VALUE = "value:";
    /** The values that a name may state. */
    private static final List<String> NAMED_VALUES = List.of("value:high", "value:low", "value:none");

    private static final String SEPARATOR = " · ";

    /** Traits in a list of categories, products or tags. */
    private static final int MAX_TRAITS = 4;

    /** Characters of a trait in the summary. */
    private static final int MAX_WORD = 24;

    /** The naming of a portrait that has no users today. */
    public static final Naming EMPTY = new Naming("", "", "", "", "");

    private final List<Evidence> portraits;
    private final Texts texts;
    private final Map<String, Double> attention;
    private final Map<String, Double> products;
    private final Map<String, Double> tags;
    private final double users;
    private final double meanOrders;

    private PortraitNames(List<Evidence> portraits, Texts texts) {
        this.portraits = portraits;
        this.texts = texts;
        this.attention = sum(portraits.stream().map(Evidence::attention).toList());
        this.products = sum(portraits.stream().map(Evidence::products).toList());
        this.tags = sum(portraits.stream().map(Evidence::tags).toList());
        this.users = portraits.stream().mapToDouble(Evidence::users).sum();
        this.meanOrders = mean(Evidence::orders);
    }

    /**
     * The data that a portrait is named by.
     *
     * @param users number of its users
     * @param netSpend mean net spend of {@code days}
     * @param orders mean orders of {@code days}
     * @param days days that the records cover, at most 365
     * @param tags users with each tag
     * @param attention attention to each category
     * @param products attention to popular products, by title; empty for portraits that are described by categories alone
     */
    public record Evidence(
            String portraitId,
            long users,
            double netSpend,
            double orders,
            int days,
            Map<String, Double> tags,
            Map<String, Double> attention,
            Map<String, Double> products) {

        /** A portrait of a full year, described by categories. */
        public Evidence(
                String portraitId,
                long users,
                double netSpend,
                double orders,
                Map<String, Double> tags,
                Map<String, Double> attention) {
            this(portraitId, users, netSpend, orders, 365, tags, attention, Map.of());
        }
    }

    /** The name of a portrait, a summary of the evidence, and its distinctive categories, products and tags. */
    public record Naming(String name, String summary, String topCategories, String topProducts, String topTags) {}

    /** What distinguishes a portrait, most distinctive first. */
    private record Traits(
            List<Trait> categories,
            List<Trait> products,
            List<Trait> tags,
            List<Trait> values,
            List<Trait> lifeStages,
            List<Trait> habits) {}

    /**
     * Names every portrait, each with a different name.
     *
     * @param fixedNames names that portraits already have, by portrait id
     * @param reservedNames names that no other portrait may get
     * @return namings by portrait id
     */
    public static Map<String, Naming> name(
            List<Evidence> portraits, Map<String, String> fixedNames, Collection<String> reservedNames, Texts texts) {
        PortraitNames names = new PortraitNames(portraits, texts);
        Set<String> usedNames = new HashSet<>(fixedNames.values());
        usedNames.addAll(reservedNames);
        Map<String, Naming> namings = new LinkedHashMap<>();
        for (Evidence portrait : portraits) {
            Naming naming = names.name(portrait, fixedNames.get(portrait.portraitId()), usedNames);
            usedNames.add(naming.name());
            namings.put(portrait.portraitId(), naming);
        }
        return namings;
    }

    private Naming name(Evidence portrait, @Nullable String fixedName, Set<String> usedNames) {
        Traits traits = traits(portrait);
        return new Naming(
                fixedName == null ? uniqueName(nameParts(traits), extraParts(traits), usedNames) : fixedName,
                summary(traits),
                list(traits.categories(), false),
                list(traits.products(), false),
                list(traits.tags(), true));
    }

    private Traits traits(Evidence portrait) {
        String mainValue = NAMED_VALUES.stream()
                .max(Comparator.comparingDouble(value -> portrait.tags().getOrDefault(value, 0.0)))
                .orElseThrow();
        List<Trait> distinctive = DistinctiveTraits.selectTags(portrait.tags(), (double) portrait.users(), tags, users);
        return new Traits(
                DistinctiveTraits.selectWords(portrait.attention(), attention),
                DistinctiveTraits.selectWords(portrait.products(), products),
                distinctive,
                distinctive.stream().filter(tag -> tag.word().equals(mainValue)).toList(),
                distinctive.stream()
                        .filter(tag -> tag.word().startsWith("life stage:"))
                        .toList(),
                distinctive.stream()
                        .filter(tag -> !tag.word().startsWith(VALUE))
                        .filter(tag -> !texts.textOr(textKey(tag.word()), "").isEmpty())
                        .toList());
    }

    private List<String> nameParts(Traits traits) {
        List<String> parts = new ArrayList<>();
        if (!traits.values().isEmpty()) {
            parts.add(tagName(traits.values().get(0)));
        }
        if (!traits.lifeStages().isEmpty()) {
            String tag = traits.lifeStages().get(0).word();
            parts.add(tag.substring(tag.indexOf(':') + 1));
        } else if (!traits.habits().isEmpty()) {
            parts.add(tagName(traits.habits().get(0)));
        }
        if (!traits.categories().isEmpty()) {
            parts.add(lastLevel(traits.categories().get(0)));
        } else if (!traits.products().isEmpty()) {
            parts.add(favourites(traits.products()));
        }
        return parts;
    }

    /** The two most distinctive products, as "buys mostly Tea, Cake". */
    private String favourites(List<Trait> traits) {
        String verb = meanOrders > 0 ? "name.buys" : "name.likes";
        return traits.size() == 1
                ? texts.text(verb + ".one", traits.get(0).word())
                : texts.text(verb + ".two", traits.get(0).word(), traits.get(1).word());
    }

    /** The traits of a portrait in words; how many users have them is in top_tags and top_categories. */
    private String summary(Traits traits) {
        List<Trait> tags = Stream.of(traits.values(), traits.lifeStages(), traits.tags())
                .flatMap(List::stream)
                .distinct()
                .toList();
        List<Trait> preferences = traits.categories().isEmpty() ? traits.products() : traits.categories();
        List<String> sentences = new ArrayList<>();
        if (!tags.isEmpty()) {
            sentences.add(texts.text("summary.tags", list(tags, 2, this::tagName)));
        }
        if (!preferences.isEmpty()) {
            sentences.add(texts.text("summary.categories", list(preferences, 3, PortraitNames::lastLevel)));
        }
        return sentences.stream()
                .reduce((first, second) -> texts.text("sentences.two", first, second))
                .orElseGet(() -> texts.text("summary.nothing"));
    }

    private static String list(List<Trait> traits, int atMost, Function<Trait, String> word) {
        return traits.stream()
                .limit(atMost)
                .map(trait -> ShortName.of(word.apply(trait), MAX_WORD))
                .collect(Collectors.joining(", "));
    }

    /** Further parts that make a name unique: the next categories, the favourite products, then the habits. */
    private List<String> extraParts(Traits traits) {
        List<String> extras = new ArrayList<>();
        traits.categories().stream().skip(1).limit(3).forEach(category -> extras.add(lastLevel(category)));
        if (!traits.products().isEmpty()) {
            extras.add(favourites(traits.products()));
        }
        traits.products().stream().skip(2).limit(3).map(Trait::word).forEach(extras::add);
        traits.habits().forEach(habit -> extras.add(tagName(habit)));
        return extras;
    }

    private String uniqueName(List<String> parts, List<String> extraParts, Set<String> usedNames) {
        List<String> all = new ArrayList<>(parts.isEmpty() ? List.of(texts.text("name.mixed")) : parts);
        String name = String.join(SEPARATOR, all);
        for (String extra : extraParts) {
            if (!usedNames.contains(name)) {
                return name;
            }
            if (!all.contains(extra)) {
                all.add(extra);
                name = String.join(SEPARATOR, all);
            }
        }
        String base = name;
        for (int number = 2; usedNames.contains(name); number++) {
            name = base + " " + number;
        }
        return name;
    }

    private String list(List<Trait> traits, boolean isTags) {
        return traits.stream()
                .limit(MAX_TRAITS)
                .map(trait -> String.format(
                        Locale.ROOT,
                        "%s (%.1fx)",
                        ShortName.of(isTags ? tagName(trait) : trait.word(), ShortName.MAX_LENGTH),
                        trait.ratio()))
                .collect(Collectors.joining(", "));
    }

    private String tagName(Trait tag) {
        return texts.textOr(textKey(tag.word()), tag.word().replace(":", ": "));
    }

    private static String textKey(String tag) {
        return "name." + tag.replace(':', '.').replace(' ', '_');
    }

    private static String lastLevel(Trait category) {
        String path = category.word();
        return path.substring(path.lastIndexOf('>') + 1).strip();
    }

    private double mean(ToDoubleFunction<Evidence> value) {
        return portraits.stream()
                        .mapToDouble(portrait -> value.applyAsDouble(portrait) * portrait.users())
                        .sum()
                / Math.max(1, users);
    }

    private static Map<String, Double> sum(List<Map<String, Double>> counts) {
        Map<String, Double> sum = new TreeMap<>();
        counts.forEach(portrait -> portrait.forEach((word, count) -> sum.merge(word, count, Double::sum)));
        return sum;
    }
}
