package koc.workbook;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import koc.run.JobRun;
import koc.text.Texts;
import koc.warehouse.PublishedNumbers;
import koc.warehouse.Table;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * One sheet of a workbook: a published table, with names beside ids. Immutable; every method returns a changed copy.
 *
 * @param table whose rows it shows
 * @param first columns to act on, in order; the others follow in the order of the table
 * @param lookups names beside ids
 * @param where condition in SQL that the rows satisfy
 * @param order of the rows, before the key
 */
record Sheet(Table table, List<String> first, List<Lookup> lookups, String where, List<Column> order) {

    /** A sheet with all rows of the table in the order of its key. */
    static Sheet of(Table table, String... first) {
        return new Sheet(table, List.of(first), List.of(), "true", List.of());
    }

    Sheet naming(Lookup... names) {
        return new Sheet(table, first, List.of(names), where, order);
    }

    Sheet where(String condition) {
        return new Sheet(table, first, lookups, condition, order);
    }

    Sheet sortedBy(Column... columns) {
        return new Sheet(table, first, lookups, where, List.of(columns));
    }

    /** The name of its CSV file, and of its texts. */
    String id() {
        return table.name();
    }

    /** The tables that it shows. */
    Stream<Table> reads() {
        return Stream.concat(Stream.of(table), lookups.stream().map(Lookup::table));
    }

    /** Its columns: those to act on first, then the others without the day, which is the same in all rows. */
    List<SheetColumn> columns(Texts texts) {
        Set<String> names = new LinkedHashSet<>(first);
        names.addAll(table.columnNames());
        names.remove("day");
        return names.stream().map(name -> column(name, texts)).toList();
    }

    private SheetColumn column(String name, Texts texts) {
        boolean isFirst = first.contains(name);
        return lookups.stream()
                .filter(lookup -> lookup.name().equals(name))
                .findFirst()
                .map(lookup -> SheetColumn.of(name, lookup.table().column(lookup.value()), isFirst, texts))
                .orElseGet(() -> SheetColumn.of(name, table.publishedSchema().apply(name), isFirst, texts));
    }

    /**
     * Its rows of the day, with its columns, as they are published.
     *
     * @param names ids and names by the table that knows them
     */
    Dataset<Row> rows(JobRun run, List<SheetColumn> columns, Map<Table, Dataset<Row>> names) {
        Dataset<Row> rows = PublishedNumbers.round(
                table, run.warehouse().read(table, run.day()).where(where));
        for (Lookup lookup : lookups) {
            rows = lookup.addTo(rows, Objects.requireNonNull(names.get(lookup.table())));
        }
        List<Column> sorting = new ArrayList<>(order);
        table.key().forEach(name -> sorting.add(col(name)));
        return rows.orderBy(sorting.toArray(Column[]::new))
                .select(columns.stream().map(column -> col(column.name())).toArray(Column[]::new));
    }

    @Override
    public String toString() {
        return id();
    }
}
