package koc.economics;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import koc.SparkTest;
import koc.economics.value.BgNbd;
import koc.economics.value.GammaGamma;
import koc.economics.value.PlantedCustomers;
import koc.economics.value.ValueModelFit;
import koc.tables.EconomicsTables;
import koc.text.Texts;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class ValueModelsTest extends SparkTest {
    private static final Dataset<Row> HISTORIES = rows(ValueModels.HISTORIES, """
            user_id | portrait_id | is_left_censored | repeats | recency_days | age_days | margin | repeat_margin
            ann     | p1          | false            | 2       | 20           | 34       | 30     | 20
            bea     | p1          | false            | 2       | 20           | 34       | 30     | 20
            cid     | p1          | false            | 2       | 22           | 37       | 30     | 20
            dan     | p2          | false            | 2       | 22           | 37       | 30     | 20
            eve     | p1          | false            | 1       | 22           | 37       | 30     | 10
            """);

    @Test
    void customersWithTheSameHistoryAreOneEntry() {
        assertThat(group(1))
                .containsExactly(
                        "p1 1.0 22.0 37.0 1.0", "p1 2.0 20.0 34.0 2.0", "p1 2.0 22.0 37.0 1.0", "p2 2.0 22.0 37.0 1.0");
    }

    @Test
    void customersOfTheSameWeeksAreOneEntryWithTheirMeanTimes() {
        assertThat(group(7))
                .containsExactly(
                        "p1 1.0 22.0 37.0 1.0", "p1 2.0 " + (20 + 20 + 22) / 3.0 + " 35.0 3.0", "p2 2.0 22.0 37.0 1.0");
    }

    @Test
    void whenTheOtherPortraitsAreTooSmallTheirModelIsOfAllBuyersAndSaysSo() {
        List<Row> customers = new ArrayList<>();
        PlantedCustomers.simulate(
                        new BgNbd(.8, 6, .8, 2.5), new GammaGamma(6.25, 3.74, 15.44), 3_000, 52, 40, new Random(1))
                .customers()
                .forEach(customer -> customers.add(row("p1", customers.size(), customer)));
        List<Row> small = customers.subList(0, 10).stream()
                .map(row -> RowFactory.create(
                        "small" + row.get(0),
                        "p2",
                        row.get(2),
                        row.get(3),
                        row.get(4),
                        row.get(5),
                        row.get(6),
                        row.get(7)))
                .toList();
        customers.addAll(small);

        FittedModels models = new ValueModels(EconomicsSettings.from(DEFAULTS))
                .fit(SPARK.createDataFrame(customers, ValueModels.HISTORIES.schema()));

        assertThat(models.fits()).containsOnlyKeys("p1", EconomicsTables.SHARED);
        assertThat(models.shared().reason()).isEqualTo(ValueModelFit.Reason.FITTED_TO_ALL);
        assertThat(models.shared().buyers()).isEqualTo(3_010);
        assertThat(FittedModels.reason(models.shared(), Texts.of("en")))
                .startsWith("fitted to all 3010 buyers, because");
    }

    private static Row row(String portrait, int number, PlantedCustomers.Customer customer) {
        return RowFactory.create(
                "user" + number,
                portrait,
                false,
                Math.round(customer.repeats()),
                (int) Math.round(7 * customer.recency()),
                (int) Math.round(7 * customer.age()),
                money(customer.soFar()),
                money(customer.meanMargin() * customer.repeats()));
    }

    private static BigDecimal money(double amount) {
        return BigDecimal.valueOf(amount).setScale(2, RoundingMode.HALF_UP);
    }

    private static List<String> group(int days) {
        return ValueModels.group(HISTORIES, days).collectAsList().stream()
                .map(row -> row.mkString(" "))
                .toList();
    }
}
