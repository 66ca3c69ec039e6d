package koc.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowCountsTest {
    private static final LocalDate FIRST = LocalDate.parse("2024-03-01");
    private static final LocalDate SECOND = LocalDate.parse("2024-03-02");

    @Test
    void theRejectRateLeavesOutDuplicatesAndRowsForLater() {
        RowCounts counts = counts();

        assertThat(counts.checked()).isEqualTo(20 - 4);
        assertThat(counts.rejected()).isEqualTo(3);
        assertThat(counts.rejectedWithoutDuplicates()).isEqualTo(1);
        assertThat(counts.rejectRate()).isCloseTo(1 / 16.0, within(1e-12));
    }

    @Test
    void noRowsAreMissingWhenReadIsKeptPlusRejectedPlusLater() {
        RowCounts counts = counts();
        assertThat(counts.missing()).isZero();

        counts.add(SECOND, RowCounts.READ, 2);
        assertThat(counts.missing()).isEqualTo(2);
    }

    @Test
    void aSourceWithoutRowsHasARejectRateOfZero() {
        assertThat(new RowCounts().rejectRate()).isZero();
    }

    @Test
    void countsUpToADayAreACopyWithoutLaterArrivals() {
        RowCounts counts = counts();

        RowCounts upToFirst = counts.upTo(FIRST);
        upToFirst.add(FIRST, RowCounts.READ, 100);

        assertThat(upToFirst.byArrival()).containsOnlyKeys(FIRST);
        assertThat(counts.rows(RowCounts.READ)).isEqualTo(20);
    }

    @Test
    void removedArrivalsHaveNoCounts() {
        RowCounts counts = counts();

        counts.remove(List.of(FIRST));

        assertThat(counts.rows(RowCounts.READ)).isEqualTo(5);
    }

    /** 20 rows read, 13 kept, 2 duplicates, 1 malformed, 4 left for later. */
    private static RowCounts counts() {
        RowCounts counts = new RowCounts();
        counts.add(FIRST, RowCounts.READ, 15);
        counts.add(FIRST, RowCounts.KEPT, 8);
        counts.add(FIRST, RejectReason.DUPLICATE.code(), 2);
        counts.add(FIRST, RejectReason.MALFORMED.code(), 1);
        counts.add(FIRST, RowCounts.LATER, 4);
        counts.add(SECOND, RowCounts.READ, 5);
        counts.add(SECOND, RowCounts.KEPT, 5);
        return counts;
    }
}
