package koc.portraits.assign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import koc.SparkTest;
import koc.portraits.fit.Centre;
import koc.portraits.fit.PortraitModel;
import koc.portraits.fit.ScaledVector;
import koc.portraits.fit.Scaling;
import koc.portraits.fit.Scaling.ScaledInput;
import koc.portraits.fit.Scaling.Transform;
import koc.portraits.sample.PortraitSample;
import koc.portraits.transitions.ClusterTransitions.Overlap;
import koc.tables.FeatureTables;
import koc.tables.PortraitTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class PortraitAssignmentTest extends SparkTest {
    /** One number that is used as it is, and one category. */
    private static final Scaling SCALING = new Scaling(
            List.of(
                    new ScaledInput("discount_rate", null, Transform.NONE, 0.5, 0, 1, 0, 1, 10),
                    new ScaledInput("category:tea", 0.25, Transform.SQRT, 0.5, 0, 1, 0.5, 1, 1)),
            5);

    private static final List<Centre> CENTRES =
            List.of(new Centre("low", new double[] {0, 0}, 1), new Centre("high", new double[] {5, 0}, 1));
    private static final LocalDate DAY = LocalDate.parse("2024-06-30");
    private static final PortraitModel MODEL = new PortraitModel(DAY, "m", SCALING, CENTRES, 2);

    private static final Dataset<Row> FEATURES = rows(FeatureTables.USER_FEATURES, """
            user_id | is_newcomer | discount_rate | orders_365d | net_spend_365d
            at      | false       | 0             | 1           | 10
            near    | false       | 0.1           | 1           | 10
            border  | false       | 0.25          | 1           | 10
            unknown | false       |               | 0           | 10
            new     | true        | 0             | 1           | 10
            """);
    private static final Dataset<Row> CATEGORIES = rows(FeatureTables.USER_CATEGORIES, """
            user_id | category | weight
            near    | tea      | 9
            near    | coffee   | 2
            """);

    @Test
    void usersGetTheNearestCentreWithADistanceAndAProbability() {
        Dataset<Row> users = PortraitAssignment.withAttention(FEATURES, rows(FeatureTables.USER_CATEGORIES, "user_id"));

        Dataset<Row> assignments = PortraitAssignment.assign(users, MODEL);

        assertThat(assignments.columns()).containsExactlyElementsOf(PortraitAssignment.ASSIGNMENTS.columnNames());
        assertThat(assignments.orderBy("user_id").collectAsList().toString())
                // Squared distances 1 and 16, less their difference over twice the temperature: 1 / (1 + exp(-15 / 4)).
                .isEqualTo("[[at,low,0.998073,0.0], [border,low,0.5,2.5], [near,low,0.977023,1.0],"
                        + " [new,newcomers,null,null], [unknown,high,0.998073,0.0]]");
    }

    @Test
    void sparkAndTheDriverComputeTheSameVector() {
        Row user = PortraitAssignment.withAttention(FEATURES, CATEGORIES)
                .where("user_id = 'near'")
                .select(ScaledVector.compute(SCALING))
                .head();
        Double[] numbers = new Double[Scaling.NUMBERS.size()];
        numbers[3] = 0.1;

        double[] onDriver =
                SCALING.vector(new PortraitSample.User(numbers, new double[] {9}, 11, new double[1]), List.of("tea"));

        assertThat(user.<Double>getList(0).get(0)).isEqualTo(onDriver[0]);
        assertThat(user.<Double>getList(0).get(1)).isCloseTo(onDriver[1], within(1e-15));
    }

    @Test
    void spendOfUsersWithoutOrdersIsUnknown() {
        assertThat(PortraitAssignment.withAttention(FEATURES, CATEGORIES)
                        .where("net_spend_365d IS NULL AND orders_365d IS NULL")
                        .select("user_id")
                        .collectAsList()
                        .toString())
                .isEqualTo("[[unknown]]");
    }

    @Test
    void withoutCentresEverybodyIsANewcomer() {
        Dataset<Row> assignments = PortraitAssignment.assign(FEATURES, PortraitModel.withoutPortraits(DAY));

        assertThat(assignments.columns()).containsExactlyElementsOf(PortraitAssignment.ASSIGNMENTS.columnNames());
        assertThat(assignments
                        .where("portrait_id <> '" + PortraitTables.NEWCOMERS + "'")
                        .isEmpty())
                .isTrue();
    }

    @Test
    void statisticsCountUsersAndAverageDistances() {
        Dataset<Row> assignments = assignments(
                RowFactory.create("u1", "a", 0.5, 1.0),
                RowFactory.create("u2", "a", 0.5, 2.0),
                RowFactory.create("u3", "newcomers", 0.0, null));

        assertThat(PortraitAssignment.statistics(assignments))
                .containsExactly(new PortraitStatistics("a", 2, 1.5), new PortraitStatistics("newcomers", 1, 0));
    }

    @Test
    void overlapsCountUsersWhoHadAPortraitAtTheFit() {
        Dataset<Row> atFit = rows(PortraitTables.USER_PORTRAITS, """
                user_id | portrait_id
                stayed  | a
                moved   | b
                fresh   | newcomers
                """);
        Dataset<Row> byOld = assignments(
                RowFactory.create("stayed", "a", 1.0, 0.0),
                RowFactory.create("moved", "a", 1.0, 0.0),
                RowFactory.create("fresh", "a", 1.0, 0.0),
                RowFactory.create("late", "a", 1.0, 0.0));
        Dataset<Row> byNew = PortraitAssignment.withPortraitIds(byOld, Map.of("a", "x"));

        assertThat(PortraitAssignment.countOverlaps(atFit, byOld, byNew)).containsExactly(new Overlap("a", "x", 2, 1));
    }

    @Test
    void portraitIdsWithoutAReplacementStay() {
        Dataset<Row> assignments =
                assignments(RowFactory.create("u1", "a", 1.0, 0.0), RowFactory.create("u2", "b", 1.0, 0.0));

        assertThat(PortraitAssignment.withPortraitIds(assignments, Map.of("a", "x"))
                        .orderBy("user_id")
                        .select("portrait_id")
                        .collectAsList()
                        .toString())
                .isEqualTo("[[x], [b]]");
    }

    private static Dataset<Row> assignments(Row... rows) {
        return SPARK.createDataFrame(List.of(rows), PortraitAssignment.ASSIGNMENTS.schema());
    }
}
