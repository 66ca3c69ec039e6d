package koc.rules;

import static org.assertj.core.api.Assertions.assertThat;

import koc.SparkTest;
import koc.tables.PortraitTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class HoldoutTest extends SparkTest {
    private static final Dataset<Row> PORTRAITS = rows(PortraitTables.HOLDOUT_PORTRAITS, """
            user_id | as_of
            a       | 2024-01-09
            b       | 2024-01-10
            """);

    @Test
    void noPortraitHasSeenADayOfTheHoldout() {
        assertThat(Holdout.lastDayBefore(PORTRAITS)).contains(day("2024-01-10"));
    }

    @Test
    void withoutPortraitsThereIsNoHoldout() {
        assertThat(Holdout.lastDayBefore(PORTRAITS.where("false"))).isEmpty();
    }
}
