package koc.kocs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.LocalDate;
import koc.error.KocException;
import koc.spark.Checkpoints;
import koc.tables.KocTables;
import koc.warehouse.Warehouse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KocInputsTest extends KocInputRows {
    private static final LocalDate DAY = LocalDate.parse("2024-06-30");

    @Test
    void theFirstDayHasNoEarlierRanking(@TempDir Path folder) {
        Warehouse warehouse = openWarehouse(folder);
        try (Checkpoints checkpoints = new Checkpoints()) {
            KocInputs inputs = new KocInputs(warehouse, DAY, 2, checkpoints);
            assertThat(inputs.isFirstDay()).isTrue();
            assertThat(inputs.previousRanking().isEmpty()).isTrue();

            write(warehouse, KocTables.KOC_RANKING, DAY.minusDays(1), "koc_id | rank\nkoc | 1");

            assertThat(inputs.isFirstDay()).isFalse();
            assertThat(inputs.previousRanking().count()).isEqualTo(1);
        }
    }

    @Test
    void sourcesMayBeAbsentButTablesOfEarlierJobsMayNot(@TempDir Path folder) {
        try (Checkpoints checkpoints = new Checkpoints()) {
            KocInputs inputs = new KocInputs(openWarehouse(folder), DAY, 2, checkpoints);

            assertThat(inputs.recentEvents().isEmpty()).isTrue();
            assertThat(inputs.contentSharing().isEmpty()).isTrue();
            assertThat(inputs.users().isEmpty()).isTrue();
            assertThat(inputs.products().isEmpty()).isTrue();
            assertThatThrownBy(inputs::ties).isInstanceOf(KocException.class).hasMessageContaining("tie_strengths");
        }
    }
}
