package koc.rules;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import koc.SparkTest;
import koc.tables.KocTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class KocEligibilityTest extends SparkTest {
    @Test
    void staffNeedOneMemberAndOthersTheMinimum() {
        Dataset<Row> owners = rows(KocTables.KOC_RANKING, """
                koc_id         | koc_type | pool_size
                employee-empty | employee | 0
                employee-one   | employee | 1
                guide-one      | guide    | 1
                external-empty | external | 0
                external-nine  | external | 9
                external-ten   | external | 10
                user-nine      | user     | 9
                user-ten       | user     | 10
                """);

        Dataset<Row> kocs = owners.where(KocEligibility.isKoc(col("koc_type"), col("pool_size"), 10));

        assertThat(kocs.orderBy("koc_id").select("koc_id").collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactly("employee-one", "external-ten", "guide-one", "user-ten");
    }

    @Test
    void aRevokedKocIsStillAKoc() {
        Dataset<Row> owners = rows(KocTables.KOC_RANKING, """
                koc_type | pool_size | level
                external | 10        | revoked
                """);

        assertThat(owners.where(KocEligibility.isKoc(col("koc_type"), col("pool_size"), 10))
                        .count())
                .isEqualTo(1);
    }

    @Test
    void onlyStaffNeedASingleMember() {
        assertThat(KocType.values())
                .extracting(type -> KocEligibility.requiredMembers(type, 7))
                .containsExactly(1, 1, 7, 7);
    }
}
