package koc.recommend.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import koc.SparkTest;
import koc.config.Configuration;
import koc.recommend.PortraitIndex;
import koc.recommend.PortraitIndex.Portrait;
import koc.recommend.RecommendSettings;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class CategoryAffinityTest extends SparkTest {
    private static final PortraitIndex PORTRAITS =
            new PortraitIndex(List.of(new Portrait("m", "Mothers", 30), new Portrait("s", "Students", 10)));
    private static final RecommendSettings SETTINGS = settings("koc.recommend.category-affinity-shrinkage=10");
    private static final Dataset<Row> PRODUCTS =
            table("product_number, path", "1, 'coffee'", "2, 'tea'", "3, '(none)'", "4, 'toys'");
    private static final Dataset<Row> USERS =
            table("user_id, portrait_index", "'a', 0", "'b', 0", "'usual', 0", "'student', 1");
    /** The mothers a and usual own ten products each, with k = 10; b owns none. */
    private static final Dataset<Row> FRACTIONS = table(
            "user_id, path, products, user_fraction, prior_weight",
            "'a', 'coffee', 10D, 0.5D, 0.5D",
            "'usual', 'tea', 10D, 0.5D, 0.5D",
            "'student', 'tea', 10D, 0.5D, 0.5D");

    private static final Dataset<Row> SHORTLIST =
            table("koc_number, product_number, item_score_sum", "1, 1, 0D", "1, 2, 0D", "1, 3, 0D", "1, 4, 0D");

    @Test
    void aPoolThatOwnsMoreOfACategoryThanItsPortraitHasAHigherAffinity() {
        List<Row> found = affinities("1, 1.0D", "1, 'a', 0, 1D", "1, 'b', 0, 1D");

        // Mothers own 20 products, 10 of them coffee, all users 30: s = (10 + 10 / 3) / (20 + 10) = 4 / 9.
        double s = 4.0 / 9;
        double ofMothers = (s * (0.5 + 1 + 0.5) + 0.5) / 3;
        assertThat(affinity(found, 1)).isCloseTo((0.5 + 0.5 * s + s + 0.1) / (2 * ofMothers + 0.1), within(1e-6));
        assertThat(affinity(found, 2)).isLessThan(1);
    }

    @Test
    void aPoolOfAllUsersOfAPortraitHasAffinityOne() {
        List<Row> found = affinities("1, 1.0D", "1, 'a', 0, 1D", "1, 'b', 0, 1D", "1, 'usual', 0, 1D");

        assertThat(affinity(found, 1)).isCloseTo(1, within(1e-9));
        assertThat(affinity(found, 2)).isCloseTo(1, within(1e-9));
    }

    @Test
    void affinityIsOneWithoutACategoryOrWhenNobodyOwnsTheCategory() {
        List<Row> found = affinities("1, 1.0D", "1, 'a', 0, 1D");

        assertThat(affinity(found, 3)).isEqualTo(1);
        assertThat(affinity(found, 4)).isEqualTo(1);
    }

    @Test
    void affinityIsNearerToOneWhereOthersStandInForThePool() {
        double own = affinity(affinities("1, 1.0D", "1, 'a', 0, 1D"), 1);

        assertThat(affinity(affinities("1, 0.25D", "1, 'a', 0, 1D"), 1)).isCloseTo(1 + (own - 1) / 4, within(1e-6));
    }

    @Test
    void membersCountByTheirWeight() {
        double alike = affinity(affinities("1, 1.0D", "1, 'a', 0, 1D", "1, 'b', 0, 1D"), 1);

        assertThat(affinity(affinities("1, 1.0D", "1, 'a', 0, 3D", "1, 'b', 0, 1D"), 1))
                .isGreaterThan(alike);
    }

    @Test
    void anInteractionCountsAPartOfAnOwnedProduct() {
        Dataset<Row> fractions = new CategoryAffinity(PORTRAITS, settings("koc.features.interest-weight=0.5"))
                .computeCategoryFractions(
                        table("user_id, product_number", "'a', 1", "'a', 2"),
                        table("user_id, category, interest", "'a', 'coffee', 5L", "'a', 'tea', 0L", "'b', 'tea', 2L"),
                        PRODUCTS);

        assertThat(fractions
                        .orderBy("user_id", "path")
                        .select("user_id", "path", "products")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly("[a,coffee,3.5]", "[a,tea,1.0]", "[b,tea,1.0]");
        Row coffee = fractions.where("path = 'coffee'").head();
        assertThat(coffee.<Double>getAs("user_fraction")).isCloseTo(3.5 / 14.5, within(1e-5));
        assertThat(coffee.<Double>getAs("prior_weight")).isCloseTo(10 / 14.5, within(1e-5));
    }

    private static List<Row> affinities(String koc, String... members) {
        return new CategoryAffinity(PORTRAITS, SETTINGS)
                .withAffinity(
                        SHORTLIST,
                        table("koc_number, pool_weight", koc),
                        table("koc_number, user_id, portrait_index, first_purchase_activity", members),
                        FRACTIONS,
                        USERS,
                        PRODUCTS)
                .collectAsList();
    }

    private static double affinity(List<Row> found, int product) {
        return found.stream()
                .filter(row -> row.<Integer>getAs("product_number") == product)
                .mapToDouble(row -> row.<Double>getAs("category_affinity"))
                .sum();
    }

    private static RecommendSettings settings(String... settings) {
        return RecommendSettings.from(Configuration.load(null, List.of(settings)));
    }

    private static Dataset<Row> table(String columns, String... values) {
        return SPARK.sql("SELECT * FROM VALUES (" + String.join("), (", values) + ") AS t(" + columns + ")");
    }
}
