package koc.portraits.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import koc.config.Configuration;
import koc.portraits.fit.ModelSettings;
import koc.portraits.groups.ProductBaskets.Basket;
import koc.portraits.groups.ProductGroups.Member;
import org.junit.jupiter.api.Test;

/** Forty products in four planted groups of ten; each user buys six of ten products of one group and two of others. */
class ProductGroupFitTest {
    private static final ModelSettings SETTINGS =
            ModelSettings.from(Configuration.load(null, List.of("koc.portraits.product-groups.groups=4")));
    private static final ProductGroups FITTED = ProductGroupFit.fit(planted(1), "m1", SETTINGS);

    private static ProductBaskets planted(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Basket> users = new ArrayList<>();
        for (int user = 0; user < 200; user++) {
            TreeSet<Integer> bought = new TreeSet<>();
            while (bought.size() < 6) {
                bought.add(user % 4 + 4 * random.nextInt(10));
            }
            bought.add(random.nextInt(40));
            bought.add(random.nextInt(40));
            int[] products = bought.stream().mapToInt(product -> product).toArray();
            double[] once =
                    IntStream.range(0, products.length).mapToDouble(any -> 1).toArray();
            users.add(new Basket(products, once, new double[products.length]));
        }
        return new ProductBaskets(
                IntStream.range(0, 40).mapToObj(product -> "p" + product).toList(), users);
    }

    @Test
    void productsThatTheSameUsersBuyAreOneGroup() {
        assertThat(FITTED.ids()).containsExactlyInAnyOrder("m1-g01", "m1-g02", "m1-g03", "m1-g04");
        for (int planted = 0; planted < 4; planted++) {
            int remainder = planted;
            assertThat(FITTED.members().stream()
                            .filter(member -> Integer.parseInt(member.product().substring(1)) % 4 == remainder)
                            .map(Member::group)
                            .distinct())
                    .hasSize(1);
        }
        assertThat(FITTED.members())
                .allSatisfy(member -> assertThat(member.weight()).isBetween(0.5, 1.0));
    }

    @Test
    void equalBasketsGiveEqualGroups() {
        assertThat(ProductGroupFit.fit(planted(1), "m1", SETTINGS)).isEqualTo(FITTED);
    }

    @Test
    void fewerThanTenProductsHaveNoGroups() {
        ProductBaskets few = new ProductBaskets(
                List.of("a", "b"), List.of(new Basket(new int[] {0, 1}, new double[] {1, 1}, new double[2])));

        assertThat(ProductGroupFit.fit(few, "m1", SETTINGS).isEmpty()).isTrue();
    }

    @Test
    void onlyTheMostPopularProductsAreGrouped() {
        assertThat(ProductGroupFit.fit(planted(1), "m1", settings(20)).members())
                .extracting(Member::product)
                .hasSize(20)
                .contains("p0", "p19");
        assertThat(ProductGroupFit.fit(planted(1), "m1", settings(0)).isEmpty()).isTrue();
    }

    private static ModelSettings settings(int products) {
        return ModelSettings.from(
                Configuration.load(null, List.of("koc.portraits.product-groups.products=" + products)));
    }

    @Test
    void vectorsOfTheFullRankHaveTheAnglesOfTheProducts() {
        // Of five users, two buy a and b, one buys a only. Weights cancel out of an angle.
        Basket both = new Basket(new int[] {0, 1}, new double[] {1, 1}, new double[2]);
        Basket one = new Basket(new int[] {0}, new double[] {1}, new double[1]);
        ProductBaskets baskets =
                new ProductBaskets(List.of("a", "b"), List.of(both, both, one, Basket.EMPTY, Basket.EMPTY));

        double[][] vectors = ProductFactors.compute(baskets, 2, 1);

        assertThat(vectors[0][0] * vectors[1][0] + vectors[0][1] * vectors[1][1])
                .isEqualTo(2 / Math.sqrt(3 * 2), within(1e-9));
    }

    @Test
    void groupsKeepTheirIdAndNameAtARefit() {
        ProductGroups before = FITTED.named(Map.of("p0", "Tea"));

        ProductGroups after = ProductGroupFit.fit(planted(2), "m2", SETTINGS)
                .continuing(before)
                .named(Map.of());

        assertThat(after.ids()).containsExactlyInAnyOrderElementsOf(before.ids());
        assertThat(after.names()).isEqualTo(before.names());
        assertThat(groupOf(after, "p7")).isEqualTo(groupOf(before, "p7"));
    }

    @Test
    void aGroupOfOtherProductsIsNew() {
        ProductGroups before = new ProductGroups(
                List.of(new Member("a", "m1-g01", 1, 9), new Member("b", "m1-g01", 1, 8)), Map.of("m1-g01", "A, B"));
        ProductGroups after = new ProductGroups(
                List.of(
                        new Member("a", "m2-g01", 1, 9),
                        new Member("c", "m2-g01", 1, 8),
                        new Member("d", "m2-g01", 1, 7)),
                Map.of());

        assertThat(after.continuing(before).ids()).containsExactly("m2-g01");
    }

    @Test
    void groupsHaveDifferentNames() {
        ProductGroups groups = new ProductGroups(
                List.of(
                        new Member("a", "g1", 1, 9),
                        new Member("b", "g1", 1, 8),
                        new Member("c", "g1", 1, 7),
                        new Member("d", "g2", 1, 6)),
                Map.of());

        assertThat(groups.named(Map.of("a", "Tea", "b", "Cake", "d", "Tea, Cake"))
                        .names())
                .containsEntry("g1", "Tea, Cake")
                .containsEntry("g2", "Tea, Cake 2");
    }

    private static String groupOf(ProductGroups groups, String product) {
        return groups.members().stream()
                .filter(member -> member.product().equals(product))
                .map(Member::group)
                .findFirst()
                .orElseThrow();
    }
}
