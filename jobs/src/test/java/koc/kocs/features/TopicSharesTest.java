package koc.kocs.features;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.List;
import koc.SparkTest;
import koc.kocs.Columns;
import koc.rules.ProductUse;
import koc.tables.CleanTables;
import koc.tables.FeatureTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class TopicSharesTest extends SparkTest {
    private static final LocalDate DAY = LocalDate.parse("2024-06-30");

    @Test
    void sharesAreCountedByTopicAndByWhetherTheProductIsUsedAndApproved() {
        Dataset<Row> products = products();
        Dataset<Row> byTopic = byTopic("""
                day        | user_id | product_id | units | refunded_units | shares | reviews | rating_sum
                2023-01-01 | koc     | cream      | 2     | 0              | 0      | 1       | 3
                2024-06-01 | koc     | cream      | 0     | 0              | 3      | 1       | 5
                2024-06-02 | koc     | phone      | 1     | 1              | 1      | 0       | 0
                2024-03-01 | koc     | phone      | 0     | 0              | 7      | 0       | 0
                2024-06-02 | koc     | book       | 1     | 0              | 2      | 0       | 0
                2024-06-03 | koc     | book       | 0     | 0              | 0      | 1       | 2
                2024-06-02 | other   | phone      | 1     | 1              | 1      | 0       | 0
                """, products);

        List<Row> summaries = TopicShares.summarize(byTopic, products).collectAsList();

        assertThat(summaries).hasSize(1);
        Row koc = summaries.get(0);
        assertThat(koc.<Long>getAs("product_shares_90d")).isEqualTo(6);
        assertThat(koc.<Long>getAs("used_shares_90d")).isEqualTo(3);
        assertThat(koc.<Long>getAs("own_reviews")).isEqualTo(2);
        assertThat(koc.<Long>getAs("own_rating_sum")).isEqualTo(7);
        assertThat(koc.<Long>getAs("topics")).isEqualTo(3);
        assertThat(koc.<Double>getAs("sum_n_log_n")).isCloseTo(3 * Math.log(3) + 2 * Math.log(2), within(1e-9));
        assertThat(koc.<String>getAs("top_topic")).isEqualTo("beauty");
        assertThat(koc.<Long>getAs("all_topics")).isEqualTo(3);
    }

    @Test
    void aProductOutsideTheCatalogueHasItsOwnTopic() {
        Dataset<Row> byTopic = byTopic("""
                day        | user_id | product_id | shares
                2024-06-01 | koc     | unlisted   | 2
                """, products());

        assertThat(byTopic.head().<String>getAs("topic")).isEqualTo("(none)");
        assertThat(byTopic.head().<Long>getAs("shares")).isEqualTo(2);
    }

    @Test
    void rowsHaveTheDeclaredColumnsAndTypes() {
        assertThat(Columns.of(byTopic("user_id\n", products()))).isEqualTo(Columns.of(TopicShares.BY_TOPIC));
    }

    private static Dataset<Row> byTopic(String userProductDays, Dataset<Row> products) {
        // Reviews of the test have four or five stars, or one or two, or are neutral.
        Dataset<Row> days = rows(FeatureTables.USER_PRODUCT_DAYS, userProductDays)
                .na()
                .fill(0)
                .withColumn("good_reviews", expr("if(rating_sum >= 4, reviews, 0L)"))
                .withColumn("bad_reviews", expr("if(rating_sum BETWEEN 1 AND 2, reviews, 0L)"));
        return TopicShares.countByTopic(
                days, products, ProductUse.judge(days), rows(KocCandidates.CANDIDATES, "koc_id\nkoc"), DAY);
    }

    private static Dataset<Row> products() {
        return rows(CleanTables.PRODUCTS, """
                product_id | category
                cream      | beauty
                phone      | digital
                book       | books
                """).select("product_id", "category");
    }
}
