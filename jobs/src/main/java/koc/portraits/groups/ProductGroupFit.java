package koc.portraits.groups;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import koc.portraits.fit.ModelSettings;
import koc.portraits.fit.WeightedKMeans;
import koc.portraits.groups.ProductGroups.Member;

/** Groups the products that the same users buy: k-means on {@link ProductFactors}. */
public final class ProductGroupFit {
    /** Popular products come first; the order is that of the members of a group. */
    static final Comparator<Member> MOST_POPULAR_FIRST =
            Comparator.comparingLong((Member member) -> -member.users()).thenComparing(Member::product);

    private static final int STARTS = 5;
    private static final double TOLERANCE = 1e-4;
    /** A group has this many products on average, or there are fewer groups. */
    private static final int MIN_PRODUCTS = 5;

    private ProductGroupFit() {}

    /**
     * The groups of the most popular products in the baskets; none with fewer than ten products.
     *
     * @param all baskets of all products, of which {@code product-groups.products} are grouped
     * @param modelId prefix of the ids of the groups
     */
    public static ProductGroups fit(ProductBaskets all, String modelId, ModelSettings settings) {
        ProductBaskets baskets = all.ofMostPopular(settings.productGroups().products());
        int products = baskets.products().size();
        int groups = Math.min(settings.productGroups().groups(), products / MIN_PRODUCTS);
        if (groups < 2) {
            return ProductGroups.NONE;
        }
        double[][] vectors =
                ProductFactors.compute(baskets, settings.productGroups().factors(), settings.seed());
        int[] labels = new WeightedKMeans(vectors, TOLERANCE)
                .cluster(groups, STARTS, settings.seed())
                .labels();
        double[][] centres = centres(vectors, labels, groups);
        int[] users = baskets.countUsers();
        int[] numbers = new int[groups];
        int found = 0;
        List<Member> members = new ArrayList<>();
        // Products come from the most popular on, so that the first group is that of the most popular product.
        for (int product = 0; product < products; product++) {
            int label = labels[product];
            if (numbers[label] == 0) {
                numbers[label] = ++found;
            }
            members.add(new Member(
                    baskets.products().get(product),
                    String.format(Locale.ROOT, "%s-g%02d", modelId, numbers[label]),
                    cosine(vectors[product], centres[label]),
                    users[product]));
        }
        members.sort(MOST_POPULAR_FIRST);
        return new ProductGroups(List.copyOf(members), Map.of());
    }

    private static double[][] centres(double[][] vectors, int[] labels, int groups) {
        double[][] centres = new double[groups][vectors[0].length];
        for (int product = 0; product < vectors.length; product++) {
            double[] centre = centres[labels[product]];
            double[] vector = vectors[product];
            Arrays.setAll(centre, f -> centre[f] + vector[f]);
        }
        return centres;
    }

    private static double cosine(double[] vector, double[] centre) {
        double product = 0;
        double square = 0;
        for (int f = 0; f < vector.length; f++) {
            product += vector[f] * centre[f];
            square += centre[f] * centre[f];
        }
        return square == 0 ? 0 : product / Math.sqrt(square);
    }
}
