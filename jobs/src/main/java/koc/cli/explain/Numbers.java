package koc.cli.explain;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Numbers as text, and fractions. */
final class Numbers {
    private static final int DECIMALS = 6;

    private Numbers() {}

    /** The value as text: numbers with at most 6 decimals, a dash for none. */
    static String text(@Nullable Object value) {
        if (value == null) {
            return "-";
        }
        if (value instanceof Double number) {
            return Double.isFinite(number)
                    ? plain(new BigDecimal(number).setScale(DECIMALS, RoundingMode.HALF_UP))
                    : number.toString();
        }
        return value instanceof BigDecimal money ? money.toPlainString() : value.toString();
    }

    /** The value, limited to 0..1. */
    static double fraction(double value) {
        return Math.max(0, Math.min(1, value));
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
