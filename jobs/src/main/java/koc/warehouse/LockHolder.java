package koc.warehouse;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A process that writes in a warehouse.
 *
 * @param runId the run that it belongs to; processes of one run share a lock
 * @param attempt the attempt in the table {@code runs}; no two processes have the same
 * @param jobs the jobs that it runs
 * @param host the name of its machine
 * @param pid its number on that machine
 * @param started when the process started, which tells it from a later process with the same number
 * @param since when it asked for the lock
 */
public record LockHolder(
        String runId, String attempt, List<String> jobs, String host, long pid, Instant started, Instant since) {
    /** The operating system may report the start of a process with this error. */
    private static final Duration START_TOLERANCE = Duration.ofSeconds(5);

    private static final String UNKNOWN_HOST = "unknown host";

    public LockHolder {
        jobs = List.copyOf(jobs);
    }

    /** This process, as the holder of a lock. */
    public static LockHolder ofThisProcess(String runId, String attempt, List<String> jobs, Instant since) {
        ProcessHandle process = ProcessHandle.current();
        return new LockHolder(
                runId,
                attempt,
                jobs,
                hostName(),
                process.pid(),
                process.info().startInstant().orElse(Instant.EPOCH),
                since);
    }

    /** Whether its process has certainly ended. Of a process on another machine nobody can say. */
    public boolean hasEnded() {
        if (!isOnThisHost()) {
            return false;
        }
        Optional<ProcessHandle> process =
                ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(alive -> !isZombie(alive.pid()));
        return process.isEmpty()
                || process.get()
                        .info()
                        .startInstant()
                        .filter(start -> Duration.between(start, started).abs().compareTo(START_TOLERANCE) > 0)
                        .isPresent();
    }

    /** Whether its process is certainly running. */
    public boolean isAlive() {
        return isOnThisHost() && !hasEnded();
    }

    boolean isOnThisHost() {
        return !host.equals(UNKNOWN_HOST) && host.equals(hostName());
    }

    /** The holder in words: its run, process, machine, jobs and since when. */
    public String describe() {
        return "run " + runId + " (process " + pid + " on " + host + ", " + String.join(",", jobs) + ", since " + since
                + ")";
    }

    String toJson() {
        Map<String, Object> values = Map.of(
                "run_id", runId,
                "jobs", jobs,
                "host", host,
                "pid", pid,
                "process_started", started.toString(),
                "since", since.toString());
        return ConfigValueFactory.fromMap(values).render(ConfigRenderOptions.concise()) + "\n";
    }

    /**
     * Reads what {@link #toJson} wrote. A text that is anything else stands for a process of which nothing is known, so that
     * it counts as alive.
     */
    static LockHolder parse(String attempt, String json) {
        try {
            Config holder = ConfigFactory.parseString(json);
            return new LockHolder(
                    holder.getString("run_id"),
                    attempt,
                    holder.getStringList("jobs"),
                    holder.getString("host"),
                    holder.getLong("pid"),
                    Instant.parse(holder.getString("process_started")),
                    Instant.parse(holder.getString("since")));
        } catch (ConfigException | DateTimeParseException incomplete) {
            return new LockHolder("unknown", attempt, List.of(), UNKNOWN_HOST, 0, Instant.EPOCH, Instant.EPOCH);
        }
    }

    /** A process that was killed is listed until its parent has asked how it ended. */
    private static boolean isZombie(long pid) {
        try {
            String status = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return status.startsWith("Z", status.lastIndexOf(')') + 2);
        } catch (IOException notLinux) {
            return false;
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unresolvable) {
            return kernelHostName();
        }
    }

    /** The name of a machine that no name service knows. */
    private static String kernelHostName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException notLinux) {
            return UNKNOWN_HOST;
        }
    }
}
