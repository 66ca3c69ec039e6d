package koc.warehouse;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** Finds empty entries in the log of a Delta table. Readers of Delta take them for commits that changed nothing. */
final class LogCheck {
    private static final Pattern COMMIT = Pattern.compile("(\\d{20})\\.json");
    private static final Pattern CHECKPOINT = Pattern.compile("(\\d{20})\\.checkpoint\\..*parquet");

    private LogCheck() {}

    /** The name of an empty entry since the latest checkpoint; empty if there is none, or no log. */
    static Optional<String> findEmptyEntry(Configuration hadoop, String table) throws IOException {
        Path log = new Path(table, "_delta_log");
        FileStatus[] files;
        try {
            files = log.getFileSystem(hadoop).listStatus(log);
        } catch (FileNotFoundException absent) {
            return Optional.empty();
        }
        long checkpoint = -1;
        List<FileStatus> empty = new ArrayList<>();
        for (FileStatus file : files) {
            String name = file.getPath().getName();
            if (file.getLen() == 0) {
                empty.add(file);
            } else {
                checkpoint = Math.max(checkpoint, version(CHECKPOINT, name));
            }
        }
        for (FileStatus file : empty) {
            String name = file.getPath().getName();
            if (Math.max(version(COMMIT, name), version(CHECKPOINT, name)) > checkpoint) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    private static long version(Pattern pattern, String name) {
        Matcher version = pattern.matcher(name);
        return version.matches() ? Long.parseLong(version.group(1)) : -1;
    }
}
