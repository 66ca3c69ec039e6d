package koc.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import koc.SparkTest;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ActivityFactorsTest extends SparkTest {
    @Test
    void whoBoughtLatelyBuysMoreAsFarAsTheWindowShowsIt() {
        Dataset<Row> people =
                SPARK.sql("SELECT * FROM VALUES ('a', 2L, 0, 2), ('b', 2L, 1, 2), ('x', 2L, 3, 2), ('c', 0L, 3, 0)"
                        + " AS t(user_id, owned_products, recency, breadth)");
        Dataset<Row> bought =
                SPARK.sql("SELECT * FROM VALUES ('a', 7), ('a', 8), ('a', 9), ('c', 7) AS t(user_id, product_number)");

        ActivityFactors activity = ActivityFactors.learn(people, bought, 2);

        // Three who have anything bought three things, all of them a: (3 + 2) / (1 + 2), the others (0 + 2) / (1 + 2).
        assertThat(activity.recency()).containsExactly(new double[] {5 / 3.0, 2 / 3.0, 1, 2 / 3.0}, within(0.001));
        assertThat(activity.breadth()).containsExactly(ActivityFactors.alike().breadth(), within(0.001));
    }

    @Test
    void whatRecencyExplainsIsNotCountedOnceMoreAsBreadth() {
        // Who bought lately buys four times as often, whatever it has; more of those who have much bought lately.
        Dataset<Row> people =
                users(0, 4, 300).union(users(0, 1, 100)).union(users(3, 4, 100)).union(users(3, 1, 300));
        Dataset<Row> bought = people.where("recency = 0 OR number % 4 = 0").select("user_id");

        ActivityFactors activity = ActivityFactors.learn(people.drop("number"), bought, 1e-6);

        assertThat(activity.recency()[0] / activity.recency()[3]).isCloseTo(4, within(0.01));
        assertThat(activity.breadth()[4]).isCloseTo(activity.breadth()[1], within(0.01));
    }

    @Test
    void whatBreadthExplainsIsNotCountedAsRecencyWhichHasTheMeanOne() {
        Dataset<Row> people =
                users(0, 4, 300).union(users(0, 1, 100)).union(users(3, 4, 100)).union(users(3, 1, 300));
        Dataset<Row> bought = people.where("breadth = 4 OR number % 4 = 0").select("user_id");

        ActivityFactors activity = ActivityFactors.learn(people.drop("number"), bought, 1e-6);

        assertThat(activity.breadth()[4] / activity.breadth()[1]).isCloseTo(4, within(0.01));
        assertThat(activity.recency()[0]).isCloseTo(1, within(0.01));
        assertThat(activity.recency()[3]).isCloseTo(1, within(0.01));
    }

    @Test
    void whereNothingWasBoughtEverybodyIsAlike() {
        Dataset<Row> people = users(0, 4, 3).drop("number");

        ActivityFactors activity = ActivityFactors.learn(people, people.select("user_id").where("false"), 20);

        assertThat(activity.recency()).containsExactly(ActivityFactors.alike().recency());
        assertThat(activity.breadth()).containsExactly(ActivityFactors.alike().breadth());
    }

    private static Dataset<Row> users(int recency, int breadth, int count) {
        return SPARK.range(count)
                .selectExpr(
                        "CONCAT('r" + recency + "b" + breadth + "n', id) AS user_id",
                        "1L AS owned_products",
                        recency + " AS recency",
                        breadth + " AS breadth",
                        "id AS number");
    }
}
