package koc.economics.commission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeriodsTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            2024-05-31, 5, 2024-05-01
            2024-06-04, 5, 2024-05-01
            2024-06-05, 5, 2024-06-01
            2024-06-30, 5, 2024-06-01
            2024-05-31, 0, 2024-06-01
            2024-05-30, 0, 2024-05-01
            2024-12-31, 5, 2024-12-01
            2025-01-05, 5, 2025-01-01""")
    void aRunClosesAMonthThatEndedSoManyDaysBefore(LocalDate day, int closeDays, LocalDate firstOpen) {
        assertThat(Periods.ofFirstRun(day, closeDays).firstOpenAfterwards()).isEqualTo(firstOpen);
    }

    @Test
    void aClosedMonthStaysClosedWhenMonthsCloseLater() {
        Periods later = new Periods(LocalDate.parse("2024-06-11"), LocalDate.parse("2024-06-01"), 30);

        assertThat(later.firstOpenAfterwards()).isEqualTo("2024-06-01");
    }

    @Test
    void theFirstRunPostsInEveryMonth() {
        assertThat(Periods.ofFirstRun(LocalDate.parse("2024-06-30"), 5).firstOpen())
                .isEqualTo("1970-01-01");
    }
}
