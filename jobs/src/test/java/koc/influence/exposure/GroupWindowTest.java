package koc.influence.exposure;

import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;

import koc.SparkTest;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class GroupWindowTest extends SparkTest {
    @Test
    void aWindowCoversItsGroupOrAllRows() {
        Row first = SPARK.sql("SELECT * FROM VALUES ('a', 1), ('a', 2), ('b', 4) AS numbers(name, number)")
                .withColumn("of_name", sum("number").over(GroupWindow.by("name")))
                .withColumn("of_all", sum("number").over(GroupWindow.by()))
                .orderBy("number")
                .head();

        assertThat(first.<Long>getAs("of_name")).isEqualTo(3);
        assertThat(first.<Long>getAs("of_all")).isEqualTo(7);
    }
}
