package koc.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextCleaningTest {
    private static final TextCleaning CLEANING = new TextCleaning(List.of("", "NULL", "\\N", "nan"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "u1",
                " u1",
                "u1\t",
                "\u3000u1\u3000",
                "\u00a0u1",
                "u1\u200b",
                "\ufeffu1",
                "\u2060u1\u200f",
                "\u202au1",
                "u1\r\n",
                "\u0085u1",
                "\"u1\"",
                "'u1'",
                "“u1”",
                "=\"u1\"",
                "= \"u1\"",
                "\t=\"u1\"\t",
                "'u1",
                "`u1",
                "\" u1 \"",
                "\"=\"u1\"\"",
                "‘u1’",
                "„u1“",
                "„u1”",
                "«u1»",
                "»u1«",
                "「u1」",
                "『u1』",
                "＂u1＂",
                "＇u1＇",
                "`u1`",
                "\u200e「\u2067u1\u2069」\u00ad",
                "\u2007u1\u202f"
            })
    void blanksMarksAndQuotesAroundAnIdAreRemoved(String landed) {
        assertThat(CLEANING.id(landed)).isEqualTo("u1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"O'Neil", "u1'", "u1”", "5\"", "“u1", "u1»", "「u1”"})
    void aQuoteAtOneEndBelongsToTheId(String landed) {
        assertThat(CLEANING.id(landed)).isEqualTo(landed);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "10000052.0,            10000052",
                "10000052.00,           10000052",
                "1.0000052E7,           10000052",
                "1.0000052e+07,         10000052",
                "-1.0,                  -1",
                "9.007199254740992E15,  9007199254740992",
                "1.2345678901234568E17, 1.2345678901234568E+17",
                "1.23457E+17,           1.23457E+17",
                "1.23457e+11,           1.23457E+11",
                "1.5,                   1.5",
                "1e10,                  1e10",
                "3E12,                  3E12",
                "007,                   007",
                "v1.0,                  v1.0",
            })
    void wholeNumbersAreWrittenWithoutDecimalsWhenTheyAreExact(String landed, String id) {
        assertThat(CLEANING.id(landed)).isEqualTo(id);
    }

    @Test
    void textsThatStandForNoValueAreNullAfterTheBlanksAreGone() {
        for (String landed :
                new @Nullable String[] {null, "", " ", "\u3000", "NULL", " NULL\t", "\\N", "nan", "\"NULL\""}) {
            assertThat(CLEANING.id(landed)).isNull();
        }
        assertThat(CLEANING.id("null")).isEqualTo("null");
        assertThat(CLEANING.text(" NULL ")).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void bytesAreCleanedAsTextsAre(TextCleaning.Kind kind) {
        List<String> parts = List.of(
                "", " ", "\t", "\"", "'", "=\"", "a", "Z", "0", "7.0", "1.5E+3", "\u3000", "\u200b", "\u9999", "nan",
                "koc:", "“");
        for (String first : parts) {
            for (String second : parts) {
                for (String third : parts) {
                    String landed = first + second + third;
                    assertThat(CLEANING.clean(kind, UTF8String.fromString(landed)))
                            .as(landed)
                            .isEqualTo(UTF8String.fromString(CLEANING.clean(kind, landed)));
                }
            }
        }
    }

    @Test
    void freeTextKeepsItsQuotes() {
        assertThat(CLEANING.text("\u3000\"Lily\" ")).isEqualTo("\"Lily\"");
        assertThat(CLEANING.text("=\"Lily\"")).isEqualTo("Lily");
        assertThat(CLEANING.text("10.0")).isEqualTo("10.0");
    }
}
