package koc.text;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import koc.SparkTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortNameTest extends SparkTest {
    @ParameterizedTest
    @CsvSource({
        "Fresh cherries, Fresh che…",
        "ten 4 here, ten 4 here",
        "'nine here in', nine here…",
        "樱桃樱桃樱桃樱桃樱桃樱, 樱桃樱桃樱桃樱桃樱…",
        "😀😀😀😀😀😀😀😀😀😀😀, 😀😀😀😀😀😀😀😀😀…",
        "'two\n lines', two lines",
        "Te\u202Ea, Tea",
    })
    void aLongNameEndsInAnEllipsis(String name, String shortened) {
        assertThat(column(name)).isEqualTo(shortened);
        assertThat(ShortName.of(name, 10)).isEqualTo(shortened);
    }

    @Test
    void aBlankNameIsNone() {
        assertThat(column("\u202E ")).isNull();
        assertThat(column(null)).isNull();
        assertThat(ShortName.of(" ", 10)).isEmpty();
    }

    private static @Nullable String column(@Nullable String name) {
        return SPARK.range(1)
                .select(ShortName.of(lit(name).cast("string"), 10))
                .head()
                .getString(0);
    }
}
