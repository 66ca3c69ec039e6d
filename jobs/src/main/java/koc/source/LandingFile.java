package koc.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.GzipCodec;
import org.apache.hadoop.util.ReflectionUtils;
import org.jspecify.annotations.Nullable;

/**
 * One file of the landing folder.
 *
 * @param path its full path, with its file system
 * @param name its path relative to the landing folder
 * @param format its file format
 * @param arrived the day of its {@code arrived=} folder; null in a flat source
 * @param bytes its size in bytes
 * @param modified when it was last written
 */
public record LandingFile(
        String path, String name, Format format, @Nullable LocalDate arrived, long bytes, Instant modified)
        implements Serializable {
    /** Whether it is compressed with gzip. */
    boolean isGzip() {
        return Format.isGzip(name);
    }

    /** Its bytes from this position on, decompressed; a compressed file can only be read from its start. */
    InputStream open(Configuration hadoop, long position) throws IOException {
        Path file = new Path(path);
        var raw = file.getFileSystem(hadoop).open(file);
        if (isGzip()) {
            return ReflectionUtils.newInstance(GzipCodec.class, hadoop).createInputStream(raw);
        }
        raw.seek(position);
        return raw;
    }
}
