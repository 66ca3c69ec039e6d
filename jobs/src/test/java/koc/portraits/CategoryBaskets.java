package koc.portraits;

import java.util.stream.IntStream;
import koc.portraits.groups.ProductBaskets;
import koc.portraits.groups.ProductBaskets.Basket;
import koc.portraits.sample.PortraitSample;

/** Baskets of users for whom every category is one product. */
public final class CategoryBaskets {
    private CategoryBaskets() {}

    public static ProductBaskets of(PortraitSample sample) {
        int[] products = IntStream.range(0, sample.categories().size()).toArray();
        return new ProductBaskets(
                sample.categories(),
                sample.users().stream()
                        .map(user -> new Basket(products, user.categoryAttention(), user.holdoutPurchases()))
                        .toList());
    }
}
