package koc.source;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.is_valid_utf8;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.make_valid_utf8;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.regexp_extract;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.replace;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.to_utc_timestamp;
import static org.apache.spark.sql.functions.url_decode;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import koc.error.KocException;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Reads Parquet files with their own types. Only the columns that the pipeline uses are read, so that the others may have any
 * type.
 */
final class ParquetFiles {
    private static final int DIGITS_OF_LONG = 18;

    private final SparkSession spark;
    /** Tells names apart that differ in upper and lower case, and reads timestamps in nanoseconds as numbers. */
    private final SparkSession readingSession;

    ParquetFiles(org.apache.spark.sql.SparkSession spark) {
        this.spark = (SparkSession) spark;
        this.readingSession = this.spark.cloneSession();
        readingSession.conf().set("spark.sql.caseSensitive", "true");
        readingSession.conf().set("spark.sql.legacy.parquet.nanosAsLong", "true");
    }

    /**
     * The rows of files of the same schema.
     *
     * @param flatArrival the day on which a flat source arrived; null for a source with {@code arrived=} folders
     */
    Dataset<Row> read(
            List<FileProbe> files, SourceSchema source, SourceFormat format, @Nullable LocalDate flatArrival) {
        FileProbe first = files.get(0);
        MessageType schema = Objects.requireNonNull(first.schema());
        ColumnSearch search = new ColumnSearch(first.file(), first.columns(), format.headerCase());
        List<ParquetColumn> available = ParquetColumn.of(schema);
        List<ParquetColumn> used = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        for (String column : source.columns()) {
            int index = search.indexOf(source.landingName(column));
            if (index >= 0) {
                ParquetColumn field = available.get(index);
                used.add(field);
                columns.add(value(field, sparkType(first.file(), field.type())).as(column));
            }
        }
        StructType read = readSchema(first.file(), schema, used);
        columns.add(malformed(first.file(), used).as(LandingReader.MALFORMED));
        columns.add(lit(1).as(LandingReader.COVERED));
        Column file = fileName(first.file());
        columns.add(file.as(LandingReader.FILE));
        columns.add((flatArrival == null ? arrivalDay(file) : lit(flatArrival)).as(LandingReader.ARRIVED));
        String[] paths =
                files.stream().map(probe -> pattern(probe.file().path())).toArray(String[]::new);
        Dataset<Row> rows = readingSession.read().schema(read).parquet(paths).select(columns.toArray(Column[]::new));
        return org.apache.spark.sql.classic.Dataset.ofRows(
                spark,
                ((org.apache.spark.sql.classic.Dataset<Row>) rows)
                        .queryExecution()
                        .analyzed());
    }

    /** The fields that contain the used columns, and nothing else. */
    private StructType readSchema(LandingFile file, MessageType schema, List<ParquetColumn> used) {
        StructType read = new StructType();
        for (Type field : schema.getFields()) {
            Set<List<String>> paths = used.stream()
                    .map(ParquetColumn::path)
                    .filter(path -> path.get(0).equals(field.getName()))
                    .collect(Collectors.toSet());
            if (!paths.isEmpty()) {
                read = read.add(field.getName(), readType(file, ParquetColumn.prune(field, paths, 1)));
            }
        }
        return read;
    }

    private DataType readType(LandingFile file, Type field) {
        if (!ParquetColumn.isStruct(field)) {
            return sparkType(file, field);
        }
        StructType struct = new StructType();
        for (Type inner : field.asGroupType().getFields()) {
            struct = struct.add(inner.getName(), readType(file, inner));
        }
        return struct;
    }

    /** The pattern that only this path matches: Spark takes a path with brackets, stars or question marks as a pattern. */
    private static String pattern(String path) {
        return path.replaceAll("[\\\\{}\\[\\]*?]", "\\\\$0");
    }

    private DataType sparkType(LandingFile file, Type field) {
        try {
            DataType type = new ParquetToSparkSchemaConverter(
                            readingSession.sessionState().conf())
                    .convert(new MessageType("column", field))
                    .apply(0)
                    .dataType();
            // Spark's reader fails at decimals in bytes that would fit into a long.
            boolean isInBytes =
                    field.isPrimitive() && field.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY;
            return isInBytes && type instanceof DecimalType decimal && decimal.precision() <= DIGITS_OF_LONG
                    ? DataTypes.createDecimalType(DIGITS_OF_LONG + 1, decimal.scale())
                    : type;
        } catch (Exception unknown) {
            // Spark throws a checked exception that it does not declare.
            throw KocException.input(
                            "landing " + file.name() + ": the column " + field.getName() + " cannot be read",
                            "its Parquet type is " + field,
                            "write it as a text, a number or a timestamp")
                    .causedBy(unknown);
        }
    }

    private Column value(ParquetColumn field, DataType type) {
        Column column = col(field.expression());
        if (type instanceof BinaryType) {
            return column.cast(DataTypes.StringType);
        }
        if (field.type().getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation timestamp
                && timestamp.getUnit() == TimeUnit.NANOS) {
            Column instant = timestamp_micros(expr(field.expression() + " div 1000"));
            // Without an offset it is a local time, as in other formats.
            return timestamp.isAdjustedToUTC()
                    ? instant
                    : to_utc_timestamp(instant, spark.conf().get("spark.sql.session.timeZone"));
        }
        return column;
    }

    /** The row as JSON, if a text in it is not valid UTF-8 or has the character NUL; null for other rows. */
    private Column malformed(LandingFile file, List<ParquetColumn> used) {
        List<Column> shown = new ArrayList<>();
        Column isInvalid = lit(false);
        for (ParquetColumn column : used) {
            DataType type = sparkType(file, column.type());
            if (type instanceof StringType || type instanceof BinaryType) {
                Column text = col(column.expression()).cast(DataTypes.StringType);
                isInvalid = isInvalid.or(coalesce(not(is_valid_utf8(text)).or(text.contains(lit("\0"))), lit(false)));
                shown.add(make_valid_utf8(text).as(column.name()));
            }
        }
        return shown.isEmpty()
                ? lit(null).cast(DataTypes.StringType)
                : when(isInvalid, to_json(struct(shown.toArray(Column[]::new))));
    }

    /** The name of the row's file, relative to the landing folder. */
    private static Column fileName(LandingFile any) {
        Column encodedPath = regexp_replace(col("_metadata.file_path"), lit("^[A-Za-z0-9+.-]+:(//[^/]*)?"), lit(""));
        // A plus sign is no blank here, as it would be in a form.
        Column path = url_decode(replace(encodedPath, lit("+"), lit("%2B")));
        String anyPath = new Path(any.path()).toUri().getPath();
        // Spark counts the characters of a text, Java counts some of them, such as emojis, twice.
        int rootLength = anyPath.codePointCount(0, anyPath.length() - any.name().length());
        return substring(path, lit(rootLength + 1), length(path));
    }

    private static Column arrivalDay(Column file) {
        return to_date(regexp_extract(file, "^.*?/arrived=([0-9-]+)/", 1));
    }
}
