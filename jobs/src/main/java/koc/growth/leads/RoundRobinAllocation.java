package koc.growth.leads;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.row_number;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Allocates items (leads, mentees) to the recipients (KOCs, mentors) of the same group in turn: the best item to the
 * best recipient, the second item to the second recipient, and again from the first until all are full.
 *
 * <p>Worked: items 1 to 5 and recipients a and b of capacity 2 give a 1 and 3, and b 2 and 4; item 5 is left out. At
 * most recipients x capacity pairs are made. Comparing 5,000 KOCs with 200,000 users would make a billion.
 */
public final class RoundRobinAllocation {
    /** The column of the group, in items and in recipients. */
    public static final String GROUP = "allocation_group";

    private RoundRobinAllocation() {}

    /**
     * Items -> one row per allocated item and group, with the columns of its recipient and without {@link #GROUP}.
     *
     * @param items with GROUP; unique by itemOrder within a group
     * @param itemOrder the best item first; the last column is the id
     * @param recipients with GROUP; unique by recipientOrder within a group; shares no other column with items
     * @param recipientOrder the best recipient first; the last column is the id
     * @param capacity items per recipient and group
     */
    public static Dataset<Row> allocate(
            Dataset<Row> items,
            List<Column> itemOrder,
            Dataset<Row> recipients,
            List<Column> recipientOrder,
            long capacity) {
        WindowSpec inGroup = Window.partitionBy(GROUP);
        Dataset<Row> numbered = recipients
                .withColumn(
                        "recipient_number", row_number().over(inGroup.orderBy(recipientOrder.toArray(Column[]::new))))
                .withColumn("recipients", count(lit(1)).over(inGroup));
        Dataset<Row> groups = numbered.where("recipient_number = 1")
                .select(col(GROUP), col("recipients").as("group_recipients"));
        Dataset<Row> turns = items.join(groups, new String[] {GROUP}, "inner")
                .withColumn("item_number", row_number().over(inGroup.orderBy(itemOrder.toArray(Column[]::new))))
                .where(col("item_number").leq(col("group_recipients").multiply(capacity)))
                .withColumn(
                        "recipient_number",
                        pmod(col("item_number").minus(1), col("group_recipients"))
                                .plus(1));
        return turns.join(numbered.drop("recipients"), new String[] {GROUP, "recipient_number"}, "inner")
                .drop(GROUP, "recipient_number", "item_number", "group_recipients");
    }
}
