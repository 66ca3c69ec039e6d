package koc.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AcceptedRowsTest {
    private static final LocalDate FIRST = LocalDate.parse("2024-03-01");

    @Test
    void aNoteNamesFewArrivalsAndCountsMany() {
        assertThat(AcceptedRows.describe(days(2))).isEqualTo("the arrivals [2024-03-01, 2024-03-02]");
        assertThat(AcceptedRows.describe(days(8))).isEqualTo("8 arrivals, from 2024-03-01 to 2024-03-08");
    }

    private static SortedSet<LocalDate> days(int count) {
        return FIRST.datesUntil(FIRST.plusDays(count)).collect(Collectors.toCollection(TreeSet::new));
    }
}
