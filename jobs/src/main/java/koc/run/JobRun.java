package koc.run;

import java.time.LocalDate;
import koc.warehouse.Warehouse;
import org.jspecify.annotations.Nullable;

/**
 * What a job is given: the run's day, its tables, and where the outside world lies.
 *
 * @param day the last day, in {@code koc.zone}, that the run knows about
 * @param from re-clean every arrival from this day on; null when only new arrivals are wanted
 * @param landing the folder with one folder a source; null for commands that read tables only
 * @param force whether publish may replace a later day
 * @param tables the warehouse, limited to the tables that the job declares
 * @param progress where a job says what a person should know: a source that is absent, a fallback taken
 */
public record JobRun(
        LocalDate day,
        @Nullable LocalDate from,
        @Nullable String landing,
        boolean force,
        Warehouse tables,
        Progress progress) {}
