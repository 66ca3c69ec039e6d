package koc.portraits.assign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import koc.SparkTest;
import koc.tables.FeatureTables;
import koc.tables.PortraitTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class PortraitRowsTest extends SparkTest {
    private static final LocalDate DAY = LocalDate.parse("2024-06-30");
    private static final Dataset<Row> ASSIGNMENTS = SPARK.createDataFrame(
            List.of(
                    RowFactory.create("stays", "a", 1.0, 0.0),
                    RowFactory.create("moves", "a", 1.0, 0.0),
                    RowFactory.create("comes", "a", 1.0, 0.0)),
            PortraitAssignment.ASSIGNMENTS.schema());
    private static final Dataset<Row> DESCRIPTIONS = SPARK.createDataFrame(
            List.of(
                    RowFactory.create("a", "Tea", "s", "c", "p", "t", 0.9, "kept", 0.5, 1.0),
                    RowFactory.create("empty", "Milk", "s", "c", "p", "t", 0.9, "kept", null, 1.0)),
            PortraitRows.DESCRIPTIONS.schema());

    @Test
    void aPortraitHasMeansPerUserAndAnEmptyOneHasZeros() {
        Dataset<Row> features = rows(FeatureTables.USER_FEATURES, """
                user_id | net_spend_90d | orders_90d | shares_90d
                stays   | 10            | 1          | 0
                moves   | 20            | 2          | 5
                comes   | 30            | 2          | 0
                """);

        assertThat(PortraitRows.portraits(ASSIGNMENTS, features, DESCRIPTIONS, DAY, 4)
                        .orderBy("portrait_id")
                        .select("portrait_id", "users", "user_fraction", "net_spend_90d", "orders_90d", "sharer_rate")
                        .collectAsList()
                        .toString())
                .isEqualTo("[[a,3,0.75,20.00,1.666667,0.333333], [empty,0,0.0,0.00,0.0,0.0]]");
    }

    @Test
    void aUserWhoMovesStartsANewTimeAndKeepsThePreviousPortrait() {
        Dataset<Row> previous = rows(PortraitTables.USER_PORTRAITS, """
                user_id | portrait_id | since      | previous_portrait_id
                stays   | a           | 2024-01-01 | z
                moves   | b           | 2024-01-01 | z
                """);

        assertThat(PortraitRows.userPortraits(ASSIGNMENTS, DESCRIPTIONS.select("portrait_id", "name"), previous, DAY)
                        .orderBy("user_id")
                        .select("user_id", "portrait_name", "since", "previous_portrait_id")
                        .collectAsList()
                        .toString())
                .isEqualTo("[[comes,Tea,2024-06-30,null], [moves,Tea,2024-06-30,b], [stays,Tea,2024-01-01,z]]");
    }
}
