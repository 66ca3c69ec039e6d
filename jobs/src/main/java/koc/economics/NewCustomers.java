package koc.economics;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.time.LocalDate;
import koc.rules.Absent;
import koc.rules.BroughtCustomers;
import koc.rules.DayWindow;
import koc.rules.Invitations;
import koc.tables.Frame;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Finds the customers whose first order is in the window, and the KOC who brought each of them. */
final class NewCustomers {
    static final Frame BROUGHT = Frame.named("new_customers")
            .grain("one row per user whose first order in the log is in the window")
            .columns("""
                    user_id          STRING NOT NULL COMMENT 'The customer',
                    koc_id           STRING COMMENT 'KOC who brought them, by BroughtCustomers; null if no KOC has credit for their first order',
                    portrait_id      STRING NOT NULL COMMENT 'Portrait of the customer; (none) without one',
                    region           STRING NOT NULL COMMENT 'County of the customer; (none) without one',
                    channel          STRING NOT NULL COMMENT 'Channel that acquired the customer; (none) for none and for KOCs',
                    is_left_censored BOOLEAN NOT NULL COMMENT 'Whether they may have bought before the log begins',
                    customer_value   DECIMAL(18,2) NOT NULL COMMENT 'Margin so far and lifetime value',
                    future_value     DECIMAL(18,2) NOT NULL COMMENT 'Of this, the lifetime value',
                    parameters_of    STRING COMMENT 'Portrait whose parameters the forecast uses',
                    parameters_error DOUBLE NOT NULL COMMENT 'Relative error of the lifetime value that all customers with these parameters share',
                    ltv_error        DECIMAL(18,2) NOT NULL COMMENT 'Standard deviation of the true lifetime value around it',
                    margin_90d       DECIMAL(18,2) NOT NULL COMMENT 'Expected margin of the next 90 days'""");

    private NewCustomers() {}

    /**
     * Users with their value to {@link #BROUGHT}.
     *
     * @param values user_value with {@link FittedModels#withParametersError parameters_error}
     * @param people {@link EconomicsInputs#PEOPLE}
     * @param credits purchase_credits of the last 90 days
     */
    static Dataset<Row> find(
            Dataset<Row> values, Dataset<Row> people, Dataset<Row> credits, LocalDate day, int windowDays) {
        String[] user = {"user_id"};
        Dataset<Row> firstOrders = values.where(DayWindow.includes(col("first_order_on"), day, windowDays));
        Dataset<Row> firstCredits = BroughtCustomers.find(
                credits,
                firstOrders.select(col("user_id"), col("first_order_on").as("first_purchase_on")));
        return firstOrders
                .join(firstCredits, user, "left")
                .join(people.select("user_id", "acquired_via", "region"), user, "left")
                .select(
                        col("user_id"),
                        col("koc_id"),
                        coalesce(col("portrait_id"), lit(Absent.NONE)).as("portrait_id"),
                        coalesce(col("region"), lit(Absent.NONE)).as("region"),
                        Invitations.channel().as("channel"),
                        col("is_left_censored"),
                        col("margin_to_date")
                                .plus(coalesce(col("ltv"), lit(0)))
                                .cast("decimal(18,2)")
                                .as("customer_value"),
                        coalesce(col("ltv"), lit(0)).cast("decimal(18,2)").as("future_value"),
                        col("parameters_of"),
                        col("parameters_error"),
                        coalesce(col("ltv_error"), lit(0)).cast("decimal(18,2)").as("ltv_error"),
                        coalesce(col("expected_margin_90d"), lit(0))
                                .cast("decimal(18,2)")
                                .as("margin_90d"));
    }
}
