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
 * Where readers look for the published run, and how a new one takes its place: at one moment, whole.
 *
 * <p>A run is written in a staged folder that no reader looks into and is revealed when it is whole. The run it
 * replaces stays on the disk until the next one is revealed, so that a reader in the middle of it can finish.
 */
interface Place {
    /** The folder of the run that readers see, if there is one. */
    Optional<Path> current() throws IOException;

    /** A new folder for a run of this day; what a crashed publish left behind is removed. */
    Path stage(LocalDate day) throws IOException;

    /** Lets readers see the staged run from now on, and removes the runs before the one it replaces. */
    void reveal(Path staged) throws IOException;

    static Place of(Layout layout, FileSystem files, Path warehouse) {
        return switch (layout) {
            case LINK -> new LinkedPlace(files, warehouse);
            case RENAME -> new RenamedPlace(files, warehouse);
            case POINTER -> new PointedPlace(files, warehouse);
        };
    }

    /** The folders in this one; none when it does not exist. */
    static List<Path> foldersIn(FileSystem files, Path folder) throws IOException {
        if (!files.exists(folder)) {
            return List.of();
        }
        return Arrays.stream(files.listStatus(folder))
                .filter(FileStatus::isDirectory)
                .map(FileStatus::getPath)
                .toList();
    }

    /** {@code <day>-<n>}, one more than the highest n among these folders' names. */
    static String nextName(LocalDate day, List<Path> folders) {
        Pattern sameDay = Pattern.compile(Pattern.quote(day.toString()) + "-(\\d+)");
        int last = 0;
        for (Path folder : folders) {
            Matcher name = sameDay.matcher(folder.getName());
            if (name.matches()) {
                last = Math.max(last, Integer.parseInt(name.group(1)));
            }
        }
        return day + "-" + (last + 1);
    }

    /** The failure of finding, where readers look, what this layout does not make. */
    static KocException notOurs(Path found, String expected) {
        return KocException.usage(
                found + ": found what another layout or another hand wrote",
                "expected " + expected,
                "move it away, or set koc.publish.layout to the layout that wrote it");
    }

    /** Renames, or says that it could not: Hadoop's rename answers false for some failures. */
    static void rename(FileSystem files, Path from, Path to) throws IOException {
        if (!files.rename(from, to)) {
            throw new IOException("could not rename " + from + " to " + to);
        }
    }
}
