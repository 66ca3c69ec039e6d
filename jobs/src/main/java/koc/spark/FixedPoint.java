package koc.spark;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.MakeDecimal;
import org.apache.spark.sql.catalyst.expressions.UnscaledValue;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Decimals of at most 18 digits as 64-bit whole numbers, for sums. Worked: 12.30 + 0.05 are 1,230 + 5 = 1,235 cents, which
 * are 12.35.
 *
 * <p>Spark sums such decimals with 28 digits, as objects in byte arrays. Whole numbers give the same sum several times
 * faster. A sum of more than 18 digits fails the job, as it would when it is written to its column.
 */
public enum FixedPoint {
    /** Money. */
    CENTS(2),
    /** Units of goods, which may be fractions: goods by weight. */
    THOUSANDTHS(3);

    private static final int DIGITS = 18;

    private final int decimals;

    FixedPoint(int decimals) {
        this.decimals = decimals;
    }

    /** The whole number of cents or thousandths in a value, a bigint; further decimals are rounded half-up. */
    public Column of(Column value) {
        return ExpressionUtils.column(new UnscaledValue(ExpressionUtils.expression(value.cast(type()))));
    }

    /** The decimal that a whole number of cents or thousandths stands for. */
    public Column toDecimal(Column whole) {
        Expression number = ExpressionUtils.expression(whole.cast(DataTypes.LongType));
        return ExpressionUtils.column(new MakeDecimal(number, DIGITS, decimals, false));
    }

    /** The sum of a group, a decimal of 18 digits. Nulls are ignored; the sum of no values is null. */
    public Column sum(Column value) {
        return toDecimal(functions.sum(of(value)));
    }

    private DataType type() {
        return DataTypes.createDecimalType(DIGITS, decimals);
    }
}
