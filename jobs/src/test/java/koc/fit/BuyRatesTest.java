package koc.fit;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import koc.SparkTest;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class BuyRatesTest extends SparkTest {
    @Test
    void everyPortraitHasARowForEveryProductThatAnyoneBought() {
        Dataset<Row> buyers = rows(PurchaseHistory.BUYERS, """
                user_id | product_id | portrait_id
                a       | x          | p1
                b       | x          | p1
                c       | y          | p2
                """);
        Dataset<Row> portraits = SPARK.sql("SELECT * FROM VALUES ('p1', 10L), ('p2', 30L) AS t(portrait_id, users)");

        Dataset<Row> counts = BuyRates.countHistoryBuyers(buyers, portraits, "product_id");

        assertThat(counts.orderBy("product_id", "portrait_id")
                        .select("product_id", "portrait_id", "history_buyers", "users", "item_buyers", "total_users")
                        .collectAsList()
                        .toString())
                .isEqualTo("[[x,p1,2,10,2,40], [x,p2,0,30,2,40], [y,p1,0,10,1,40], [y,p2,1,30,1,40]]");
    }

    @Test
    void theWorkedNumberOfTheDocumentation() {
        assertThat(rate(30, 200, 50, 1000, 1)).isCloseTo((30 + 20 * .05) / 220, within(1e-9));
    }

    @Test
    void aPortraitThatBuysMoreOfTheCategoryGetsAHigherRate() {
        assertThat(rate(0, 200, 50, 1000, 3)).isCloseTo(20 * .05 * 3 / 220, within(1e-9));
    }

    @Test
    void aRateIsAtMostOne() {
        assertThat(rate(10, 10, 900, 1000, 50)).isEqualTo(1);
    }

    private static double rate(int historyBuyers, int users, int itemBuyers, int totalUsers, double relativeRate) {
        return SPARK.range(1)
                .withColumn("history_buyers", lit(historyBuyers))
                .withColumn("users", lit(users))
                .withColumn("item_buyers", lit(itemBuyers))
                .withColumn("total_users", lit(totalUsers))
                .select(BuyRates.rate(lit(relativeRate), 20))
                .head()
                .getDouble(0);
    }
}
