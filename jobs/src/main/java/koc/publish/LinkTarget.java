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
 * A target on a local disk: {@code published} is a symbolic link to {@code published-runs/<day>-<n>}.
 *
 * <p>Renaming a new link over the old one is atomic. A reader that opens many files should resolve the link once ({@code
 * readlink -f}). The folder that it finds stays until two more runs have been published.
 */
final class LinkTarget implements PublishTarget {
    private static final String STAGING = ".staging";

    private final FileSystem files;
    private final Path runs;
    private final java.nio.file.Path link;
    private final java.nio.file.Path newLink;

    LinkTarget(FileSystem files, Path warehouse) {
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
            throw PublishTarget.foreignContent(
                    new Path(link.toString()), "a symbolic link to a run in " + runs.getName());
        }
        return Optional.empty();
    }

    @Override
    public Path stage(LocalDate day) throws IOException {
        List<Path> folders = PublishTarget.foldersIn(files, runs);
        for (Path folder : folders) {
            if (folder.getName().endsWith(STAGING)) {
                files.delete(folder, true);
            }
        }
        Path staged = new Path(runs, PublishTarget.nextName(day, folders) + STAGING);
        files.mkdirs(staged);
        return staged;
    }

    @Override
    public void reveal(Path staged) throws IOException {
        Optional<Path> replaced = current();
        String name = staged.getName();
        Path run = new Path(runs, name.substring(0, name.length() - STAGING.length()));
        PublishTarget.rename(files, staged, run);
        Files.deleteIfExists(newLink);
        try {
            Files.createSymbolicLink(newLink, java.nio.file.Path.of(runs.getName(), run.getName()));
        } catch (UnsupportedOperationException noLinks) {
            throw new IOException("symbolic links are not supported here: choose koc.publish.layout=rename", noLinks);
        }
        Files.move(newLink, link, ATOMIC_MOVE);
        PublishTarget.deleteOldRuns(files, runs, run, replaced);
    }
}
