package koc.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
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
