package koc.rules;

import static org.assertj.core.api.Assertions.assertThat;

import koc.SparkTest;
import koc.tables.CleanTables;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

class RegionKeyTest extends SparkTest {
    @Test
    void countiesOfTheSameNameDifferByCityAndProvince() {
        assertThat(rows(CleanTables.USERS, """
                user_id | province | city  | county
                a       | Hubei    | Wuhan | Jiang'an
                b       | Hubei    | Xian  | Jiang'an
                c       |          |       | Jiang'an
                d       | Hubei    | Wuhan |
                """)
                        .orderBy("user_id")
                        .select(RegionKey.region())
                        .collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactly("Hubei / Wuhan / Jiang'an", "Hubei / Xian / Jiang'an", " /  / Jiang'an", null);
    }

    @Test
    void aBlankCountyHasNoKey() {
        assertThat(rows(CleanTables.USERS, "province | city\nHubei | Wuhan")
                        .withColumn("county", functions.lit("  "))
                        .select(RegionKey.region())
                        .head()
                        .isNullAt(0))
                .isTrue();
    }
}
