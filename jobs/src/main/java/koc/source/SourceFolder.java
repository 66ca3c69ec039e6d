package koc.source;

import java.time.LocalDate;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The files of one source.
 *
 * @param source its name, such as {@code events}
 * @param path its folder
 * @param isFlat whether the folder is one arrival, the whole history, rather than one {@code arrived=} folder a day
 * @param files every file in it, by name
 */
public record SourceFolder(String source, String path, boolean isFlat, List<LandingFile> files) {
    public SourceFolder {
        files = List.copyOf(files);
    }

    /** The days of its {@code arrived=} folders; none when it is flat. */
    public NavigableSet<LocalDate> arrivals() {
        return files.stream()
                .map(LandingFile::arrived)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The files that arrived on one of these days; all of them when the source is flat. */
    public List<LandingFile> filesOf(Set<LocalDate> days) {
        return files.stream()
                .filter(file -> isFlat || (file.arrived() != null && days.contains(file.arrived())))
                .toList();
    }
}
