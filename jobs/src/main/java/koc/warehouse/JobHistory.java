package koc.warehouse;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** Which jobs have run for a day, and what they said. */
@FunctionalInterface
public interface JobHistory {
    /** Whether a job has succeeded for a day, and no job before it has run again since. */
    boolean hasRun(LocalDate day, String job);

    /** What the jobs that have run for a day, and the one that runs now, said: their notes by job, in the order of jobs. */
    default Map<String, List<String>> notes(LocalDate day) {
        return Map.of();
    }
}
