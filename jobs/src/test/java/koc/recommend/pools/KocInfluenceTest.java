package koc.recommend.pools;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import koc.SparkTest;
import koc.recommend.PortraitIndex;
import koc.recommend.PortraitIndex.Portrait;
import koc.tables.InfluenceTables;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class KocInfluenceTest extends SparkTest {
    private static final PortraitIndex PORTRAITS =
            new PortraitIndex(List.of(new Portrait("m", "Mothers", 30), new Portrait("s", "Students", 10)));

    @Test
    void theLiftOnTheWholePoolStandsInForAPortraitNeverReached() {
        List<Row> lifts = KocInfluence.computeLifts(
                        rows(InfluenceTables.KOC_INFLUENCE, """
                        koc_id  | portrait_id | influence_lift
                        guide   | m           | 2
                        guide   | WHOLE       | 1.5
                        partial | s           | 1.2
                        """.replace("WHOLE", InfluenceTables.WHOLE_POOL)),
                        PORTRAITS)
                .orderBy("koc_id")
                .collectAsList();

        assertThat(lifts.get(0).<Double>getList(1)).containsExactly(2.0, 1.5, 1.5);
        assertThat(lifts.get(1).<Double>getList(1)).containsExactly(1.0, 1.2, 1.0);
    }
}
