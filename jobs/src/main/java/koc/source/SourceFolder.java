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
 * @param source name of the source, such as {@code events}
 * @param path path of its folder
 * @param isFlat whether the folder is a single arrival with the whole history; otherwise it has one {@code arrived=}
 *     folder per day
 * @param files every file in it, sorted by name
 */
public record SourceFolder(String source, String path, boolean isFlat, List<LandingFile> files) {
    public SourceFolder {
        files = List.copyOf(files);
    }

    /** The days of its {@code arrived=} folders; none for a flat source. */
    public NavigableSet<LocalDate> arrivals() {
        return files.stream()
                .map(LandingFile::arrived)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The files that arrived on one of these days; all files of a flat source. */
    public List<LandingFile> filesOf(Set<LocalDate> days) {
        return files.stream()
                .filter(file -> isFlat || (file.arrived() != null && days.contains(file.arrived())))
                .toList();
    }
}
