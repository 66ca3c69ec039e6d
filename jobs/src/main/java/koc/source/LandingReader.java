package koc.source;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.substring_index;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import koc.error.KocException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Reads the files of a source into rows whose columns are bound by name. */
public final class LandingReader {
    /** The file of a row, below the landing folder. */
    public static final String FILE = "landing_file";
    /** The day on which a row arrived. */
    public static final String ARRIVED = "arrived";
    /** The text of a row that is not what its format asks for; null when it is. */
    public static final String MALFORMED = "malformed_text";

    private LandingReader() {}

    /**
     * The rows of these files of a source, as they landed.
     *
     * <p>Every file is looked into first: one that is empty, is not what its name says or lacks a required column is
     * refused before a row is read. Text files give texts; Parquet gives its own types.
     *
     * @param flatArrival the day on which a flat source counts as arrived
     * @param multiLine whether quoted CSV values may hold line breaks; such a file is read by one task
     */
    public static LandedRows read(
            SparkSession spark,
            SourceFolder folder,
            List<LandingFile> files,
            Shape shape,
            LocalDate flatArrival,
            boolean multiLine) {
        Configuration hadoop = spark.sessionState().newHadoopConf();
        Map<String, List<LandingFile>> groups = new LinkedHashMap<>();
        Map<String, List<String>> columns = new LinkedHashMap<>();
        SortedSet<String> unknown = new TreeSet<>();
        for (LandingFile file : files) {
            FileProbe probe = FileProbe.of(file, hadoop);
            requireColumns(file, probe.columns(), shape);
            unknown.addAll(probe.columns());
            groups.computeIfAbsent(probe.layout(), any -> new ArrayList<>()).add(file);
            columns.put(probe.layout(), probe.columns());
        }
        shape.columns().forEach(column -> unknown.remove(shape.landingName(column)));
        unknown.remove("");
        List<Dataset<Row>> parts = new ArrayList<>();
        groups.forEach((layout, group) -> {
            List<String> found = columns.getOrDefault(layout, List.of());
            DataFrameReader reader = spark.read().option("basePath", folder.path());
            String[] paths = group.stream().map(LandingFile::path).toArray(String[]::new);
            Optional<LocalDate> arrival = folder.isFlat() ? Optional.of(flatArrival) : Optional.empty();
            parts.add(
                    switch (group.get(0).format()) {
                        case CSV -> csv(reader, paths, found, shape, arrival, multiLine);
                        case JSON_LINES -> json(reader, paths, shape, arrival);
                        case PARQUET -> parquet(reader, paths, found, shape, arrival);
                    });
        });
        return new LandedRows(parts, unknown);
    }

    private static void requireColumns(LandingFile file, List<String> found, Shape shape) {
        // A JSON object may leave out what it has no value for, so its lines are judged one by one.
        if (file.format() == Format.JSON_LINES) {
            return;
        }
        List<String> missing = shape.columns().stream()
                .filter(shape.required()::contains)
                .map(shape::landingName)
                .filter(name -> !found.contains(name))
                .toList();
        if (!missing.isEmpty()) {
            throw KocException.input(
                    "landing " + file.name() + ": missing the required columns " + missing,
                    "found " + found,
                    "add them, or say what they are called: koc.source.columns." + shape.source() + "."
                            + shape.columns().stream()
                                    .filter(column -> missing.contains(shape.landingName(column)))
                                    .findFirst()
                                    .orElseThrow()
                            + " = \"<name in the file>\"");
        }
    }

    /** The header says what stands where in these files; the columns get our names, or one that nobody asks for. */
    private static Dataset<Row> csv(
            DataFrameReader reader,
            String[] paths,
            List<String> header,
            Shape shape,
            Optional<LocalDate> arrival,
            boolean multiLine) {
        Map<String, String> known = new LinkedHashMap<>();
        shape.columns().forEach(column -> known.put(shape.landingName(column), column));
        StructType schema = new StructType();
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < header.size(); i++) {
            String column = known.get(header.get(i));
            schema = schema.add(column == null ? "unknown_column_" + i : column, DataTypes.StringType);
            if (column != null) {
                columns.add(col(column));
            }
        }
        columns.add(col(MALFORMED));
        return reader.schema(withOrigin(schema, arrival))
                .option("header", "true")
                .option("quote", "\"")
                .option("escape", "\"")
                .option("mode", "PERMISSIVE")
                .option("columnNameOfCorruptRecord", MALFORMED)
                // A parser that skips columns nobody asked for would not see that a line has too few or too many.
                .option("columnPruning", "false")
                .option("multiLine", multiLine)
                .csv(paths)
                .select(withOrigin(columns, shape, arrival));
    }

    private static Dataset<Row> json(DataFrameReader reader, String[] paths, Shape shape, Optional<LocalDate> arrival) {
        StructType schema = new StructType();
        List<Column> columns = new ArrayList<>();
        for (String column : shape.columns()) {
            String landed = shape.landingName(column);
            schema = schema.add(landed, DataTypes.StringType);
            columns.add(col(quoted(landed)).as(column));
        }
        columns.add(col(MALFORMED));
        return reader.schema(withOrigin(schema, arrival))
                .option("mode", "PERMISSIVE")
                .option("columnNameOfCorruptRecord", MALFORMED)
                .json(paths)
                .select(withOrigin(columns, shape, arrival));
    }

    private static Dataset<Row> parquet(
            DataFrameReader reader, String[] paths, List<String> found, Shape shape, Optional<LocalDate> arrival) {
        List<Column> columns = new ArrayList<>();
        for (String column : shape.columns()) {
            if (found.contains(shape.landingName(column))) {
                columns.add(col(quoted(shape.landingName(column))).as(column));
            }
        }
        columns.add(lit(null).cast(DataTypes.StringType).as(MALFORMED));
        return reader.parquet(paths).select(withOrigin(columns, shape, arrival));
    }

    private static StructType withOrigin(StructType schema, Optional<LocalDate> flatArrival) {
        StructType readable = schema.add(MALFORMED, DataTypes.StringType);
        return flatArrival.isPresent() ? readable : readable.add(ARRIVED, DataTypes.DateType);
    }

    private static Column[] withOrigin(List<Column> columns, Shape shape, Optional<LocalDate> arrival) {
        List<Column> all = new ArrayList<>(columns);
        String folder = shape.source() + "/";
        all.add(concat(lit(folder), substring_index(col("_metadata.file_path"), "/" + folder, -1))
                .as(FILE));
        all.add(arrival.map(day -> lit(day).as(ARRIVED)).orElseGet(() -> col(ARRIVED)));
        return all.toArray(Column[]::new);
    }

    /** A name as a column expression: a landing column may hold dots and spaces. */
    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
