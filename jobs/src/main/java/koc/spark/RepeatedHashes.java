package koc.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Finds which of many 64-bit hashes occur more than once. Equal hashes almost always mean equal values.
 *
 * <p>Up to 16 million hashes are sorted in the driver, where they take up to 256 MB. That is several times faster than a shuffle.
 */
public final class RepeatedHashes {
    private static final long MAX_IN_DRIVER = 1L << 24;
    /** Maximum number of repeated hashes that become rows of the driver. */
    private static final int MAX_FOUND = 1_000_000;

    private RepeatedHashes() {}

    /**
     * The hashes that occur more than once, one row for each, in a column of the same name.
     *
     * @param hashes one column of hashes, never null
     * @param count how many these are at most
     */
    public static Dataset<Row> find(Dataset<Row> hashes, long count) {
        if (count > MAX_IN_DRIVER) {
            return shuffled(hashes);
        }
        long[] found = repeated(hashes).limit(MAX_FOUND + 1L).toArray();
        if (found.length > MAX_FOUND) {
            return shuffled(hashes);
        }
        List<Row> rows =
                Arrays.stream(found).mapToObj(hash -> RowFactory.create(hash)).toList();
        return hashes.sparkSession().createDataFrame(rows, hashes.schema());
    }

    /**
     * Whether any hash occurs more than once.
     *
     * @param hashes one column of hashes, never null
     * @param count how many these are at most
     */
    public static boolean anyRepeated(Dataset<Row> hashes, long count) {
        return count > MAX_IN_DRIVER
                ? !shuffled(hashes).isEmpty()
                : repeated(hashes).findAny().isPresent();
    }

    /** Distributed before they are counted: few hashes are equal, so counting first would not make them fewer. */
    static Dataset<Row> shuffled(Dataset<Row> hashes) {
        String name = hashes.columns()[0];
        return hashes.repartition(col(name))
                .groupBy(name)
                .agg(count(lit(1)).as("rows"))
                .where("rows > 1")
                .select(name);
    }

    private static LongStream repeated(Dataset<Row> hashes) {
        // Spark's own rows: as objects, millions of numbers would be made and thrown away.
        List<long[]> parts = hashes.queryExecution()
                .toRdd()
                .toJavaRDD()
                .mapPartitions(RepeatedHashes::array)
                .collect();
        long[] all = new long[parts.stream().mapToInt(part -> part.length).sum()];
        int end = 0;
        for (long[] part : parts) {
            System.arraycopy(part, 0, all, end, part.length);
            end += part.length;
        }
        Arrays.sort(all);
        // The second of several equal ones.
        return IntStream.range(1, all.length)
                .filter(i -> all[i] == all[i - 1] && (i == 1 || all[i] != all[i - 2]))
                .mapToLong(i -> all[i]);
    }

    private static Iterator<long[]> array(Iterator<InternalRow> hashes) {
        long[] all = new long[1024];
        int count = 0;
        while (hashes.hasNext()) {
            if (count == all.length) {
                all = Arrays.copyOf(all, 2 * count);
            }
            all[count++] = hashes.next().getLong(0);
        }
        return List.of(Arrays.copyOf(all, count)).iterator();
    }
}
