package koc.run;

import java.time.LocalDate;
import koc.warehouse.Warehouse;
import org.jspecify.annotations.Nullable;

/**
 * The input of a job: the day of the run, the warehouse, and the landing folder.
 *
 * @param day the last day, in {@code koc.zone}, whose data the run uses
 * @param from clean all arrivals from this day on again; null for new arrivals only
 * @param landing the folder with one folder per source; null if no job of the run reads it
 * @param force whether publish may replace the results of a later day
 * @param warehouse the warehouse, limited to the tables that the job declares
 * @param progress takes notes for the user, such as an absent source or a fallback
 */
public record JobRun(
        LocalDate day,
        @Nullable LocalDate from,
        @Nullable String landing,
        boolean force,
        Warehouse warehouse,
        Progress progress) {}
