package koc.clean.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import koc.Silence;
import koc.SparkTest;
import koc.clean.CleanJob;
import koc.config.Configuration;
import koc.run.JobRun;
import koc.source.LandingFolder;
import koc.tables.CleanTables;
import koc.warehouse.Table;
import koc.warehouse.Warehouse;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The clean job reads the exports of other systems with the proposed configuration, without an edit. */
class InspectedExportsTest extends SparkTest {
    private static final LocalDate DAY = LocalDate.parse("2026-01-31");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(StrangerExport.class)
    void atLeast99OutOf100SoundRowsAreKept(StrangerExport export) {
        LandingFolder landing = new LandingFolder(folder.resolve("landing"));
        export.write(landing);
        Config defaults = Configuration.load(null, List.of());
        Inspection inspection =
                Inspection.inspect(landing.path(), new org.apache.hadoop.conf.Configuration(), defaults);
        Config proposed = Configuration.overText(defaults, "proposal", inspection.configuration());

        Warehouse warehouse = openWarehouse(folder.resolve("warehouse"));
        new CleanJob(proposed).run(new JobRun(DAY, null, landing.path(), false, warehouse, new Silence()));

        assertThat(kept(warehouse, CleanTables.EVENTS)).isGreaterThanOrEqualTo(StrangerExport.EVENTS * 99 / 100);
        assertThat(kept(warehouse, CleanTables.USERS)).isGreaterThanOrEqualTo(StrangerExport.USERS * 99 / 100);
        assertThat(kept(warehouse, CleanTables.PRODUCTS)).isGreaterThanOrEqualTo(StrangerExport.PRODUCTS * 99 / 100);
    }

    private static long kept(Warehouse warehouse, Table table) {
        return warehouse.readLatest(table, DAY).count();
    }
}
