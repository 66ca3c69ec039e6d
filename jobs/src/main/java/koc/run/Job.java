package koc.run;

import java.util.Set;
import koc.warehouse.Table;

/**
 * One step of the pipeline. It reads declared tables as of a day, and writes declared tables of that day.
 *
 * <p>A job takes its settings in its constructor, so that an invalid value is found before any input is read. The declared
 * tables decide the order of the jobs ({@link JobGraph}). The warehouse of the job refuses all other tables.
 */
public interface Job {
    /** The name of the job on the command line. */
    String name();

    /** Tables of other jobs that it reads. It runs after the jobs that write them. */
    Set<Table> reads();

    /**
     * Tables whose rows of earlier runs it reads, such as its own table of the previous day. They do not affect the order of
     * the jobs.
     */
    default Set<Table> readsPrevious() {
        return Set.of();
    }

    /** Tables that it writes. It may also read their rows of the day. */
    Set<Table> writes();

    /** Runs the job for {@code run.day()}. Failures that the user can act on are {@link koc.error.KocException}s. */
    void run(JobRun run);
}
