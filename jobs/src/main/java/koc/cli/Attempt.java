package koc.cli;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import koc.warehouse.LockHolder;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to run jobs: the work of one process, which may be a part of a run of several.
 *
 * @param runId the run that it belongs to
 * @param id its id in the table {@code runs}; later attempts sort after earlier ones
 * @param started when it started
 */
record Attempt(String runId, String id, Instant started) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Starts an attempt now; without a run id it is a run of its own. */
    static Attempt start(@Nullable String runId) {
        Instant now = Instant.now();
        String id = TIME.format(now) + "-" + UUID.randomUUID().toString().substring(0, 6);
        return new Attempt(runId == null ? id : runId, id, now);
    }

    /** Whether other processes may belong to the same run. */
    boolean mayHaveSiblings() {
        return !runId.equals(id);
    }

    /** The process of this attempt, as the holder of the lock of a warehouse. */
    LockHolder holder(List<String> jobs) {
        return LockHolder.ofThisProcess(runId, id, jobs, started);
    }
}
