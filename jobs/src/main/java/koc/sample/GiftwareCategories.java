package koc.sample;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Derives the category of a gift from its title, by the table in {@code giftware-categories.txt}. */
final class GiftwareCategories {
    /** The category of titles without a word in the table. */
    static final String OTHER = "other giftware";

    private static final String TABLE = "giftware-categories.txt";

    private final List<Line> lines;

    private record Line(String category, Pattern words) {}

    private GiftwareCategories(List<Line> lines) {
        this.lines = lines;
    }

    static GiftwareCategories load() {
        InputStream table = Objects.requireNonNull(GiftwareCategories.class.getResourceAsStream(TABLE), TABLE);
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8))) {
            List<Line> lines = new ArrayList<>();
            for (String line : reader.lines().toList()) {
                int bar = line.indexOf('|');
                if (bar > 0 && !line.startsWith("#")) {
                    lines.add(new Line(line.substring(0, bar).strip(), words(line.substring(bar + 1))));
                }
            }
            return new GiftwareCategories(lines);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Pattern words(String list) {
        String any = Arrays.stream(list.split(",", -1))
                .map(word -> Pattern.quote(word.strip()))
                .collect(Collectors.joining("|"));
        return Pattern.compile("(?<![A-Z])(?:" + any + ")(?:S|ES)?(?![A-Z])");
    }

    /** The category of the first line with a word of the title. */
    String of(String title) {
        String upper = title.toUpperCase(Locale.ROOT);
        return lines.stream()
                .filter(line -> line.words().matcher(upper).find())
                .map(Line::category)
                .findFirst()
                .orElse(OTHER);
    }
}
