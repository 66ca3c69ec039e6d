package koc.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import koc.tables.CommissionTables;
import koc.tables.EconomicsTables;
import koc.tables.FitTables;
import koc.tables.GrowthTables;
import koc.tables.PortraitTables;
import koc.tables.RecommendTables;
import koc.text.Texts;
import koc.warehouse.Table;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunFindingsTest {
    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void theNoteThatSaysThatATableIsEmptyExplainsIt(String language) {
        Texts texts = Texts.of(language);
        String noTies = texts.text("recommend.note.no-ties", "2024-06-30");
        String noBuyers = texts.text("fit.note.absent.buyers");
        String noTeams = texts.text("commission.note.no-teams");
        String noCounties = texts.text("growth.note.empty.county_coverage");

        assertThat(explain(RecommendTables.KOC_POOL_MIX, noTies, texts)).isEqualTo(noTies);
        assertThat(explain(RecommendTables.KOC_RECOMMENDATIONS, noTies, texts)).isEqualTo(noTies);
        assertThat(explain(FitTables.PRODUCT_PORTRAIT_FIT, noBuyers, texts)).isEqualTo(noBuyers);
        assertThat(explain(CommissionTables.TEAM_BONUS, noTeams, texts)).isEqualTo(noTeams);
        assertThat(explain(GrowthTables.COUNTY_COVERAGE, noCounties, texts)).isEqualTo(noCounties);
        assertThat(explain(GrowthTables.COUNTY_NEXT_KOCS, noCounties, texts)).isEqualTo(noCounties);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void aNoteThatOnlyNamesATableDoesNotExplainIt(String language) {
        Texts texts = Texts.of(language);
        String noOffers = texts.text("recommend.note.no-offers");

        assertThat(explain(PortraitTables.PORTRAITS, "8 portraits fitted on 90 users", texts))
                .isEqualTo(texts.pattern("publish.empty.portraits"));
        assertThat(explain(FitTables.PRODUCT_PROFILE, noOffers, texts)).isEqualTo(texts.pattern("publish.empty.*"));
        assertThat(explain(EconomicsTables.KOC_ECONOMICS, "koc_economics has costs. Files are empty", texts))
                .isEqualTo(texts.pattern("publish.empty.koc_economics"));
    }

    private static String explain(Table table, String note, Texts texts) {
        return RunFindings.explainEmpty(table, List.of("another note", note), texts);
    }
}
