package koc.cli;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import koc.Silence;
import koc.SparkTest;
import koc.run.JobRun;
import koc.tables.BacktestTables;
import koc.tables.CleanTables;
import koc.tables.FitTables;
import koc.tables.RecommendTables;
import koc.warehouse.Table;
import koc.warehouse.TableAccess;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateJobTest extends SparkTest {
    private static final LocalDate EARLIER = day("2024-01-05");
    private static final LocalDate BOUGHT_ON = day("2024-01-20");
    private static final LocalDate DAY = day("2024-02-05");

    @TempDir
    Path folder;

    @Test
    void anEarlierRunIsJudgedWithTheTablesThatTheJobDeclares() {
        Warehouse warehouse = warehouseWithHorizon(28);

        run(warehouse);

        List<Row> outcomes = warehouse
                .read(BacktestTables.RECOMMENDATION_OUTCOMES, DAY)
                .selectExpr("recommended_on", "koc_id", "product_id", "observed_buyers")
                .collectAsList();
        assertThat(outcomes).extracting(row -> row.mkString(" ")).containsExactly("2024-01-05 guide tea 1");
        assertThat(warehouse.read(BacktestTables.RECOMMENDATION_RESULTS, DAY).count())
                .isEqualTo(1);
    }

    @Test
    void aRunIsJudgedOverItsOwnHorizon() {
        Warehouse warehouse = warehouseWithHorizon(10);
        run(warehouse);
        // The purchase on the 15th day came too late.
        assertThat(warehouse
                        .read(BacktestTables.RECOMMENDATION_OUTCOMES, DAY)
                        .select("observed_buyers")
                        .head()
                        .getLong(0))
                .isZero();

        write(warehouse, RecommendTables.KOC_RECOMMENDATIONS, EARLIER, recommendations(EARLIER, 40));
        warehouse.clear(BacktestTables.RECOMMENDATION_OUTCOMES, DAY);
        run(warehouse);
        assertThat(warehouse.readAll(BacktestTables.RECOMMENDATION_OUTCOMES).isEmpty())
                .as("its horizon has not passed")
                .isTrue();
    }

    private Warehouse warehouseWithHorizon(int days) {
        Warehouse warehouse = openWarehouse(folder);
        write(warehouse, CleanTables.USERS, EARLIER, """
                arrived    | user_id
                2024-01-05 | guide
                2024-01-05 | member
                """);
        write(warehouse, CleanTables.TIES, EARLIER, """
                arrived    | koc_id | user_id | tie_type
                2024-01-05 | guide  | member  | served
                """);
        write(warehouse, CleanTables.EVENTS, BOUGHT_ON, """
                arrived    | event_id | event_type | day        | user_id | product_id | quantity
                2024-01-20 | p1       | purchase   | 2024-01-20 | member  | tea        | 1
                """);
        write(warehouse, FitTables.PRODUCT_PROFILE, EARLIER, """
                day        | product_id
                2024-01-05 | tea
                """);
        for (LocalDate day : List.of(EARLIER, DAY)) {
            write(warehouse, RecommendTables.KOC_RECOMMENDATIONS, day, recommendations(day, days));
        }
        return warehouse;
    }

    private static String recommendations(LocalDate day, int horizonDays) {
        return """
                day | koc_id | rank | product_id | target_event | expected_buyers | horizon_days
                DAY | guide  | 1    | tea        | purchase     | 1               | HORIZON
                """.replace("DAY", day.toString()).replace("HORIZON", String.valueOf(horizonDays));
    }

    private static void run(Warehouse warehouse) {
        EvaluateJob job = new EvaluateJob(DEFAULTS, new Jobs(List.of()));
        Warehouse limited =
                warehouse.limitedTo(new TableAccess(job.name(), DAY, job.reads(), job.readsPrevious(), job.writes()));
        job.run(new JobRun(DAY, null, null, false, limited, new Silence()));
    }

    /** Writes rows; columns that are required and not named are 0, false, a date or the text 0. */
    private static void write(Warehouse warehouse, Table table, LocalDate day, String text) {
        Dataset<Row> named = rows(table, text);
        Column[] complete = Arrays.stream(table.schema().fields())
                .map(field -> (field.nullable()
                                ? col(field.name())
                                : coalesce(
                                        col(field.name()),
                                        lit("0").try_cast(field.dataType()),
                                        lit("2024-01-05").try_cast(field.dataType())))
                        .as(field.name()))
                .toArray(Column[]::new);
        warehouse.write(table, day, named.select(complete));
    }
}
