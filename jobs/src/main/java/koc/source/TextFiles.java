package koc.source;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Reads CSV and JSON files as rows of texts.
 *
 * <p>Spark's own readers drop files beside {@code x=y} folders, take names with brackets as patterns, keep the first of
 * several JSON objects on a line, and replace invalid bytes silently. This reader reads the listed files, and no others.
 */
final class TextFiles {
    /** Number of columns behind those of the source: malformed text, covered, file, arrived. */
    static final int ORIGIN_COLUMNS = 4;

    private static final long MIN_PART_BYTES = 1L << 22;
    private static final long MAX_PART_BYTES = 1L << 26;

    private TextFiles() {}

    /**
     * The rows of these files.
     *
     * @param columns the columns of each file's layout
     * @param filters what changes the texts of each column
     * @param flatArrival the day on which a file outside of {@code arrived=} folders arrived
     */
    static Dataset<Row> read(
            SparkSession spark,
            List<ProbedText> files,
            StructType columns,
            List<TextFilter> filters,
            LocalDate flatArrival) {
        int parallelism = spark.sparkContext().defaultParallelism();
        List<FilePart> parts = parts(files, parallelism);
        int slices = Math.max(1, Math.min(parts.size(), 4 * parallelism + parts.size() / 16));
        SerializableConfiguration hadoop =
                new SerializableConfiguration(spark.sessionState().newHadoopConf());
        TextFilter[] filterOfColumn = filters.toArray(TextFilter[]::new);
        JavaRDD<InternalRow> rows = JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(parts, slices)
                .mapPartitions(some -> new PartRows(some, filterOfColumn, hadoop.value(), flatArrival));
        return ((org.apache.spark.sql.classic.SparkSession) spark)
                .internalCreateDataFrame(rows.rdd(), schema(columns), false);
    }

    private static StructType schema(StructType columns) {
        return columns.add(LandingReader.MALFORMED, DataTypes.StringType)
                .add(LandingReader.COVERED, DataTypes.IntegerType, false)
                .add(LandingReader.FILE, DataTypes.StringType, false)
                .add(LandingReader.ARRIVED, DataTypes.DateType, false);
    }

    private static List<FilePart> parts(List<ProbedText> files, int parallelism) {
        long total = files.stream().mapToLong(probed -> probed.file().bytes()).sum();
        long wanted = Math.min(MAX_PART_BYTES, Math.max(MIN_PART_BYTES, total / (2L * parallelism) + 1));
        List<FilePart> parts = new ArrayList<>();
        for (ProbedText probed : files) {
            long bytes = probed.file().bytes();
            long count = probed.canBeSplit() ? Math.max(1, bytes / wanted) : 1;
            for (long i = 0; i < count; i++) {
                long end = i == count - 1 ? Long.MAX_VALUE : bytes * (i + 1) / count;
                parts.add(probed.part(bytes * i / count, end));
            }
        }
        return parts;
    }
}
