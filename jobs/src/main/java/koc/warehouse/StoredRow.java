package koc.warehouse;

import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One stored row of a table.
 *
 * @param table the table that the row is of
 * @param values the columns that are not null: texts, numbers, booleans, days ({@link LocalDate}) or arrays of doubles
 */
public record StoredRow(Table table, Map<String, Object> values) {
    public StoredRow {
        values = Map.copyOf(values);
    }

    /** The value of a declared column; null if it has none. */
    public @Nullable Object get(String column) {
        if (!table.columnNames().contains(column)) {
            throw new IllegalArgumentException("table " + table + " has no column " + column);
        }
        return values.get(column);
    }

    /** The value of a column as a number; null if it has none. */
    public @Nullable Double number(String column) {
        return get(column) instanceof Number number ? number.doubleValue() : null;
    }

    /** The value of a column that always has a number. */
    public double value(String column) {
        Double number = number(column);
        if (number == null) {
            throw new IllegalStateException("table " + table + ": " + column + " has no number in " + values);
        }
        return number;
    }

    /** The value of a column as text; empty if it has none. */
    public String text(String column) {
        Object value = get(column);
        return value == null ? "" : value.toString();
    }

    /** Whether the column is true. */
    public boolean is(String column) {
        return Boolean.TRUE.equals(get(column));
    }

    /** Where the value of a column is stored, such as {@code koc_ranking.score}. */
    public String source(String column) {
        return table.name() + "." + column;
    }
}
