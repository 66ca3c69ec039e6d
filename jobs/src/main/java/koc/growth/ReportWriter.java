package koc.growth;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import koc.tables.Catalog;
import koc.warehouse.Table;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Writes the reports of one day, and remembers which are empty. Several threads may use it at the same time. */
public final class ReportWriter {
    private final Warehouse warehouse;
    private final LocalDate day;
    private final Set<Table> emptyReports = ConcurrentHashMap.newKeySet();

    public ReportWriter(Warehouse warehouse, LocalDate day) {
        this.warehouse = warehouse;
        this.day = day;
    }

    /** Writes the rows of the day, and returns whether there are any. */
    public boolean write(Table table, Dataset<Row> rows) {
        boolean hasRows = warehouse.write(table, day, rows) > 0;
        if (!hasRows) {
            emptyReports.add(table);
        }
        return hasRows;
    }

    /** Writes a day without rows, because there is nothing to report on. */
    public void writeNone(Table table) {
        writeEmpty(table);
        emptyReports.add(table);
    }

    /** Writes a day without rows, which is not listed among the empty reports: another report's note explains it. */
    public void writeEmpty(Table table) {
        warehouse.write(table, day, warehouse.empty(table));
    }

    /** The reports that were written without rows, in the order of the catalog. */
    public List<Table> emptyReports() {
        return Catalog.tables().stream().filter(emptyReports::contains).toList();
    }
}
