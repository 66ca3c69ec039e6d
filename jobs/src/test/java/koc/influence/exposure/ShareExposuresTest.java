package koc.influence.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import koc.SparkTest;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ShareExposuresTest extends SparkTest {
    @Test
    void everyShareExposesTheMembersOfItsDayByPortrait() {
        Dataset<Row> exposures =
                ShareExposures.compute(rows(PurchaseExposure.SHARES, """
                share_id | koc_id | product_id | category | day_offset | window_start | window_end
                s1       | k      | tea        | drinks   | 3          | 3.5          | 10.5
                s2       | k      | tea        | drinks   | 20         | 20.5         | 27.5
                """), rows(PoolMembers.MEMBERS, """
                koc_id | user_id | first_offset | last_offset | portrait_id
                k      | a       | 0            | 89          | parents
                k      | b       | 3            | 19          | parents
                k      | c       | 20           | 30          | students
                other  | d       | 0            | 89          | parents
                """));

        assertThat(exposures.columns()).containsExactlyElementsOf(ShareExposures.EXPOSURES.columnNames());
        assertThat(exposures.orderBy("share_id", "portrait_id").collectAsList())
                .extracting(row -> row.getAs("share_id") + " " + row.getAs("portrait_id") + " " + row.getAs("members"))
                .containsExactly("s1 parents 2", "s2 parents 1", "s2 students 1");
    }
}
