package koc.portraits.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import koc.portraits.groups.ProductBaskets;
import koc.portraits.groups.ProductBaskets.Basket;
import koc.portraits.groups.ProductGroups;
import koc.portraits.groups.ProductGroups.Member;
import koc.portraits.sample.PortraitSample;
import org.junit.jupiter.api.Test;

class RepresentationTest {
    @Test
    void aProductWithoutAGroupCountsInNone() {
        ProductGroups groups =
                new ProductGroups(List.of(new Member("tea", "g1", 1, 9), new Member("cake", "g2", 1, 8)), Map.of());
        ProductBaskets baskets = new ProductBaskets(
                List.of("tea", "cake", "rare"),
                List.of(new Basket(new int[] {1, 2}, new double[] {2, 5}, new double[] {1, 3})));
        PortraitSample byCategory = new PortraitSample(
                List.of(), List.of(new PortraitSample.User(new Double[0], new double[0], 0, new double[0])), 1);

        PortraitSample.User described = Representation.GROUPS
                .describe(byCategory, baskets, groups)
                .users()
                .get(0);

        assertThat(described.categoryAttention()).containsExactly(0, 2);
        assertThat(described.attention()).isEqualTo(2);
        assertThat(described.holdoutPurchases()).containsExactly(0, 1);
    }
}
