package koc.workbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import koc.text.Texts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SheetsTest {
    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void everySheetHasItsTextsAndDifferentHeaders(String language) {
        Texts texts = Texts.of(language);
        Sheets.all().forEach(workbook -> {
            assertThat(texts.pattern("workbook." + workbook.name() + ".title")).isNotBlank();
            workbook.sheets().forEach(sheet -> {
                assertThat(texts.pattern("workbook." + sheet.id() + ".title"))
                        .as("what a spreadsheet allows as the name of %s", sheet)
                        .matches("[^\\\\/*?:\\[\\]'&]{1,31}");
                assertThat(texts.pattern("workbook." + sheet.id() + ".question"))
                        .endsWith(language.equals("zh") ? "？" : "?");
                assertThat(sheet.columns(texts)).extracting(SheetColumn::header).doesNotHaveDuplicates();
            });
        });
    }

    @Test
    void everyHeaderIsTranslated() {
        sheets().forEach(sheet -> assertThat(sheet.columns(Texts.of("zh")))
                .as("columns of %s", sheet)
                .allMatch(column -> column.header().codePoints().anyMatch(Character::isIdeographic)));
    }

    @Test
    void everyColumnOfATableIsInItsSheetAndExplained() {
        sheets().forEach(sheet -> {
            List<SheetColumn> columns = sheet.columns(Texts.of("en"));
            assertThat(columns)
                    .as("columns of %s", sheet)
                    .extracting(SheetColumn::name)
                    .containsAll(sheet.table().columnNames().stream()
                            .filter(name -> !name.equals("day"))
                            .toList())
                    .startsWith(sheet.first().toArray(String[]::new))
                    .doesNotContain("day");
            assertThat(columns).allMatch(column -> !column.meaning().isBlank());
        });
    }

    @Test
    void namesAreAmongTheColumnsToActOn() {
        sheets().forEach(sheet -> assertThat(sheet.first())
                .containsAll(sheet.lookups().stream().map(Lookup::name).toList()));
    }

    @Test
    void onlyPublishedTablesAreShown() {
        assertThat(sheets()).allMatch(sheet -> sheet.table().isPublished());
        assertThat(sheets()).extracting(Sheet::id).doesNotHaveDuplicates();
    }

    private static Stream<Sheet> sheets() {
        return Sheets.all().stream().flatMap(workbook -> workbook.sheets().stream());
    }
}
