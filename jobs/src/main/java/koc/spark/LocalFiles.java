package koc.spark;

import static java.util.Objects.requireNonNull;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.PosixFilePermission;
import java.security.Principal;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFs;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FsConstants;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's local file system, which reads and sets permissions and looks for links without starting processes.
 *
 * <p>Without its native library, Hadoop starts {@code chmod} for each file it writes, {@code readlink} for each file it
 * renames, and {@code ls} for each file that it lists with its permissions. A run writes thousands of small files. Files,
 * permissions and checksum files are the same.
 */
public final class LocalFiles extends LocalFileSystem {
    /** Made by Hadoop, by the name of the class. */
    public LocalFiles() {
        super(new Raw());
    }

    /** As {@link LocalFiles}, for {@link org.apache.hadoop.fs.FileContext}, with which Delta and Spark's streams write. */
    public static final class Context extends ChecksumFs {
        /** Made by Hadoop, by the name of the class. */
        public Context(URI uri, Configuration configuration) throws IOException, URISyntaxException {
            super(new RawContext(configuration));
        }
    }

    private static final class RawContext extends DelegateToFileSystem {
        private static final int NO_PORT = -1;

        RawContext(Configuration configuration) throws IOException, URISyntaxException {
            super(FsConstants.LOCAL_FS_URI, new Raw(), configuration, FsConstants.LOCAL_FS_URI.getScheme(), false);
        }

        @Override
        public int getUriDefaultPort() {
            return NO_PORT;
        }

        @Override
        public boolean isValidName(String name) {
            return true;
        }
    }

    private static final class Raw extends RawLocalFileSystem {
        private static final int BITS_OF_OWNER_GROUP_OTHERS = 0777;
        /** With the sticky bit. */
        private static final int ALL_BITS = 01777;

        /** Java has these attributes on Unix. */
        private static final String UNIX_ATTRIBUTES = "unix:mode,owner,group";

        private static final boolean HAS_UNIX_ATTRIBUTES =
                FileSystems.getDefault().supportedFileAttributeViews().contains("unix");

        /** From the bit with the smallest value: others may execute. */
        private static final PosixFilePermission[] BITS = {
            PosixFilePermission.OTHERS_EXECUTE,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.OWNER_EXECUTE,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.OWNER_READ
        };

        @Override
        public void setPermission(Path path, FsPermission permission) throws IOException {
            int bits = permission.toShort();
            java.nio.file.Path file = pathToFile(path).toPath();
            // Java cannot set the sticky bit, and not every file system has permissions of this kind.
            if ((bits & ~BITS_OF_OWNER_GROUP_OTHERS) != 0
                    || !Files.getFileStore(file).supportsFileAttributeView("posix")) {
                super.setPermission(path, permission);
                return;
            }
            Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
            for (int i = 0; i < BITS.length; i++) {
                if ((bits >> i & 1) == 1) {
                    permissions.add(BITS[i]);
                }
            }
            Files.setPosixFilePermissions(file, permissions);
        }

        /** Reads the permissions too. Hadoop would start {@code ls} when somebody asks for them. */
        @Override
        public FileStatus getFileStatus(Path path) throws IOException {
            FileStatus status = super.getFileStatus(path);
            if (!HAS_UNIX_ATTRIBUTES) {
                return status;
            }
            Map<String, Object> attributes;
            try {
                attributes = Files.readAttributes(pathToFile(path).toPath(), UNIX_ATTRIBUTES);
            } catch (NoSuchFileException deletedMeanwhile) {
                throw new FileNotFoundException(path + " does not exist");
            }
            return new FileStatus(
                    status.getLen(),
                    status.isDirectory(),
                    status.getReplication(),
                    status.getBlockSize(),
                    status.getModificationTime(),
                    status.getAccessTime(),
                    new FsPermission((short) ((Integer) requireNonNull(attributes.get("mode")) & ALL_BITS)),
                    ((Principal) requireNonNull(attributes.get("owner"))).getName(),
                    ((Principal) requireNonNull(attributes.get("group"))).getName(),
                    status.getPath());
        }

        @Override
        public FileStatus getFileLinkStatus(Path path) throws IOException {
            return Files.isSymbolicLink(pathToFile(path).toPath())
                    ? super.getFileLinkStatus(path)
                    : getFileStatus(path);
        }
    }
}
