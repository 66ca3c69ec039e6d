package koc.rules;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import koc.SparkTest;
import koc.tables.CleanTables;
import koc.tables.InfluenceTables;
import koc.tables.KocTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class KocTypeTest extends SparkTest {
    @Test
    void theRoleDecidesTheTypeAndTheTypeOfTies() {
        Dataset<Row> users = rows(CleanTables.USERS, """
                user_id | role
                a       | employee
                b       | guide
                c       | external
                d       | consumer
                e       |
                """);

        assertThat(users.orderBy("user_id")
                        .select(KocType.fromRole(col("role")), KocType.relationFromRole(col("role")))
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly(
                        "[employee,employee_friend]",
                        "[guide,guide_customer]",
                        "[external,external_friend]",
                        "[user,user_friend]",
                        "[user,user_friend]");
    }

    @Test
    void aTypeMatchesItsOwnWordOnly() {
        Dataset<Row> types = rows(KocTables.KOC_RANKING, """
                koc_type
                employee
                guide
                external
                user
                """);

        assertThat(types.where(KocType.fromRole(col("koc_type")).equalTo(col("koc_type")))
                        .count())
                .isEqualTo(4);
    }

    @Test
    void staffAreEmployeesAndGuides() {
        Dataset<Row> types = rows(KocTables.KOC_RANKING, """
                koc_type
                employee
                external
                guide
                user
                """);

        assertThat(types.where(KocType.isStaff(col("koc_type")))
                        .select("koc_type")
                        .collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactlyInAnyOrder("employee", "guide");
        assertThat(types.where(KocType.EXTERNAL.is(col("koc_type"))).count()).isEqualTo(1);
        assertThat(types.where(KocType.EXTERNAL.is(lit(null).cast("string"))).isEmpty())
                .isTrue();
    }

    @Test
    void eachEdgeBelongsToOneType() {
        Dataset<Row> ties = rows(InfluenceTables.TIE_STRENGTHS, """
                relation
                employee_friend
                guide_customer
                external_friend
                user_friend
                """);

        for (KocType type : KocType.values()) {
            assertThat(ties.where(type.matchesRelation()).select("relation").collectAsList())
                    .extracting(row -> row.getString(0))
                    .containsExactly(type.relation());
        }
    }

    @Test
    void typesAndRolesDifferInOneWord() {
        assertThat(KocType.codes()).containsExactlyInAnyOrder("employee", "guide", "external", "user");
        assertThat(KocType.roles()).containsExactlyInAnyOrder("employee", "guide", "external", "consumer");
    }
}
