package koc.cli;

import com.typesafe.config.Config;
import java.io.IOException;
import java.util.List;
import koc.config.Key;
import koc.config.Range;
import koc.config.SettingsBinder;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.jspecify.annotations.Nullable;

/**
 * How much a command may read so that planning its queries costs more than running them.
 *
 * @param smallRunMib MiB of the files in the landing folder and the warehouse together, at most; 0 for none
 */
@Key("koc")
record SmallInput(@Range(min = 0, max = 1024) int smallRunMib) {
    private static final long MIB = 1L << 20;

    /** More files are not listed: reading them takes long, whatever their size. */
    private static final int MAX_FILES = 20_000;

    /** A compressed file is about this many times smaller than the same rows as CSV. */
    private static final int COMPRESSION = 8;

    private static final List<String> COMPRESSED = List.of(".parquet", ".gz");

    static SmallInput from(Config config) {
        return SettingsBinder.bind(config, SmallInput.class);
    }

    /**
     * Whether the files of these folders are small enough. Reads none of them. A folder that is absent or cannot be listed is not.
     *
     * @param landing the landing folder, whose compressed files count with their size as CSV; null for none
     * @param warehouse the warehouse; null for none
     */
    boolean includes(Configuration hadoop, @Nullable String landing, @Nullable String warehouse) {
        Remaining remaining = new Remaining(smallRunMib * MIB, MAX_FILES);
        try {
            if (landing != null) {
                remaining = remaining.without(hadoop, landing, COMPRESSION);
            }
            if (warehouse != null) {
                remaining = remaining.without(hadoop, warehouse, 1);
            }
        } catch (IOException | IllegalArgumentException failure) {
            return false;
        }
        return smallRunMib > 0 && !remaining.isExceeded();
    }

    /** What the folders that are still to be listed may have; negative if those before have too much. */
    private record Remaining(long bytes, int files) {
        boolean isExceeded() {
            return bytes < 0 || files < 0;
        }

        Remaining without(Configuration hadoop, String folder, int compression) throws IOException {
            Path path = new Path(folder);
            FileSystem storage = path.getFileSystem(hadoop);
            RemoteIterator<? extends FileStatus> found = storage.listFiles(path, true);
            Remaining remaining = this;
            while (!remaining.isExceeded() && found.hasNext()) {
                FileStatus file = found.next();
                boolean isCompressed =
                        COMPRESSED.stream().anyMatch(file.getPath().getName()::endsWith);
                long bytes = file.getLen() * (isCompressed ? compression : 1);
                remaining = new Remaining(remaining.bytes() - bytes, remaining.files() - 1);
            }
            return remaining;
        }
    }
}
