package koc.cli;

import com.typesafe.config.Config;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import koc.run.Job;
import koc.run.JobGraph;
import org.jspecify.annotations.Nullable;

/**
 * A request to run jobs for a day. Its values have been checked as far as possible without reading input.
 *
 * @param day the run date
 * @param from clean all arrivals from this day on again; null for new arrivals only
 * @param landing the landing folder; null when no job reads it
 * @param warehouse the folder of the tables
 * @param force whether publish may replace a later day
 * @param config all settings
 * @param jobs the jobs with their settings, in the order in which they run
 * @param pipeline all jobs that write in the warehouse, requested or not
 * @param attempt who runs them
 * @param resume the command that runs these of the jobs, for a user whose run has failed
 */
record RunRequest(
        LocalDate day,
        @Nullable LocalDate from,
        @Nullable String landing,
        String warehouse,
        boolean force,
        Config config,
        List<Job> jobs,
        JobGraph pipeline,
        Attempt attempt,
        Function<List<String>, String> resume) {

    RunRequest {
        jobs = JobGraph.of(jobs).order();
    }

    /** The names of the jobs, in the order in which they run. */
    List<String> jobNames() {
        return jobs.stream().map(Job::name).toList();
    }
}
