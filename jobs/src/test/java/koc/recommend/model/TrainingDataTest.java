package koc.recommend.model;

import static org.assertj.core.api.Assertions.assertThat;

import koc.SparkTest;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class TrainingDataTest extends SparkTest {
    @Test
    void labelsAreFirstPurchasesAndDueRepurchases() {
        Dataset<Row> bought =
                SPARK.sql("SELECT * FROM VALUES ('owner', 1), ('due', 1), ('new', 1) AS t(user_id, product_number)");
        Dataset<Row> owned = SPARK.sql("SELECT * FROM VALUES ('owner', 1, false), ('due', 1, true)"
                + " AS t(user_id, product_number, is_due)");

        assertThat(TrainingData.selectLabels(bought, owned).orderBy("user_id").collectAsList())
                .extracting(Row::toString)
                .containsExactly("[due,1]", "[new,1]");
    }
}
