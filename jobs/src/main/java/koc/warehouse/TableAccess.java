package koc.warehouse;

import java.time.LocalDate;
import java.util.Set;

/**
 * The tables that a job may read and write on a day, which are those it declares. Anything else is a bug in the job: the
 * order of the jobs would not be what the data need.
 *
 * @param job the job's name
 * @param day the run's day
 * @param reads tables of other jobs
 * @param readsPrevious tables of which the job reads what earlier runs left
 * @param writes tables that the job writes; it may also read what it wrote for the day
 */
public record TableAccess(String job, LocalDate day, Set<Table> reads, Set<Table> readsPrevious, Set<Table> writes) {
    public TableAccess {
        reads = Set.copyOf(reads);
        readsPrevious = Set.copyOf(readsPrevious);
        writes = Set.copyOf(writes);
    }

    /** Refuses to read one date of a table, unless that is declared. */
    void requireRead(Table table, LocalDate date) {
        boolean isOwn = date.equals(day) ? writes.contains(table) : readsPrevious.contains(table);
        if (!isOwn && !reads.contains(table)) {
            throw undeclared("reads", table, date.equals(day) ? "reads()" : "reads() or readsPrevious()");
        }
    }

    /** Refuses to read a table's dates up to one, unless that is declared. */
    void requireReadUpTo(Table table) {
        if (!reads.contains(table) && !readsPrevious.contains(table)) {
            throw undeclared("reads", table, "reads() or readsPrevious()");
        }
    }

    /** Refuses to write a table, unless that is declared. */
    void requireWrite(Table table) {
        if (!writes.contains(table)) {
            throw undeclared("writes", table, "writes()");
        }
    }

    private IllegalStateException undeclared(String does, Table table, String where) {
        return new IllegalStateException(
                "job '" + job + "' " + does + " table " + table + ", which it does not declare in " + where);
    }
}
