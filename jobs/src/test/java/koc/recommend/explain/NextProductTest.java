package koc.recommend.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import koc.SparkTest;
import koc.tables.Frame;
import org.junit.jupiter.api.Test;

class NextProductTest extends SparkTest {
    private static final Frame ROWS = Frame.named("recommendations").columns("""
            koc_id                 STRING,
            rank                   INT,
            product_id             STRING,
            is_actionable          BOOLEAN,
            extra_buyers_if_shared DOUBLE,
            extra_buyers_if_shared_low DOUBLE,
            usual_extra_buyers     DOUBLE,
            is_above_record        BOOLEAN,
            unit_margin            DECIMAL(18,2),
            unit_commission        DECIMAL(18,2),
            unit_cost              DECIMAL(18,2),
            advice                 STRING""");

    @Test
    void theProductWhoseShareAddsTheMostMarginIsNext() {
        // The phone adds 1.5 x (1200 - 200) less a sample of 800; the tea 3 x (5 - 1).
        assertThat(next("""
                koc_id | rank | product_id | is_actionable | extra_buyers_if_shared | unit_margin | unit_commission | unit_cost | advice
                u1     | 1    | unready    | false         | 9                      | 100         | 1               | 10        | not ready
                u1     | 2    | tea        | true          | 3                      | 5           | 1               | 15        | recommend
                u1     | 3    | phone      | true          | 1.5                    | 1200        | 200             | 800       | sample first
                """)).containsExactly("unready null false", "tea 12.00 false", "phone 700.00 true");
    }

    @Test
    void aForecastFarAboveTheRecordCountsAsAUsualPost() {
        // .7 phones lose 800 - .7 x 1000, .7 teas add .7 x (5 - 1); a record below 0 counts as 0.
        assertThat(next("""
                koc_id | rank | product_id | is_actionable | extra_buyers_if_shared | usual_extra_buyers | is_above_record | unit_margin | unit_commission | unit_cost | advice
                u1     | 1    | phone      | true          | 1.5                    | 0.7                | true            | 1200        | 200             | 800       | sample first
                u1     | 2    | tea        | true          | 3                      | 0.7                | true            | 5           | 1               | 15        | recommend
                u2     | 3    | tea        | true          | 3                      | -0.2               | true            | 5           | 1               | 15        | recommend
                """)).containsExactly("phone -100.00 false", "tea 2.80 true", "tea 0.00 false");
    }

    @Test
    void theLowerMarginIsThatOfTheFewestBuyers() {
        assertThat(NextProduct.addTo(rows(ROWS, """
                        koc_id | rank | product_id | is_actionable | extra_buyers_if_shared | extra_buyers_if_shared_low | usual_extra_buyers | is_above_record | unit_margin | unit_commission | unit_cost | advice
                        u1     | 1    | phone      | true          | 1.5                    | 0.5                        | 2                  | false           | 1200        | 200             | 800       | sample first
                        u1     | 2    | tea        | true          | 3                      | 1                          | 0.7                | true            | 5           | 1               | 15        | recommend
                        """)).orderBy("rank").collectAsList())
                .extracting(row -> row.getAs("extra_margin_if_shared_low").toString())
                .containsExactly("-300.00", "2.80");
    }

    @Test
    void noProductIsNextIfEveryShareCostsMoreThanItBrings() {
        assertThat(next("""
                koc_id | rank | product_id | is_actionable | extra_buyers_if_shared | unit_margin | unit_commission | unit_cost | advice
                u1     | 1    | tea        | true          | -0.1                   | 5           | 1               | 15        | recommend
                u1     | 2    | phone      | true          | 0.5                    | 1200        | 200             | 800       | sample first
                """)).containsExactly("tea -0.40 false", "phone -300.00 false");
    }

    @Test
    void theFirstToActOnIsNextIfNobodyKnowsWhatAShareAdds() {
        assertThat(next("""
                koc_id | rank | product_id | is_actionable | extra_buyers_if_shared | unit_margin | unit_commission | unit_cost | advice
                u1     | 1    | few        | false         |                        | 5           | 1               | 15        | recommend
                u1     | 2    | tea        | true          |                        | 5           | 1               | 15        | recommend
                u1     | 3    | phone      | true          |                        | 1200        | 200             | 800       | sample first
                """)).containsExactly("few null false", "tea null true", "phone null false");
    }

    @Test
    void aSampleOfUnknownCostIsNextOnlyIfNoOtherProductIs() {
        String header =
                "koc_id | rank | product_id | is_actionable | extra_buyers_if_shared | unit_margin | unit_commission"
                        + " | unit_cost | advice\n";
        String sample = "u1 | 1 | lamp | true | 2 | | | | sample first\n";

        assertThat(next(header + sample + "u1 | 2 | soap | true | 1 | | | | recommend\n"))
                .containsExactly("lamp null false", "soap null true");
        assertThat(next(header + sample + "u1 | 2 | soap | true | 1 | 5 | 1 | 15 | recommend\n"))
                .containsExactly("lamp null false", "soap 4.00 true");
        assertThat(next(header + sample)).containsExactly("lamp null true");
    }

    private static List<String> next(String recommendations) {
        return NextProduct.addTo(rows(ROWS, recommendations)).orderBy("rank").collectAsList().stream()
                .map(row -> row.getAs("product_id") + " " + row.getAs("extra_margin_if_shared") + " "
                        + row.getAs("is_next_product"))
                .toList();
    }
}
