package koc.warehouse;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.expressions.Predicate;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import koc.error.KocException;
import koc.warehouse.DataFiles.DataFile;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.jspecify.annotations.Nullable;

/**
 * Reads a few rows of a warehouse without Spark, in about a second: Delta Kernel reads the log of a table and the
 * Parquet files of a day. For commands that look up single ids, and for the keys of rows that were just written; jobs read with {@link Warehouse}.
 */
public final class StoredTables {
    private final String folder;
    private final DataFiles dataFiles;
    private final Engine engine;

    /**
     * Opens the warehouse in this folder, any path that Hadoop supports.
     *
     * @throws KocException when another version of this program made it
     */
    public StoredTables(Configuration hadoop, String warehouse) {
        this.folder = warehouse.replaceAll("(?<=.)/+$", "");
        WarehouseFormat.check(hadoop, folder);
        this.dataFiles = new DataFiles(hadoop);
        this.engine = DefaultEngine.create(hadoop);
    }

    /**
     * Rows to read.
     *
     * @param column in which all rows have {@code value}; null for all rows
     * @param columns the columns to read; those with another type than {@link StoredRow} has are left out
     */
    private record Selection(@Nullable String column, String value, List<String> columns) {}

    /** The files that Delta Kernel is asked to read. */
    private record Files(Iterator<FileStatus> files) implements CloseableIterator<FileStatus> {
        @Override
        public boolean hasNext() {
            return files.hasNext();
        }

        @Override
        public FileStatus next() {
            return files.next();
        }

        @Override
        public void close() {
            // A list has nothing to close.
        }
    }

    /** The folder of the warehouse. */
    public String folder() {
        return folder;
    }

    /** The days of a table that have rows, in their order. */
    public List<LocalDate> days(Table table) {
        TreeSet<LocalDate> days = new TreeSet<>();
        files(table).forEach(file -> days.add(file.date()));
        return List.copyOf(days);
    }

    /** All rows of a day, with these columns, or with all columns if none is named. */
    public List<StoredRow> read(Table table, LocalDate day, String... columns) {
        return rows(table, day, day, new Selection(null, "", selected(table, columns)));
    }

    /** The rows of a day in which a text column has this value, with these columns, or all columns. */
    public List<StoredRow> find(Table table, LocalDate day, String column, String value, String... columns) {
        return rows(table, day, day, new Selection(column, value, selected(table, columns)));
    }

    /** The rows up to a day in which a text column has this value, with these columns, or all columns. */
    public List<StoredRow> findUpTo(Table table, LocalDate day, String column, String value, String... columns) {
        return rows(table, LocalDate.MIN, day, new Selection(column, value, selected(table, columns)));
    }

    /** The rows of the latest day up to this one; none if there is no such day. */
    public List<StoredRow> readLatestDay(Table table, LocalDate day) {
        return days(table).stream()
                .filter(date -> !date.isAfter(day))
                .reduce((first, second) -> second)
                .map(latest -> read(table, latest))
                .orElse(List.of());
    }

    /** Whether {@link #haveDifferentKeys} can read the key of a table. */
    static boolean canReadKeys(Table table) {
        List<String> inFiles = table.key().stream()
                .filter(name -> !table.partitioning().contains(name))
                .toList();
        return !inFiles.isEmpty()
                && inFiles.stream()
                        .map(name -> table.column(name).dataType())
                        // Equal doubles may differ in their bits, and arrays are not compared by their elements.
                        .allMatch(type -> StoredTypes.isReadable(type)
                                && !type.equals(DataTypes.DoubleType)
                                && !(type instanceof ArrayType));
    }

    /** Whether no two rows of these files have the same key. The files are plain Parquet and have few rows. */
    boolean haveDifferentKeys(Table table, List<DataFile> files) {
        List<StoredRow> rows = new ArrayList<>();
        files.forEach(file -> addRows(table, file, new Selection(null, "", table.key()), rows));
        Set<List<Optional<Object>>> keys = new HashSet<>();
        return rows.stream()
                .allMatch(row -> keys.add(table.key().stream()
                        .map(name -> Optional.ofNullable(row.get(name)))
                        .toList()));
    }

    private static List<String> selected(Table table, String... columns) {
        return columns.length == 0 ? table.columnNames() : List.of(columns);
    }

    private List<DataFile> files(Table table) {
        return dataFiles.list(table, folder + "/" + table.name());
    }

    private List<StoredRow> rows(Table table, LocalDate from, LocalDate to, Selection selection) {
        List<StoredRow> rows = new ArrayList<>();
        for (DataFile file : files(table)) {
            if (!file.date().isBefore(from) && !file.date().isAfter(to)) {
                addRows(table, file, selection, rows);
            }
        }
        return rows;
    }

    private void addRows(Table table, DataFile file, Selection selection, List<StoredRow> rows) {
        if (!file.isPlain()) {
            throw KocException.input(
                    "table " + table + ", " + file.date() + ": its file " + file.path() + " is not plain Parquet",
                    "a tool other than koc-pipeline has changed the table",
                    "write it again: koc " + table.job() + " --date " + file.date());
        }
        StructType schema = schema(table, selection);
        FileStatus status =
                FileStatus.of(file.path(), file.size(), file.writtenAt().toEpochMilli());
        try (CloseableIterator<FileReadResult> batches = engine.getParquetHandler()
                .readParquetFiles(new Files(List.of(status).iterator()), schema, condition(selection))) {
            Map<String, Object> ofFile = partition(table, file);
            while (batches.hasNext()) {
                addRows(table, batches.next().getData(), selection, ofFile, rows);
            }
        } catch (IOException | RuntimeException unreadable) {
            String name = file.path().substring(file.path().lastIndexOf('/') + 1);
            throw DamagedTable.file(table, file.date().toString(), name, String.valueOf(unreadable.getMessage()))
                    .causedBy(unreadable);
        }
    }

    private static void addRows(
            Table table, ColumnarBatch batch, Selection selection, Map<String, Object> ofFile, List<StoredRow> rows) {
        StructType schema = batch.getSchema();
        ColumnVector keys =
                selection.column() == null ? null : batch.getColumnVector(schema.indexOf(selection.column()));
        for (int row = 0; row < batch.getSize(); row++) {
            if (keys != null && (keys.isNullAt(row) || !keys.getString(row).equals(selection.value()))) {
                continue;
            }
            Map<String, Object> values = new HashMap<>(ofFile);
            for (int column = 0; column < schema.length(); column++) {
                ColumnVector vector = batch.getColumnVector(column);
                if (!vector.isNullAt(row)) {
                    values.put(schema.at(column).getName(), StoredTypes.value(vector, row));
                }
            }
            rows.add(new StoredRow(table, values));
        }
    }

    /** Files of which the statistics exclude the value are not read. */
    private static Optional<Predicate> condition(Selection selection) {
        return Optional.ofNullable(selection.column())
                .map(column -> new Predicate(
                        "=", new io.delta.kernel.expressions.Column(column), Literal.ofString(selection.value())));
    }

    /** The selected columns that are in the files: values of partition columns are in the names of their folders. */
    private static StructType schema(Table table, Selection selection) {
        StructType schema = new StructType();
        for (String name : table.columnNames()) {
            DataType type = table.column(name).dataType();
            boolean isWanted = selection.columns().contains(name) || name.equals(selection.column());
            if (isWanted && !table.partitioning().contains(name) && StoredTypes.isReadable(type)) {
                schema = schema.add(name, StoredTypes.type(type));
            }
        }
        return schema;
    }

    private static Map<String, Object> partition(Table table, DataFile file) {
        Map<String, Object> values = new HashMap<>();
        for (String name : table.partitioning()) {
            for (String part : file.path().split("/", -1)) {
                if (part.startsWith(name + "=")) {
                    String text = part.substring(name.length() + 1);
                    boolean isDay = table.column(name).dataType() instanceof DateType;
                    values.put(name, isDay ? LocalDate.parse(text) : text);
                }
            }
        }
        return values;
    }
}
