package koc.recommend.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import koc.SparkTest;
import koc.recommend.PortraitIndex;
import koc.recommend.RecommendSettings;
import koc.recommend.features.FeatureSnapshot;
import koc.recommend.features.Part;
import koc.recommend.features.SnapshotBuilder;
import koc.recommend.model.BuyerModelTrainer.OwnershipCounts;
import koc.recommend.split.Ownership;
import koc.spark.Checkpoints;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class BuyerModelTrainerTest extends SparkTest {
    private static final RecommendSettings SETTINGS =
            RecommendSettings.from(config("koc.recommend.training.prior-buyers=0.01"));
    private static final BuyerModelTrainer TRAINER = new BuyerModelTrainer(
            new SnapshotBuilder(new PortraitIndex(List.of()), SETTINGS, new Checkpoints()), SETTINGS);

    @Test
    void dueOwnersAreTrainedOnLikeNonOwners() {
        // Half of what the portraits expect was bought: 2 of 3 + 1, 4 of 2 + 6.
        FeatureSnapshot past = snapshot("(1, 1, 3.0, 1.0), (1, 2, 2.0, 6.0)");
        Dataset<Row> bought = bought("(1, 2), (2, 4)");

        double[] weights = weights(past, bought);

        assertThat(weights[0]).isCloseTo(0.5, within(0.01));
    }

    @Test
    void productsWithoutBuyersCountToo() {
        FeatureSnapshot past = snapshot("(1, 1, 4.0, 0.0), (1, 2, 4.0, 0.0)");

        double[] weights = weights(past, bought("(1, 2)"));

        assertThat(weights[0]).isCloseTo(0.25, within(0.01));
    }

    @Test
    void aPartWithoutDataKeepsItsStartingWeight() {
        double[] weights = weights(snapshot("(1, 1, 4.0, 0.0)"), bought("(1, 2)"));

        assertThat(weights[Part.REPURCHASE.index()]).isCloseTo(0.1, within(0.01));
    }

    @Test
    void weightsScaleWithTheHorizonAndShrinkWithTheGrowthOfOwnership() {
        // 8 products a user before a holdout of 14 days, 10 now, and a horizon of 28 days: 2 / 1.25 = 1.6.
        double growth = new OwnershipCounts(120, 12).growthSince(new OwnershipCounts(80, 10));

        double[] scales = TRAINER.computeScales(14, growth);

        assertThat(scales[0]).isCloseTo(1.6, within(1e-12));
        assertThat(scales[Part.REPURCHASE.index()]).isCloseTo(2, within(1e-12));
        assertThat(scales[Part.WEEKLY_POPULARITY.index()]).isCloseTo(2, within(1e-12));
        assertThat(scales[Part.POOL.index()]).isCloseTo(1.6, within(1e-12));
    }

    @Test
    void weightsOfAShortHoldoutAreThoseOfTheHorizon() {
        // 2 of 4 bought in 14 days, so all 4 are expected within 28.
        HoldoutExamples holdout =
                TRAINER.collect(snapshot("(1, 1, 4.0, 0.0)"), bought("(1, 2)"), TRAINER.computeScales(14, 1));

        assertThat(weights(holdout)[0]).isCloseTo(1, within(0.01));
        assertThat(holdout.pools()).extracting(HoldoutExamples.Pool::koc).containsExactly("guide");
    }

    @Test
    void ownershipGrowthComparesProductsOfEachOwner() {
        Dataset<Row> history = rows(Ownership.HISTORY, """
                user_id | product_number | kept_units | past_units | holdout_units
                a       | 1              | 1          | 1          | 0
                a       | 2              | 1          | 0          | 1
                b       | 1              | 1          | 0          | 1
                c       | 1              | 0          | 0          | 0
                """);
        OwnershipCounts current = OwnershipCounts.current(history);
        OwnershipCounts past = OwnershipCounts.past(history);

        assertThat(current).isEqualTo(new OwnershipCounts(3, 2));
        assertThat(past).isEqualTo(new OwnershipCounts(1, 1));
        assertThat(current.growthSince(past)).isCloseTo(1.5, within(1e-12));
        assertThat(OwnershipCounts.current(history.where("user_id = 'c'")).growthSince(past))
                .isEqualTo(1);
    }

    private static double[] weights(FeatureSnapshot past, Dataset<Row> bought) {
        return weights(TRAINER.collect(past, bought, TRAINER.computeScales(SETTINGS.horizonDays(), 1)));
    }

    private static double[] weights(HoldoutExamples holdout) {
        return BuyerModel.fit(holdout.examples().toArray(BuyerModel.Example[]::new), BuyerModel.untrained(0.1), 0.01)
                .weights();
    }

    /**
     * One pool of ten members.
     *
     * @param portraits rows of koc_number, product_number, portrait_part of non-owners, and of due owners
     */
    private static FeatureSnapshot snapshot(String portraits) {
        String others = Stream.concat(
                        Part.columns().stream().skip(1),
                        Stream.of(Part.values())
                                .skip(1)
                                .filter(part -> part != Part.REPURCHASE)
                                .map(Part::dueColumn))
                .map(column -> "0D AS " + column)
                .collect(Collectors.joining(", "));
        Dataset<Row> features =
                SPARK.sql("SELECT koc_number, product_number, double(part) AS portrait_part, double(due) AS "
                        + Part.PORTRAIT.dueColumn() + ", " + others
                        + ", 1D AS product_affinity, 1D AS category_affinity FROM VALUES "
                        + portraits + " AS t(koc_number, product_number, part, due)");
        Dataset<Row> members = SPARK.range(1, 11).selectExpr("1 AS koc_number", "string(id) AS user_id");
        Dataset<Row> none = SPARK.emptyDataFrame();
        Dataset<Row> kocs = SPARK.sql("SELECT 1 AS koc_number, 'guide' AS koc_id");
        return new FeatureSnapshot(kocs, members, none, none, false, features);
    }

    /** @param counts rows of product_number and how many members bought it */
    private static Dataset<Row> bought(String counts) {
        List<Row> products = SPARK.sql("SELECT * FROM VALUES " + counts + " AS t(product_number, buyers)")
                .collectAsList();
        return SPARK.sql("SELECT * FROM VALUES "
                + products.stream()
                        .flatMap(row -> IntStream.rangeClosed(1, row.getInt(1))
                                .mapToObj(user -> "('" + user + "', " + row.getInt(0) + ")"))
                        .collect(Collectors.joining(", "))
                + " AS t(user_id, product_number)");
    }
}
