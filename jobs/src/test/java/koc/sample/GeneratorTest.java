package koc.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import koc.error.ExitCode;
import koc.error.KocException;
import koc.sample.GeneratorOptions.Format;
import koc.sample.GeneratorOptions.Layout;
import koc.tables.CleanTables;
import koc.warehouse.Table;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratorTest {
    /** One row of a file, by column. */
    private record Line(Map<String, String> fields) {
        String get(String column) {
            return Objects.requireNonNull(fields.get(column), column);
        }

        Line with(String column, String value) {
            Map<String, String> changed = new HashMap<>(fields);
            changed.put(column, value);
            return new Line(changed);
        }
    }

    private static final GeneratorOptions SMALL =
            GeneratorOptions.of(400, 80, 16, 12_000, 90, 5).withDirt(.04);
    /** Enough bad rows for a robot. */
    private static final GeneratorOptions DIRTY = SMALL.withDirt(.1);

    @TempDir
    static Path folder;

    private static Path small;
    private static Path dirty;

    @BeforeAll
    static void generate() {
        small = folder.resolve("small");
        dirty = folder.resolve("dirty");
        Generator.generate(SMALL, small);
        Generator.generate(DIRTY, dirty);
    }

    @Test
    void theSameSeedGivesTheSameBytes() {
        Path again = folder.resolve("again");

        Generator.generate(SMALL, again);

        assertThat(contents(again)).isEqualTo(contents(small));
    }

    @Test
    void anotherSeedGivesOtherRows() {
        Path other = folder.resolve("other");

        Generator.generate(GeneratorOptions.of(400, 80, 16, 12_000, 90, 6).withDirt(.04), other);

        assertThat(contents(other).get("events/events-001.csv"))
                .isNotEqualTo(contents(small).get("events/events-001.csv"));
    }

    @Test
    void columnsAreThoseOfTheLandingFolder() {
        Map<Source, Table> tables = Map.of(
                Source.EVENTS, CleanTables.EVENTS,
                Source.USERS, CleanTables.USERS,
                Source.PRODUCTS, CleanTables.PRODUCTS,
                Source.TIES, CleanTables.TIES,
                Source.COSTS, CleanTables.COSTS,
                Source.ASSETS, CleanTables.ASSETS);

        tables.forEach((source, table) -> {
            Set<String> workedOut =
                    source.equals(Source.EVENTS) ? Set.of("arrived", "day", "amount") : Set.of("arrived");
            assertThat(source.columns())
                    .isEqualTo(table.columnNames().stream()
                            .filter(column -> !workedOut.contains(column))
                            .toList());
        });
    }

    @Test
    void countsAreAsRequested() {
        Map<String, Long> kept = counts(small, "kept");

        assertThat(kept.get("events")).isEqualTo(12_000);
        assertThat(kept.get("users")).isEqualTo(400);
        assertThat(kept.get("products")).isEqualTo(80);
        assertThat(rows(small, Source.TIES).stream()
                        .map(row -> row.get("koc_id"))
                        .filter(koc -> koc.startsWith("u"))
                        .distinct())
                .hasSize(16);
    }

    @Test
    void validAndBadRowsAddUpToTheWrittenRows() {
        Map<String, Long> read = counts(dirty, "read");
        Map<String, Long> kept = counts(dirty, "kept");
        Map<String, Long> bad = truth(dirty, "dirt.csv").stream()
                .collect(Collectors.groupingBy(row -> row.get("source"), Collectors.counting()));

        read.forEach((source, rows) -> {
            assertThat(rows(dirty, source)).hasSize(rows.intValue());
            assertThat(kept.getOrDefault(source, 0L) + bad.getOrDefault(source, 0L))
                    .isEqualTo(rows);
        });
    }

    @Test
    void everyKindOfBadRowOccursAndIsInTheTruth() {
        assertThat(reasons(dirty))
                .containsExactlyInAnyOrder(
                        "malformed",
                        "missing_field",
                        "bad_type",
                        "unknown_event_type",
                        "negative_amount",
                        "later",
                        "before_epoch",
                        "duplicate",
                        "conflicting_id",
                        "orphan_product",
                        "robot");
    }

    @Test
    void everyBadEventIsFoundByTheColumnAndValueOfTheTruth() {
        Map<String, List<Line>> byId =
                rows(dirty, Source.EVENTS).stream().collect(Collectors.groupingBy(row -> row.get("event_id")));
        Set<String> contents = rows(dirty, Source.EVENTS).stream()
                .map(row -> row.get("content_id"))
                .collect(Collectors.toSet());

        for (Line bad : truth(dirty, "dirt.csv")) {
            if (bad.get("source").equals("events")) {
                String value = bad.get("value");
                boolean isPair = Set.of("duplicate", "conflicting_id").contains(bad.get("reason"));
                if (bad.get("column").equals("event_id")) {
                    assertThat(byId.get(value)).as(value).hasSize(isPair ? 2 : 1);
                } else {
                    assertThat(contents).contains(value);
                }
            }
        }
    }

    @Test
    void aDuplicateEqualsItsRowAndAConflictSortsLast() {
        Map<String, List<Line>> byId =
                rows(dirty, Source.EVENTS).stream().collect(Collectors.groupingBy(row -> row.get("event_id")));

        for (Line bad : truth(dirty, "dirt.csv")) {
            List<Line> pair = byId.getOrDefault(bad.get("value"), List.of());
            if (bad.get("reason").equals("duplicate") && bad.get("source").equals("events")) {
                assertThat(pair.get(0)).isEqualTo(pair.get(1));
            }
            if (bad.get("reason").equals("conflicting_id")) {
                String channel = pair.get(1).get("channel");
                assertThat(channel).isGreaterThan(pair.get(0).get("channel"));
                assertThat(pair.get(0).with("channel", channel)).isEqualTo(pair.get(1));
            }
        }
    }

    @Test
    void goodEventsHaveWhatTheirTypeNeeds() {
        Set<String> bad = truth(small, "dirt.csv").stream()
                .filter(row ->
                        row.get("source").equals("events") && !row.get("reason").equals("duplicate"))
                .map(row -> row.get("value"))
                .collect(Collectors.toSet());
        Set<String> products = rows(small, Source.PRODUCTS).stream()
                .map(row -> row.get("product_id"))
                .collect(Collectors.toSet());
        Set<String> types = new TreeSet<>();

        for (Line row : rows(small, Source.EVENTS)) {
            if (bad.contains(row.get("event_id")) || bad.contains(row.get("content_id"))) {
                continue;
            }
            String type = row.get("event_type");
            types.add(type);
            assertThat(row.get("user_id")).isNotEmpty();
            LocalDate day = LocalDate.parse(row.get("occurred_at").substring(0, 10));
            assertThat(day).isBetween(SMALL.startDate(), SMALL.endDate());
            assertThat(row.get("product_id"))
                    .satisfiesAnyOf(id -> assertThat(id).isEmpty(), id -> assertThat(products)
                            .contains(id));
            if (Set.of("purchase", "refund", "cart", "review").contains(type)) {
                assertThat(row.get("product_id")).isNotEmpty();
            }
            if (Set.of("purchase", "refund").contains(type)) {
                assertThat(Double.parseDouble(row.get("unit_price"))).isPositive();
                assertThat(Integer.parseInt(row.get("quantity"))).isPositive();
            }
            if (type.equals("review")) {
                assertThat(Integer.parseInt(row.get("rating"))).isBetween(1, 5);
            }
        }
        assertThat(types)
                .containsExactlyInAnyOrder(
                        Stream.of(EventType.values()).map(EventType::word).toArray(String[]::new));
    }

    @Test
    void aTenthAreNewcomersWithUpToThreeEvents() {
        List<Line> users = truth(small, "users.csv");
        Set<String> newcomers = users.stream()
                .filter(row -> row.get("newcomer").equals("true"))
                .map(row -> row.get("user_id"))
                .collect(Collectors.toSet());
        Set<String> bad =
                truth(small, "dirt.csv").stream().map(row -> row.get("value")).collect(Collectors.toSet());
        Map<String, Long> events = rows(small, Source.EVENTS).stream()
                .filter(row -> !bad.contains(row.get("event_id")))
                .collect(Collectors.groupingBy(row -> row.get("user_id"), Collectors.counting()));

        assertThat((double) newcomers.size() / users.size()).isCloseTo(.1, within(.04));
        newcomers.forEach(user -> assertThat(events.getOrDefault(user, 0L)).isLessThanOrEqualTo(3));
        assertThat(users.stream().map(row -> row.get("portrait")).distinct()).hasSize(PlantedPortrait.ALL.size());
    }

    @Test
    void poolsAreOfManySizesAndSomeTiesAreClosed() {
        List<Integer> open = truth(small, "influence.csv").stream()
                .map(row -> Integer.parseInt(row.get("open_ties")))
                .sorted()
                .toList();
        List<Line> ties = rows(small, Source.TIES).stream()
                .filter(row -> row.get("koc_id").startsWith("u"))
                .toList();

        assertThat(open.get(open.size() - 1)).isGreaterThan(3 * open.get(0));
        assertThat(ties.stream().filter(row -> !row.get("until").isEmpty()).count())
                .isPositive();
        assertThat(ties.stream().map(row -> row.get("tie_type")).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("friend", "group", "follow", "served");
        assertThat(truth(small, "influence.csv").stream()
                        .map(row -> row.get("kind"))
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("influential", "homophilous", "neutral", "overposting");
    }

    @Test
    void portraitsBuyWhatIsPlanted() {
        Map<String, String> portraits = truth(small, "users.csv").stream()
                .collect(Collectors.toMap(row -> row.get("user_id"), row -> row.get("portrait")));
        Map<String, String> categories = truth(small, "products.csv").stream()
                .collect(Collectors.toMap(row -> row.get("product_id"), row -> row.get("category")));
        Map<String, Map<String, Long>> bought = rows(small, Source.EVENTS).stream()
                .filter(row -> row.get("event_type").equals("purchase") && portraits.containsKey(row.get("user_id")))
                .filter(row -> categories.containsKey(row.get("product_id")))
                .collect(Collectors.groupingBy(
                        row -> portraits.getOrDefault(row.get("user_id"), ""),
                        Collectors.groupingBy(
                                row -> categories.getOrDefault(row.get("product_id"), ""), Collectors.counting())));

        List<Line> planted = truth(small, "affinities.csv").stream()
                .filter(row -> Double.parseDouble(row.get("multiplier")) >= 2)
                .toList();
        long recovered = planted.stream()
                .filter(row -> lift(bought, row.get("portrait"), row.get("category")) > 1.5)
                .count();

        assertThat(planted).hasSizeGreaterThan(25);
        assertThat((double) recovered / planted.size()).isGreaterThan(.9);
    }

    private static double lift(Map<String, Map<String, Long>> bought, String portrait, String category) {
        double own = sum(bought.getOrDefault(portrait, Map.of()));
        double found = bought.getOrDefault(portrait, Map.of()).getOrDefault(category, 0L);
        double everybody =
                bought.values().stream().mapToDouble(GeneratorTest::sum).sum();
        double all = bought.values().stream()
                .mapToLong(counts -> counts.getOrDefault(category, 0L))
                .sum();
        return found / own / (all / everybody);
    }

    private static double sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    @Test
    void arrivalsHoldOnlyWhatHadHappenedExceptWhatIsPlantedAsFuture() throws IOException {
        Path arrived = folder.resolve("arrived");
        GeneratorOptions options = SMALL.withForm(Layout.ARRIVED, Format.CSV, false);

        Generator.generate(options, arrived);

        Set<String> bad = truth(arrived, "dirt.csv").stream()
                .filter(row -> !Set.of("duplicate", "conflicting_id").contains(row.get("reason")))
                .map(row -> row.get("value"))
                .collect(Collectors.toSet());
        assertThat(reasons(arrived)).contains("future").doesNotContain("later");
        assertThat(files(arrived.resolve("events"))).hasSize(90);
        for (Path file : files(arrived.resolve("events"))) {
            String day = arrived.resolve("events")
                    .relativize(file)
                    .getName(0)
                    .toString()
                    .substring("arrived=".length());
            for (Line row : read(file)) {
                if (!bad.contains(row.get("event_id")) && !bad.contains(row.get("content_id"))) {
                    assertThat(row.get("occurred_at").substring(0, 10)).isLessThanOrEqualTo(day);
                }
            }
        }
    }

    @Test
    void jsonLinesHoldTheSameEventsAsCsv() {
        Path json = folder.resolve("json");

        Generator.generate(SMALL.withForm(Layout.FLAT, Format.JSONL, true), json);

        List<String> lines = lines(json.resolve("events/events-001.jsonl.gz"));
        assertThat(lines).hasSize(rows(small, Source.EVENTS).size());
        assertThat(lines.get(0))
                .startsWith("{\"event_id\":\"e00001\",\"occurred_at\":\"")
                .endsWith("\"}");
        assertThat(lines).anyMatch(line -> line.contains("\"quantity\":1,\"unit_price\":"));
        assertThat(lines).anyMatch(line -> !line.endsWith("}"));
    }

    @Test
    void aFolderWithSourcesInItIsRefused() {
        assertThatThrownBy(() -> Generator.generate(SMALL, small))
                .isInstanceOfSatisfying(KocException.class, failure -> {
                    assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
                    assertThat(failure).hasMessageContaining("already has events");
                });
    }

    @Test
    void anOptionOutOfRangeIsNamedWithItsValue() {
        assertThatThrownBy(() -> GeneratorOptions.of(400, 3, 16, 12_000, 90, 5))
                .isInstanceOfSatisfying(KocException.class, failure -> {
                    assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
                    assertThat(failure).hasMessageContaining("--products: found 3");
                });
    }

    @Test
    void theCommandInTheReadmeReproducesTheSampleOfTheRepository() throws IOException {
        Path sample = repository().resolve("data-samples");
        String readme = Files.readString(sample.resolve("README.md"));
        Path made = folder.resolve("sample");

        Generator.generate(commanded(readme), made);

        Map<String, String> expected = contents(sample);
        expected.remove("README.md");
        Map<String, String> found = contents(made);
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        found.forEach((file, text) ->
                assertThat(text.equals(expected.get(file))).as(file).isTrue());
        assertThat(files(sample).stream().mapToLong(GeneratorTest::size).sum()).isLessThan(3_000_000);
    }

    /** The options of the command in the README. */
    private static GeneratorOptions commanded(String readme) {
        String command = readme.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("bin/koc generate "))
                .findFirst()
                .orElseThrow();
        String[] words = command.split(" +", -1);
        Map<String, String> given = new HashMap<>();
        for (int i = 2; i + 1 < words.length; i += 2) {
            given.put(words[i], words[i + 1]);
        }
        return GeneratorOptions.of(
                Integer.parseInt(given.getOrDefault("--users", "")),
                Integer.parseInt(given.getOrDefault("--products", "")),
                Integer.parseInt(given.getOrDefault("--kocs", "")),
                Long.parseLong(given.getOrDefault("--events", "")),
                Integer.parseInt(given.getOrDefault("--days", "")),
                Long.parseLong(given.getOrDefault("--seed", "")));
    }

    private static Path repository() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("data-samples")) ? here : Objects.requireNonNull(here.getParent());
    }

    private static Set<String> reasons(Path landing) {
        return truth(landing, "dirt.csv").stream().map(row -> row.get("reason")).collect(Collectors.toSet());
    }

    private static Map<String, Long> counts(Path landing, String check) {
        Map<String, Long> counts = new TreeMap<>();
        for (Line row : truth(landing, "counts.csv")) {
            if (row.get("check_name").equals(check)) {
                counts.put(row.get("source"), Long.parseLong(row.get("rows")));
            }
        }
        return counts;
    }

    private static List<Line> truth(Path landing, String file) {
        return read(landing.resolve("_truth").resolve(file));
    }

    private static List<Line> rows(Path landing, Source source) {
        return rows(landing, source.name());
    }

    private static List<Line> rows(Path landing, String source) {
        return files(landing.resolve(source)).stream()
                .flatMap(file -> read(file).stream())
                .toList();
    }

    /** Rows of a file; no field that these tests look at is quoted. */
    private static List<Line> read(Path file) {
        List<String> lines = lines(file);
        String[] names = lines.get(0).split(",", -1);
        return lines.stream()
                .skip(1)
                .map(line -> {
                    String[] values = line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1);
                    Map<String, String> fields = new HashMap<>();
                    for (int i = 0; i < names.length; i++) {
                        fields.put(names[i], values[i]);
                    }
                    return new Line(fields);
                })
                .toList();
    }

    private static List<String> lines(Path file) {
        try (var bytes = Files.newInputStream(file);
                var reader = new BufferedReader(new InputStreamReader(
                        file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes,
                        StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Map<String, String> contents(Path landing) {
        Map<String, String> contents = new TreeMap<>();
        for (Path file : files(landing)) {
            try {
                contents.put(
                        landing.relativize(file).toString().replace('\\', '/'),
                        Files.readString(file, StandardCharsets.UTF_8));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
        return contents;
    }

    private static Set<Path> files(Path folder) {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(Files::isRegularFile).collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
