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
 * On object stores: each run is a folder {@code published/runs/<day>-<n>}, and {@code published/current.json} names the
 * one to read. It is written last, and an object appears whole or not at all.
 */
final class PointedPlace implements Place {
    private final FileSystem files;
    private final Path published;
    private final Path runs;
    private final Path pointer;

    PointedPlace(FileSystem files, Path warehouse) {
        this.files = files;
        this.published = new Path(warehouse, "published");
        this.runs = new Path(published, "runs");
        this.pointer = new Path(published, "current.json");
    }

    @Override
    public Optional<Path> current() throws IOException {
        if (PublishedRun.isWhole(files, published)) {
            throw Place.notOurs(published, "current.json and a folder a run, and no run.json");
        }
        return files.exists(pointer)
                ? Optional.of(new Path(
                        published, PublishedRun.readJson(files, pointer).getString("folder")))
                : Optional.empty();
    }

    @Override
    public Path stage(LocalDate day) throws IOException {
        List<Path> folders = Place.foldersIn(files, runs);
        for (Path folder : folders) {
            if (!PublishedRun.isWhole(files, folder)) {
                files.delete(folder, true);
            }
        }
        Path staged = new Path(runs, Place.nextName(day, folders));
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
            // A local file is written bit by bit, so here too a rename makes it appear whole.
            Path draft = new Path(published, "current.json.new");
            PublishedRun.writeJson(files, draft, run);
            Files.move(local(draft), local(pointer), StandardCopyOption.ATOMIC_MOVE);
        } else {
            PublishedRun.writeJson(files, pointer, run);
        }
        for (Path folder : Place.foldersIn(files, runs)) {
            boolean isKept = folder.getName().equals(staged.getName())
                    || replaced.map(Path::getName)
                            .filter(folder.getName()::equals)
                            .isPresent();
            if (!isKept) {
                files.delete(folder, true);
            }
        }
    }

    private java.nio.file.Path local(Path path) {
        return java.nio.file.Path.of(files.makeQualified(path).toUri().getPath());
    }
}
