package koc.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import koc.SparkTest;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class PublishedNumbersTest extends SparkTest {
    private static final Table PRODUCTS = Table.named("products")
            .published()
            .publishedDecimals("daily_rate", 8)
            .columns("""
                    product_id STRING NOT NULL COMMENT 'Product',
                    rate       DOUBLE COMMENT 'A rate',
                    daily_rate DOUBLE COMMENT 'A small rate',
                    price      DECIMAL(18,4) COMMENT 'Money per unit',
                    sales      DECIMAL(18,2) COMMENT 'Money',
                    buyers     BIGINT COMMENT 'A count'""");

    @Test
    void ratesHaveFourDecimalsAndMoneyHasTwo() {
        Dataset<Row> published = PublishedNumbers.round(PRODUCTS, rows(PRODUCTS, """
                product_id | rate                | daily_rate  | price   | sales | buyers
                a          | 0.16153205661948378 | 0.000052039 | 12.3450 | 7.10  | 3
                b          | 0.5                 |             |         |       |
                """));

        assertThat(published.orderBy("product_id").collectAsList())
                .extracting(Row::toString)
                .containsExactly("[a,0.1615,5.204E-5,12.35,7.10,3]", "[b,0.5,null,null,null,null]");
    }

    @Test
    void thePublishedColumnsHaveTheDeclaredTypesAndComments() {
        Dataset<Row> published = PublishedNumbers.round(PRODUCTS, rows(PRODUCTS, "product_id\na"));

        assertThat(published.schema().simpleString())
                .isEqualTo("struct<product_id:string,rate:double,daily_rate:double,price:decimal(18,2),"
                        + "sales:decimal(18,2),buyers:bigint>");
        assertThat(published.schema().apply("price").getComment().get()).isEqualTo("Money per unit");
    }

    @Test
    void theDictionarySaysHowNumbersArePublished() {
        assertThat(Dictionary.text(List.of(PRODUCTS)))
                .contains("Published with 8 decimals: daily_rate")
                .containsPattern("price +DECIMAL\\(18,2\\)");
    }
}
