package koc.influence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import koc.Silence;
import koc.SparkTest;
import koc.influence.prior.InfluencePrior;
import koc.run.JobRun;
import koc.tables.CleanTables;
import koc.tables.InfluenceTables;
import koc.tables.PortraitTables;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole job on a warehouse with one KOC and two users. */
class InfluenceJobTest extends SparkTest {
    private static final LocalDate DAY = day("2024-06-30");
    private static final String OPENED = """
            arrived    | event_id | occurred_at         | day        | user_id | event_type | product_id | sharer_id | amount | quantity
            2024-06-30 | open     | 2024-06-10 10:00:00 | 2024-06-10 | member  | share_open | tea        | koc       |        | 1
            2024-06-30 | buy      | 2024-06-11 10:00:00 | 2024-06-11 | member  | purchase   | tea        |           | 20     | 1
            2024-06-30 | other    | 2024-05-01 10:00:00 | 2024-05-01 | other   | purchase   | tea        |           | 20     | 1
            """;
    private static final String SHARED =
            "2024-06-30 | share | 2024-06-10 09:00:00 | 2024-06-10 | koc | share | tea | | | 1\n";

    @TempDir
    Path folder;

    private final List<String> notes = new ArrayList<>();
    private Warehouse warehouse;

    @BeforeEach
    void warehouse() {
        warehouse = openWarehouse(folder);
        warehouse.write(CleanTables.USERS, DAY, rows(CleanTables.USERS, """
                arrived    | user_id | role     | marketing_opt_out
                2024-06-30 | koc     | employee | false
                2024-06-30 | member  | consumer | false
                2024-06-30 | other   | consumer | false
                """));
        warehouse.write(CleanTables.PRODUCTS, DAY, rows(CleanTables.PRODUCTS, """
                arrived    | product_id | category
                2024-06-30 | tea        | drinks
                """));
        warehouse.write(CleanTables.TIES, DAY, rows(CleanTables.TIES, """
                arrived    | koc_id | user_id | tie_type | since
                2024-06-30 | koc    | member  | friend   | 2024-01-01
                """));
        warehouse.write(PortraitTables.HOLDOUT_PORTRAITS, DAY, rows(PortraitTables.HOLDOUT_PORTRAITS, """
                day        | user_id | portrait_id | as_of
                2024-06-30 | member  | parents     | 2024-06-01
                2024-06-30 | other   | parents     | 2024-06-01
                """));
    }

    @Test
    void aShareIsComparedWithItsExpectation() {
        run(OPENED + SHARED);

        assertThat(notes).isEmpty();
        assertThat(warehouse.read(InfluenceTables.TIE_STRENGTHS, DAY).count()).isEqualTo(1);
        assertThat(warehouse.read(InfluenceTables.PURCHASE_CREDITS, DAY).collectAsList())
                .extracting(row -> row.getAs("touch_type"))
                .containsExactlyInAnyOrder("share", "share_open");
        List<Row> influence = warehouse
                .read(InfluenceTables.KOC_INFLUENCE, DAY)
                .orderBy("portrait_id")
                .collectAsList();
        assertThat(influence).extracting(row -> row.getAs("portrait_id")).containsExactly("*", "parents");
        assertThat(influence).allSatisfy(row -> {
            assertThat(row.<Long>getAs("exposures")).isEqualTo(1);
            assertThat(row.<Double>getAs("observed_purchases")).isEqualTo(1);
            assertThat(row.<Double>getAs("expected_purchases")).isBetween(0.0, 1.0);
        });
        assertThat(warehouse.read(InfluenceTables.KOC_FLAGS, DAY).count()).isZero();
    }

    @Test
    void withoutSharesThePriorIsTheStartAndANoteSaysSo() {
        run(OPENED);

        assertThat(notes).singleElement().asString().contains("from 2024-04-02 to 2024-06-30");
        assertThat(warehouse.read(InfluenceTables.KOC_INFLUENCE, DAY).count()).isZero();
        assertThat(warehouse.read(InfluenceTables.INFLUENCE_PRIORS, DAY).head().<Double>getAs("no_effect_weight"))
                .isEqualTo(InfluencePrior.WITHOUT_DATA.noEffectWeight());
    }

    private void run(String events) {
        warehouse.write(CleanTables.EVENTS, DAY, rows(CleanTables.EVENTS, events));
        new InfluenceJob(DEFAULTS).run(new JobRun(DAY, null, null, false, warehouse, new Silence() {
            @Override
            public void note(String job, String text) {
                notes.add(text);
            }
        }));
    }
}
