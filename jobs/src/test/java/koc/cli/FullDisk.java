package koc.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * A local disk on which no byte fits into files whose path has a match of the pattern in the system property
 * {@code koc.test.full}.
 */
public final class FullDisk extends LocalFileSystem {
    private static final Pattern FULL = Pattern.compile(System.getProperty("koc.test.full", "(?!)"));

    @Override
    public FSDataOutputStream create(
            Path file,
            FsPermission permission,
            boolean overwrite,
            int bufferSize,
            short replication,
            long blockSize,
            Progressable progress)
            throws IOException {
        FSDataOutputStream stream =
                super.create(file, permission, overwrite, bufferSize, replication, blockSize, progress);
        return FULL.matcher(file.toUri().getPath()).find() ? full(file, stream) : stream;
    }

    private static FSDataOutputStream full(Path file, FSDataOutputStream stream) throws IOException {
        return new FSDataOutputStream(
                new OutputStream() {
                    @Override
                    public void write(int oneByte) throws IOException {
                        throw new IOException(file + ": No space left on device");
                    }

                    @Override
                    public void close() throws IOException {
                        stream.close();
                    }
                },
                null);
    }
}
