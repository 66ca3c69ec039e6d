package koc.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import koc.SparkTest;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.LogicalRDD;
import org.apache.spark.sql.execution.columnar.InMemoryRelation;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.Test;

class CheckpointsTest extends SparkTest {

    @Test
    void computedRowsAreTheSameAndBeginAPlanOfTheirOwn() {
        try (Checkpoints checkpoints = new Checkpoints()) {
            Dataset<Row> computed = checkpoints.compute(numbers("id * 2 AS twice"));

            assertThat(values(computed)).containsExactly(0L, 2L, 4L);
            assertThat(plan(computed)).isInstanceOf(LogicalRDD.class);
        }
    }

    @Test
    void closingReleasesComputedRows() {
        Dataset<Row> computed;
        try (Checkpoints checkpoints = new Checkpoints()) {
            computed = checkpoints.compute(numbers("id * 3 AS thrice"));

            assertThat(isStored(computed)).isTrue();
        }

        assertThat(isStored(computed)).isFalse();
    }

    @Test
    void rowsComputedByColumnAreTheSameAndAreStoredUntilTheEnd() {
        Dataset<Row> rows = numbers("id * 7 AS seven_times");
        try (Checkpoints checkpoints = new Checkpoints()) {
            Dataset<Row> computed = checkpoints.computeByColumn(rows);

            assertThat(values(computed)).containsExactly(0L, 7L, 14L);
            assertThat(plan(computed)).isInstanceOf(InMemoryRelation.class);
            assertThat(rows.storageLevel()).isEqualTo(StorageLevel.MEMORY_AND_DISK());
        }

        assertThat(rows.storageLevel()).isEqualTo(StorageLevel.NONE());
    }

    @Test
    void cachedRowsAreStoredUntilTheEnd() {
        Dataset<Row> rows = numbers("id * 5 AS five_times");
        try (Checkpoints checkpoints = new Checkpoints()) {
            Dataset<Row> cached = checkpoints.cache(rows);

            assertThat(values(cached)).containsExactly(0L, 5L, 10L);
            assertThat(cached.storageLevel()).isEqualTo(StorageLevel.MEMORY_AND_DISK());
        }

        assertThat(rows.storageLevel()).isEqualTo(StorageLevel.NONE());
    }

    @Test
    void nestedCheckpointsAreReleasedEarlierThanTheOthers() {
        try (Checkpoints checkpoints = new Checkpoints()) {
            Dataset<Row> longLived = checkpoints.compute(numbers("id AS long_lived"));
            Dataset<Row> shortLived;
            try (Checkpoints nested = checkpoints.nested()) {
                shortLived = nested.compute(numbers("id AS short_lived"));
            }

            assertThat(isStored(shortLived)).isFalse();
            assertThat(isStored(longLived)).isTrue();
        }
    }

    @Test
    void nestedCheckpointsThatNobodyClosedAreReleasedWithTheOthers() {
        Checkpoints checkpoints = new Checkpoints();
        Dataset<Row> computed = checkpoints.nested().compute(numbers("id AS forgotten"));

        checkpoints.close();

        assertThat(isStored(computed)).isFalse();
    }

    @Test
    void aBroadcastValueIsReadByTasks() {
        try (Checkpoints checkpoints = new Checkpoints()) {
            Broadcast<String> sent = checkpoints.broadcast(SPARK, "sent");

            assertThat(sent.value()).isEqualTo("sent");
        }
    }

    private static Dataset<Row> numbers(String expression) {
        return SPARK.range(3).selectExpr(expression);
    }

    private static List<Long> values(Dataset<Row> rows) {
        return rows.collectAsList().stream().map(row -> row.getLong(0)).toList();
    }

    private static LogicalPlan plan(Dataset<Row> rows) {
        return ((org.apache.spark.sql.classic.Dataset<Row>) rows)
                .queryExecution()
                .logical();
    }

    private static boolean isStored(Dataset<Row> computed) {
        return !((LogicalRDD) plan(computed)).rdd().getStorageLevel().equals(StorageLevel.NONE());
    }
}
