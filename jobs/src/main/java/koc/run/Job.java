package koc.run;

/**
 * One step of the pipeline: reads declared tables as of a day, writes declared tables of that day.
 *
 * <p>A job takes its settings in its constructor, so that a wrong value is found before any input is touched.
 */
public interface Job {
    /** The word that names this job on the command line. */
    String name();

    /** Does the job for {@code run.day()}; a failure that the user can act on is a {@link koc.error.KocException}. */
    void run(JobRun run);
}
