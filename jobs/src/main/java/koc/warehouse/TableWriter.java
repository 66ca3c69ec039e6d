package koc.warehouse;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import koc.error.KocException;
import koc.warehouse.DataFiles.DataFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;

/** Writes rows to a table under its contract: all of them or none. */
final class TableWriter {
    private final TableStorage storage;

    TableWriter(TableStorage storage) {
        this.storage = storage;
    }

    /**
     * What a write left.
     *
     * @param files the files with the new rows
     * @param rows how many these are
     */
    record Written(List<DataFile> files, long rows) {}

    /**
     * Puts the rows in place of those that fulfil the condition. Keys are compared in what was written; where two rows share
     * one, the write is undone.
     */
    Written write(Table table, Dataset<Row> rows, String condition) {
        Written written = replace(table, rows, condition);
        Contract.duplicateKey(table, storage.load(table, written.files()), written.rows())
                .ifPresent(key -> {
                    storage.undo(table);
                    throw duplicate(table, condition, key, "the table is as it was before");
                });
        return written;
    }

    /** The same for a few rows that were made in the driver: their keys are compared before anything is written. */
    Written write(Table table, List<Row> rows, String condition) {
        Contract.duplicateKey(table, rows).ifPresent(key -> {
            throw duplicate(table, condition, key, "nothing was written");
        });
        return replace(table, storage.spark().createDataFrame(rows, Contract.nullable(table.schema())), condition);
    }

    private Written replace(Table table, Dataset<Row> rows, String condition) {
        Dataset<Row> declared = Contract.conform(table, rows, condition);
        Observation counted = new Observation();
        AtomicReference<List<DataFile>> files = new AtomicReference<>(List.of());
        Contract.explainingFailure(table, condition, () -> {
            storage.create(table);
            files.set(storage.replace(
                    table, declared.observe(counted, count(lit(1)).as("rows")), condition));
        });
        return new Written(files.get(), rows(counted));
    }

    private static long rows(Observation counted) {
        try {
            return ((Number) counted.getAsJava().getOrDefault("rows", 0L)).longValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static KocException duplicate(Table table, String condition, String key, String state) {
        return KocException.contract(
                "table " + table + ", " + condition + ": more than one row with the key " + key,
                "the declaration promises one row for each (" + String.join(", ", table.key()) + ")",
                state + "; mend the job '" + table.job() + "' or its input");
    }
}
