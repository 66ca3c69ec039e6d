package koc.evaluation;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.LocalDate;
import koc.SparkTest;
import koc.cli.Commands;
import koc.tables.BacktestTables;
import koc.warehouse.Table;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole pipeline on a small generated brand, judged by a backtest of its last 28 days: recommendations must be
 * better than popularity, and as many buyers must come as were forecast. {@link SeedsEvaluation} measures the same at
 * twenty times the size and against every baseline.
 */
class RecommendationQualityTest extends SparkTest {
    /** Its last 28 days contain no promotion, which nothing before it would foretell. */
    private static final LocalDate LAST_DAY = LocalDate.of(2024, 6, 14);

    /** Other seeds can be tried with {@code -Dkoc.test.seed=2}. */
    private static final String SEED = System.getProperty("koc.test.seed", "1");

    @TempDir
    static Path folder;

    @BeforeAll
    static void generateAndBacktest() {
        String landing = folder.resolve("landing").toString();
        Commands.runSilently(
                "generate",
                "--out",
                landing,
                "--users",
                "3000",
                "--products",
                "200",
                "--kocs",
                "100",
                "--events",
                "120000",
                "--days",
                "120",
                "--end-date",
                LAST_DAY.toString(),
                "--hidden-taste",
                "1",
                "--seed",
                SEED);
        Commands.runSilently(
                "backtest",
                "--landing",
                landing,
                "--cutoff",
                LAST_DAY.minusDays(28).toString(),
                "--horizon-days",
                "28",
                "--out",
                folder.resolve("backtest").toString());
    }

    @Test
    void publishedListsBeatPopularityByAllBuyersAndByFirstPurchases() {
        Dataset<Row> differences = overall(BacktestTables.BACKTEST_COMPARISONS)
                .where("recommender = 'popularity' AND metric IN ('ndcg_first_purchases', 'ndcg_all_buyers')");

        assertThat(differences.collectAsList()).hasSize(2).allSatisfy(row -> {
            assertThat(row.<Long>getAs("kocs")).isGreaterThan(80);
            assertThat(row.<String>getAs("verdict")).isEqualTo("wins");
        });
    }

    @Test
    void expectedBuyersAreWithin15PercentOfObservedBuyers() {
        Row published = overall(BacktestTables.BACKTEST_RESULTS)
                .where("recommender = 'published'")
                .head();

        assertThat(published.<Long>getAs("observed_buyers")).isGreaterThan(500);
        assertThat(published.<Double>getAs("calibration")).isCloseTo(1, within(.15));
    }

    private static Dataset<Row> overall(Table table) {
        return openWarehouse(folder.resolve("backtest/results"))
                .read(table, LAST_DAY)
                .where(col("slice_kind").equalTo("all"));
    }
}
