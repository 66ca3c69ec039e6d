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
                            .filter(name -> !sheet.isSameInAllRows(name))
                            .toList())
                    .startsWith(sheet.first().toArray(String[]::new))
                    .doesNotContain("day", "is_actionable");
            assertThat(columns).allMatch(column -> !column.meaning().isBlank());
        });
    }

    @Test
    void namesAreAmongTheColumnsToActOn() {
        sheets().forEach(sheet -> assertThat(sheet.first())
                .containsAll(sheet.lookups().stream().map(Lookup::name).toList()));
    }

    @Test
    void definitionsUseTheWordsOfTheCells() {
        assertThat(meaning("koc_recommendations", "advice"))
                .startsWith(
                        "What the KOC does: share it, sample first (the KOC has not used it), check first (mean stars below");
        assertThat(meaning("group_health", "verdict"))
                .startsWith(
                        "empty, too small to judge (fewer than 10 members or 10 messages by default), losing members,");
        assertThat(meaning("acquisition_leads", "found_by"))
                .contains("same store (same store), same county and portrait (same county, main portrait of the pool)")
                .endsWith("same county, or same portrait (main portrait of the pool, anywhere)");
        assertThat(meaning("koc_lifecycle", "recruit_rank")).endsWith("empty for KOCs");
        assertThat(meaning("product_profile", "quality_gate")).contains("does not fail a product");
    }

    @Test
    void noDefinitionSpeaksOfNullOrTheHorizon() {
        sheets().flatMap(sheet -> sheet.columns(Texts.of("en")).stream()).forEach(column -> assertThat(column.meaning())
                .as("meaning of %s", column.name())
                .doesNotContainPattern("\\b(null|horizon)\\b"));
    }

    @Test
    void aSheetMayHaveItsOwnHeader() {
        assertThat(column("koc_card", "next_action").header()).isEqualTo("Do first");
        assertThat(column("koc_card", "koc_id").header()).isEqualTo("KOC id");
    }

    @Test
    void whatToDoFirstAboutAKocIsThatOfTheirCardAndOtherStepsSayWhatTheyAreFor() {
        assertThat(column("koc_ranking", "next_action")).isEqualTo(column("koc_card", "next_action"));
        for (String language : List.of("en", "zh")) {
            Texts texts = Texts.of(language);
            assertThat(sheets().filter(sheet -> sheet.columns(texts).stream()
                            .anyMatch(column -> column.name().equals("next_action")
                                    && column.header().equals(texts.pattern("workbook.column.koc_card.next_action")))))
                    .extracting(Sheet::id)
                    .containsExactly("koc_card", "koc_ranking");
            assertThat(sheets().flatMap(sheet -> sheet.columns(texts).stream()).map(SheetColumn::header))
                    .doesNotContain(texts.pattern("workbook.column.next_action"));
        }
    }

    @Test
    void headersOfAYearSayHowManyDaysTheRecordsCover() {
        assertThat(column("acquisition_leads", "orders_365d").header()).isEqualTo("Orders, 365 days");
        assertThat(sheets().filter(sheet -> sheet.id().equals("acquisition_leads"))
                        .flatMap(sheet -> sheet.withHistory(120).columns(Texts.of("en")).stream())
                        .map(SheetColumn::header))
                .contains("Orders, 120 days", "Net spend, 120 days")
                .noneMatch(header -> header.contains("365"));
    }

    @Test
    void onlyPublishedTablesAreShown() {
        assertThat(sheets()).allMatch(sheet -> sheet.table().isPublished());
        assertThat(sheets()).extracting(Sheet::id).doesNotHaveDuplicates();
    }

    private static String meaning(String sheet, String column) {
        return column(sheet, column).meaning();
    }

    private static SheetColumn column(String sheet, String column) {
        return sheets().filter(one -> one.id().equals(sheet))
                .flatMap(one -> one.columns(Texts.of("en")).stream())
                .filter(one -> one.name().equals(column))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<Sheet> sheets() {
        return Sheets.all().stream().flatMap(workbook -> workbook.sheets().stream());
    }
}
