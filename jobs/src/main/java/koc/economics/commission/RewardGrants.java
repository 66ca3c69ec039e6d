package koc.economics.commission;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;

import java.util.List;
import koc.rules.KocLevels;
import koc.tables.CommissionTables;
import koc.text.Texts;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Grants rewards by the rules of the configuration. A reward that was granted before is not granted again. */
final class RewardGrants {
    private static final String MONEY = "decimal(18,2)";

    private final Periods periods;
    private final Texts texts;

    RewardGrants(Periods periods, Texts texts) {
        this.periods = periods;
        this.texts = texts;
    }

    /**
     * What the rules look at, all of the run date.
     *
     * @param statements commission_statement
     * @param ranking koc_ranking
     * @param levelEvents level_events
     */
    record Inputs(Dataset<Row> statements, Dataset<Row> ranking, Dataset<Row> levelEvents) {}

    /**
     * The rows of reward_grants.
     *
     * @param granted reward_grants of earlier dates
     * @param none a data set without rows, with the columns of reward_grants
     */
    Dataset<Row> grant(List<RewardRule> rules, Inputs inputs, Dataset<Row> granted, Dataset<Row> none) {
        Dataset<Row> kocs =
                inputs.ranking().where(not(KocLevels.isRevoked(col("level")))).select("koc_id");
        Dataset<Row> grants = none;
        for (RewardRule rule : rules) {
            String[] once = rule.isMonthly() ? new String[] {"koc_id", "month"} : new String[] {"koc_id"};
            Dataset<Row> before = granted.where(col("reward").equalTo(rule.name()));
            grants = grants.unionByName(earned(rule, inputs)
                    .join(kocs, new String[] {"koc_id"}, "left_semi")
                    .join(before, once, "left_anti")
                    .select(
                            lit(periods.day()).as("day"),
                            lit(rule.name()).as("reward"),
                            lit(rule.kind()).as("kind"),
                            col("koc_id"),
                            col("month"),
                            lit(rule.value()).cast(MONEY).as("value"),
                            lit(rule.threshold()).as("required"),
                            col("level"),
                            col("net_sales"),
                            col("rank"),
                            col("reason")));
        }
        return grants.select(CommissionTables.REWARD_GRANTS.columnNames().stream()
                .map(name -> col(name))
                .toArray(Column[]::new));
    }

    /** koc_id, month, level, net_sales, rank and reason of the KOCs who meet a rule. */
    private Dataset<Row> earned(RewardRule rule, Inputs inputs) {
        Dataset<Row> met =
                switch (rule.when()) {
                    case RewardRule.LEVEL -> byLevel(rule, inputs.levelEvents());
                    case RewardRule.TOTAL_SALES -> byTotalSales(rule, inputs.statements());
                    case RewardRule.MONTH_SALES -> byMonthSales(rule, inputs.statements());
                    case RewardRule.RANK -> byRank(rule, inputs);
                    default -> throw new IllegalStateException(rule.toString());
                };
        return met.withColumn("reason", reason(rule));
    }

    private Column reason(RewardRule rule) {
        String text = "commission.reward." + rule.when();
        return switch (rule.when()) {
            case RewardRule.LEVEL -> texts.column(text, texts.word("levels.name.", col("level")));
            case RewardRule.RANK -> texts.column(text, col("rank"));
            default -> texts.column(text, col("net_sales").cast("double"));
        };
    }

    /** What a rule looked at; null for what it did not look at. */
    private static Column[] met(Column month, Column level, Column netSales, Column rank) {
        return new Column[] {
            col("koc_id"),
            month.as("month"),
            level.cast("string").as("level"),
            netSales.cast(MONEY).as("net_sales"),
            rank.cast("int").as("rank")
        };
    }

    private Dataset<Row> byLevel(RewardRule rule, Dataset<Row> levelEvents) {
        return levelEvents
                .where("event = 'promotion'")
                .where(KocLevels.index(col("from_level")).lt(rule.level()))
                .where(KocLevels.index(col("to_level")).geq(rule.level()))
                .select(met(lit(periods.current()), col("to_level"), lit(null), lit(null)));
    }

    private Dataset<Row> byTotalSales(RewardRule rule, Dataset<Row> statements) {
        return statements
                .groupBy("koc_id")
                .agg(sum("net_sales").cast(MONEY).as("net_sales"))
                .where(col("net_sales").geq(rule.number()))
                .select(met(lit(periods.current()), lit(null), col("net_sales"), lit(null)));
    }

    private Dataset<Row> byMonthSales(RewardRule rule, Dataset<Row> statements) {
        return statements
                .where(periods.closes(col("month")).and(col("net_sales").geq(rule.number())))
                .select(met(col("month"), lit(null), col("net_sales"), lit(null)));
    }

    /** The ranks of the run that closes a month; of several months at once, they count for the last. */
    private Dataset<Row> byRank(RewardRule rule, Inputs inputs) {
        Dataset<Row> closing = inputs.statements()
                .where(periods.closes(col("month")))
                .agg(max("month").as("month"))
                .where("month IS NOT NULL");
        return inputs.ranking()
                .where(col("rank").leq(rule.number()))
                .crossJoin(closing)
                .select(met(col("month"), lit(null), lit(null), col("rank")));
    }
}
