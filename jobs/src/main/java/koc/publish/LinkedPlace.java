package koc.publish;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * On a local disk: {@code published} is a symbolic link to {@code published-runs/<day>-<n>}.
 *
 * <p>Renaming a new link over the old one is atomic. A reader that opens many files over a long time follows the link
 * once ({@code readlink -f}) and reads on there: that folder stays until the run after the next is published.
 */
final class LinkedPlace implements Place {
    private static final String STAGING = ".staging";

    private final FileSystem files;
    private final Path runs;
    private final java.nio.file.Path link;
    private final java.nio.file.Path newLink;

    LinkedPlace(FileSystem files, Path warehouse) {
        this.files = files;
        this.runs = new Path(warehouse, "published-runs");
        java.nio.file.Path folder =
                java.nio.file.Path.of(files.makeQualified(warehouse).toUri().getPath());
        this.link = folder.resolve("published");
        this.newLink = folder.resolve("published-runs").resolve("new-link");
    }

    @Override
    public Optional<Path> current() throws IOException {
        if (Files.isSymbolicLink(link)) {
            Path run = new Path(runs, Files.readSymbolicLink(link).getFileName().toString());
            return files.exists(run) ? Optional.of(run) : Optional.empty();
        }
        if (Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
            throw Place.notOurs(new Path(link.toString()), "a symbolic link to a run in " + runs.getName());
        }
        return Optional.empty();
    }

    @Override
    public Path stage(LocalDate day) throws IOException {
        List<Path> folders = Place.foldersIn(files, runs);
        for (Path folder : folders) {
            if (folder.getName().endsWith(STAGING)) {
                files.delete(folder, true);
            }
        }
        Path staged = new Path(runs, Place.nextName(day, folders) + STAGING);
        files.mkdirs(staged);
        return staged;
    }

    @Override
    public void reveal(Path staged) throws IOException {
        Optional<Path> replaced = current();
        String name = staged.getName();
        Path run = new Path(runs, name.substring(0, name.length() - STAGING.length()));
        Place.rename(files, staged, run);
        Files.deleteIfExists(newLink);
        try {
            Files.createSymbolicLink(newLink, java.nio.file.Path.of(runs.getName(), run.getName()));
        } catch (UnsupportedOperationException noLinks) {
            throw new IOException("symbolic links are not supported here: choose koc.publish.layout=rename", noLinks);
        }
        Files.move(newLink, link, ATOMIC_MOVE);
        for (Path folder : Place.foldersIn(files, runs)) {
            boolean isKept = folder.getName().equals(run.getName())
                    || replaced.map(Path::getName)
                            .filter(folder.getName()::equals)
                            .isPresent();
            if (!isKept) {
                files.delete(folder, true);
            }
        }
    }
}
