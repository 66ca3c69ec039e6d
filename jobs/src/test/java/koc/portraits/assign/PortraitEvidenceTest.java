package koc.portraits.assign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import koc.SparkTest;
import koc.portraits.names.PortraitNames.Evidence;
import koc.tables.FeatureTables;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class PortraitEvidenceTest extends SparkTest {
    @Test
    void theEvidenceSumsTheUsersOfEachPortraitWithoutNewcomers() {
        List<Evidence> evidence = PortraitEvidence.collect(
                SPARK.createDataFrame(
                        List.of(
                                RowFactory.create("ann", "a", 1.0, 0.0),
                                RowFactory.create("bob", "a", 1.0, 0.0),
                                RowFactory.create("new", "newcomers", 0.0, null)),
                        PortraitAssignment.ASSIGNMENTS.schema()),
                rows(FeatureTables.USER_FEATURES, """
                        user_id | net_spend_365d | orders_365d
                        ann     | 10             | 1
                        bob     | 30             | 2
                        new     | 99             | 9
                        """),
                rows(FeatureTables.USER_CATEGORIES, """
                        user_id | category | weight
                        ann     | tea      | 2
                        bob     | tea      | 1
                        new     | milk     | 1
                        """),
                SPARK.createDataFrame(
                        List.of(
                                RowFactory.create("ann", "Green tea", 1.0),
                                RowFactory.create("bob", "Green tea", 0.2),
                                RowFactory.create("new", "Milk", 1.0)),
                        StructType.fromDDL("user_id STRING, word STRING, weight DOUBLE")),
                rows(FeatureTables.USER_TAGS, """
                        user_id | tag
                        ann     | time:night
                        ann     | category:tea
                        bob     | time:night
                        """));

        assertThat(evidence)
                .containsExactly(new Evidence(
                        "a", 2, 20, 1.5, 365, Map.of("time:night", 2.0), Map.of("tea", 3.0), Map.of("Green tea", 1.2)));
    }
}
