package koc.table;

import io.delta.kernel.DataWriteContext;
import io.delta.kernel.TableManager;
import io.delta.kernel.Transaction;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.ConcurrentWriteException;
import io.delta.kernel.exceptions.TableAlreadyExistsException;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.internal.types.DataTypeJsonSerDe;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.transaction.DataLayoutSpec;
import io.delta.kernel.utils.CloseableIterable;
import io.delta.kernel.utils.DataFileStatus;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import koc.error.KocException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalogUtils;
import org.apache.spark.sql.types.DataTypes;

/**
 * Makes a table of files that are already in its folder: its declaration and its first rows in one commit, by Delta Kernel
 * in the driver. Delta on Spark would take a commit for each, and Spark jobs to look at what it has just written.
 */
final class FirstCommit {
    private FirstCommit() {}

    /** Commits a new table with these files, each in the folders of its partition. */
    static void of(Engine engine, Table table, String path, List<FileStatus> files) {
        try {
            Transaction transaction = TableManager.buildCreateTableTransaction(
                            path,
                            DataTypeJsonSerDe.deserializeStructType(
                                    table.schema().json()),
                            "koc-pipeline")
                    .withDataLayoutSpec(DataLayoutSpec.partitioned(
                            table.partitioning().stream().map(Column::new).toList()))
                    .withTableProperties(Map.of("comment", table.description()))
                    .withMaxRetries(0)
                    .build(engine);
            Row state = transaction.getTransactionState(engine);
            List<Row> additions = new ArrayList<>();
            for (FileStatus file : files) {
                DataWriteContext context = Transaction.getWriteContext(engine, state, partition(table, file.getPath()));
                DataFileStatus written = new DataFileStatus(
                        file.getPath().toString(), file.getLen(), file.getModificationTime(), Optional.empty());
                Transaction.generateAppendActions(
                                engine,
                                state,
                                Utils.toCloseableIterator(List.of(written).iterator()),
                                context)
                        .forEachRemaining(additions::add);
            }
            transaction.commit(
                    engine, CloseableIterable.inMemoryIterable(Utils.toCloseableIterator(additions.iterator())));
        } catch (TableAlreadyExistsException | ConcurrentWriteException overtaken) {
            throw KocException.usage(
                            "table " + table + ": another process made it in " + path + " at the same moment",
                            "two runs must not begin one warehouse at once",
                            "wait for the other run to end, and run again")
                    .causedBy(overtaken);
        }
    }

    private static Map<String, Literal> partition(Table table, Path file) {
        Map<String, Literal> values = new LinkedHashMap<>();
        Path folder = file.getParent();
        for (int i = table.partitioning().size() - 1; i >= 0; i--) {
            String column = table.partitioning().get(i);
            String value =
                    ExternalCatalogUtils.unescapePathName(folder.getName().substring(column.length() + 1));
            values.put(
                    column,
                    table.column(column).dataType().equals(DataTypes.DateType)
                            ? Literal.ofDate((int) LocalDate.parse(value).toEpochDay())
                            : Literal.ofString(value));
            folder = folder.getParent();
        }
        return values;
    }
}
