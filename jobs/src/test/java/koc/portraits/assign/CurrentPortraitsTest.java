package koc.portraits.assign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import koc.SparkTest;
import koc.portraits.fit.PortraitModel;
import koc.portraits.fit.PreviousModel;
import koc.portraits.transitions.ClusterTransitions;
import org.junit.jupiter.api.Test;

class CurrentPortraitsTest extends SparkTest {
    private static final LocalDate FITTED_ON = LocalDate.parse("2024-06-01");
    private static final PortraitModel MODEL = PortraitModel.withoutPortraits(FITTED_ON);

    @Test
    void theSpreadRatioComparesWithTheDayOfTheFit() {
        CurrentPortraits current = current(new PortraitStatistics("a", 10, 3));

        assertThat(current.spreadRatio("a", FITTED_ON.plusDays(1))).isEqualTo(1.5);
        assertThat(current.spreadRatio("a", FITTED_ON)).isEqualTo(1);
        assertThat(current.spreadRatio("empty", FITTED_ON.plusDays(1))).isEqualTo(1);
    }

    @Test
    void onlyTheDayOfAFitHasAModelToCompareWith() {
        CurrentPortraits current = current(new PortraitStatistics("a", 10, 3));

        assertThat(current.refitFrom(FITTED_ON.plusDays(1))).isNull();
        assertThat(current.refitFrom(FITTED_ON)).isEqualTo(FITTED_ON);
        assertThat(current.users()).isEqualTo(10);
    }

    private static CurrentPortraits current(PortraitStatistics today) {
        PreviousModel previous = new PreviousModel(MODEL, "", Map.of(), List.of(new PortraitStatistics("a", 8, 2)));
        return new CurrentPortraits(
                MODEL,
                Optional.of(previous),
                ClusterTransitions.unchanged(List.of("a")),
                SPARK.emptyDataFrame(),
                Map.of("a", today),
                Optional.empty());
    }
}
