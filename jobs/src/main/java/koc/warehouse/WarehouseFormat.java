package koc.warehouse;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import koc.error.KocException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Refuses warehouses of other formats. A marker file in the folder of a warehouse names its format. */
public final class WarehouseFormat {
    /**
     * The only format that this version reads and writes.
     *
     * <p>Raise it by one when a run can no longer continue from tables of earlier runs: a table or column is added, renamed
     * or removed, or has another type or meaning. Format 1 has no marker.
     */
    public static final int CURRENT = 11;

    static final String MARKER = "_koc_warehouse.json";
    /** What a user can do about a warehouse of another format. */
    static final String REMEDY = "rebuild it: name an empty folder with --warehouse and run every date again";

    private WarehouseFormat() {}

    /**
     * Refuses a warehouse of another format: one with another number in its marker, or with Delta tables but no marker. A
     * folder passes if it is absent, empty or has other content. Changes nothing.
     */
    public static void check(Configuration hadoop, String warehouse) {
        try {
            Path folder = new Path(warehouse);
            FileSystem files = folder.getFileSystem(hadoop);
            Path marker = new Path(folder, MARKER);
            Optional<String> mismatch =
                    files.exists(marker) ? findOtherFormat(files, marker) : findTableWithoutMarker(files, folder);
            if (mismatch.isPresent()) {
                throw KocException.usage(
                        "warehouse " + warehouse + ": it was made by another version of koc-pipeline",
                        mismatch.get() + ", and this version reads and writes format " + CURRENT,
                        REMEDY + "; nothing in it was changed");
            }
        } catch (IOException | IllegalArgumentException failure) {
            throw KocException.usage(
                            "warehouse " + warehouse + ": cannot be read",
                            String.valueOf(failure.getMessage()),
                            "name with --warehouse a folder that this process may read")
                    .causedBy(failure);
        }
    }

    /** Writes the marker, unless it exists. */
    static synchronized void mark(Configuration hadoop, String warehouse) {
        try {
            Path marker = new Path(warehouse, MARKER);
            FileSystem files = marker.getFileSystem(hadoop);
            if (!files.exists(marker)) {
                // Renamed when it is complete: a marker without a number would refuse the warehouse for ever.
                Path draft = new Path(
                        warehouse, MARKER + ".new-" + ProcessHandle.current().pid());
                try (FSDataOutputStream stream = files.create(draft, true)) {
                    stream.write(("{\"format\": " + CURRENT + "}\n").getBytes(StandardCharsets.UTF_8));
                }
                if (!files.rename(draft, marker) && !files.exists(marker)) {
                    throw new IOException(draft + " cannot be renamed to " + marker);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Optional<String> findOtherFormat(FileSystem files, Path marker) throws IOException {
        String text;
        try (FSDataInputStream stream = files.open(marker)) {
            text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
        try {
            Config found = ConfigFactory.parseString(text);
            int format = found.getInt("format");
            return format == CURRENT ? Optional.empty() : Optional.of("it has format " + format);
        } catch (ConfigException notOurs) {
            return Optional.of("its " + MARKER + " names no format");
        }
    }

    private static Optional<String> findTableWithoutMarker(FileSystem files, Path folder) throws IOException {
        FileStatus[] found;
        try {
            found = files.listStatus(folder);
        } catch (FileNotFoundException absent) {
            return Optional.empty();
        }
        for (FileStatus status : found) {
            if (status.isDirectory() && files.exists(new Path(status.getPath(), "_delta_log"))) {
                return Optional.of("it has the table " + status.getPath().getName() + " but no " + MARKER);
            }
        }
        return Optional.empty();
    }
}
