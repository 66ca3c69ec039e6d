package koc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import koc.SparkTest;
import koc.sample.Generator;
import koc.sample.GeneratorOptions;
import koc.tables.BacktestTables;
import koc.tables.CleanTables;
import koc.tables.RecommendTables;
import koc.warehouse.Table;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing after the cutoff of a backtest reaches what is recommended on it: the real jobs, on two futures. */
class LeakTest extends SparkTest {
    private static final String CUTOFF = "2024-06-02";
    /** The same answers from fewer starts: the test is about what is read. */
    private static final List<String> QUICK = List.of(
            "--set", "koc.portraits.bootstraps=2",
            "--set", "koc.portraits.restarts=2",
            "--set", "koc.portraits.bootstrap-restarts=1",
            "--set", "koc.portraits.max-portraits=4",
            "--set", "koc.backtest.resamples=100");

    @TempDir
    Path folder;

    @Test
    void anotherFutureLeavesEveryListAsItIs() throws IOException {
        Path landing = folder.resolve("landing");
        Generator.generate(GeneratorOptions.of(400, 80, 20, 12_000, 120, 11).withDirt(0), landing);
        Path other = withAnotherFuture(landing, folder.resolve("other"));
        Path backtest = folder.resolve("backtest");

        koc("backtest", "--landing", landing, "--cutoff", CUTOFF, "--horizon-days", "28", "--out", backtest);
        koc(
                "run",
                "--landing",
                other,
                "--warehouse",
                folder.resolve("warehouse"),
                "--date",
                CUTOFF,
                "--jobs",
                "clean,features,portraits,influence,fit,kocs,recommend",
                "--set",
                "koc.recommend.baselines=true");

        Warehouse rebuilt = openWarehouse(backtest.resolve("cutoff=" + CUTOFF + "/warehouse"));
        Warehouse plain = openWarehouse(folder.resolve("warehouse"));
        assertThat(rows(rebuilt, RecommendTables.KOC_RECOMMENDATIONS))
                .isNotEmpty()
                .isEqualTo(rows(plain, RecommendTables.KOC_RECOMMENDATIONS));
        assertThat(rows(rebuilt, RecommendTables.BASELINE_RECOMMENDATIONS))
                .isEqualTo(rows(plain, RecommendTables.BASELINE_RECOMMENDATIONS));
        assertThat(rebuilt.readUpTo(CleanTables.EVENTS, day(CUTOFF))
                        .where("day > DATE'" + CUTOFF + "'")
                        .isEmpty())
                .isTrue();
        Row published = openWarehouse(backtest.resolve("results"))
                .readUpTo(BacktestTables.BACKTEST_RESULTS, day("2024-06-30"))
                .where("slice_kind = 'all' AND recommender = 'published'")
                .head();
        assertThat(published.<Long>getAs("kocs")).isGreaterThan(10);
        assertThat(published.<Double>getAs("ndcg_first_purchases")).isGreaterThan(0);
    }

    private static List<String> rows(Warehouse warehouse, Table table) {
        return warehouse.readUpTo(table, day(CUTOFF)).toJSON().collectAsList().stream()
                .sorted()
                .toList();
    }

    /** The same landing up to the cutoff; after it other users do other things, fewer of them, and no tie begins. */
    private static Path withAnotherFuture(Path landing, Path other) throws IOException {
        try (Stream<Path> files = Files.walk(landing)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = other.resolve(landing.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
        change(other.resolve("events"), 1, LeakTest::shuffled);
        change(other.resolve("ties"), 3, later -> List.of());
        return other;
    }

    private interface Change {
        List<String> of(List<String> later);
    }

    private static void change(Path source, int dateColumn, Change change) throws IOException {
        try (Stream<Path> files = Files.list(source)) {
            for (Path file : files.toList()) {
                List<String> lines = Files.readAllLines(file);
                List<String> changed = new ArrayList<>(lines.subList(0, 1));
                List<String> later = new ArrayList<>();
                lines.stream().skip(1).forEach(line -> (isLater(line, dateColumn) ? later : changed).add(line));
                assertThat(later).isNotEmpty();
                changed.addAll(change.of(later));
                Files.write(file, changed);
            }
        }
    }

    private static boolean isLater(String line, int dateColumn) {
        String date = line.split(",", -1)[dateColumn];
        return date.length() >= 10 && date.substring(0, 10).compareTo(CUTOFF) > 0;
    }

    /** Every later event gets the user and the product of the seventh after it; every fifth does not happen. */
    private static List<String> shuffled(List<String> later) {
        return IntStream.range(0, later.size())
                .filter(i -> i % 5 != 0)
                .mapToObj(i -> {
                    String[] cells = later.get(i).split(",", -1);
                    String[] donor = later.get((i + 7) % later.size()).split(",", -1);
                    cells[2] = donor[2];
                    cells[4] = donor[4].isEmpty() ? cells[4] : donor[4];
                    return String.join(",", cells);
                })
                .collect(Collectors.toList());
    }

    private static void koc(Object... arguments) {
        List<String> command =
                new ArrayList<>(Stream.of(arguments).map(Object::toString).toList());
        command.addAll(QUICK);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = new Koc(Jobs.all(), new PrintWriter(out), new PrintWriter(err), false)
                .execute(command.toArray(String[]::new));
        assertThat(err.toString()).isEmpty();
        assertThat(exitCode).isZero();
    }
}
