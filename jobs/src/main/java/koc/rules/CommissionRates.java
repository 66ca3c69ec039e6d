package koc.rules;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rate of commission of an order line.
 *
 * <p>rate = band rate x best-seller factor, at most (margin - margin left to the brand) / cost factor, at least 0. The cost
 * factor is above 1 only if an inviter is paid on top. Example: a margin of .34 has the band rate .08; a best seller's factor
 * of 1.3 makes .104; if .25 must be left, the rate is .09.
 */
public final class CommissionRates {
    private static final int DECIMALS = 6;

    private final List<CommissionRule> rules;
    private final double costFactor;

    /**
     * The rates of these rules.
     *
     * @param rules versions of the rule, oldest first
     * @param costFactor what a commission costs the brand with an inviter's part, as a multiple of it
     */
    public CommissionRates(List<CommissionRule> rules, double costFactor) {
        this.rules = List.copyOf(rules);
        this.costFactor = costFactor;
    }

    /**
     * Adds rule_version, band_rate, rank_factor, is_capped and rate. Keeps the grain.
     *
     * @param lines with purchased_on, margin_rate and sales_position
     */
    public Dataset<Row> add(Dataset<Row> lines) {
        Column uncapped = round(col("band_rate").multiply(col("rank_factor")), DECIMALS);
        Column maximum = round(
                greatest(lit(0.0), col("margin_rate").minus(ofRule(CommissionRates::minMarginLeft)))
                        .divide(costFactor),
                DECIMALS);
        return lines.withColumn("rule_version", version())
                .withColumn("band_rate", ofRule(CommissionRates::bandRate))
                .withColumn("rank_factor", ofRule(CommissionRates::rankFactor))
                .withColumn("is_capped", uncapped.gt(maximum))
                .withColumn("rate", least(lit(1.0), uncapped, maximum).cast("decimal(9,6)"));
    }

    /** The latest version whose first day is not after the purchase. */
    private Column version() {
        Column version = lit(Absent.NONE);
        for (CommissionRule rule : rules) {
            version = when(col("purchased_on").geq(lit(rule.from())), rule.version())
                    .otherwise(version);
        }
        return version;
    }

    /** What the rule of the row's version says; 0 before the first version. */
    private Column ofRule(Function<CommissionRule, Column> value) {
        Column result = lit(0.0);
        for (CommissionRule rule : rules) {
            result = when(col("rule_version").equalTo(rule.version()), value.apply(rule))
                    .otherwise(result);
        }
        return result;
    }

    private static Column bandRate(CommissionRule rule) {
        Column rate = lit(0.0);
        for (CommissionRule.MarginBand band : rule.marginBands()) {
            rate = when(col("margin_rate").geq(band.minMargin()), band.rate()).otherwise(rate);
        }
        return rate;
    }

    private static Column rankFactor(CommissionRule rule) {
        Column factor = lit(1.0);
        for (int i = rule.bestSellers().size() - 1; i >= 0; i--) {
            CommissionRule.BestSeller best = rule.bestSellers().get(i);
            factor = when(coalesce(col("sales_position").leq(best.topFraction()), lit(false)), best.factor())
                    .otherwise(factor);
        }
        return factor;
    }

    private static Column minMarginLeft(CommissionRule rule) {
        return lit(rule.minMarginLeft());
    }
}
