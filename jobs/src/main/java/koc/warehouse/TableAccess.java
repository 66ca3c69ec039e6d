package koc.warehouse;

import java.time.LocalDate;
import java.util.Set;

/**
 * The tables that a job may read and write on a day: those it declares. Any other access is a bug in the job, because the
 * order of the jobs follows from the declarations.
 *
 * @param job the job's name
 * @param day the run's day
 * @param reads tables of other jobs
 * @param readsPrevious tables whose rows of earlier runs the job reads
 * @param writes tables that the job writes; it may also read what it wrote for the day
 */
public record TableAccess(String job, LocalDate day, Set<Table> reads, Set<Table> readsPrevious, Set<Table> writes) {
    public TableAccess {
        reads = Set.copyOf(reads);
        readsPrevious = Set.copyOf(readsPrevious);
        writes = Set.copyOf(writes);
    }

    /** Throws if the job reads a date of a table without declaring it. */
    void requireRead(Table table, LocalDate date) {
        boolean isOfThisJob = date.equals(day) ? writes.contains(table) : readsPrevious.contains(table);
        if (!isOfThisJob && !reads.contains(table)) {
            throw undeclared("reads", table, date.equals(day) ? "reads()" : "reads() or readsPrevious()");
        }
    }

    /** Throws if the job reads the dates of a table up to one without declaring it. */
    void requireReadUpTo(Table table) {
        if (!reads.contains(table) && !readsPrevious.contains(table)) {
            throw undeclared("reads", table, "reads() or readsPrevious()");
        }
    }

    /** Throws if the job writes a table without declaring it. */
    void requireWrite(Table table) {
        if (!writes.contains(table)) {
            throw undeclared("writes", table, "writes()");
        }
    }

    private IllegalStateException undeclared(String access, Table table, String where) {
        return new IllegalStateException(
                "job '" + job + "' " + access + " table " + table + ", which it does not declare in " + where);
    }
}
