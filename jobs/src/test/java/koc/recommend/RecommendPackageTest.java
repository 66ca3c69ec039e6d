package koc.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RecommendPackageTest {
    private static final Path SOURCES = Path.of("src/main/java/koc/recommend");

    @Test
    void thePackageDocumentationNamesEveryClass() throws IOException {
        String documentation = Files.readString(SOURCES.resolve("package-info.java"));
        List<String> classes;
        try (Stream<Path> files = Files.walk(SOURCES)) {
            classes = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .filter(name -> !name.equals("package-info") && !name.equals("RecommendJob"))
                    .toList();
        }

        assertThat(classes).isNotEmpty().allMatch(name -> documentation.contains("{@code " + name + "}"));
    }
}
