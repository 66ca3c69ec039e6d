package koc.economics.commission;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.trunc;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import koc.error.KocException;
import koc.tables.CommissionTables;
import koc.warehouse.Table;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Refuses tables in which an earlier date was run after a later one, which was not run again. */
final class RunOrder {
    private RunOrder() {}

    /**
     * Refuses a ledger that holds an order line, a refund or a proof of fraud on two dates.
     *
     * @param ledger commission_ledger of earlier dates
     */
    static void requireOnce(Dataset<Row> ledger) {
        Column isBack = col("kind").equalTo(Entries.TAKEN_BACK);
        // Fraud of the sellers of one line may be found on different dates.
        refuse(
                CommissionTables.COMMISSION_LEDGER,
                "order line ",
                "commission would be paid or taken back twice",
                ledger.groupBy(
                                col("purchase_event_id").as("name"),
                                when(isBack, col("cause_event_id")).as("cause"),
                                when(isBack, col("part")).as("part"),
                                when(isBack, col("seller_id")).as("seller"))
                        .agg(min("day").as("first"), max("day").as("last")));
    }

    /**
     * Refuses rewards that were granted on two dates.
     *
     * @param grants reward_grants of earlier dates
     */
    static void requireGrantedOnce(Dataset<Row> grants, List<RewardRule> rules) {
        Object[] once = rules.stream()
                .filter(rule -> !rule.isMonthly())
                .map(RewardRule::name)
                .toArray();
        // Rewards that are granted once count for the month of the run; the same name may have been a monthly reward.
        Column isOnce = col("reward").isin(once).and(col("month").equalTo(trunc(col("day"), "month")));
        refuse(
                CommissionTables.REWARD_GRANTS,
                "the reward of ",
                "the reward would be given twice",
                grants.groupBy(
                                col("koc_id").as("name"),
                                col("reward"),
                                when(not(isOnce), col("month")).as("month"))
                        .agg(min("day").as("first"), max("day").as("last")));
    }

    private static void refuse(Table table, String what, String consequence, Dataset<Row> dates) {
        List<Row> twice = dates.where("first < last")
                .orderBy("name", "first", "last")
                .limit(1)
                .select("name", "first", "last")
                .collectAsList();
        if (!twice.isEmpty()) {
            Row row = twice.get(0);
            throw KocException.input(
                    "table " + table + ": " + what + row.get(0) + " has rows of " + row.get(1) + " and of "
                            + row.get(2),
                    "the earlier date was run after the later one, so " + consequence,
                    "run the later dates again, in their order, beginning with koc commissions --date " + row.get(2));
        }
    }
}
