package koc.clean;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import koc.SparkTest;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeConversionTest extends SparkTest {
    private static final TypeConversion CONVERSION =
            new TypeConversion(Source.EVENTS, ValueFormat.of(DEFAULTS, Source.EVENTS));

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
                "boolean,      是,                    true",
                "boolean,      0.0,                  false",
                "decimal(18;4), ¥9.5,                9.5000",
                "date,         2024/2/29,            2024-02-29",
                "timestamp,    2024年3月1日 9:05,     2024-03-01 09:05:00",
                "date,         0000-00-00,           null",
                "date,         03/04/2026,           null",
                "date,         2024-02-29,           2024-02-29",
                "date,         2024-02-30,           null",
                "timestamp,    2024-03-01T10:00Z,    2024-03-01 18:00:00",
                "timestamp,    2024-03-01T10:00+08:00, 2024-03-01 10:00:00",
                "timestamp,    12:30,                null",
                "timestamp,    2024-03,              null",
            })
    void textIsConvertedOrBecomesNull(String type, String text, @Nullable String expected) {
        DataType to = DataType.fromDDL(type.replace(';', ','));

        assertThat(value(CONVERSION.convert(lit(text), column("x", to), DataTypes.StringType)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"a; b ;| [a, b]", "'[\"a\", \"b\"]' | [a, b]"})
    void labelsAreAJsonArrayOrSeparatedBySemicolons(String text, String expected) {
        DataType labels = DataTypes.createArrayType(DataTypes.StringType);

        assertThat(value(CONVERSION.convert(lit(text), column("x", labels), DataTypes.StringType)))
                .isEqualTo(expected);
    }

    @Test
    void onlyIdentifiersAndTypedValuesLoseTheirQuotes() {
        assertThat(stripped("user_id", lit("\u3000'u1'\t"), DataTypes.StringType))
                .isEqualTo("u1");
        assertThat(stripped("event_type", lit("\"view\""), DataTypes.StringType))
                .isEqualTo("view");
        assertThat(stripped("channel", lit(" \"store\" "), DataTypes.StringType))
                .isEqualTo("\"store\"");
        assertThat(stripped("channel", lit("  "), DataTypes.StringType)).isNull();
        assertThat(stripped("channel", lit("NULL"), DataTypes.StringType)).isNull();
        assertThat(stripped("channel", lit("无"), DataTypes.StringType)).isEqualTo("无");
    }

    @Test
    void numbersOfParquetBecomeIdentifiersWithoutDecimals() {
        assertThat(id(lit(10000052.0), DataTypes.DoubleType)).isEqualTo("10000052");
        assertThat(id(lit(9007199254740992.0), DataTypes.DoubleType)).isEqualTo("9007199254740992");
        assertThat(id(lit(7.5), DataTypes.DoubleType)).isEqualTo("7.5");
        assertThat(id(lit(1.23457E17), DataTypes.DoubleType)).isEqualTo("1.23457E+17");
        assertThat(id(lit(10000052L), DataTypes.LongType)).isEqualTo("10000052");
        for (double none : List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)) {
            assertThat(stripped("rating", lit(none), DataTypes.DoubleType)).isNull();
            assertThat(id(lit(none), DataTypes.DoubleType)).isNull();
        }
    }

    @Test
    void aSettingGivesFormatsForOneSource() {
        ValueFormat format = ValueFormat.of(
                config(
                        "koc.source.format.events.dates=[epoch-millis]",
                        "koc.source.format.events.numbers.decimal=\",\"",
                        "koc.source.format.events.numbers.thousands=\".\"",
                        "koc.source.format.default.words.event_type.pv=view"),
                Source.EVENTS);
        TypeConversion conversion = new TypeConversion(Source.EVENTS, format);

        assertThat(value(conversion.convert(lit("1.234,5"), price(), DataTypes.StringType)))
                .isEqualTo("1234.5000");
        assertThat(value(conversion.convert(lit("1.234"), price(), DataTypes.StringType)))
                .isEqualTo("1234.0000");
        assertThat(value(conversion.convert(
                        lit("1709224200000"), Source.EVENTS.table().column("occurred_at"), DataTypes.StringType)))
                .isEqualTo("2024-03-01 00:30:00");
        assertThat(value(conversion.convert(
                        lit("PV"), Source.EVENTS.table().column("event_type"), DataTypes.StringType)))
                .isEqualTo("view");
        assertThat(value(conversion.convert(
                        lit("fav"), Source.EVENTS.table().column("event_type"), DataTypes.StringType)))
                .isEqualTo("fav");
    }

    @Test
    void categoryPathsAreSplitAtTheirSeparator() {
        TypeConversion conversion = new TypeConversion(
                Source.PRODUCTS,
                ValueFormat.of(config("koc.source.format.default.category-separator=\"|\""), Source.PRODUCTS));
        StructField category = Source.PRODUCTS.table().column("category");

        assertThat(value(conversion.convert(lit("food|tea | green|"), category, DataTypes.StringType)))
                .isEqualTo("food > tea > green");
    }

    private static @Nullable String id(Column landed, DataType type) {
        StructField field = Source.EVENTS.table().column("user_id");
        return value(CONVERSION.convert(CONVERSION.strip(landed, field, type), field, type));
    }

    private static @Nullable String stripped(String column, Column landed, DataType type) {
        return value(CONVERSION.strip(landed, Source.EVENTS.table().column(column), type));
    }

    private static StructField price() {
        return Source.EVENTS.table().column("unit_price");
    }

    private static StructField column(String name, DataType type) {
        return DataTypes.createStructField(name, type, true);
    }

    private static @Nullable String value(Column column) {
        return SPARK.range(1).select(column.cast("string").as("value")).head().getAs("value");
    }
}
