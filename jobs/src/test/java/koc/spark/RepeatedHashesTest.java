package koc.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import koc.SparkTest;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class RepeatedHashesTest extends SparkTest {
    private static final Dataset<Row> HASHES = hashes(3L, -1L, 7L, 3L, 0L, 3L, Long.MIN_VALUE, -1L);

    @Test
    void eachRepeatedHashIsFoundOnce() {
        assertThat(numbers(RepeatedHashes.find(HASHES, 8))).containsExactly(-1L, 3L);
    }

    @Test
    void manyHashesAreComparedByAShuffleWithTheSameResult() {
        assertThat(numbers(RepeatedHashes.find(HASHES, Long.MAX_VALUE))).containsExactly(-1L, 3L);
        assertThat(RepeatedHashes.anyRepeated(HASHES, Long.MAX_VALUE)).isTrue();
    }

    @Test
    void differentHashesAreNotRepeated() {
        Dataset<Row> different = hashes(1L, 2L, 3L);

        assertThat(RepeatedHashes.anyRepeated(different, 3)).isFalse();
        assertThat(RepeatedHashes.anyRepeated(different.limit(0), 0)).isFalse();
        assertThat(RepeatedHashes.anyRepeated(HASHES, 8)).isTrue();
    }

    private static Dataset<Row> hashes(Long... values) {
        return SPARK.createDataset(List.of(values), Encoders.LONG())
                .toDF("hash")
                .repartition(3);
    }

    private static List<Long> numbers(Dataset<Row> rows) {
        return rows.orderBy("hash").as(Encoders.LONG()).collectAsList();
    }
}
