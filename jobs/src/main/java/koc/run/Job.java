package koc.run;

import java.util.Set;
import koc.warehouse.Table;

/**
 * One step of the pipeline: reads declared tables as of a day, writes declared tables of that day.
 *
 * <p>A job takes its settings in its constructor, so that a wrong value is found before any input is touched. The tables it
 * declares decide when it runs ({@link JobGraph}). The warehouse it gets refuses all others.
 */
public interface Job {
    /** The word that names this job on the command line. */
    String name();

    /** Tables of other jobs that it reads; it runs after the jobs that write them. */
    Set<Table> reads();

    /**
     * Tables of which it reads what earlier runs left, such as its own tables of the day before. They put no job before
     * another.
     */
    default Set<Table> readsPrevious() {
        return Set.of();
    }

    /** Tables that it writes; it may also read what it wrote for the day. */
    Set<Table> writes();

    /** Does the job for {@code run.day()}; a failure that the user can act on is a {@link koc.error.KocException}. */
    void run(JobRun run);
}
