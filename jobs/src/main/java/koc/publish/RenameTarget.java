package koc.publish;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A target on HDFS or a similar file system: {@code published} is the folder of the run. Two renames replace it; the
 * previous run becomes {@code published-runs/previous}.
 *
 * <p>Between the two renames {@code published} does not exist: a reader finds nothing at that moment, never half a run. If
 * a publish dies between them, the next one first puts the previous run back.
 */
final class RenameTarget implements PublishTarget {
    private final FileSystem files;
    private final Path published;
    private final Path previous;
    private final Path staging;

    RenameTarget(FileSystem files, Path warehouse) {
        this.files = files;
        this.published = new Path(warehouse, "published");
        this.previous = new Path(warehouse, "published-runs/previous");
        this.staging = new Path(warehouse, "published-runs/staging");
    }

    @Override
    public Optional<Path> current() throws IOException {
        if (!files.exists(published) && files.exists(previous)) {
            PublishTarget.rename(files, previous, published);
        }
        if (!files.exists(published)) {
            return Optional.empty();
        }
        if (!PublishedRun.isComplete(files, published)
                || files.getFileLinkStatus(published).isSymlink()) {
            throw PublishTarget.foreignContent(published, "a folder with the run.json of a run, and no link");
        }
        return Optional.of(published);
    }

    @Override
    public Path stage(LocalDate day) throws IOException {
        files.delete(staging, true);
        files.mkdirs(staging);
        return staging;
    }

    @Override
    public void reveal(Path staged) throws IOException {
        boolean replaces = current().isPresent();
        if (replaces) {
            files.delete(previous, true);
            PublishTarget.rename(files, published, previous);
        }
        try {
            PublishTarget.rename(files, staged, published);
        } catch (IOException failure) {
            if (replaces) {
                PublishTarget.rename(files, previous, published);
            }
            throw failure;
        }
    }
}
