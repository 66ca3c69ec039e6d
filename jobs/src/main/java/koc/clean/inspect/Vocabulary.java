package koc.clean.inspect;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Reads the lists of names and words of other systems. */
final class Vocabulary {
    private Vocabulary() {}

    /**
     * The lists of a file: section -> key -> words, separated by blanks. A section begins with a line such as {@code
     * [events]}, a list with its key and a colon. A line that begins with blanks goes on.
     */
    static Map<String, Map<String, String>> read(String file) {
        Map<String, Map<String, String>> sections = new LinkedHashMap<>();
        Map<String, String> section = new LinkedHashMap<>();
        String key = "";
        try (InputStream in = Objects.requireNonNull(Vocabulary.class.getResourceAsStream("/koc/inspect/" + file));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("[")) {
                    section = new LinkedHashMap<>();
                    sections.put(line.substring(1, line.length() - 1), section);
                } else if (line.startsWith(" ")) {
                    section.merge(key, line.strip(), (before, more) -> before + " " + more);
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    int colon = line.indexOf(':');
                    key = line.substring(0, colon);
                    section.put(key, line.substring(colon + 1).strip());
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return sections;
    }
}
