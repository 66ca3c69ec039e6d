package koc.warehouse;

import java.time.LocalDate;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The rows of a table that a write replaces.
 *
 * @param condition in SQL, over partition columns; the rows of the slice satisfy it
 * @param dates the dates, that is values of the first partition column, on which there may be such rows
 */
record Slice(String condition, Predicate<LocalDate> dates) {
    /** The rows of one date. */
    static Slice of(Table table, LocalDate date) {
        return new Slice(table.dateColumn() + " = DATE'" + date + "'", date::equals);
    }

    /** The rows of these dates. */
    static Slice of(Table table, List<LocalDate> dates) {
        String literals = dates.stream().map(date -> "DATE'" + date + "'").collect(Collectors.joining(", "));
        return new Slice(table.dateColumn() + " IN (" + literals + ")", dates::contains);
    }

    /** The rows that satisfy a condition over partition columns. They may be of any date. */
    static Slice ofAnyDate(String condition) {
        return new Slice(condition, any -> true);
    }

    boolean mayContain(LocalDate date) {
        return dates.test(date);
    }

    @Override
    public String toString() {
        return condition;
    }
}
