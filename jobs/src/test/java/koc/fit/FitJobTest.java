package koc.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import koc.Silence;
import koc.SparkTest;
import koc.run.JobRun;
import koc.tables.CleanTables;
import koc.tables.FeatureTables;
import koc.tables.FitTables;
import koc.tables.PortraitTables;
import koc.warehouse.Table;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parents buy diapers and tissues, readers buy a novel and tissues; nobody buys the kettle. */
class FitJobTest extends SparkTest {
    private static final LocalDate DAY = day("2024-03-31");
    private static final List<String> NOTES = new ArrayList<>();

    @TempDir
    static Path folder;

    private static Warehouse warehouse;

    @BeforeAll
    static void runTheJobOnce() {
        warehouse = openWarehouse(folder);
        write(PortraitTables.PORTRAITS, DAY, """
                day        | portrait_id | name    | users
                2024-03-31 | parents     | Parents | 3
                2024-03-31 | readers     | Readers | 3
                """);
        write(PortraitTables.USER_PORTRAITS, DAY, """
                day        | user_id | portrait_id | since
                2024-03-31 | a       | parents     | 2024-03-31
                2024-03-31 | b       | parents     | 2024-03-31
                2024-03-31 | c       | parents     | 2024-03-31
                2024-03-31 | d       | readers     | 2024-03-31
                2024-03-31 | e       | readers     | 2024-03-31
                2024-03-31 | f       | readers     | 2024-03-31
                """);
        write(PortraitTables.PRODUCT_GROUPS, DAY, """
                day        | product_id | group_id | name           | weight | users | is_fitted
                """);
        write(PortraitTables.HOLDOUT_PORTRAITS, DAY, """
                day        | user_id | portrait_id | as_of
                2024-03-31 | a       | parents     | 2024-03-03
                2024-03-31 | b       | parents     | 2024-03-03
                2024-03-31 | c       | parents     | 2024-03-03
                2024-03-31 | d       | readers     | 2024-03-03
                2024-03-31 | e       | readers     | 2024-03-03
                2024-03-31 | f       | readers     | 2024-03-03
                """);
        write(CleanTables.PRODUCTS, DAY, """
                arrived    | product_id | title   | category        | price | unit_cost | use_cycle_days | stock
                2024-03-31 | diapers    | Diapers | baby > diapers  | 10    | 6         | 30             |
                2024-03-31 | tissues    | Tissues | home > paper    | 2     |           |                | 5
                2024-03-31 | novel      | Novel   | books > fiction |       |           |                | 0
                2024-03-31 | kettle     | Kettle  | home > kitchen  | 30    |           |                |
                """);
        write(FeatureTables.USER_PRODUCT_DAYS, DAY, """
                arrived    | day        | user_id | product_id | purchase_lines | units | gross_spend
                2024-03-31 | 2024-03-10 | a       | diapers    | 1              | 1     | 10
                2024-03-31 | 2024-03-11 | b       | diapers    | 1              | 1     | 10
                2024-03-31 | 2024-03-12 | c       | diapers    | 1              | 2     | 20
                2024-03-31 | 2024-02-10 | a       | tissues    | 1              | 1     | 2
                2024-03-31 | 2024-03-10 | a       | tissues    | 1              | 1     | 2
                2024-03-31 | 2024-03-10 | d       | tissues    | 1              | 1     | 2
                2024-03-31 | 2024-03-10 | e       | novel      | 1              | 2     | 30
                2024-03-31 | 2024-03-10 | f       | novel      | 1              | 1     | 15
                """);

        new FitJob(config()).run(new JobRun(DAY, null, null, false, warehouse, new Silence() {
            @Override
            public void note(String job, String text) {
                NOTES.add(text);
            }
        }));
    }

    @Test
    void everyProductWithABuyerHasARowForEveryPortrait() {
        assertThat(values(FitTables.PRODUCT_PORTRAIT_FIT, "product_id", "portrait_id", "buyers", "history_buyers"))
                .containsExactly(
                        "diapers parents 3 3",
                        "diapers readers 0 0",
                        "novel parents 0 0",
                        "novel readers 2 2",
                        "tissues parents 1 1",
                        "tissues readers 1 1");
    }

    @Test
    void expectedBuyersFollowTheFractionOfAllBuyersInTheWindow() {
        // Parents are 4 of the 7 buyers in the window.
        assertThat(values(FitTables.PRODUCT_PORTRAIT_FIT, "product_id", "portrait_id", "buyers_if_average"))
                .contains("diapers parents 1.714286", "diapers readers 1.285714");
    }

    @Test
    void aPortraitHasAHigherLiftForWhatItBuys() {
        assertThat(lift(FitTables.PRODUCT_PORTRAIT_FIT, "product_id = 'diapers' AND portrait_id = 'parents'"))
                .isGreaterThan(1);
        assertThat(lift(FitTables.PRODUCT_PORTRAIT_FIT, "product_id = 'diapers' AND portrait_id = 'readers'"))
                .isLessThan(1);
        assertThat(lift(FitTables.CATEGORY_PORTRAIT_FIT, "category = 'books > fiction' AND portrait_id = 'readers'"))
                .isGreaterThan(1);
    }

    @Test
    void everyProductHasAProfileEvenWithoutBuyers() {
        assertThat(values(
                        FitTables.PRODUCT_PROFILE,
                        "product_id",
                        "buyers",
                        "price",
                        "unit_margin",
                        "is_consumable",
                        "is_in_stock",
                        "generality_basis",
                        "quality_gate"))
                .containsExactly(
                        "diapers 3 10.0000 4.0000 true true category pass",
                        "kettle 0 30.0000 null false true category pass",
                        "novel 2 15.0000 null false false category pass",
                        "tissues 2 2.0000 null false true category pass");
    }

    @Test
    void everyLevelHasAPriorFittedOnAllHistory() {
        assertThat(values(FitTables.FIT_PRIORS, "level", "history_from", "history_to"))
                .containsExactly(
                        "category 2024-02-10 2024-03-31",
                        "category_brand 2024-02-10 2024-03-31",
                        "product 2024-02-10 2024-03-31");
    }

    @Test
    void evidenceThatNoProductHasIsNoted() {
        assertThat(NOTES).anyMatch(note -> note.startsWith("no brand tiers are recorded"));
        assertThat(NOTES).anyMatch(note -> note.startsWith("no reviews are recorded"));
        assertThat(NOTES).noneMatch(note -> note.startsWith("no purchases are recorded"));
    }

    /** Writes rows of one day. Required columns that the text does not name are 0 or an empty text. */
    private static void write(Table table, LocalDate day, String text) {
        warehouse.write(
                table,
                day,
                rows(table, text).na().fill(0, required(table, false)).na().fill("", required(table, true)));
    }

    private static String[] required(Table table, boolean isText) {
        return Arrays.stream(table.schema().fields())
                .filter(field -> !field.nullable())
                .filter(field ->
                        isText ? field.dataType() instanceof StringType : field.dataType() instanceof NumericType)
                .map(field -> field.name())
                .toArray(String[]::new);
    }

    private static double lift(Table table, String condition) {
        return warehouse.read(table, DAY).where(condition).select("lift").head().getDouble(0);
    }

    private static List<String> values(Table table, String... columns) {
        return warehouse.read(table, DAY).selectExpr(columns).collectAsList().stream()
                .map(row -> String.join(
                        " ",
                        Arrays.stream(columns)
                                .map(column -> String.valueOf(row.<Object>getAs(column)))
                                .toList()))
                .sorted()
                .toList();
    }
}
