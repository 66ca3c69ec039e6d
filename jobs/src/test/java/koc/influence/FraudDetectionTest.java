package koc.influence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import koc.SparkTest;
import koc.spark.Checkpoints;
import koc.text.Texts;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class FraudDetectionTest extends SparkTest {
    private static final InfluenceSettings.Flag FLAG =
            InfluenceSettings.from(DEFAULTS).flag();

    @Test
    void aSecondAccountIsFoundAndItsCreditCountsForNothing() {
        List<String> touches = new ArrayList<>();
        add(touches, "fake", "second", 10);
        add(touches, "fake", "friend", 1);
        // A good customer of one KOC who buys from others, too.
        add(touches, "honest", "customer", 10);
        add(touches, "other", "customer", 10);
        Dataset<Row> edges = edges(touches);

        Dataset<Row> found = FraudDetection.selfReferrals(edges, FLAG);

        assertThat(found.collectAsList()).extracting(row -> row.getAs("koc_id")).containsExactly("fake");
        Row damped = FraudDetection.damped(edges, found, rings(edges)).head();
        assertThat(damped.<String>getAs("user_id")).isEqualTo("second");
        assertThat(damped.<Double>getAs("fraud_factor")).isZero();
        assertThat(damped.<String>getAs("fraud_reason")).isEqualTo("self_referral");
    }

    @Test
    void theGoodCustomerOfASmallKocIsNoSecondAccount() {
        List<String> touches = new ArrayList<>();
        // Nearly all the credit of each KOC, but of a buyer who buys much else, or too little to be sure.
        add(touches, "small", "customer", 16);
        add(touches, "small", "friend", 1);
        add(touches, "new", "first", 8);
        add(touches, "new", "friend", 1);
        List<String> purchases = new ArrayList<>(touches);
        add(purchases, "nobody", "customer", 22);

        assertThat(FraudDetection.selfReferrals(edges(touches, purchases), FLAG).collectAsList())
                .isEmpty();
        assertThat(FraudDetection.selfReferrals(edges(touches, touches), FLAG).collectAsList())
                .extracting(row -> row.getAs("koc_id"))
                .containsExactly("small");
    }

    @Test
    void aRingIsFoundHoweverLongItIsAndAChainIsNot() {
        List<String> touches = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            add(touches, "ring" + i, "ring" + (i + 1) % 10, 10);
        }
        for (int i = 0; i < 12; i++) {
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
    void whatARingBuysOfItselfCountsForNothingThoughOthersBuyOfItToo() {
        List<String> touches = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            add(touches, "ring" + i, "ring" + (i + 1) % 10, 14);
            add(touches, "ring" + i, "follower" + i, 4);
        }
        Dataset<Row> edges = edges(touches);
        Dataset<Row> rings = rings(edges);

        List<Row> damped = FraudDetection.damped(edges, FraudDetection.selfReferrals(edges, FLAG), rings)
                .collectAsList();

        assertThat(rings.collectAsList()).hasSize(10).allSatisfy(row -> assertThat(row.<Double>getAs("severity"))
                .isCloseTo(14 / 18.0, within(1e-9)));
        assertThat(damped).hasSize(10).allSatisfy(row -> {
            assertThat(row.<String>getAs("user_id")).startsWith("ring");
            assertThat(row.<Double>getAs("fraud_factor")).isZero();
        });
    }

    @Test
    void aKocOfWhomARingBuysTooIsNoPartOfIt() {
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
    void evidenceIsInWordsOfBothLanguages() {
        List<String> touches = new ArrayList<>();
        add(touches, "fake", "second", 10);
        Dataset<Row> edges = edges(touches);

        for (String language : List.of("en", "zh")) {
            Row flag = FraudDetection.flags(FraudDetection.selfReferrals(edges, FLAG), rings(edges), Texts.of(language))
                    .head();
            assertThat(flag.<String>getAs("evidence")).contains("10.0", "second");
        }
    }

    private static Dataset<Row> rings(Dataset<Row> edges) {
        try (Checkpoints checkpoints = new Checkpoints()) {
            Dataset<Row> rings = FraudDetection.rings(edges, FLAG, checkpoints);
            return SPARK.createDataFrame(rings.collectAsList(), rings.schema());
        }
    }

    private static void add(List<String> touches, String koc, String user, int purchases) {
        for (int i = 0; i < purchases; i++) {
            touches.add(koc + " " + user);
        }
    }

    private static Dataset<Row> edges(List<String> touches) {
        return edges(touches, touches);
    }

    /** Lines of KOC and buyer, each a purchase that is credited whole; purchases may be credited to nobody. */
    private static Dataset<Row> edges(List<String> touches, List<String> purchases) {
        return FraudDetection.edges(table(touches), table(purchases));
    }

    private static Dataset<Row> table(List<String> lines) {
        List<Row> rows = lines.stream()
                .map(line -> RowFactory.create(line.split(" ", -1)[0], line.split(" ", -1)[1], 1.0, 0))
                .toList();
        return SPARK.createDataFrame(
                rows, StructType.fromDDL("koc_id STRING, user_id STRING, touch_fraction DOUBLE, place INT"));
    }
}
