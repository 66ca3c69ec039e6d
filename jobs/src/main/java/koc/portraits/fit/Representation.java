package koc.portraits.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import koc.portraits.groups.ProductBaskets;
import koc.portraits.groups.ProductBaskets.Basket;
import koc.portraits.groups.ProductGroups;
import koc.portraits.groups.ProductGroups.Member;
import koc.portraits.sample.PortraitSample;

/** What the preferences of users are described by: the attention to categories, to groups of products, or to both. */
public enum Representation {
    CATEGORIES,
    GROUPS,
    BOTH;

    /** The weight of categories and of groups when both are used: together they weigh as much as one of them alone. */
    public static final double HALF = 0.5;

    private static final int NO_GROUP = -1;

    /** The value in portrait_models. */
    public String code() {
        return switch (this) {
            case CATEGORIES -> "categories";
            case GROUPS -> "product groups";
            case BOTH -> "both";
        };
    }

    /** The representation of a fitted model: what its inputs are. */
    public static Representation of(Scaling scaling) {
        List<String> words = scaling.inputs().stream()
                .filter(Scaling.ScaledInput::isCategory)
                .map(Scaling.ScaledInput::category)
                .toList();
        boolean usesGroups = words.stream().anyMatch(word -> word.startsWith(ProductGroups.PREFIX));
        boolean usesCategories = words.stream().anyMatch(word -> !word.startsWith(ProductGroups.PREFIX));
        if (usesGroups) {
            return usesCategories ? BOTH : GROUPS;
        }
        return CATEGORIES;
    }

    /**
     * A sample of users described in this way.
     *
     * @param byCategory the users with their attention to categories
     * @param baskets of the same users
     */
    PortraitSample describe(PortraitSample byCategory, ProductBaskets baskets, ProductGroups groups) {
        return switch (this) {
            case CATEGORIES -> byCategory;
            case GROUPS -> byGroup(byCategory, baskets, groups);
            case BOTH -> byBoth(byCategory, byGroup(byCategory, baskets, groups));
        };
    }

    private static PortraitSample byGroup(PortraitSample users, ProductBaskets baskets, ProductGroups groups) {
        List<String> ids = groups.ids();
        Map<String, Integer> groupOfProduct = groups.members().stream()
                .collect(Collectors.toMap(Member::product, member -> ids.indexOf(member.group())));
        int[] groupOf = baskets.products().stream()
                .mapToInt(product -> groupOfProduct.getOrDefault(product, NO_GROUP))
                .toArray();
        PortraitSample.User[] described = new PortraitSample.User[users.users().size()];
        for (int u = 0; u < described.length; u++) {
            Basket basket = baskets.users().get(u);
            double[] attention = new double[ids.size()];
            double[] later = new double[ids.size()];
            for (int i = 0; i < basket.products().length; i++) {
                int group = groupOf[basket.products()[i]];
                if (group != NO_GROUP) {
                    attention[group] += basket.attention()[i];
                    later[group] += basket.later()[i];
                }
            }
            described[u] = new PortraitSample.User(
                    users.users().get(u).numbers(),
                    attention,
                    Arrays.stream(attention).sum(),
                    later);
        }
        return new PortraitSample(
                ids.stream().map(id -> ProductGroups.PREFIX + id).toList(), List.of(described), users.eligibleUsers());
    }

    private static PortraitSample byBoth(PortraitSample byCategory, PortraitSample byGroup) {
        List<String> words = new ArrayList<>(byCategory.categories());
        words.addAll(byGroup.categories());
        PortraitSample.User[] described =
                new PortraitSample.User[byCategory.users().size()];
        for (int u = 0; u < described.length; u++) {
            PortraitSample.User one = byCategory.users().get(u);
            PortraitSample.User other = byGroup.users().get(u);
            described[u] = new PortraitSample.User(
                    one.numbers(),
                    halves(one.categoryAttention(), other.categoryAttention()),
                    HALF * (one.attention() + other.attention()),
                    halves(one.holdoutPurchases(), other.holdoutPurchases()));
        }
        return new PortraitSample(List.copyOf(words), List.of(described), byCategory.eligibleUsers());
    }

    private static double[] halves(double[] first, double[] second) {
        double[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return Arrays.stream(all).map(value -> HALF * value).toArray();
    }
}
