package koc.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFilesTest {
    @TempDir
    java.nio.file.Path folder;

    private FileSystem files;
    private FileContext context;

    @BeforeEach
    void open() throws IOException {
        Configuration configuration = new Configuration(false);
        configuration.set("fs.file.impl", LocalFiles.class.getName());
        configuration.set("fs.AbstractFileSystem.file.impl", LocalFiles.Context.class.getName());
        files = FileSystem.newInstance(folder.toUri(), configuration);
        context = FileContext.getFileContext(folder.toUri(), configuration);
    }

    @Test
    void permissionsAreThoseThatChmodWouldSet() throws IOException {
        java.nio.file.Path file = Files.createFile(folder.resolve("a b"));

        for (int mode : new int[] {0640, 0751, 0700, 0604}) {
            files.setPermission(path(file), new FsPermission((short) mode));
            assertThat(permissions(file)).as(Integer.toOctalString(mode)).isEqualTo(asText(mode));
        }
    }

    @Test
    void writingRenamingAndListingStartsNoProcess() throws IOException {
        java.nio.file.Path recorded = folder.resolve("recording.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.ProcessStart");
            recording.start();

            context.create(path(folder.resolve("written")), EnumSet.of(CreateFlag.CREATE))
                    .close();
            context.rename(path(folder.resolve("written")), path(folder.resolve("renamed")));
            files.mkdirs(path(folder.resolve("within")));
            assertThat(files.listFiles(path(folder), true).next().getPermission())
                    .isNotNull();

            recording.stop();
            recording.dump(recorded);
        }
        assertThat(RecordingFile.readAllEvents(recorded)).isEmpty();
    }

    @Test
    void listedFilesHaveThePermissionsAndTheOwnerThatTheyHave() throws IOException {
        java.nio.file.Path file = Files.writeString(folder.resolve("a b"), "text");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-x--x"));

        LocatedFileStatus listed = files.listFiles(path(folder), true).next();

        assertThat(listed.getPermission()).hasToString("rw-r-x--x");
        assertThat(listed.getOwner()).isEqualTo(Files.getOwner(file).getName());
        assertThat(listed.getGroup())
                .isEqualTo(Files.getAttribute(file, "posix:group").toString());
        assertThat(listed.getLen()).isEqualTo(4);
        assertThat(listed.getPath()).isEqualTo(path(file));
    }

    @Test
    void aStickyFolderIsListedAsSticky() throws IOException {
        java.nio.file.Path shared = Files.createDirectory(folder.resolve("shared"));
        files.setPermission(path(shared), new FsPermission((short) 01777));

        assertThat(files.getFileStatus(path(shared)).getPermission().getStickyBit())
                .isTrue();
    }

    @Test
    void aFileThatIsAbsentIsSaidToBeAbsent() {
        assertThatThrownBy(() -> files.getFileStatus(path(folder.resolve("absent"))))
                .isInstanceOf(FileNotFoundException.class);
    }

    @Test
    void aStickyFolderStaysSticky() throws IOException {
        java.nio.file.Path shared = Files.createDirectory(folder.resolve("shared"));

        files.setPermission(path(shared), new FsPermission((short) 01777));

        assertThat((int) Files.getAttribute(shared, "unix:mode") & 07777).isEqualTo(01777);
    }

    @Test
    void aRenameReplacesAFile() throws IOException {
        java.nio.file.Path target = Files.writeString(folder.resolve("target"), "old");
        java.nio.file.Path replacement = Files.createFile(folder.resolve("replacement"));

        context.rename(path(replacement), path(target), Options.Rename.OVERWRITE);

        assertThat(target).isEmptyFile();
        assertThat(replacement).doesNotExist();
    }

    @Test
    void aLinkIsNotTakenForAFile() throws IOException {
        java.nio.file.Path target = Files.createFile(folder.resolve("target"));
        java.nio.file.Path link = Files.createSymbolicLink(folder.resolve("link"), target);

        assertThat(files.getFileLinkStatus(new Path(link.toString())).isSymlink())
                .isTrue();
        assertThat(files.getFileLinkStatus(new Path(target.toString())).isSymlink())
                .isFalse();
    }

    private static Path path(java.nio.file.Path file) {
        return new Path(file.toUri());
    }

    private static String permissions(java.nio.file.Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static String asText(int mode) {
        return FsPermission.createImmutable((short) mode).toString();
    }
}
