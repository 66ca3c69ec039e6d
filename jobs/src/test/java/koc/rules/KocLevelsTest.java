package koc.rules;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import koc.SparkTest;
import koc.tables.KocTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class KocLevelsTest extends SparkTest {
    private static final Dataset<Row> LEVELS = rows(KocTables.KOC_RANKING, """
            koc_id | level
            a      | revoked
            b      | recruit
            c      | trainee
            d      | bronze
            e      | silver
            f      | gold
            g      | partner
            h      |
            i      | unheard of
            """);

    @Test
    void levelsAndIndicesConvertToEachOther() {
        assertThat(LEVELS.orderBy("koc_id")
                        .select(KocLevels.index(col("level")), KocLevels.name(KocLevels.index(col("level"))))
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly(
                        "[-1,revoked]",
                        "[0,recruit]",
                        "[1,trainee]",
                        "[2,bronze]",
                        "[3,silver]",
                        "[4,gold]",
                        "[5,partner]",
                        "[null,null]",
                        "[null,null]");
    }

    @Test
    void indexConstantsMatchTheListOfLevels() {
        assertThat(KocLevels.NAMES.get(KocLevels.TRAINEE_INDEX)).isEqualTo("trainee");
        assertThat(KocLevels.NAMES.get(KocLevels.BRONZE_INDEX)).isEqualTo("bronze");
        assertThat(KocLevels.ASSESSED).containsExactly("bronze", "silver", "gold", "partner");
        assertThat(KocLevels.NAMES).doesNotContain(KocLevels.REVOKED);
    }

    @Test
    void aKocWithoutALevelIsNotRevoked() {
        assertThat(LEVELS.where(KocLevels.isRevoked(col("level")).equalTo(false))
                        .count())
                .isEqualTo(8);
    }
}
