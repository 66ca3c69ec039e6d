package koc.report;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import koc.SparkTest;
import koc.text.Texts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CardReasonTest extends SparkTest {
    @ParameterizedTest
    @CsvSource({
        "Cherries, About 19 members will buy Cherries in 28 days., About 19 members will buy it in 28 days.",
        "'A title of more than thirty characters', About 2 members will buy A title of more than thirty c… in 28 days.,"
                + " About 2 members will buy it in 28 days.",
        "19, About 19 members will buy 19 in 28 days., About 19 members will buy 19 in 28 days.",
        "Tea, Another sentence., Another sentence.",
    })
    void theTitleIsSaidOnce(String title, String reason, String shortened) {
        assertThat(SPARK.range(1)
                        .withColumn("title", lit(title))
                        .withColumn("product_id", lit("p7"))
                        .withColumn("reason", lit(reason))
                        .select(CardReason.belowTitle(Texts.of("en")))
                        .head()
                        .getString(0))
                .isEqualTo(shortened);
    }
}
