package koc.influence.fraud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import koc.SparkTest;
import koc.influence.InfluenceSettings;
import koc.influence.exposure.PurchaseExposure;
import koc.tables.InfluenceTables;
import koc.text.Texts;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class KocFlagsTest extends SparkTest {
    private static final InfluenceSettings SETTINGS = InfluenceSettings.from(DEFAULTS);
    private static final KocFlags FLAGS = new KocFlags(SETTINGS);

    @Test
    void evidenceIsInBothLanguages() {
        for (String language : List.of("en", "zh")) {
            KocFlags flags = new KocFlags(SETTINGS, Texts.of(language));

            Row selfReferral = flags.flagSelfReferrals(rows(FraudDetection.SELF_REFERRALS, """
                    koc_id | user_id | severity | credit | koc_credit | user_purchases
                    fake   | second  | .9       | 9      | 10         | 10
                    """))
                    .head();
            Row ring = flags.flagCollusionRings(rows(FraudDetection.COLLUSION_RINGS, """
                    koc_id | severity | koc_credit | koc_buyers
                    ring   | .8       | 20         | 3
                    """))
                    .head();

            assertThat(selfReferral.<String>getAs("evidence")).contains("9.0", "10.0", "second");
            assertThat(ring.<String>getAs("flag")).isEqualTo("collusion_ring");
            assertThat(ring.<String>getAs("evidence")).contains("80%", "20.0", "3");
        }
    }

    @Test
    void spamIsALargeFractionOfAllSharesAndFarAboveTheMedian() {
        String others = IntStream.range(0, 93)
                .mapToObj(i -> "s" + i + " | koc" + i + " | 1\n")
                .collect(Collectors.joining());
        String spam = IntStream.range(0, 7)
                .mapToObj(i -> "x" + i + " | spammer | 1\n")
                .collect(Collectors.joining());

        assertThat(FLAGS.flagSpam(rows(PurchaseExposure.SHARES, "share_id | koc_id | day_offset\n" + others + spam), 60)
                        .collectAsList())
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.<String>getAs("koc_id")).isEqualTo("spammer");
                    assertThat(row.<String>getAs("flag")).isEqualTo("spam");
                    assertThat(row.<Double>getAs("severity")).isCloseTo(.7, within(1e-12));
                    assertThat(row.<String>getAs("evidence"))
                            .isEqualTo("7 shares in 60 days, 7% of all shares and 7.0 times the median KOC: too many");
                });
        assertThat(FLAGS.flagSpam(
                                rows(PurchaseExposure.SHARES, "share_id | koc_id | day_offset\na | k | 1\nb | l | 1"),
                                60)
                        .isEmpty())
                .as("two KOCs with half of the shares each")
                .isTrue();
        assertThat(FLAGS.flagSpam(
                                SPARK.sql(
                                        "SELECT CAST(id AS STRING) AS share_id, 'koc' || least(id DIV 4, 20) AS koc_id,"
                                                + " 1 AS day_offset FROM range(92)"),
                                60)
                        .select("koc_id", "severity")
                        .collectAsList())
                .as("20 KOCs with 4 shares and one with 12, which is 3 times as many and 13% of all")
                .extracting(row -> row.getString(0))
                .containsExactly("koc20");
    }

    @Test
    void manyServedCustomersWithoutSureInfluenceAreFlagged() {
        Dataset<Row> ties = SPARK.sql("SELECT koc_id, 'served' AS tie_types FROM range(120)"
                + " CROSS JOIN VALUES ('guide'), ('influential'), ('unmeasured') AS kocs(koc_id)");

        List<Row> flags = FLAGS.flagServedOnly(ties, rows(InfluenceTables.KOC_INFLUENCE, """
                koc_id      | influence_low | influence_lift | observed_purchases | expected_purchases
                guide       | .8            | 1              | 10                 | 10
                influential | 1.5           | 2              | 20                 | 10
                unmeasured  | .8            | 1              | 4                  | 4
                """))
                .collectAsList();

        assertThat(flags).singleElement().satisfies(row -> {
            assertThat(row.<String>getAs("koc_id")).isEqualTo("guide");
            assertThat(row.<String>getAs("flag")).isEqualTo("served_only");
            assertThat(row.<Double>getAs("severity")).isEqualTo(1);
        });
    }
}
