package koc.cli;

import com.typesafe.config.Config;
import java.time.LocalDate;
import java.util.List;
import koc.run.Job;
import koc.run.JobGraph;
import org.jspecify.annotations.Nullable;

/**
 * What a run is asked to do; everything in it has been checked as far as that is possible without reading input.
 *
 * @param day the run date
 * @param from re-clean arrivals from this day on; null for new ones only
 * @param landing the landing folder; null when no job reads it
 * @param warehouse the folder of the tables
 * @param force whether publish may replace a later day
 * @param config all settings
 * @param jobs what to do, each with its settings; here in the order in which they run
 */
record RunRequest(
        LocalDate day,
        @Nullable LocalDate from,
        @Nullable String landing,
        String warehouse,
        boolean force,
        Config config,
        List<Job> jobs) {

    RunRequest {
        jobs = JobGraph.of(jobs).order();
    }
}
