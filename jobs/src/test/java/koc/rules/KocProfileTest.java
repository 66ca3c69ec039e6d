package koc.rules;

import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import koc.SparkTest;
import koc.tables.CleanTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

class KocProfileTest extends SparkTest {
    /** {@code blank} has a nickname of blanks only. */
    private static final Dataset<Row> USERS = rows(CleanTables.USERS, """
            user_id | nickname | avatar_url | greeting
            all     | Ann      | a.png      | Hello
            blank   | -        |            |
            none    |          |            |
            two     | Ann      |            | Hello
            """)
            .withColumn("nickname", functions.regexp_replace(functions.col("nickname"), "-", "  "))
            .orderBy("user_id");

    @Test
    void completenessIsTheFractionOfPartsThatAreFilledIn() {
        double[] completeness = USERS.select(KocProfile.completeness()).collectAsList().stream()
                .mapToDouble(row -> row.getDouble(0))
                .toArray();

        assertThat(completeness).containsExactly(new double[] {1, 0, 0, 2 / 3.0}, within(1e-12));
    }

    @Test
    void presentPartsAreThoseThatAreFilledIn() {
        assertThat(USERS.select(concat_ws(",", KocProfile.presentParts(part -> lit(part))))
                        .collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactly("nickname,avatar_url,greeting", "", "", "nickname,greeting");
    }

    @Test
    void aBlankPartCountsAsRecorded() {
        assertThat(USERS.where(KocProfile.isRecorded()).select("user_id").collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactly("all", "blank", "two");
    }
}
