package koc.warehouse;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import koc.error.KocException;
import org.apache.hadoop.conf.Configuration;

/**
 * The lock of a warehouse: only processes of one run write in it at a time. Readers need no lock.
 *
 * <p>The folder {@code _koc_lock} holds one file for each process, and {@code owner.json} with the id of the run. A process
 * first writes its own file. Then it creates {@code owner.json}, which only one run can, or finds there the id of its own
 * run. At last it looks for files of other runs. So of two runs that start at once at least one sees the other, even when
 * one of them has just removed what a dead process left.
 *
 * <p>The lock of a process that has ended on this machine is taken over. A lock of another machine stays until that process
 * ends or somebody removes it with {@code bin/koc unlock}.
 */
public final class WarehouseLock implements AutoCloseable {
    /** The folder of the lock in that of the warehouse. */
    public static final String FOLDER = "_koc_lock";

    /** How often, with a pause between, a process looks again whether a process that was refused has withdrawn. */
    private static final int POLLS = 50;

    private static final long PAUSE_MILLIS = 100;

    private final LockFolder folder;
    private final String warehouse;
    private final LockHolder me;
    private final Consumer<String> tell;

    private WarehouseLock(LockFolder folder, String warehouse, LockHolder me, Consumer<String> tell) {
        this.folder = folder;
        this.warehouse = warehouse;
        this.me = me;
        this.tell = tell;
    }

    /**
     * Takes the lock for a process, or joins the other processes of its run.
     *
     * @param tell receives a message when the lock of a dead process is taken over
     * @throws KocException with the exit code 6 when another run holds it
     */
    public static WarehouseLock acquire(Configuration hadoop, String warehouse, LockHolder me, Consumer<String> tell) {
        try {
            WarehouseLock lock = new WarehouseLock(LockFolder.of(hadoop, warehouse), warehouse, me, tell);
            lock.acquire();
            return lock;
        } catch (IOException failure) {
            throw unusable(warehouse, failure);
        }
    }

    /** The processes that write in a warehouse, and those that ended without removing their file. */
    public static List<LockHolder> holders(Configuration hadoop, String warehouse) {
        try {
            return LockFolder.of(hadoop, warehouse).members();
        } catch (IOException failure) {
            throw unusable(warehouse, failure);
        }
    }

    /** Removes the lock, whoever holds it. */
    public static void remove(Configuration hadoop, String warehouse) {
        try {
            LockFolder.of(hadoop, warehouse).clear();
        } catch (IOException failure) {
            throw unusable(warehouse, failure);
        }
    }

    /** The attempts of the processes of this run that are under way, this one included. */
    public Set<String> liveAttempts() {
        try {
            return folder.members().stream()
                    .filter(this::isOfThisRun)
                    .filter(member -> !member.hasEnded())
                    .map(LockHolder::attempt)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException failure) {
            throw unusable(warehouse, failure);
        }
    }

    /** Gives the lock back. The last process of a run removes it. */
    @Override
    public void close() {
        try {
            release();
        } catch (IOException failure) {
            throw unusable(warehouse, failure);
        }
    }

    private void release() throws IOException {
        folder.deleteMember(me);
        if (folder.members().stream().noneMatch(this::isOfThisRun)
                && folder.owner().filter(me.runId()::equals).isPresent()) {
            folder.deleteOwner();
            // A process of this run that joined meanwhile is seen by all others, because its file is there.
            if (folder.members().stream().anyMatch(this::isOfThisRun)) {
                folder.createOwner(me.runId());
            }
        }
        folder.deleteIfEmpty();
    }

    private void acquire() throws IOException {
        folder.addMember(me);
        boolean isHeld = false;
        try {
            for (int poll = 0; !isHeld; poll++) {
                isHeld = tryToHold(poll >= POLLS);
                if (!isHeld) {
                    pause();
                }
            }
        } finally {
            if (!isHeld) {
                release();
            }
        }
    }

    /**
     * Whether this process holds the lock now.
     *
     * @param isLast whether a process that may still withdraw is a reason to give up
     */
    private boolean tryToHold(boolean isLast) throws IOException {
        boolean isOwner = folder.createOwner(me.runId())
                || folder.owner().filter(me.runId()::equals).isPresent();
        List<LockHolder> others = new ArrayList<>();
        for (LockHolder member : folder.members()) {
            if (member.hasEnded()) {
                takeOver(member);
            } else if (!member.attempt().equals(me.attempt())) {
                others.add(member);
            }
        }
        Optional<LockHolder> rival =
                others.stream().filter(member -> !isOfThisRun(member)).min(Comparator.comparing(LockHolder::since));
        if (rival.isPresent() && (!isOwner || isLast)) {
            throw held(rival.get());
        }
        if (!isOwner && isLast) {
            throw new IOException(FOLDER + " changes all the time");
        }
        if (!isOwner) {
            // The owner's processes have all ended, or are just giving the lock back.
            folder.deleteOwner();
            return false;
        }
        Optional<LockHolder> twin = others.stream().filter(this::runsSameJob).findFirst();
        if (twin.isPresent() && (isLast || isBefore(twin.get(), me))) {
            throw runsAlready(twin.get());
        }
        return rival.isEmpty() && twin.isEmpty();
    }

    private void takeOver(LockHolder dead) throws IOException {
        folder.deleteMember(dead);
        tell.accept(
                "the lock of " + dead.describe() + " was left behind: its process has ended; this run takes it over");
    }

    private boolean isOfThisRun(LockHolder member) {
        return member.runId().equals(me.runId());
    }

    private boolean runsSameJob(LockHolder member) {
        return isOfThisRun(member) && member.jobs().stream().anyMatch(me.jobs()::contains);
    }

    private static boolean isBefore(LockHolder one, LockHolder other) {
        return Comparator.comparing(LockHolder::since)
                        .thenComparing(LockHolder::attempt)
                        .compare(one, other)
                < 0;
    }

    private KocException held(LockHolder holder) {
        return KocException.tryLater(
                "warehouse " + warehouse + ": another run is writing in it",
                "the lock is held by " + holder.describe(),
                "wait until that run has ended and start this one again"
                        + (holder.isOnThisHost()
                                ? ""
                                : "; if its process no longer exists on " + holder.host()
                                        + ": bin/koc unlock --warehouse " + warehouse));
    }

    private KocException runsAlready(LockHolder twin) {
        return KocException.tryLater(
                "warehouse " + warehouse + ": another process of run " + me.runId() + " runs one of these jobs",
                "it is " + twin.describe(),
                "wait until it has ended, or give this run another --run-id");
    }

    private static KocException unusable(String warehouse, IOException failure) {
        return KocException.usage(
                        "warehouse " + warehouse + ": its lock in " + FOLDER + " cannot be used",
                        String.valueOf(failure.getMessage()),
                        "this process must be allowed to read, create and delete files there")
                .causedBy(failure);
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
