package koc.clean;

import java.time.LocalDate;
import koc.run.JobRun;
import koc.spark.Checkpoints;
import koc.warehouse.Warehouse;

/**
 * What every step of one run of the clean job needs.
 *
 * @param run the day, the landing folder and the warehouse
 * @param settings the settings of the job
 * @param fileFormats how the landing files are written
 * @param formats how values are written in the landing files
 * @param checkpoints released when the run ends
 */
record CleanRun(
        JobRun run, CleanSettings settings, FileFormats fileFormats, ValueFormats formats, Checkpoints checkpoints) {
    /** Before every arrival. */
    static final LocalDate FIRST_DATE = LocalDate.of(1, 1, 1);
    /** After every arrival: a table read up to it is read whole. */
    static final LocalDate LAST_DATE = LocalDate.of(9999, 12, 31);

    /** The run's day. */
    LocalDate day() {
        return run.day();
    }

    Warehouse warehouse() {
        return run.warehouse();
    }

    /** Reports something that a person should know. */
    void note(String text) {
        run.progress().note("clean", text);
    }
}
