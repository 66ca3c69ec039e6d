package koc.recommend.model;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import koc.recommend.features.Part;
import koc.recommend.model.BuyerModel.Example;
import org.junit.jupiter.api.Test;

class RecommenderSelectionTest {
    private static final int PRODUCTS = 40;

    @Test
    void aPoolThatRepeatsItselfGetsItsOwnPopularity() {
        RecommenderSelection selection = select(60, planted("pool_part", 0.2), 1);

        assertThat(selection.recommender()).isEqualTo("trained_pool_popularity");
        assertThat(weight(selection, "pool_part")).isCloseTo(0.2, within(0.02));
        assertThat(weight(selection, "item_model_part")).isZero();
        assertThat(selection.model().exponents()).containsOnly(0);
        assertThat(requireNonNull(selection.comparison()).bestSimple()).isEqualTo("trained_pool_popularity");
    }

    @Test
    void twoCausesNeedTheStack() {
        RecommenderSelection selection = select(200, planted("pool_part", 0.2, "item_model_part", 0.2), 3);

        assertThat(selection.recommender()).isEqualTo("stack");
        assertThat(weight(selection, "pool_part")).isCloseTo(0.2, within(0.05));
        assertThat(weight(selection, "item_model_part")).isCloseTo(0.2, within(0.05));
        assertThat(weight(selection, "popularity_part")).isLessThan(0.05);
        RecommenderSelection.Comparison evidence = requireNonNull(selection.comparison());
        assertThat(evidence.low()).isPositive().isLessThan(evidence.stackNdcg() - evidence.simpleNdcg());
        assertThat(evidence.kocHoldouts()).isBetween(590L, 600L);
    }

    @Test
    void fewKocsSayNothingAndTheStackStays() {
        RecommenderSelection selection = select(10, planted("pool_part", 0.2), 3);

        assertThat(selection.recommender()).isEqualTo("stack");
        assertThat(selection.comparison()).isNull();
    }

    @Test
    void aWindowWithACampaignCountsLikeAnyOther() {
        HoldoutExamples usual = holdout(50, planted("pool_part", 0.1), 1);
        HoldoutExamples campaign = holdout(50, planted("pool_part", 1.0), 2);

        BuyerModel model = SimpleRecommender.TRAINED_POOL_POPULARITY.fit(
                HoldoutExamples.balance(List.of(usual, campaign, usual)), 0.1, 0.01);

        // The harmonic mean of .1, 1 and .1: 3 / (10 + 1 + 10). Without balance it would be .4.
        assertThat(model.weights()[Part.POOL.index()]).isCloseTo(3.0 / 21, within(0.01));
    }

    @Test
    void eachHoldoutShowsHowManyBuyersTheOthersExpected() {
        BuyerModel usual = planted("pool_part", 0.2);

        RecommenderSelection alike = select(60, usual, 3);
        RecommenderSelection growing = RecommenderSelection.select(
                List.of(holdout(60, planted("pool_part", 0.4), 1), holdout(60, usual, 2), holdout(60, usual, 3)),
                0.1,
                1,
                10,
                20);

        assertThat(requireNonNull(alike.comparison()).calibrations())
                .hasSize(3)
                .allSatisfy(calibration -> assertThat(calibration).isCloseTo(1, within(0.1)));
        assertThat(requireNonNull(growing.comparison()).calibrations().get(0)).isCloseTo(0.5, within(0.05));
    }

    @Test
    void aSingleHoldoutHasOneCalibrationForBothHalves() {
        RecommenderSelection selection = select(100, planted("pool_part", 0.2), 1);

        assertThat(requireNonNull(selection.comparison()).calibrations())
                .singleElement()
                .satisfies(calibration -> assertThat(calibration).isCloseTo(1, within(0.1)));
    }

    @Test
    void aSimpleRecommenderFillsItsListByPopularity() {
        Example inPool = example("pool_part", 0.1, "popularity_part", 1);
        Example popular = example("pool_part", 0, "popularity_part", 5);
        Example rare = example("pool_part", 0, "popularity_part", 3);

        BuyerModel model = SimpleRecommender.TRAINED_POOL_POPULARITY.fit(List.of(inPool, popular, rare), 0.1, 1);

        assertThat(model.expected(rare)).isPositive().isLessThan(model.expected(popular));
        assertThat(model.expected(popular)).isLessThan(model.expected(inPool));
    }

    @Test
    void aListIsComparedWithTheBestOrderOfTheSameProducts() {
        Example[] products = {product(3, 1), product(2, 0), product(1, 3)};
        double[] weights = new double[Part.values().length];
        weights[0] = 1;
        BuyerModel model = new BuyerModel(weights, new double[] {0, 0}, 0);

        assertThat(ListQuality.ndcg(products, model, 3)).isCloseTo(2.5 / (3 + 1 / 1.58496), within(1e-4));
        assertThat(ListQuality.ndcg(products, model, 1)).isCloseTo(1.0 / 3, within(1e-9));
        assertThat(ListQuality.ndcg(new Example[] {product(3, 0)}, model, 3)).isNaN();
    }

    private static Example example(String part, double value, String otherPart, double otherValue) {
        double[] parts = new double[Part.values().length];
        parts[Part.columns().indexOf(part)] = value;
        parts[Part.columns().indexOf(otherPart)] = otherValue;
        return new Example(parts, new double[] {1, 1}, 1);
    }

    private static Example product(double part, double bought) {
        double[] parts = new double[Part.values().length];
        parts[0] = part;
        return new Example(parts, new double[] {1, 1}, bought);
    }

    private static RecommenderSelection select(int pools, BuyerModel planted, int holdouts) {
        return RecommenderSelection.select(
                IntStream.range(0, holdouts)
                        .mapToObj(seed -> holdout(pools, planted, seed))
                        .toList(),
                0.1,
                1,
                10,
                20);
    }

    private static double weight(RecommenderSelection selection, String part) {
        return selection.model().weights()[Part.columns().indexOf(part)];
    }

    /** A model of these parts, without affinities. */
    private static BuyerModel planted(Object... partsAndWeights) {
        double[] weights = new double[Part.values().length];
        for (int i = 0; i < partsAndWeights.length; i += 2) {
            weights[Part.columns().indexOf((String) partsAndWeights[i])] = (Double) partsAndWeights[i + 1];
        }
        return new BuyerModel(weights, new double[] {0, 0}, 0);
    }

    /** Pools of products with random parts, bought as the planted model expects. */
    private static HoldoutExamples holdout(int pools, BuyerModel planted, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return new HoldoutExamples(IntStream.range(0, pools)
                .mapToObj(pool -> new HoldoutExamples.Pool(
                        "koc" + pool,
                        IntStream.range(0, PRODUCTS)
                                .mapToObj(product -> example(planted, random))
                                .toArray(Example[]::new)))
                .toList());
    }

    private static Example example(BuyerModel planted, SplittableRandom random) {
        double[] parts = new double[Part.values().length];
        Arrays.setAll(parts, part -> 10 * Math.pow(random.nextDouble(), 3));
        // No product is new: a new product has only this part.
        parts[Part.COLD_START.index()] = 0;
        double[] affinities = {0.5 + random.nextDouble(), 0.5 + random.nextDouble()};
        double expected = planted.expected(new Example(parts, affinities, 0));
        double limit = Math.exp(-expected);
        double product = random.nextDouble();
        int bought = 0;
        while (product > limit) {
            product *= random.nextDouble();
            bought++;
        }
        return new Example(parts, affinities, bought);
    }
}
