package koc.cli;

import com.typesafe.config.Config;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import koc.config.Section;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.jspecify.annotations.Nullable;

/** Whether a command reads so little that planning its queries costs more than running them. */
final class SmallInput {
    private static final long MIB = 1L << 20;

    /** So many files are not listed further: reading them takes long, whatever their size. */
    private static final int MAX_FILES = 20_000;

    private SmallInput() {}

    /**
     * Whether the files in these folders together have at most {@code koc.small-run-mib}. Reads no file. A folder that is absent or
     * cannot be listed is not small.
     */
    static boolean isSmall(Configuration hadoop, Config config, List<@Nullable String> folders) {
        long bytesLeft = Section.of(config, "koc").whole("small-run-mib", 0, 1024) * MIB;
        int filesLeft = MAX_FILES;
        try {
            for (String folder :
                    folders.stream().filter(Objects::nonNull).distinct().toList()) {
                Path path = new Path(folder);
                FileSystem files = path.getFileSystem(hadoop);
                RemoteIterator<LocatedFileStatus> found = files.listFiles(path, true);
                while (bytesLeft > 0 && filesLeft > 0 && found.hasNext()) {
                    bytesLeft -= found.next().getLen();
                    filesLeft--;
                }
            }
        } catch (IOException | IllegalArgumentException failure) {
            return false;
        }
        return bytesLeft > 0 && filesLeft > 0;
    }
}
