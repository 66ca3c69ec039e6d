package koc.clean;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import koc.SparkTest;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeConversionTest extends SparkTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "int,          2,                    2",
                "int,          2.0,                  2",
                "int,          2.5,                  null",
                "int,          two,                  null",
                "bigint,       12345678901,          12345678901",
                "decimal(18;4), 9.5,                 9.5000",
                "decimal(18;4), cheap,               null",
                "boolean,      yes,                  true",
                "boolean,      perhaps,              null",
                "date,         2024-02-29,           2024-02-29",
                "date,         2024-02-30,           null",
                "timestamp,    2024-03-01T10:00Z,    2024-03-01 18:00:00",
                "timestamp,    2024-03-01T10:00+08:00, 2024-03-01 10:00:00",
                "timestamp,    12:30,                null",
                "timestamp,    2024-03,              null",
            })
    void textIsConvertedOrBecomesNull(String type, String text, @Nullable String expected) {
        DataType to = DataType.fromDDL(type.replace(';', ','));

        assertThat(value(TypeConversion.convert(lit(text), DataTypes.StringType, to)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"a; b ;| [a, b]", "'[\"a\", \"b\"]' | [a, b]"})
    void labelsAreAJsonArrayOrSeparatedBySemicolons(String text, String expected) {
        DataType labels = DataTypes.createArrayType(DataTypes.StringType);

        assertThat(value(TypeConversion.convert(lit(text), DataTypes.StringType, labels)))
                .isEqualTo(expected);
    }

    @Test
    void blankTextIsNull() {
        assertThat(value(TypeConversion.strip(lit("  "), DataTypes.StringType))).isNull();
        assertThat(value(TypeConversion.strip(lit(" a "), DataTypes.StringType)))
                .isEqualTo("a");
    }

    private static @Nullable String value(Column column) {
        return SPARK.range(1).select(column.cast("string").as("value")).head().getAs("value");
    }
}
