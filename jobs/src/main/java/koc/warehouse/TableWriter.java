package koc.warehouse;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.List;
import koc.error.KocException;
import koc.warehouse.DataFiles.DataFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;

/** Writes rows to a table after checking its declaration: all rows or none. */
final class TableWriter {
    private final TableStorage storage;

    TableWriter(TableStorage storage) {
        this.storage = storage;
    }

    /**
     * The result of a write.
     *
     * @param files the files with the new rows
     * @param rows the number of new rows
     */
    record Written(List<DataFile> files, long rows) {}

    /**
     * Replaces the rows of the slice. Afterwards it compares the keys of the written rows, and undoes the write
     * if two rows have the same key.
     */
    Written write(Table table, Dataset<Row> rows, Slice slice) {
        Written written = replace(table, rows, slice);
        if (storage.surelyHaveDifferentKeys(table, written.files(), written.rows())) {
            return written;
        }
        Contract.findDuplicateKey(table, storage.load(table, written.files()), written.rows())
                .ifPresent(key -> {
                    storage.undo(table);
                    throw duplicate(table, slice, key, "the write was undone");
                });
        return written;
    }

    /** The same for a few rows that the driver made. Their keys are compared before anything is written. */
    Written write(Table table, List<Row> rows, Slice slice) {
        Contract.findDuplicateKey(table, rows).ifPresent(key -> {
            throw duplicate(table, slice, key, "nothing was written");
        });
        return replace(table, storage.spark().createDataFrame(rows, Contract.nullable(table.schema())), slice);
    }

    private Written replace(Table table, Dataset<Row> rows, Slice slice) {
        Dataset<Row> declared = Contract.conform(table, rows, slice.condition());
        Observation counted = new Observation();
        List<DataFile> files = new ArrayList<>();
        Contract.explainFailure(table, slice.condition(), () -> {
            storage.create(table);
            files.addAll(storage.replace(
                    table, declared.observe(counted, count(lit(1)).as("rows")), slice));
        });
        return new Written(files, rows(counted));
    }

    private static long rows(Observation counted) {
        try {
            return ((Number) counted.getAsJava().getOrDefault("rows", 0L)).longValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static KocException duplicate(Table table, Slice slice, String key, String state) {
        return KocException.contract(
                "table " + table + ", " + slice + ": more than one row with the key " + key,
                "the declaration allows one row per (" + String.join(", ", table.key()) + ")",
                state + "; correct the job '" + table.job() + "' or its input");
    }
}
