package koc.evaluation;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import koc.SparkTest;
import koc.cli.Commands;
import koc.tables.BacktestTables;
import koc.tables.RecommendTables;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Recommendations from 13 days of opened shares without purchases and categories, judged by the opens of the next 14 days:
 * the best simple recommender is the pool's own popularity, and the published lists must not be worse.
 */
class OpensOnlyQualityTest extends SparkTest {
    private static final LocalDate FIRST_DAY = LocalDate.of(2024, 5, 1);
    private static final LocalDate CUTOFF = FIRST_DAY.plusDays(12);
    private static final LocalDate LAST_DAY = CUTOFF.plusDays(14);

    @TempDir
    static Path folder;

    @BeforeAll
    static void generateAndBacktest() {
        Path landing = folder.resolve("landing");
        OpensOnlyLanding.write(landing, FIRST_DAY, 27, 1);
        Commands.runSilently(
                "backtest",
                "--landing",
                landing.toString(),
                "--cutoff",
                CUTOFF.toString(),
                "--horizon-days",
                "14",
                "--out",
                folder.resolve("backtest").toString());
    }

    @Test
    void publishedListsAreAtLeastAsGoodAsThePoolsOwnPopularity() {
        Row difference = openWarehouse(folder.resolve("backtest/results"))
                .read(BacktestTables.BACKTEST_COMPARISONS, LAST_DAY)
                .where("slice_kind = 'all' AND recommender = 'pool_popularity' AND metric = 'ndcg_all_buyers'")
                .head();

        assertThat(difference.<Long>getAs("kocs")).isEqualTo(50);
        assertThat(difference.<Double>getAs("difference")).isGreaterThan(-0.005);
        assertThat(difference.<String>getAs("verdict")).isIn("even", "wins");
    }

    @Test
    void shortHoldoutsAreEnoughToLearnThatFromOpens() {
        Row model = openWarehouse(folder.resolve("backtest/cutoff=" + CUTOFF + "/warehouse"))
                .read(RecommendTables.BUYER_MODEL, CUTOFF)
                .where(col("coefficient").equalTo(lit("pool_part")))
                .head();

        assertThat(model.<String>getAs("target_event")).isEqualTo("share_open");
        assertThat(model.<String>getAs("holdout")).isEqualTo("temporal");
        assertThat(model.<Integer>getAs("holdouts")).isEqualTo(3);
        assertThat(model.<Double>getAs("value")).isGreaterThan(0.1);
    }
}
