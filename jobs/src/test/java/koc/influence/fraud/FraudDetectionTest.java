package koc.influence.fraud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import koc.SparkTest;
import koc.influence.InfluenceSettings;
import koc.spark.Checkpoints;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class FraudDetectionTest extends SparkTest {
    private static final InfluenceSettings SETTINGS = InfluenceSettings.from(DEFAULTS);
    private static final Checkpoints CHECKPOINTS = new Checkpoints();
    private static final FraudDetection DETECTION = new FraudDetection(SETTINGS.fraud(), CHECKPOINTS);

    @AfterAll
    static void release() {
        CHECKPOINTS.close();
    }

    @Test
    void aSecondAccountIsDetectedAndItsPurchasesEarnNoCredit() {
        List<String> touches = new ArrayList<>();
        add(touches, "fake", "second", 10);
        add(touches, "fake", "friend", 1);
        // A good customer of one KOC who buys from others too.
        add(touches, "honest", "customer", 10);
        add(touches, "other", "customer", 10);
        Dataset<Row> edges = edges(touches);

        Dataset<Row> found = DETECTION.detectSelfReferrals(edges);

        assertThat(found.collectAsList()).extracting(row -> row.getAs("koc_id")).containsExactly("fake");
        Row fraudulent = FraudDetection.selectFraudulentCredits(edges, found, rings(edges))
                .head();
        assertThat(fraudulent.<String>getAs("user_id")).isEqualTo("second");
        assertThat(fraudulent.<Double>getAs("fraud_factor")).isZero();
        assertThat(fraudulent.<String>getAs("fraud_reason")).isEqualTo("self_referral");
    }

    @Test
    void theGoodCustomerOfASmallKocIsNotASecondAccount() {
        List<String> touches = new ArrayList<>();
        // One buyer gives nearly all the credit, but buys much else, or buys too little to be sure.
        add(touches, "small", "customer", 16);
        add(touches, "small", "friend", 1);
        add(touches, "new", "first", 8);
        add(touches, "new", "friend", 1);
        List<String> purchases = new ArrayList<>(touches);
        add(purchases, "nobody", "customer", 22);

        assertThat(DETECTION.detectSelfReferrals(edges(touches, purchases)).collectAsList())
                .isEmpty();
        assertThat(DETECTION.detectSelfReferrals(edges(touches, touches)).collectAsList())
                .extracting(row -> row.getAs("koc_id"))
                .containsExactly("small");
    }

    @Test
    void aRingOfAnyLengthIsDetectedAndAChainIsNot() {
        List<String> touches = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            add(touches, "ring" + i, "ring" + (i + 1) % 10, 10);
        }
        for (int i = 0; i < 55; i++) {
            add(touches, "chain" + i, "chain" + (i + 1), 10);
        }
        Dataset<Row> edges = edges(touches);

        List<Row> rings = rings(edges).orderBy("koc_id").collectAsList();

        assertThat(rings).hasSize(10).allSatisfy(row -> {
            assertThat(row.<String>getAs("koc_id")).startsWith("ring");
            assertThat(row.<Double>getAs("severity")).isGreaterThan(.99);
        });
    }

    @Test
    void purchasesWithinARingEarnNoCreditThoughFollowersBuyToo() {
        List<String> touches = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            add(touches, "ring" + i, "ring" + (i + 1) % 10, 14);
            add(touches, "ring" + i, "follower" + i, 4);
        }
        Dataset<Row> edges = edges(touches);
        Dataset<Row> rings = rings(edges);

        List<Row> fraudulent = FraudDetection.selectFraudulentCredits(
                        edges, DETECTION.detectSelfReferrals(edges), rings)
                .collectAsList();

        assertThat(rings.collectAsList()).hasSize(10).allSatisfy(row -> assertThat(row.<Double>getAs("severity"))
                .isCloseTo(14 / 18.0, within(1e-9)));
        assertThat(fraudulent).hasSize(10).allSatisfy(row -> {
            assertThat(row.<String>getAs("user_id")).startsWith("ring");
            assertThat(row.<Double>getAs("fraud_factor")).isZero();
        });
    }

    @Test
    void anHonestKocWhoSellsToARingIsNotInTheRing() {
        List<String> touches = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            add(touches, "ring" + i, "ring" + (i + 1) % 4, 10);
            add(touches, "honest", "ring" + i, 2);
            add(touches, "honest", "follower" + i, 4);
        }

        assertThat(rings(edges(touches)).collectAsList())
                .extracting(row -> row.<String>getAs("koc_id"))
                .containsExactlyInAnyOrder("ring0", "ring1", "ring2", "ring3");
    }

    @Test
    void framesHaveTheirDeclaredColumns() {
        List<String> touches = new ArrayList<>();
        add(touches, "fake", "second", 10);

        FraudDetection.Findings findings = DETECTION.detect(table(touches), table(touches));

        assertThat(edges(touches).columns()).containsExactlyElementsOf(FraudDetection.CREDIT_EDGES.columnNames());
        assertThat(findings.selfReferrals().columns())
                .containsExactlyElementsOf(FraudDetection.SELF_REFERRALS.columnNames());
        assertThat(findings.collusionRings().columns())
                .containsExactlyElementsOf(FraudDetection.COLLUSION_RINGS.columnNames());
        assertThat(findings.fraudulentCredits().columns())
                .containsExactlyElementsOf(FraudDetection.FRAUDULENT_CREDITS.columnNames());
        assertThat(findings.fraudulentCredits().count()).isEqualTo(1);
    }

    private static Dataset<Row> rings(Dataset<Row> edges) {
        return DETECTION.detectCollusionRings(edges);
    }

    private static void add(List<String> touches, String koc, String user, int purchases) {
        for (int i = 0; i < purchases; i++) {
            touches.add(koc + " " + user);
        }
    }

    private static Dataset<Row> edges(List<String> touches) {
        return edges(touches, touches);
    }

    /** Lines of KOC and buyer: touches are purchases that are credited whole, purchases may be credited or not. */
    private static Dataset<Row> edges(List<String> touches, List<String> purchases) {
        return FraudDetection.computeCreditEdges(table(touches), table(purchases));
    }

    private static Dataset<Row> table(List<String> lines) {
        List<Row> rows = lines.stream()
                .map(line -> RowFactory.create(line.split(" ", -1)[0], line.split(" ", -1)[1], 1.0, 0))
                .toList();
        return SPARK.createDataFrame(
                rows, StructType.fromDDL("koc_id STRING, user_id STRING, touch_fraction DOUBLE, day_offset INT"));
    }
}
