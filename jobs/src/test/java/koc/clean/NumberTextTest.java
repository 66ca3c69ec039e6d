package koc.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Currency;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            quoteCharacter = '`',
            value = {
                ". | `` | CNY | 12.50         | 12.50",
                ". | `` | CNY | ¥12.50        | 12.50",
                ". | `` | CNY | ￥ 12.50      | 12.50",
                ". | `` | CNY | 12.50元       | 12.50",
                ". | `` | CNY | CNY 12.50     | 12.50",
                ". | `` | CNY | -¥12.50       | -12.50",
                ". | `` | CNY | ¥-12.50       | -12.50",
                ". | `` | CNY | (12.50)       | -12.50",
                ". | `` | CNY | $12.50        | null",
                ". | `` | USD | $12.50        | 12.50",
                ". | `` | EUR | 12.50 €       | 12.50",
                ". | `` | CNY | 1,234         | null",
                ". | `` | CNY | 1,234.50      | null",
                ". | ,  | CNY | ¥1,234.50     | 1234.50",
                ". | ,  | CNY | 1,234         | 1234",
                ". | ,  | CNY | 1234.5        | 1234.5",
                ". | ,  | CNY | 12,34         | null",
                ", | .  | EUR | 1.299,00 €    | 1299.00",
                ", | .  | EUR | 12,50         | 12.50",
                ", | .  | EUR | 12,50-        | -12.50",
                ", | .  | EUR | 1.299         | 1299",
                ", | .  | EUR | 12.5          | null",
                ", | `` | EUR | 12.5          | null",
                ", | ` `| EUR | 1 299,00      | 1299.00",
                ". | `` | CNY | cheap         | null",
                ". | `` | CNY | 元            | null",
            })
    void amountsAreReadInOneWayOnly(
            String decimal, String thousands, String currency, String text, @Nullable String plain) {
        NumberText numbers = new NumberText(decimal, thousands, Currency.getInstance(currency));

        assertThat(numbers.toPlain(text)).isEqualTo(plain);
    }
}
