package koc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for one try of a property test, deleted at its end. Other tests use JUnit's {@code TempDir}. */
public final class TemporaryFolder implements AutoCloseable {
    private final Path path;

    public TemporaryFolder() {
        try {
            path = Files.createTempDirectory("koc-property-");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A folder in it. */
    public Path resolve(String name) {
        return path.resolve(name);
    }

    @Override
    public void close() {
        try {
            List<Path> content;
            try (Stream<Path> found = Files.walk(path)) {
                content = found.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path file : content) {
                Files.deleteIfExists(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
