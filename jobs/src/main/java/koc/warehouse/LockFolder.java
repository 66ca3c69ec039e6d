package koc.warehouse;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options.CreateFileOptionKeys;
import org.apache.hadoop.fs.Path;

/** The files of the lock of a warehouse: one for each process, and one that names the run to which the lock belongs. */
final class LockFolder {
    private static final String MEMBER = "process-";
    private static final String END = ".json";

    private final FileSystem files;
    private final Path folder;
    private final Path owner;

    private LockFolder(FileSystem files, Path folder) {
        this.files = files;
        this.folder = folder;
        this.owner = new Path(folder, "owner.json");
    }

    static LockFolder of(Configuration hadoop, String warehouse) throws IOException {
        Path folder = new Path(warehouse, WarehouseLock.FOLDER);
        FileSystem files = folder.getFileSystem(hadoop);
        // Without the checksum files that Hadoop would write next to every file.
        return new LockFolder(files instanceof LocalFileSystem local ? local.getRawFileSystem() : files, folder);
    }

    /** Writes the file of a process. */
    void addMember(LockHolder holder) throws IOException {
        if (!create(member(holder), holder.toJson())) {
            throw new FileAlreadyExistsException(member(holder).toString());
        }
    }

    void deleteMember(LockHolder holder) throws IOException {
        files.delete(member(holder), false);
    }

    /** All processes that have a file. */
    List<LockHolder> members() throws IOException {
        List<LockHolder> members = new ArrayList<>();
        for (FileStatus status : list()) {
            String name = status.getPath().getName();
            if (name.startsWith(MEMBER) && name.endsWith(END)) {
                String attempt = name.substring(MEMBER.length(), name.length() - END.length());
                read(status.getPath())
                        .map(text -> LockHolder.parse(attempt, text))
                        .ifPresent(members::add);
            }
        }
        return members;
    }

    /** Makes a run the owner of the lock, unless another one is. */
    boolean createOwner(String runId) throws IOException {
        return create(owner, runId);
    }

    /** The run that owns the lock. */
    Optional<String> owner() throws IOException {
        return read(owner);
    }

    void deleteOwner() throws IOException {
        files.delete(owner, false);
    }

    /** Deletes everything. */
    void clear() throws IOException {
        files.delete(folder, true);
    }

    /** Deletes the folder if nothing is in it. */
    void deleteIfEmpty() {
        try {
            files.delete(folder, false);
        } catch (IOException notEmpty) {
            // Another process has written its file meanwhile.
        }
    }

    private Path member(LockHolder holder) {
        return new Path(folder, MEMBER + holder.attempt() + END);
    }

    private FileStatus[] list() throws IOException {
        try {
            return files.listStatus(folder);
        } catch (FileNotFoundException absent) {
            return new FileStatus[0];
        }
    }

    private Optional<String> read(Path file) throws IOException {
        try (FSDataInputStream stream = files.open(file)) {
            return Optional.of(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (FileNotFoundException absent) {
            return Optional.empty();
        }
    }

    /** Creates a file with this text, which appears as a whole; false if the file exists. */
    private boolean create(Path file, String text) throws IOException {
        if (files.getUri().getScheme().equals("file")) {
            return createOnDisk(java.nio.file.Path.of(file.toUri().getPath()), text);
        }
        FSDataOutputStreamBuilder<?, ?> builder =
                files.createFile(file).recursive().overwrite(false);
        builder.opt(CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE, true);
        try (FSDataOutputStream stream = builder.build()) {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (org.apache.hadoop.fs.FileAlreadyExistsException exists) {
            return false;
        }
        return true;
    }

    /** Hadoop would look whether the file exists and then create it: two processes could both succeed. */
    private static boolean createOnDisk(java.nio.file.Path file, String text) throws IOException {
        for (int attempt = 0; ; attempt++) {
            try {
                Files.createDirectories(file.getParent());
                java.nio.file.Path draft = Files.createTempFile(file.getParent(), "draft-", ".tmp");
                try {
                    Files.writeString(draft, text);
                    return link(file, draft, text);
                } finally {
                    Files.deleteIfExists(draft);
                }
            } catch (NoSuchFileException removed) {
                // The last process of another run has just deleted the folder.
                if (attempt == 10) {
                    throw removed;
                }
            }
        }
    }

    private static boolean link(java.nio.file.Path file, java.nio.file.Path draft, String text) throws IOException {
        try {
            Files.createLink(file, draft);
            return true;
        } catch (FileAlreadyExistsException exists) {
            return false;
        } catch (NoSuchFileException removed) {
            throw removed;
        } catch (UnsupportedOperationException | FileSystemException noLinks) {
            // A file system without links: the text appears a moment after the file.
            try {
                Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
                return true;
            } catch (FileAlreadyExistsException exists) {
                return false;
            }
        }
    }
}
