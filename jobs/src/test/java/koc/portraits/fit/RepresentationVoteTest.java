package koc.portraits.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import koc.config.Configuration;
import koc.portraits.groups.ProductBaskets;
import koc.portraits.groups.ProductBaskets.Basket;
import koc.portraits.groups.ProductGroupFit;
import koc.portraits.groups.ProductGroups;
import koc.portraits.sample.PortraitSample;
import org.junit.jupiter.api.Test;

/** 400 users of four tastes, each for ten of forty products; a category is a taste, or says nothing. */
class RepresentationVoteTest {
    private static final ModelSettings SETTINGS = ModelSettings.from(Configuration.load(
            null,
            List.of(
                    "koc.portraits.product-groups.groups=8",
                    "koc.portraits.max-portraits=6",
                    "koc.portraits.restarts=4",
                    "koc.portraits.bootstraps=3",
                    "koc.portraits.bootstrap-restarts=3")));

    private static final ProductBaskets BASKETS = baskets();
    private static final ProductGroups GROUPS = ProductGroupFit.fit(BASKETS, "m", SETTINGS);

    private static ProductBaskets baskets() {
        SplittableRandom random = new SplittableRandom(3);
        List<Basket> users = new ArrayList<>();
        for (int user = 0; user < 400; user++) {
            TreeSet<Integer> bought = new TreeSet<>();
            while (bought.size() < 8) {
                bought.add(random.nextDouble() < 0.8 ? user % 4 + 4 * random.nextInt(10) : random.nextInt(40));
            }
            int[] products = bought.stream().mapToInt(product -> product).toArray();
            double[] attention = new double[products.length];
            double[] later = new double[products.length];
            for (int i = 0; i < products.length; i++) {
                (random.nextInt(4) == 0 ? later : attention)[i] = 1;
            }
            users.add(new Basket(products, attention, later));
        }
        return new ProductBaskets(
                IntStream.range(0, 40).mapToObj(product -> "p" + product).toList(), users);
    }

    /** The users by category: product modulo a number of categories. */
    private static PortraitSample byCategory(int categories) {
        List<PortraitSample.User> users = new ArrayList<>();
        for (Basket basket : BASKETS.users()) {
            double[] attention = new double[categories];
            double[] later = new double[categories];
            for (int i = 0; i < basket.products().length; i++) {
                attention[basket.products()[i] % categories] += basket.attention()[i];
                later[basket.products()[i] % categories] += basket.later()[i];
            }
            users.add(new PortraitSample.User(
                    new Double[Scaling.NUMBERS.size()],
                    attention,
                    Arrays.stream(attention).sum(),
                    later));
        }
        return new PortraitSample(
                IntStream.range(0, categories).mapToObj(c -> "c" + c).toList(), users, users.size());
    }

    private static RepresentationVote hold(int categories, Optional<Representation> previous) {
        return RepresentationVote.hold(byCategory(categories), BASKETS, GROUPS, previous, SETTINGS);
    }

    @Test
    void categoriesThatPredictPurchasesAreKept() {
        RepresentationVote vote = hold(4, Optional.empty());

        assertThat(vote.chosen()).isEqualTo(Representation.CATEGORIES);
        assertThat(vote.outcome().isUseful()).isTrue();
        assertThat(vote.runnerUp()).isPresent();
    }

    @Test
    void groupsReplaceCategoriesThatSayNothing() {
        RepresentationVote vote = hold(3, Optional.empty());

        assertThat(vote.chosen()).isEqualTo(Representation.GROUPS);
        assertThat(vote.outcome().chosen().portraits()).isEqualTo(4);
        assertThat(Representation.of(vote.outcome().scaling())).isEqualTo(Representation.GROUPS);
    }

    @Test
    void theRepresentationOfThePreviousModelIsKeptUnlessAnotherIsSurelyBetter() {
        assertThat(hold(4, Optional.of(Representation.BOTH)).chosen()).isEqualTo(Representation.BOTH);
        assertThat(hold(3, Optional.of(Representation.CATEGORIES)).chosen()).isEqualTo(Representation.GROUPS);
    }

    @Test
    void withoutCategoriesThereAreOnlyGroups() {
        RepresentationVote vote = hold(1, Optional.empty());

        assertThat(vote.chosen()).isNotEqualTo(Representation.CATEGORIES);
        PortraitSample none = new PortraitSample(
                List.of(),
                byCategory(1).users().stream()
                        .map(user -> new PortraitSample.User(user.numbers(), new double[0], 0, new double[0]))
                        .toList(),
                400);
        RepresentationVote onlyGroups =
                RepresentationVote.hold(none, BASKETS, GROUPS, Optional.of(Representation.CATEGORIES), SETTINGS);
        assertThat(onlyGroups.chosen()).isEqualTo(Representation.GROUPS);
        assertThat(onlyGroups.runnerUp()).isEmpty();
    }
}
