package koc.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import koc.config.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The line of a file that a message is about. */
class LineSearchTest {
    private static final SourceSchema USERS = new SourceSchema(
            "users", List.of("user_id", "city"), Set.of("user_id"), Map.of("user_id", "member"), Map.of());

    @TempDir
    Path folder;

    @Test
    void aMalformedLineIsFoundByItsText() {
        LineSearch search = search("u.csv", "title\nmember,city\n1,Xian\n\n2,Xian,more\n", "skip-lines=1");

        assertThat(search.lineOf("2,Xian,more")).hasValue(5);
        assertThat(search.lineOf("nowhere")).isEmpty();
    }

    @Test
    void aValueIsFoundInItsColumn() {
        LineSearch search = search("u.csv", "city,member\nXian,1\nWuhan,\nXian,Wuhan\n");

        assertThat(search.lineOf("user_id", "Wuhan"::equals)).hasValue(4);
        assertThat(search.lineOf("user_id", value -> value == null)).hasValue(3);
    }

    @Test
    void aValueOfJsonIsFoundOnTheLineOfItsObject() {
        LineSearch search = search("u.json", "{\"member\": 1}{\"member\": 2}\n{\"member\": 3}\n");

        assertThat(search.lineOf("user_id", "2"::equals)).hasValue(1);
        assertThat(search.lineOf("user_id", "3"::equals)).isEqualTo(OptionalLong.of(2));
    }

    private LineSearch search(String name, String text, String... settings) {
        new LandingFolder(folder).file(name, text);
        LandingFile file = new LandingFile(
                folder.resolve(name).toString(),
                name,
                Format.fromName(name).orElseThrow(),
                null,
                text.length(),
                Instant.EPOCH);
        List<String> keys = List.of(settings).stream()
                .map(setting -> "koc.source.format.users." + setting)
                .toList();
        return new LineSearch(
                file,
                USERS,
                SourceFormat.of(Configuration.load(null, keys), "users"),
                new org.apache.hadoop.conf.Configuration());
    }
}
