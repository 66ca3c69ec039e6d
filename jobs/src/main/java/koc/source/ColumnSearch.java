package koc.source;

import java.util.List;
import java.util.stream.IntStream;
import koc.error.KocException;

/** Finds the columns of a source among those of a file, by their names. */
final class ColumnSearch {
    private final LandingFile file;
    private final List<String> found;
    private final HeaderCase headerCase;

    /** @param found the names of the columns of the file */
    ColumnSearch(LandingFile file, List<String> found, HeaderCase headerCase) {
        this.file = file;
        this.found = found;
        this.headerCase = headerCase;
    }

    /**
     * The index in the file of the column of this name, or -1. An equal name wins over one that differs in upper and lower
     * case. Two candidates are refused, because only the source knows which one is meant.
     */
    int indexOf(String name) {
        List<Integer> equal = IntStream.range(0, found.size())
                .filter(i -> found.get(i).equals(name))
                .boxed()
                .toList();
        List<Integer> candidates = equal.isEmpty() && headerCase == HeaderCase.IGNORE
                ? IntStream.range(0, found.size())
                        .filter(i -> found.get(i).equalsIgnoreCase(name))
                        .boxed()
                        .toList()
                : equal;
        if (candidates.size() > 1) {
            throw KocException.input(
                    "landing " + file.name() + ": two columns are called "
                            + candidates.stream().map(found::get).toList(),
                    "columns are found by name, and " + name + " may be any of them",
                    "rename one of them, or name the column to use: koc.source.columns");
        }
        return candidates.isEmpty() ? -1 : candidates.get(0);
    }
}
