package koc.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import koc.error.KocException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;

/** The folder that a backtest works in. Only a folder with the marker file of a backtest is ever cleared. */
final class BacktestFolder {
    static final String OUTCOME = "outcome";
    /** The outcome while it is being checked. The results of an earlier backtest stay until the check has passed. */
    static final String NEW_OUTCOME = "outcome-new";

    static final String RESULTS = "results";
    static final String REPORT = "report";

    private static final String MARKER = "made-by-koc-backtest";
    private static final String CUTOFF = "cutoff=";

    private final FileSystem files;
    private final Path folder;

    private BacktestFolder(FileSystem files, Path folder) {
        this.files = files;
        this.folder = folder;
    }

    /** Opens the folder, and creates it if it is absent. Refuses a folder with other content that no backtest made. */
    static BacktestFolder at(Configuration hadoop, String name) {
        try {
            Path path = new Path(name);
            BacktestFolder folder = new BacktestFolder(path.getFileSystem(hadoop), path);
            folder.requireOurs();
            return folder;
        } catch (IOException | IllegalArgumentException failure) {
            throw unwritable(name, failure);
        }
    }

    /** Deletes the result of an earlier backtest, and moves the new outcome, if there is one, to its final path. */
    void replaceOld() {
        try {
            clear();
            Path prepared = new Path(folder, NEW_OUTCOME);
            if (files.exists(prepared) && !files.rename(prepared, new Path(folder, OUTCOME))) {
                throw new IOException(NEW_OUTCOME + " cannot be renamed to " + OUTCOME);
            }
        } catch (IOException failure) {
            throw unwritable(folder.toString(), failure);
        }
    }

    /** Deletes an unfinished outcome. */
    void discard() {
        try {
            files.delete(new Path(folder, NEW_OUTCOME), true);
            clearTableCache();
        } catch (IOException failure) {
            throw unwritable(folder.toString(), failure);
        }
    }

    private static KocException unwritable(String name, Exception failure) {
        return KocException.usage(
                        "backtest folder " + name + ": cannot be written",
                        String.valueOf(failure.getMessage()),
                        "name one with --out that this process may write to")
                .causedBy(failure);
    }

    /** The path of a file or folder in it. */
    String path(String name) {
        return folder + "/" + name;
    }

    /** Writes a text file into it. */
    void write(String name, String text) {
        try (FSDataOutputStream stream = files.create(new Path(folder, name), true)) {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw KocException.usage(
                            "backtest folder " + folder + ": " + name + " cannot be written",
                            String.valueOf(failure.getMessage()),
                            "make room, or name another folder with --out")
                    .causedBy(failure);
        }
    }

    /** Deletes what the backtest made, and then the folder if it is empty. */
    void remove() throws IOException {
        clear();
        discard();
        files.delete(new Path(folder, MARKER), false);
        if (files.listStatus(folder).length == 0) {
            files.delete(folder, false);
        }
    }

    private void requireOurs() throws IOException {
        files.mkdirs(folder);
        List<String> found = Arrays.stream(files.listStatus(folder))
                .map(status -> status.getPath().getName())
                .toList();
        if (!found.isEmpty() && !found.contains(MARKER)) {
            throw KocException.usage(
                    "backtest folder " + folder + ": not empty, and no backtest made it",
                    "found " + found.subList(0, Math.min(3, found.size())),
                    "name with --out a folder that is new or empty, or one of an earlier backtest, which is replaced");
        }
        write(MARKER, "A backtest may replace cutoff=*, outcome, results and report in this folder.\n");
    }

    private void clear() throws IOException {
        for (FileStatus status : files.listStatus(folder)) {
            String name = status.getPath().getName();
            if (name.startsWith(CUTOFF) || List.of(OUTCOME, RESULTS, REPORT).contains(name)) {
                files.delete(status.getPath(), true);
            }
        }
        clearTableCache();
    }

    /** Makes Delta forget the deleted tables. It would mistake new tables of this session for them. */
    private static void clearTableCache() {
        if (SparkSession.getDefaultSession().isDefined()) {
            DeltaLog.clearCache();
        }
    }
}
