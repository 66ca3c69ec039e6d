package koc.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import koc.SparkTest;
import koc.recommend.PortraitOrder.Portrait;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class PeopleTest extends SparkTest {
    private static final PortraitOrder ORDER = new PortraitOrder(List.of(new Portrait("m", "Mothers", 3)));
    private static final Dataset<Row> PORTRAITS =
            SPARK.sql("SELECT * FROM VALUES ('a', 'm'), ('b', 'm'), ('c', 'm') AS t(user_id, portrait_id)");
    private static final Dataset<Row> HOLDINGS = SPARK.sql("SELECT * FROM VALUES ('a', 1, DATE'2024-01-25'),"
            + " ('a', 2, DATE'2024-01-01'), ('b', 1, DATE'2024-01-24'), ('x', 1, CAST(NULL AS DATE))"
            + " AS t(user_id, product_number, last_bought_on)");

    @Test
    void everybodyIsOfAPortraitAndOfARecency() {
        Dataset<Row> people = People.of(PORTRAITS, HOLDINGS, ORDER, day("2024-01-31"));

        assertThat(people.orderBy("user_id").collectAsList())
                .extracting(Row::toString)
                .containsExactly("[a,0,2,0]", "[b,0,1,1]", "[c,0,0,3]", "[x,1,1,3]");
    }

    @Test
    void whoBoughtLatelyBuysMoreAsFarAsTheWindowShowsIt() {
        Dataset<Row> people = People.of(PORTRAITS, HOLDINGS, ORDER, day("2024-01-31"));
        Dataset<Row> bought =
                SPARK.sql("SELECT * FROM VALUES ('a', 7), ('a', 8), ('a', 9), ('c', 7) AS t(user_id, product_number)");

        double[] activity = People.activity(people, bought, 2);

        // Three buyers bought three things, all of them a: (3 + 2) / (1 + 2), the others (0 + 2) / (1 + 2).
        assertThat(activity).containsExactly(new double[] {5 / 3.0, 2 / 3.0, 1, 2 / 3.0}, within(0.001));
    }

    @Test
    void weightsHaveExactSums() {
        Dataset<Row> weighted = People.weighted(
                People.of(PORTRAITS, HOLDINGS, ORDER, day("2024-01-31")), new double[] {1.5, 0.5, 1, 0.25});

        assertThat(weighted.orderBy("user_id").select("weight").collectAsList())
                .extracting(row -> row.getDouble(0))
                .containsExactly(1.5, 0.5, 0.25, 0.25);
    }
}
