package koc.cli;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import koc.SparkTest;
import koc.sample.Generator;
import koc.sample.GeneratorOptions;
import koc.tables.CleanTables;
import koc.tables.FeatureTables;
import koc.tables.FitTables;
import koc.tables.GrowthTables;
import koc.tables.InfluenceTables;
import koc.tables.KocTables;
import koc.tables.PortraitTables;
import koc.tables.RecommendTables;
import koc.text.Texts;
import koc.warehouse.Table;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All jobs where sources or columns are missing: the run succeeds, leaves empty what it cannot know, and says why. */
class AbsentSourcesTest extends SparkTest {
    private static final GeneratorOptions SMALL = GeneratorOptions.of(400, 80, 16, 8_000, 60, 5);
    private static final String DAY = GeneratorOptions.DEFAULT_END_DATE.toString();
    private static final Texts TEXTS = Texts.of("en");

    @TempDir
    static Path folder;

    private static Path whole = Path.of("");

    private Path warehouse = Path.of("");

    @BeforeAll
    static void generate() {
        whole = folder.resolve("whole");
        Generator.generate(SMALL, whole);
    }

    @Test
    void withoutTiesPoolsAreInferredAndWithoutCostsAssetsAndReviewsTheirColumnsAreEmpty() throws IOException {
        Path landing = landing(Set.of("ties", "costs", "assets"), type -> !type.equals("review"));

        String told = run(landing);

        assertThat(told)
                .contains(
                        "ties: no files in the landing folder",
                        "costs: no files in the landing folder",
                        "assets: no files in the landing folder",
                        "campaigns: no files in the landing folder",
                        TEXTS.text("influence.note.inferred"),
                        TEXTS.text("recommend.note.inferred"),
                        TEXTS.text("fit.note.absent.trust_reviews"))
                .doesNotContain(TEXTS.text("fit.note.absent.buyers"), TEXTS.text("kocs.note.absent.influence"));
        assertThat(List.of(CleanTables.TIES, CleanTables.COSTS, CleanTables.ASSETS, CleanTables.CAMPAIGNS))
                .allMatch(table -> table(table).isEmpty());
        assertThat(table(InfluenceTables.TIE_STRENGTHS).where("NOT is_inferred").isEmpty())
                .isTrue();
        assertThat(known(KocTables.KOC_RANKING, "influence_lift", "own_use"))
                .containsExactly("influence_lift", "own_use");
        assertThat(known(FitTables.PRODUCT_PROFILE, "trust_reviews", "mean_rating", "trust_purchases", "trust"))
                .containsExactly("trust_purchases", "trust");
        assertThat(table(RecommendTables.KOC_RECOMMENDATIONS).isEmpty()).isFalse();
    }

    @Test
    void withoutSharesInfluenceIsUnknownAndWithoutCountiesNoneIsCovered() throws IOException {
        Path landing = landing(Set.of(), type -> !Set.of("share", "share_open").contains(type));
        withoutCounties(landing);

        String told = run(landing);

        assertThat(told)
                .contains(
                        "no KOC with a pool shared a product",
                        TEXTS.text("kocs.note.absent.influence"),
                        TEXTS.text("growth.note.empty.county_coverage"))
                .doesNotContain(TEXTS.text("influence.note.inferred"));
        assertThat(List.of(InfluenceTables.KOC_INFLUENCE, GrowthTables.COUNTY_COVERAGE, GrowthTables.COUNTY_NEXT_KOCS))
                .allMatch(table -> table(table).isEmpty());
        assertThat(known(KocTables.KOC_RANKING, "influence", "influence_lift", "influence_low", "score", "own_use"))
                .containsExactly("score", "own_use");
        assertThat(table(RecommendTables.KOC_RECOMMENDATIONS).isEmpty()).isFalse();
    }

    @Test
    void withoutPurchasesPortraitsAreToldFromAttentionAndTheStrongestInterestIsRecommendedBy() throws IOException {
        Path landing = landing(Set.of(), Set.of("view", "share_open")::contains);

        String told = run(landing, "--jobs", "clean,features,portraits,influence,fit,kocs,recommend");

        assertThat(told)
                .contains(TEXTS.text("fit.note.absent.buyers"), TEXTS.text("kocs.note.absent.own_use"))
                .doesNotContain(TEXTS.text("portraits.no-users"));
        assertThat(table(PortraitTables.PORTRAITS)
                        .where("top_categories <> ''")
                        .where(col("portrait_id").notEqual(PortraitTables.NEWCOMERS))
                        .count())
                .isGreaterThanOrEqualTo(4);
        assertThat(table(FitTables.PRODUCT_PORTRAIT_FIT).isEmpty()).isTrue();
        assertThat(table(FitTables.PRODUCT_PROFILE)
                        .where("buyers = 0 AND quality_gate = 'pass'")
                        .isEmpty())
                .isFalse();
        assertThat(table(FeatureTables.USER_PRODUCT_DAYS).where("opens > 0").isEmpty())
                .isFalse();
        assertThat(told).contains("recommendations predict events of type share_open");
        assertThat(table(RecommendTables.KOC_RECOMMENDATIONS)
                        .select("target_event")
                        .distinct()
                        .collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactly("share_open");
    }

    private String run(Path landing, String... more) {
        warehouse = landing.resolveSibling(landing.getFileName() + "-warehouse");
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = new Koc(Jobs.all(), new PrintWriter(out), new PrintWriter(err), false)
                .execute(Stream.concat(
                                Stream.of(
                                        "run",
                                        "--landing",
                                        landing.toString(),
                                        "--warehouse",
                                        warehouse.toString(),
                                        "--date",
                                        DAY,
                                        // The fewer groups are tried, the sooner it ends.
                                        "--set",
                                        "koc.portraits.max-portraits=5",
                                        "--set",
                                        "koc.portraits.bootstraps=4"),
                                Stream.of(more))
                        .toArray(String[]::new));
        assertThat(err.toString()).isEmpty();
        assertThat(exitCode).isZero();
        return out.toString();
    }

    /** The generated landing less these sources, and with these lines of events only. */
    private static Path landing(Set<String> absent, Predicate<String> hasEventType) throws IOException {
        Path landing = Files.createTempDirectory(folder, "landing");
        for (Path file : files(whole)) {
            String source = whole.relativize(file).getName(0).toString();
            if (!absent.contains(source)) {
                Path copy = landing.resolve(whole.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                List<String> lines = Files.readAllLines(file);
                int type = List.of(lines.get(0).split(",", -1)).indexOf("event_type");
                Stream<String> kept =
                        lines.stream().skip(1).filter(line -> type < 0 || hasEventType.test(line.split(",", -1)[type]));
                Files.write(copy, Stream.concat(lines.stream().limit(1), kept).toList());
            }
        }
        return landing;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".csv"))
                    .sorted()
                    .toList();
        }
    }

    private static void withoutCounties(Path landing) throws IOException {
        for (Path file : files(landing.resolve("users"))) {
            Files.writeString(file, Files.readString(file).replaceFirst(",county,", ",somewhere,"));
        }
    }

    private Dataset<Row> table(Table table) {
        return openWarehouse(warehouse).readUpTo(table, day(DAY));
    }

    /** Which of these columns have a value in any row. */
    private List<String> known(Table table, String... columns) {
        Row counts = table(table)
                .selectExpr(Arrays.stream(columns)
                        .map(column -> "count(" + column + ")")
                        .toArray(String[]::new))
                .head();
        return IntStream.range(0, columns.length)
                .filter(place -> counts.getLong(place) > 0)
                .mapToObj(place -> columns[place])
                .toList();
    }
}
