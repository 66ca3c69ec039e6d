package koc.clean;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import koc.clean.RefundMatching.Line;
import koc.clean.RefundMatching.Part;
import koc.tables.CleanTables;
import koc.warehouse.Warehouse;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Matches refunds with the purchase lines that they refund. */
final class Refunds {
    private static final Column[] LINE = {
        col("event_type"),
        col("arrived"),
        col("event_id"),
        col("occurred_at"),
        col("day"),
        col("order_id"),
        col("quantity"),
        col("unit_price"),
        col("refunded_units")
    };

    private Refunds() {}

    /**
     * Matches every refund from the first cleaned arrival on, and replaces its rows in the table refunds. Later refunds are
     * matched again, because a purchase that arrives late may be what they refund.
     *
     * @param events the event arrivals of this run; their events must have been written
     */
    static void write(Warehouse warehouse, SourceArrivals events) {
        boolean isFlat = events.folder().isFlat();
        LocalDate from = isFlat ? CleanRun.FIRST_DATE : events.days().first();
        Dataset<Row> parts = match(
                warehouse.readUpTo(CleanTables.EVENTS, CleanRun.LAST_DATE),
                warehouse.readUpTo(CleanTables.REFUNDS, from.minusDays(1)),
                from);
        warehouse.write(CleanTables.REFUNDS, parts, isFlat ? "TRUE" : "arrived >= DATE'" + from + "'");
    }

    /**
     * The parts of every refund that arrived on or after a day. {@link RefundMatching} has the rules.
     *
     * <p>Grain: accepted events -> one row per part of a refund, as {@link CleanTables#REFUNDS} declares.
     *
     * @param events accepted events of all arrivals
     * @param earlierParts rows of the table refunds for arrivals before the day
     */
    static Dataset<Row> match(Dataset<Row> events, Dataset<Row> earlierParts, LocalDate from) {
        Dataset<Row> refunds = events.where(
                        col("event_type").equalTo("refund").and(col("arrived").geq(lit(from))))
                .withColumn("refunded_units", lit(BigDecimal.ZERO));
        Dataset<Row> earlierUnits = earlierParts
                .where(col("purchase_event_id").isNotNull())
                .groupBy(col("purchase_event_id").as("event_id"))
                .agg(sum("quantity").as("refunded_units"));
        Dataset<Row> purchases = events.where(col("event_type").equalTo("purchase"))
                .join(refunds.select("user_id", "product_id"), new String[] {"user_id", "product_id"}, "left_semi")
                .join(earlierUnits, "event_id", "left");
        return refunds.unionByName(purchases)
                .groupBy("user_id", "product_id")
                .agg(collect_list(struct(LINE)).as("lines"))
                // Each refund uses up units of a purchase line: a loop over lines, not an expression over rows.
                .flatMap((FlatMapFunction<Row, Row>) Refunds::parts, Encoders.row(CleanTables.REFUNDS.schema()));
    }

    private static Iterator<Row> parts(Row group) {
        List<Line> purchases = new ArrayList<>();
        List<Line> refunds = new ArrayList<>();
        Map<String, BigDecimal> refundedUnits = new HashMap<>();
        for (Row row : group.<Row>getList(2)) {
            Line line = line(row);
            if (row.getString(0).equals("refund")) {
                refunds.add(line);
            } else {
                purchases.add(line);
                refundedUnits.put(line.eventId(), row.isNullAt(8) ? BigDecimal.ZERO : row.getDecimal(8));
            }
        }
        return RefundMatching.match(purchases, refunds, refundedUnits).stream()
                .map(part -> row(group.getString(0), group.getString(1), part))
                .iterator();
    }

    private static Line line(Row row) {
        return new Line(
                row.getDate(1).toLocalDate(),
                row.getString(2),
                row.getTimestamp(3).toInstant(),
                row.getDate(4).toLocalDate(),
                row.getString(5),
                row.getDecimal(6),
                row.isNullAt(7) ? BigDecimal.ZERO : row.getDecimal(7));
    }

    private static Row row(String userId, String productId, Part part) {
        Line refund = part.refund();
        Line purchase = part.purchase();
        return RowFactory.create(
                Date.valueOf(refund.arrived()),
                refund.eventId(),
                part.number(),
                purchase == null ? null : purchase.eventId(),
                part.match(),
                userId,
                productId,
                purchase == null ? refund.orderId() : purchase.orderId(),
                Date.valueOf(purchase == null ? refund.day() : purchase.day()),
                Date.valueOf(refund.day()),
                part.quantity(),
                part.amount());
    }
}
