package koc.growth.leads;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import koc.growth.GrowthReportTest;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class RoundRobinAllocationTest extends GrowthReportTest {
    private static final StructType ITEMS = StructType.fromDDL("allocation_group STRING, item INT");
    private static final StructType RECIPIENTS = StructType.fromDDL("allocation_group STRING, recipient STRING");

    @Test
    void itemsGoToRecipientsInTurnUntilAllAreFull() {
        assertThat(allocate("""
                allocation_group | item
                g                | 1
                g                | 2
                g                | 3
                g                | 4
                g                | 5
                """, """
                allocation_group | recipient
                g                | a
                g                | b
                """, 2)).containsExactly("[1,a]", "[2,b]", "[3,a]", "[4,b]");
    }

    @Test
    void eachGroupIsAllocatedByItselfAndGroupsWithoutRecipientsAreLeftOut() {
        assertThat(allocate("""
                allocation_group | item
                g                | 1
                h                | 1
                none             | 2
                h                | 3
                """, """
                allocation_group | recipient
                g                | a
                h                | b
                empty            | c
                """, 1)).containsExactly("[1,a]", "[1,b]");
    }

    private static List<String> allocate(String items, String recipients, long capacity) {
        Dataset<Row> allocated = RoundRobinAllocation.allocate(
                frame(ITEMS, items),
                List.of(col("item").asc()),
                frame(RECIPIENTS, recipients),
                List.of(col("recipient").asc()),
                capacity);
        return text(allocated.orderBy("item", "recipient"));
    }
}
