package koc.workbook;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.LinkedHashMap;
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
import org.apache.spark.sql.types.StructField;

/**
 * One sheet of a workbook: a published table, with names beside ids. Immutable; every method returns a changed copy.
 *
 * @param table whose rows it shows
 * @param first columns to act on, in order; the others follow in the order of the table
 * @param lookups names beside ids
 * @param where conditions in SQL, with AND between them, that the rows satisfy
 * @param order of the rows, before the key
 * @param blanks when and why a column is left empty
 * @param historyDays days that the records cover, at most 365: headers of columns in _365d name these days
 */
record Sheet(
        Table table,
        List<String> first,
        List<Lookup> lookups,
        String where,
        List<Column> order,
        Map<String, Blank> blanks,
        int historyDays) {
    /** When a column is left empty, and the key of the words why. */
    private record Blank(String reason, Column condition) {}

    private static final String HISTORY_DAYS = "history_days";
    private static final int YEAR = 365;
    /** Columns of shorter windows keep their names: else two of one measure could have the same header. */
    private static final String IN_A_YEAR = "_" + YEAR + "d";

    /** A sheet with all rows of the table in the order of its key. */
    static Sheet of(Table table, String... first) {
        return new Sheet(table, List.of(first), List.of(), "true", List.of(), Map.of(), YEAR);
    }

    Sheet naming(Lookup... names) {
        return new Sheet(table, first, List.of(names), where, order, blanks, historyDays);
    }

    Sheet where(String condition) {
        return new Sheet(table, first, lookups, condition, order, blanks, historyDays);
    }

    Sheet sortedBy(Column... columns) {
        return new Sheet(table, first, lookups, where, List.of(columns), blanks, historyDays);
    }

    /**
     * With these columns empty where the condition, on columns of the sheet, is true.
     *
     * @param reason that the definitions give, as a key of the texts: {@code workbook.empty.} and this word
     */
    Sheet leavingEmpty(String reason, Column condition, String... columns) {
        Map<String, Blank> all = new LinkedHashMap<>();
        List.of(columns).forEach(column -> all.put(column, new Blank(reason, condition)));
        return new Sheet(table, first, lookups, where, order, all, historyDays);
    }

    Sheet withHistory(int days) {
        return new Sheet(table, first, lookups, where, order, blanks, days);
    }

    /** With the days that the table says its records cover, if it has such a column and rows. */
    Sheet withHistory(JobRun run) {
        if (!table.columnNames().contains(HISTORY_DAYS)) {
            return this;
        }
        Row days = run.warehouse().read(table, run.day()).agg(max(HISTORY_DAYS)).head();
        return days.isNullAt(0) ? this : withHistory(days.getInt(0));
    }

    /** The name of its CSV file, and of its texts. */
    String id() {
        return table.name();
    }

    /** The tables that it shows. */
    Stream<Table> reads() {
        return Stream.concat(Stream.of(table), lookups.stream().map(Lookup::table));
    }

    /** Its columns: those to act on first, then the others without those that are the same in all rows. */
    List<SheetColumn> columns(Texts texts) {
        Set<String> names = new LinkedHashSet<>(first);
        names.addAll(table.columnNames());
        names.removeIf(this::isSameInAllRows);
        return names.stream().map(name -> column(name, texts)).toList();
    }

    /** Whether it is the day, or the flag that all rows of the sheet have. */
    boolean isSameInAllRows(String column) {
        return column.equals("day") || List.of(where.split(" AND ", -1)).contains(column);
    }

    private SheetColumn column(String name, Texts texts) {
        boolean isFirst = first.contains(name);
        StructField declared = lookups.stream()
                .filter(lookup -> lookup.name().equals(name))
                .findFirst()
                .map(lookup -> lookup.table().column(lookup.value()))
                .orElseGet(() -> table.publishedSchema().apply(name));
        SheetColumn column = SheetColumn.of(name, header(name, texts), declared, isFirst, texts);
        Blank blank = blanks.get(name);
        return blank == null ? column : column.withRemark(texts.pattern("workbook.empty." + blank.reason()));
    }

    /** Its own header for the column, else the one that the column has in all sheets. */
    private String header(String name, Texts texts) {
        String own = "workbook.column." + id() + "." + name;
        String key = texts.has(own) ? own : "workbook.column." + name;
        return name.endsWith(IN_A_YEAR) ? texts.text(key, historyDays) : texts.pattern(key);
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
        Map<String, Column> shown = new LinkedHashMap<>();
        blanks.forEach(
                (column, blank) -> shown.put(column, when(not(coalesce(blank.condition(), lit(false))), col(column))));
        List<Column> sorting = new ArrayList<>(order);
        table.key().forEach(name -> sorting.add(col(name)));
        // All at once: a condition may be on a column that it empties.
        return rows.orderBy(sorting.toArray(Column[]::new))
                .withColumns(shown)
                .select(columns.stream().map(column -> col(column.name())).toArray(Column[]::new));
    }

    @Override
    public String toString() {
        return id();
    }
}
