package koc.recommend;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import koc.SparkTest;
import koc.tables.PortraitTables;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class PortraitIndexTest extends SparkTest {
    private static final PortraitIndex PORTRAITS = PortraitIndex.read(rows(PortraitTables.PORTRAITS, """
            portrait_id | name     | users
            s           | Students | 10
            m           | Mothers  | 30
            """));

    @Test
    void portraitsAreOrderedById() {
        assertThat(PORTRAITS.id(0)).isEqualTo("m");
        assertThat(PORTRAITS.name(1)).isEqualTo("Students");
        assertThat(PORTRAITS.size()).isEqualTo(2);
    }

    @Test
    void populationFractionsSumToOneWithoutUsersOfNoPortrait() {
        assertThat(PORTRAITS.populationFraction(0)).isEqualTo(0.75);
        assertThat(PORTRAITS.populationFraction(1)).isEqualTo(0.25);
        assertThat(PORTRAITS.populationFraction(2)).isZero();
    }

    @Test
    void unknownPortraitsHaveTheLastIndex() {
        assertThat(SPARK.sql("SELECT * FROM VALUES ('m'), ('s'), ('x'), (NULL) AS t(portrait_id)")
                        .select(PORTRAITS.indexOf(col("portrait_id")))
                        .collectAsList())
                .extracting(row -> row.getInt(0))
                .containsExactly(0, 1, 2, 2);
    }

    @Test
    void sumsAreByPortrait() {
        Row sums = SPARK.sql("SELECT * FROM VALUES (0, 2D), (0, 3D), (2, 1D) AS t(portrait_index, value)")
                .agg(PORTRAITS.sumByPortrait(col("value")), PORTRAITS.countByPortrait(lit(true)))
                .head();

        assertThat(sums.<Double>getList(0)).containsExactly(5.0, 0.0, 1.0);
        assertThat(sums.<Long>getList(1)).containsExactly(2L, 0L, 1L);
    }
}
