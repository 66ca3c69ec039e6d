package koc.portraits.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import koc.SparkTest;
import koc.portraits.assign.PortraitStatistics;
import koc.portraits.fit.Scaling.ScaledInput;
import koc.portraits.fit.Scaling.Transform;
import koc.tables.PortraitTables;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class PortraitModelTest extends SparkTest {
    private static final PortraitModel MODEL = new PortraitModel(
            LocalDate.parse("2024-06-30"),
            "m20240630",
            new Scaling(List.of(new ScaledInput("category:tea", 0.25, Transform.SQRT, 0.5, 0, 1, 0.5, 1, 1)), 5),
            List.of(
                    new Centre("m20240630-01", new double[] {0.1}, 0.9),
                    new Centre("m20240630-02", new double[] {-0.1}, 0.8)),
            0.02);

    @Test
    void aStoredModelIsReadBackUnchanged() {
        List<Row> scaling = SPARK.createDataFrame(MODEL.scalingRows(), PortraitTables.PORTRAIT_SCALING.schema())
                .collectAsList();
        List<Row> centres = SPARK.createDataFrame(
                        MODEL.centreRows(Map.of(), Map.of()), PortraitTables.PORTRAIT_CENTRES.schema())
                .collectAsList();
        Row model = rows(PortraitTables.PORTRAIT_MODELS, """
                day        | model_id  | prior_weight | temperature
                2024-06-30 | m20240630 | 5            | 0.02
                """).head();

        assertThat(PortraitModel.fromRows(model, scaling, centres))
                .usingRecursiveComparison()
                .isEqualTo(MODEL);
    }

    @Test
    void centreRowsIncludeNewcomersNamesAndStatistics() {
        List<Row> rows = MODEL.centreRows(
                Map.of("m20240630-01", "Tea"), Map.of("m20240630-01", new PortraitStatistics("m20240630-01", 7, 0.5)));

        assertThat(rows)
                .extracting(row -> row.get(2) + " " + row.get(5) + " " + row.get(6) + " " + row.get(7))
                .containsExactly(
                        "m20240630-01 Tea 7 0.5", "m20240630-02 m20240630-02 0 0.0", "newcomers newcomers 0 0.0");
    }

    @Test
    void newIdsReorderTheCentres() {
        assertThat(MODEL.withPortraitIds(Map.of("m20240630-02", "m20240101-01")).portraitIds())
                .containsExactly("m20240101-01", "m20240630-01");
    }
}
