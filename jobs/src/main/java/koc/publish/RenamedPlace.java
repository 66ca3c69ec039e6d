package koc.publish;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * On HDFS and its like: {@code published} is the run's folder, swapped by two renames; the run before it is
 * {@code published-runs/previous}.
 *
 * <p>Between the two renames there is no {@code published}: a reader that comes just then finds nothing, never half a
 * run. A publish that died there is mended by the next one, which first puts the previous run back.
 */
final class RenamedPlace implements Place {
    private final FileSystem files;
    private final Path published;
    private final Path previous;
    private final Path staging;

    RenamedPlace(FileSystem files, Path warehouse) {
        this.files = files;
        this.published = new Path(warehouse, "published");
        this.previous = new Path(warehouse, "published-runs/previous");
        this.staging = new Path(warehouse, "published-runs/staging");
    }

    @Override
    public Optional<Path> current() throws IOException {
        if (!files.exists(published) && files.exists(previous)) {
            Place.rename(files, previous, published);
        }
        if (!files.exists(published)) {
            return Optional.empty();
        }
        if (!PublishedRun.isWhole(files, published)
                || files.getFileLinkStatus(published).isSymlink()) {
            throw Place.notOurs(published, "a folder with the run.json of a run, and no link");
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
            Place.rename(files, published, previous);
        }
        try {
            Place.rename(files, staged, published);
        } catch (IOException failure) {
            if (replaces) {
                Place.rename(files, previous, published);
            }
            throw failure;
        }
    }
}
