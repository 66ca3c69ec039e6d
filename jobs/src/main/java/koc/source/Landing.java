package koc.source;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import koc.error.KocException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/** The landing folder, on any file system that Hadoop supports. */
public final class Landing {
    private static final String ARRIVED = "arrived=";
    /** What Java shows for a part of a name that it cannot decode. */
    private static final char UNREADABLE = '\uFFFD';

    private final FileSystem files;
    private final Path root;

    private Landing(FileSystem files, Path root) {
        this.files = files;
        this.root = root;
    }

    /** The landing folder at this path, which must exist. */
    public static Landing at(String folder, Configuration hadoop) {
        Path path = new Path(folder);
        try {
            FileSystem files = path.getFileSystem(hadoop);
            if (!files.exists(path) || !files.getFileStatus(path).isDirectory()) {
                throw KocException.input(
                        "landing " + folder + ": no such folder",
                        "expected one folder in it for each source: events, users, products and optionally ties,"
                                + " costs, assets, campaigns",
                        "name the folder with --landing");
            }
            return new Landing(files, files.makeQualified(path));
        } catch (IOException failure) {
            throw unreadable(folder, failure);
        }
    }

    /**
     * The files of a source; empty when it has no folder.
     *
     * <p>Files and folders whose names begin with {@code _} or {@code .} are ignored.
     */
    public Optional<SourceFolder> source(String source) {
        return source(source, source);
    }

    /**
     * The files of a source in another place.
     *
     * @param place a folder in the landing folder, whatever its name ends in, or else a name of files that lie directly in
     *     it, perhaps with {@code *}
     */
    public Optional<SourceFolder> source(String source, String place) {
        if (isPattern(place) && !isFolder(place)) {
            List<LandingFile> matching = looseFiles().stream()
                    .filter(file -> matches(place, file.name()))
                    .toList();
            return Optional.of(new SourceFolder(source, root.toString(), true, matching));
        }
        Path folder = new Path(root, place);
        try {
            if (!files.exists(folder)) {
                File local = local(folder);
                if (local != null) {
                    requireReadable(local.getParentFile(), local.getName());
                }
                return Optional.empty();
            }
            List<LandingFile> flat = new ArrayList<>();
            List<LandingFile> arrived = new ArrayList<>();
            for (FileStatus entry : visible(folder)) {
                String name = entry.getPath().getName();
                if (entry.isDirectory() && name.startsWith(ARRIVED)) {
                    collect(entry, place + "/" + name, arrivalDay(place, name), arrived);
                } else {
                    collect(entry, place + "/" + name, null, flat);
                }
            }
            if (!flat.isEmpty() && !arrived.isEmpty()) {
                throw KocException.input(
                        "landing " + folder + ": files both inside and outside of arrived= folders",
                        "found " + flat.get(0).name() + " and " + arrived.get(0).name(),
                        "move all files into arrived=YYYY-MM-DD folders, or none");
            }
            List<LandingFile> all = arrived.isEmpty() ? flat : arrived;
            all.sort(Comparator.comparing(LandingFile::name));
            return Optional.of(new SourceFolder(source, folder.toString(), arrived.isEmpty(), all));
        } catch (IOException failure) {
            throw unreadable(folder.toString(), failure);
        }
    }

    private boolean isFolder(String place) {
        try {
            Path folder = new Path(root, place);
            return !place.contains("*")
                    && files.exists(folder)
                    && files.getFileStatus(folder).isDirectory();
        } catch (IOException failure) {
            throw unreadable(place, failure);
        }
    }

    /** Whether the place of a source is a name of files, not of a folder. */
    private static boolean isPattern(String place) {
        return place.contains("*") || Format.fromName(place).isPresent();
    }

    /** Whether a name is that of the place, in which {@code *} stands for any text. */
    public static boolean matches(String place, String name) {
        String pattern =
                Arrays.stream(place.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return name.matches(pattern);
    }

    /** The names of its folders. */
    public List<String> folders() {
        return visible().stream()
                .filter(FileStatus::isDirectory)
                .map(entry -> entry.getPath().getName())
                .toList();
    }

    /** The files that lie directly in it, in no folder of a source. Files of unknown formats are left out. */
    public List<LandingFile> looseFiles() {
        List<LandingFile> files = new ArrayList<>();
        for (FileStatus entry : visible()) {
            if (!entry.isDirectory()
                    && Format.fromName(entry.getPath().getName()).isPresent()) {
                try {
                    collect(entry, entry.getPath().getName(), null, files);
                } catch (IOException failure) {
                    throw unreadable(root.toString(), failure);
                }
            }
        }
        return files;
    }

    private List<FileStatus> visible() {
        try {
            return visible(root);
        } catch (IOException failure) {
            throw unreadable(root.toString(), failure);
        }
    }

    private void collect(FileStatus entry, String name, @Nullable LocalDate arrived, List<LandingFile> found)
            throws IOException {
        if (entry.isDirectory()) {
            for (FileStatus inner : visible(entry.getPath())) {
                collect(inner, name + "/" + inner.getPath().getName(), arrived, found);
            }
            return;
        }
        Format format = Format.fromName(name)
                .orElseThrow(() -> KocException.input(
                        "landing " + name + ": unknown file format",
                        "expected a name that ends in .csv, .jsonl, .json (each also with .gz) or .parquet",
                        "rename the file, or let its name begin with _ to ignore it"));
        Instant modified = Instant.ofEpochMilli(entry.getModificationTime());
        found.add(new LandingFile(entry.getPath().toString(), name, format, arrived, entry.getLen(), modified));
    }

    private List<FileStatus> visible(Path folder) throws IOException {
        List<FileStatus> visible = new ArrayList<>();
        try {
            Set<String> names = new HashSet<>();
            for (FileStatus entry : files.listStatus(folder)) {
                String name = entry.getPath().getName();
                names.add(name);
                if (isVisible(name)) {
                    visible.add(entry);
                }
            }
            requireAllListed(folder, names);
        } catch (FileNotFoundException vanished) {
            return List.of();
        }
        visible.sort(Comparator.comparing(entry -> entry.getPath().getName()));
        return visible;
    }

    private static boolean isVisible(String name) {
        return !name.startsWith("_") && !name.startsWith(".");
    }

    /** Hadoop leaves out links without a target, and names that it cannot write, and says nothing. */
    private void requireAllListed(Path folder, Set<String> listed) {
        File local = local(folder);
        if (local == null) {
            return;
        }
        String[] names = local.list();
        if (names != null) {
            Arrays.stream(names)
                    .filter(name -> isVisible(name) && !listed.contains(name))
                    .sorted()
                    .forEach(name -> requireReadable(local, name));
        }
    }

    /** Requires that a file that Hadoop did not list has been deleted since. */
    static void requireReadable(File folder, String name) {
        if (name.indexOf(UNREADABLE) >= 0) {
            throw KocException.input(
                    "landing " + folder + "/" + name + ": the name of the file cannot be read",
                    "it is not written in the encoding of this process, " + System.getProperty("sun.jnu.encoding"),
                    "rename it, or set LC_ALL=C.UTF-8 and run again if it is UTF-8");
        }
        java.nio.file.Path link = new File(folder, name).toPath();
        // A link with a target may have landed since Hadoop listed the folder.
        if (Files.isSymbolicLink(link) && Files.notExists(link)) {
            throw KocException.input(
                    "landing " + folder + "/" + name + ": a link to a file that does not exist",
                    "its rows would be missing",
                    "land the file again, or let the name of the link begin with _ to ignore it");
        }
    }

    /** The folder in Java's words; null if it is not on this machine. */
    private @Nullable File local(Path folder) {
        return files.getUri().getScheme().equals("file")
                ? new File(folder.toUri().getPath())
                : null;
    }

    private static LocalDate arrivalDay(String source, String folder) {
        try {
            return LocalDate.parse(folder.substring(ARRIVED.length()));
        } catch (DateTimeParseException wrong) {
            throw KocException.input(
                            "landing " + source + "/" + folder + ": not a day",
                            "expected arrived=YYYY-MM-DD",
                            "rename the folder, or let its name begin with _ to ignore it")
                    .causedBy(wrong);
        }
    }

    private static KocException unreadable(String path, IOException failure) {
        return KocException.input(
                        "landing " + path + ": cannot be read",
                        String.valueOf(failure.getMessage()),
                        "check the path and the permission to read it")
                .causedBy(failure);
    }
}
