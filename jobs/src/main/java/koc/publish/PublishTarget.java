package koc.publish;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import koc.error.KocException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The location in which readers find the published run. A new run replaces the previous one as a whole, at one moment.
 *
 * <p>A run is written to a staging folder, which no reader opens, and revealed when it is complete. The run that it
 * replaces is kept until the next one is revealed, so that readers of it can finish.
 */
interface PublishTarget {
    /** The folder of the run that readers see; empty when nothing is published. */
    Optional<Path> current() throws IOException;

    /** Creates the staging folder for a run of this day, and deletes what a crashed publish left behind. */
    Path stage(LocalDate day) throws IOException;

    /** Lets readers see the staged run from now on, and deletes all older runs but the one that it replaces. */
    void reveal(Path staged) throws IOException;

    /** The target of a warehouse with this layout. */
    static PublishTarget create(PublishLayout layout, FileSystem files, Path warehouse) {
        return switch (layout) {
            case LINK -> new LinkTarget(files, warehouse);
            case RENAME -> new RenameTarget(files, warehouse);
            case POINTER -> new PointerTarget(files, warehouse);
        };
    }

    /** The subfolders of a folder; none when it does not exist. */
    static List<Path> foldersIn(FileSystem files, Path folder) throws IOException {
        if (!files.exists(folder)) {
            return List.of();
        }
        return Arrays.stream(files.listStatus(folder))
                .filter(FileStatus::isDirectory)
                .map(FileStatus::getPath)
                .toList();
    }

    /** The name of a new run, {@code <day>-<n>}: n is one more than the highest number among these folders. */
    static String nextName(LocalDate day, List<Path> folders) {
        Pattern sameDay = Pattern.compile(Pattern.quote(day.toString()) + "-(\\d+)");
        int highest = 0;
        for (Path folder : folders) {
            Matcher name = sameDay.matcher(folder.getName());
            if (name.matches()) {
                highest = Math.max(highest, Integer.parseInt(name.group(1)));
            }
        }
        return day + "-" + (highest + 1);
    }

    /** Deletes the runs in this folder, except the current one and the one that it replaced. */
    static void deleteOldRuns(FileSystem files, Path runs, Path current, Optional<Path> replaced) throws IOException {
        for (Path folder : foldersIn(files, runs)) {
            boolean isKept = folder.getName().equals(current.getName())
                    || replaced.map(Path::getName)
                            .filter(folder.getName()::equals)
                            .isPresent();
            if (!isKept) {
                files.delete(folder, true);
            }
        }
    }

    /** The error for content of {@code published} that another layout, or another program, wrote. */
    static KocException foreignContent(Path found, String expected) {
        return KocException.usage(
                found + ": another layout or another program wrote this",
                "expected " + expected,
                "move it away, or set koc.publish.layout to the layout that wrote it");
    }

    /** Renames, or throws: Hadoop's rename returns false for some failures. */
    static void rename(FileSystem files, Path from, Path to) throws IOException {
        if (!files.rename(from, to)) {
            throw new IOException("could not rename " + from + " to " + to);
        }
    }
}
