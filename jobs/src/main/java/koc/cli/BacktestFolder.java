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

/** The folder that a backtest works in. A mark says that it is one: nothing else is ever deleted. */
final class BacktestFolder {
    static final String OUTCOME = "outcome";
    /** The outcome until it is known that it can be judged by: what an earlier backtest made stays till then. */
    static final String NEW_OUTCOME = "outcome-new";

    static final String RESULTS = "results";
    static final String REPORT = "report";

    private static final String MARK = "made-by-koc-backtest";
    private static final String CUTOFF = "cutoff=";

    private final FileSystem files;
    private final Path folder;

    private BacktestFolder(FileSystem files, Path folder) {
        this.files = files;
        this.folder = folder;
    }

    /** The folder, made when it is not there; one that something else is in and that no backtest made is refused. */
    static BacktestFolder at(Configuration hadoop, String name) {
        try {
            Path path = new Path(name);
            BacktestFolder folder = new BacktestFolder(path.getFileSystem(hadoop), path);
            folder.mark();
            return folder;
        } catch (IOException | IllegalArgumentException failure) {
            throw unwritable(name, failure);
        }
    }

    /** Deletes what an earlier backtest made; what this one has made of the outcome takes its place. */
    void begin() {
        try {
            clear();
            Path made = new Path(folder, NEW_OUTCOME);
            if (files.exists(made) && !files.rename(made, new Path(folder, OUTCOME))) {
                throw new IOException(NEW_OUTCOME + " cannot be renamed to " + OUTCOME);
            }
        } catch (IOException failure) {
            throw unwritable(folder.toString(), failure);
        }
    }

    /** Deletes what has been made of the outcome and has not taken its place. */
    void discard() {
        try {
            files.delete(new Path(folder, NEW_OUTCOME), true);
            forgetTables();
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

    /** The path of something in it. */
    String path(String name) {
        return folder + "/" + name;
    }

    /** Writes a text into it. */
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

    /** Deletes what the backtest made, and the folder too when nothing else is in it. */
    void remove() throws IOException {
        clear();
        discard();
        files.delete(new Path(folder, MARK), false);
        if (files.listStatus(folder).length == 0) {
            files.delete(folder, false);
        }
    }

    private void mark() throws IOException {
        files.mkdirs(folder);
        List<String> found = Arrays.stream(files.listStatus(folder))
                .map(status -> status.getPath().getName())
                .toList();
        if (!found.isEmpty() && !found.contains(MARK)) {
            throw KocException.usage(
                    "backtest folder " + folder + ": not empty, and no backtest made it",
                    "found " + found.subList(0, Math.min(3, found.size())),
                    "name with --out a folder that is new or empty, or one of an earlier backtest, which is replaced");
        }
        write(MARK, "A backtest may replace cutoff=*, outcome, results and report in this folder.\n");
    }

    private void clear() throws IOException {
        for (FileStatus status : files.listStatus(folder)) {
            String name = status.getPath().getName();
            if (name.startsWith(CUTOFF) || List.of(OUTCOME, RESULTS, REPORT).contains(name)) {
                files.delete(status.getPath(), true);
            }
        }
        forgetTables();
    }

    /** Delta would take a table that is made anew in this session for the one that was here. */
    private static void forgetTables() {
        if (SparkSession.getDefaultSession().isDefined()) {
            DeltaLog.clearCache();
        }
    }
}
