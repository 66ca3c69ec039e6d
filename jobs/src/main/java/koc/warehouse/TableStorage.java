package koc.warehouse;

import static org.apache.spark.sql.functions.col;

import io.delta.exceptions.DeltaConcurrentModificationException;
import io.delta.tables.DeltaTable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import koc.error.KocException;
import koc.spark.Session;
import koc.warehouse.DataFiles.DataFile;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The Delta tables in a folder: lists their files, reads their rows, and commits new rows. */
final class TableStorage {
    /** Maximum number of rows whose keys are compared in the driver. */
    private static final long MAX_ROWS_IN_DRIVER = 20_000;

    /** The error conditions of Spark and Delta for a folder in which no table can be created. */
    private static final Set<String> FOLDER_IN_USE =
            Set.of("TABLE_OR_VIEW_ALREADY_EXISTS", "DELTA_CREATE_TABLE_WITH_NON_EMPTY_LOCATION");

    private final SparkSession spark;
    private final String folder;
    private final DataFiles dataFiles;
    private final StoredTables storedTables;
    /** The paths of files that were found to be whole. */
    private final Set<String> whole = ConcurrentHashMap.newKeySet();

    /** Opens the folder, any path that Hadoop supports. Refuses a folder of another format. */
    TableStorage(SparkSession spark, String folder) {
        this.spark = spark;
        this.folder = folder.replaceAll("(?<=.)/+$", "");
        WarehouseFormat.check(hadoop(), this.folder);
        this.dataFiles = new DataFiles(hadoop());
        this.storedTables = new StoredTables(hadoop(), this.folder);
    }

    SparkSession spark() {
        return spark;
    }

    String folder() {
        return folder;
    }

    /** The folder of one table. */
    String path(Table table) {
        return folder + "/" + table.name();
    }

    boolean exists(Table table) {
        return dataFiles.isTable(path(table));
    }

    /** The table's files of these dates; none if there is no table. */
    List<DataFile> files(Table table, Predicate<LocalDate> dates) {
        return dataFiles.list(table, path(table)).stream()
                .filter(file -> dates.test(file.date()))
                .toList();
    }

    /** The rows of these files. */
    Dataset<Row> load(Table table, List<DataFile> files) {
        if (files.isEmpty()) {
            return empty(table);
        }
        // Spark checks every named file in the storage. For many files Delta's own index is faster.
        if (files.size() > Session.maxNamedFiles(spark) || !files.stream().allMatch(DataFile::isPlain)) {
            List<LocalDate> dates =
                    files.stream().map(DataFile::date).distinct().toList();
            return Session.gather(spark.read()
                    .format("delta")
                    .load(path(table))
                    .where(col(table.dateColumn()).isInCollection(dates))
                    .to(Contract.nullable(table.schema())));
        }
        files.forEach(file -> requireWhole(table, file));
        Column[] columns = table.columnNames().stream().map(name -> col(name)).toArray(Column[]::new);
        return Session.gather(spark.read()
                .schema(Contract.nullable(table.schema()))
                .option("basePath", path(table))
                // File names are literal: a bracket in one is not a pattern.
                .option("__globPaths__", "false")
                .parquet(files.stream().map(DataFile::path).toArray(String[]::new))
                .select(columns));
    }

    /**
     * Whether the rows of these files surely have different keys, found without a Spark job, which takes longer than
     * reading a few rows. False does not say that keys are equal.
     *
     * @param rows the number of rows in the files
     */
    boolean surelyHaveDifferentKeys(Table table, List<DataFile> files, long rows) {
        return rows <= MAX_ROWS_IN_DRIVER
                && files.size() <= Session.maxNamedFiles(spark)
                && StoredTables.canReadKeys(table)
                && files.stream().allMatch(DataFile::isPlain)
                && storedTables.haveDifferentKeys(table, files);
    }

    /** Checks once that a file has the size that the log has. Spark would take an empty file for one without rows. */
    private void requireWhole(Table table, DataFile file) {
        if (whole.contains(file.path())) {
            return;
        }
        Path path = new Path(file.path());
        String found;
        try {
            long size = path.getFileSystem(hadoop()).getFileStatus(path).getLen();
            if (size == file.size()) {
                whole.add(file.path());
                return;
            }
            found = "it has " + size + " bytes instead of " + file.size();
        } catch (FileNotFoundException missing) {
            found = "no such file";
        } catch (IOException unreadable) {
            found = String.valueOf(unreadable.getMessage());
        }
        String folder = table.dateColumn() + "=" + file.date() + "/";
        String name = file.path().substring(file.path().indexOf(folder) + folder.length());
        throw DamagedTable.file(table, file.date().toString(), name, found);
    }

    /** No rows, with the table's columns. */
    Dataset<Row> empty(Table table) {
        return spark.createDataFrame(List.of(), Contract.nullable(table.schema()));
    }

    /** Creates the table as declared, without rows, unless it exists. */
    void create(Table table) {
        if (exists(table)) {
            return;
        }
        WarehouseFormat.mark(hadoop(), folder);
        try {
            DeltaTable.create(spark)
                    .location(absolutePath(table))
                    .comment(table.description())
                    .addColumns(table.schema())
                    .partitionedBy(table.partitioning().toArray(String[]::new))
                    .execute();
        } catch (Exception failure) { // Delta's failures are checked exceptions that Scala does not declare.
            boolean isInUse = isInUse(failure);
            // Another process of this run may just have created it, as declared.
            if (!isInUse || !exists(table)) {
                throw explainNotCreated(table, failure, isInUse);
            }
        }
    }

    /** An absolute path: Delta would read a relative path as the name of a table. */
    private String absolutePath(Table table) throws IOException {
        Path path = new Path(path(table));
        return path.isAbsolute()
                ? path.toString()
                : Path.getPathWithoutSchemeAndAuthority(
                                path.getFileSystem(hadoop()).makeQualified(path))
                        .toString();
    }

    private static boolean isInUse(Exception failure) {
        return failure instanceof DeltaConcurrentModificationException
                || (failure instanceof SparkThrowable spark
                        && FOLDER_IN_USE.contains(String.valueOf(spark.getCondition())));
    }

    private RuntimeException explainNotCreated(Table table, Exception failure, boolean isInUse) {
        if (isInUse) {
            return KocException.usage(
                            "table " + table + ": " + path(table) + " contains files but no Delta table",
                            "a table can only be created in a new or empty folder",
                            "delete these files if you do not need them, or name another folder with --warehouse")
                    .causedBy(failure);
        }
        return failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
    }

    /**
     * Replaces the rows of the slice, in one commit.
     *
     * @param rows all of them in the slice
     * @return the files with the new rows
     */
    List<DataFile> replace(Table table, Dataset<Row> rows, Slice slice) {
        List<DataFile> earlier = files(table, any -> true);
        Set<String> before = earlier.stream().map(DataFile::path).collect(Collectors.toUnmodifiableSet());
        DataFrameWriter<Row> writer =
                rows.write().format("delta").option("userMetadata", "koc " + table.job() + " " + slice);
        if (earlier.stream().anyMatch(file -> slice.mayContain(file.date()))) {
            writer.mode("overwrite").option("replaceWhere", slice.condition()).save(path(table));
        } else {
            // Nothing is there to replace. Delta would look for it with several Spark jobs.
            writer.mode("append").save(path(table));
        }
        return files(table, any -> true).stream()
                .filter(file -> !before.contains(file.path()))
                .toList();
    }

    /** Undoes the table's last commit. */
    void undo(Table table) {
        DeltaTable delta = DeltaTable.forPath(spark, path(table));
        long version = delta.history(1).select("version").head().getLong(0);
        delta.restoreToVersion(version - 1);
    }

    private Configuration hadoop() {
        return spark.sparkContext().hadoopConfiguration();
    }
}
