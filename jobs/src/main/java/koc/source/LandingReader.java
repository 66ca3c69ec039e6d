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

/** Reads the files of a source. Columns are found by name, so that their order in a file does not matter. */
public final class LandingReader {
    /** Column: the file of a row, relative to the landing folder. */
    public static final String FILE = "landing_file";
    /** Column: the day on which a row arrived. */
    public static final String ARRIVED = "arrived";
    /** Column: the text of a row that does not follow its format; null for other rows. */
    public static final String MALFORMED = "malformed_text";

    private LandingReader() {}

    /**
     * The rows of these files of a source, as they landed.
     *
     * <p>The first bytes of every file are read first. A file that is empty, has another format than its name says or lacks
     * a required column is refused before any row is read.
     * All values of CSV and JSON files are read as text; Parquet files have their own types.
     *
     * @param flatArrival the day on which a flat source counts as arrived
     * @param multiLine whether quoted CSV values may contain line breaks; if so, a single task reads each file
     */
    public static LandedRows read(
            SparkSession spark,
            SourceFolder folder,
            List<LandingFile> files,
            SourceSchema sourceSchema,
            LocalDate flatArrival,
            boolean multiLine) {
        Configuration hadoop = spark.sessionState().newHadoopConf();
        Map<String, List<LandingFile>> groups = new LinkedHashMap<>();
        Map<String, List<String>> columns = new LinkedHashMap<>();
        SortedSet<String> unknownColumns = new TreeSet<>();
        for (LandingFile file : files) {
            FileProbe probe = FileProbe.probe(file, hadoop);
            requireColumns(file, probe.columns(), sourceSchema);
            unknownColumns.addAll(probe.columns());
            groups.computeIfAbsent(probe.layout(), any -> new ArrayList<>()).add(file);
            columns.put(probe.layout(), probe.columns());
        }
        sourceSchema.columns().forEach(column -> unknownColumns.remove(sourceSchema.landingName(column)));
        unknownColumns.remove("");
        Optional<LocalDate> arrival = folder.isFlat() ? Optional.of(flatArrival) : Optional.empty();
        List<Dataset<Row>> parts = new ArrayList<>();
        groups.forEach((layout, group) -> {
            DataFrameReader reader = spark.read().option("basePath", folder.path());
            String[] paths = group.stream().map(LandingFile::path).toArray(String[]::new);
            List<String> found = columns.getOrDefault(layout, List.of());
            parts.add(
                    switch (group.get(0).format()) {
                        case CSV -> csv(reader, paths, found, sourceSchema, arrival, multiLine);
                        case JSON_LINES -> json(reader, paths, sourceSchema, arrival);
                        case PARQUET -> parquet(reader, paths, found, sourceSchema, arrival);
                    });
        });
        return new LandedRows(parts, unknownColumns);
    }

    private static void requireColumns(LandingFile file, List<String> found, SourceSchema sourceSchema) {
        // A JSON object may omit columns without a value, so each line is checked by itself.
        if (file.format() == Format.JSON_LINES) {
            return;
        }
        List<String> missing = sourceSchema.columns().stream()
                .filter(sourceSchema.required()::contains)
                .map(sourceSchema::landingName)
                .filter(name -> !found.contains(name))
                .toList();
        if (!missing.isEmpty()) {
            throw KocException.input(
                    "landing " + file.name() + ": missing the required columns " + missing,
                    "found " + found,
                    "add them, or name the columns to use instead: koc.source.columns." + sourceSchema.source() + "."
                            + sourceSchema.columns().stream()
                                    .filter(column -> missing.contains(sourceSchema.landingName(column)))
                                    .findFirst()
                                    .orElseThrow()
                            + " = \"<name in the file>\"");
        }
    }

    /** The header gives the order of the columns; columns that the pipeline does not use are dropped. */
    private static Dataset<Row> csv(
            DataFrameReader reader,
            String[] paths,
            List<String> header,
            SourceSchema sourceSchema,
            Optional<LocalDate> arrival,
            boolean multiLine) {
        Map<String, String> columnOf = new LinkedHashMap<>();
        sourceSchema.columns().forEach(column -> columnOf.put(sourceSchema.landingName(column), column));
        StructType schema = new StructType();
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < header.size(); i++) {
            String column = columnOf.get(header.get(i));
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
                // With pruning, the parser would not notice a line with too few or too many values.
                .option("columnPruning", "false")
                .option("multiLine", multiLine)
                .csv(paths)
                .select(withOrigin(columns, sourceSchema, arrival));
    }

    private static Dataset<Row> json(
            DataFrameReader reader, String[] paths, SourceSchema sourceSchema, Optional<LocalDate> arrival) {
        StructType schema = new StructType();
        List<Column> columns = new ArrayList<>();
        for (String column : sourceSchema.columns()) {
            String landed = sourceSchema.landingName(column);
            schema = schema.add(landed, DataTypes.StringType);
            columns.add(col(quoted(landed)).as(column));
        }
        columns.add(col(MALFORMED));
        return reader.schema(withOrigin(schema, arrival))
                .option("mode", "PERMISSIVE")
                .option("columnNameOfCorruptRecord", MALFORMED)
                .json(paths)
                .select(withOrigin(columns, sourceSchema, arrival));
    }

    private static Dataset<Row> parquet(
            DataFrameReader reader,
            String[] paths,
            List<String> found,
            SourceSchema sourceSchema,
            Optional<LocalDate> arrival) {
        List<Column> columns = new ArrayList<>();
        for (String column : sourceSchema.columns()) {
            if (found.contains(sourceSchema.landingName(column))) {
                columns.add(col(quoted(sourceSchema.landingName(column))).as(column));
            }
        }
        columns.add(lit(null).cast(DataTypes.StringType).as(MALFORMED));
        return reader.parquet(paths).select(withOrigin(columns, sourceSchema, arrival));
    }

    private static StructType withOrigin(StructType schema, Optional<LocalDate> flatArrival) {
        StructType readable = schema.add(MALFORMED, DataTypes.StringType);
        return flatArrival.isPresent() ? readable : readable.add(ARRIVED, DataTypes.DateType);
    }

    private static Column[] withOrigin(List<Column> columns, SourceSchema sourceSchema, Optional<LocalDate> arrival) {
        List<Column> all = new ArrayList<>(columns);
        String folder = sourceSchema.source() + "/";
        all.add(concat(lit(folder), substring_index(col("_metadata.file_path"), "/" + folder, -1))
                .as(FILE));
        all.add(arrival.map(day -> lit(day).as(ARRIVED)).orElseGet(() -> col(ARRIVED)));
        return all.toArray(Column[]::new);
    }

    /** A name as a column expression: names of landing columns may contain dots and spaces. */
    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
