package koc.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A target on an object store: each run is a folder {@code published/runs/<day>-<n>}, and {@code published/current.json}
 * names the folder to read. The file is written last, and an object appears completely or not at all.
 */
final class PointerTarget implements PublishTarget {
    private final FileSystem files;
    private final Path published;
    private final Path runs;
    private final Path pointer;

    PointerTarget(FileSystem files, Path warehouse) {
        this.files = files;
        this.published = new Path(warehouse, "published");
        this.runs = new Path(published, "runs");
        this.pointer = new Path(published, "current.json");
    }

    @Override
    public Optional<Path> current() throws IOException {
        if (PublishedRun.isComplete(files, published)) {
            throw PublishTarget.foreignContent(published, "current.json and one folder per run, but no run.json");
        }
        return files.exists(pointer)
                ? Optional.of(new Path(
                        published, PublishedRun.readJson(files, pointer).getString("folder")))
                : Optional.empty();
    }

    @Override
    public Path stage(LocalDate day) throws IOException {
        List<Path> folders = PublishTarget.foldersIn(files, runs);
        for (Path folder : folders) {
            if (!PublishedRun.isComplete(files, folder)) {
                files.delete(folder, true);
            }
        }
        Path staged = new Path(runs, PublishTarget.nextName(day, folders));
        files.mkdirs(staged);
        return staged;
    }

    @Override
    public void reveal(Path staged) throws IOException {
        Optional<Path> replaced = current();
        Map<String, Object> run = Map.of(
                "folder",
                runs.getName() + "/" + staged.getName(),
                "day",
                PublishedRun.read(files, staged).day().toString());
        if (files.getScheme().equals("file")) {
            // A local file can be seen half written, so a rename makes it appear completely.
            Path draft = new Path(published, "current.json.new");
            PublishedRun.writeJson(files, draft, run);
            Files.move(local(draft), local(pointer), StandardCopyOption.ATOMIC_MOVE);
        } else {
            PublishedRun.writeJson(files, pointer, run);
        }
        PublishTarget.deleteOldRuns(files, runs, staged, replaced);
    }

    private java.nio.file.Path local(Path path) {
        return java.nio.file.Path.of(files.makeQualified(path).toUri().getPath());
    }
}
