package koc.growth;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.row_number;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Hands out things of a place (leads, mentees) among those who are there, as one deals cards: the best thing to the best
 * hand, the next to the next, and round again until every hand is full.
 *
 * <p>So a thing goes to one hand a place, hands are filled evenly, and no pairs are made but those that are dealt: at most
 * hands x size, where comparing everybody with everybody would take 5,000 KOCs x 200,000 users.
 */
final class Dealing {
    private Dealing() {}

    /**
     * Things in, one row per thing that is dealt out, with the columns of its hand.
     *
     * @param things with place; unique by thingOrder within a place
     * @param thingOrder the best first, ending with the id
     * @param hands with place; unique by handOrder within a place; no other column is in things
     * @param handOrder the best first, ending with the id
     * @param size things a hand holds
     */
    static Dataset<Row> deal(
            Dataset<Row> things, List<Column> thingOrder, Dataset<Row> hands, List<Column> handOrder, long size) {
        WindowSpec inPlace = Window.partitionBy("place");
        Dataset<Row> seated = hands.withColumn(
                        "seat", row_number().over(inPlace.orderBy(handOrder.toArray(Column[]::new))))
                .withColumn("seats", count(lit(1)).over(inPlace));
        Dataset<Row> places =
                seated.where("seat = 1").select(col("place"), col("seats").as("place_seats"));
        Dataset<Row> dealt = things.join(places, new String[] {"place"}, "inner")
                .withColumn("card", row_number().over(inPlace.orderBy(thingOrder.toArray(Column[]::new))))
                .where(col("card").leq(col("place_seats").multiply(size)))
                .withColumn(
                        "seat", pmod(col("card").minus(1), col("place_seats")).plus(1));
        return dealt.join(seated.drop("seats"), new String[] {"place", "seat"}, "inner")
                .drop(Stream.of("seat", "card", "place_seats").toArray(String[]::new));
    }
}
