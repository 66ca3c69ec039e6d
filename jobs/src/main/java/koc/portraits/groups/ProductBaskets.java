package koc.portraits.groups;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * What each sampled user bought before the holdout and in it, by product.
 *
 * @param products the most popular products, most popular first; baskets refer to them by their index
 * @param users one basket per sampled user, in the order of the sample
 */
public record ProductBaskets(List<String> products, List<Basket> users) {

    /**
     * The products of one user.
     *
     * @param products indices of the products, ascending
     * @param attention to each of them before the holdout
     * @param later to each of them in the holdout
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Basket(int[] products, double[] attention, double[] later) {
        /** The basket of a user without products. */
        public static final Basket EMPTY = new Basket(new int[0], new double[0], new double[0]);

        private Basket below(int limit) {
            int found = Arrays.binarySearch(products, limit);
            int kept = found < 0 ? -found - 1 : found;
            return new Basket(
                    Arrays.copyOf(products, kept), Arrays.copyOf(attention, kept), Arrays.copyOf(later, kept));
        }
    }

    /** Baskets of users who bought nothing. */
    public static ProductBaskets empty(int users) {
        return new ProductBaskets(List.of(), Collections.nCopies(users, Basket.EMPTY));
    }

    /** The same baskets with only the most popular products. */
    ProductBaskets ofMostPopular(int limit) {
        return limit >= products.size()
                ? this
                : new ProductBaskets(
                        products.subList(0, limit),
                        users.stream().map(basket -> basket.below(limit)).toList());
    }

    /** By product: the number of sampled users who paid attention to it before the holdout. */
    int[] countUsers() {
        int[] counts = new int[products.size()];
        for (Basket user : users) {
            for (int i = 0; i < user.products().length; i++) {
                if (user.attention()[i] > 0) {
                    counts[user.products()[i]]++;
                }
            }
        }
        return counts;
    }
}
