package koc.warehouse;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TableAccessTest {
    private static final LocalDate DAY = LocalDate.parse("2024-01-02");
    private static final LocalDate DAY_BEFORE = LocalDate.parse("2024-01-01");
    private static final Table OTHERS = Table.named("others");
    private static final Table OWN = Table.named("own");
    private static final Table OWN_WITH_HISTORY = Table.named("own_with_history");

    private final TableAccess access =
            new TableAccess("job", DAY, Set.of(OTHERS), Set.of(OWN_WITH_HISTORY), Set.of(OWN, OWN_WITH_HISTORY));

    @Test
    void aJobReadsTheTablesOfOthersThatItDeclares() {
        assertThatCode(() -> {
                    access.requireRead(OTHERS, DAY);
                    access.requireRead(OTHERS, DAY_BEFORE);
                    access.requireReadUpTo(OTHERS);
                })
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> access.requireWrite(OTHERS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("job 'job' writes table others, which it does not declare in writes()");
    }

    @Test
    void aJobReadsWhatItWroteForTheDayButNoEarlierDay() {
        assertThatCode(() -> {
                    access.requireWrite(OWN);
                    access.requireRead(OWN, DAY);
                })
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> access.requireRead(OWN, DAY_BEFORE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("job 'job' reads table own, which it does not declare in reads() or readsPrevious()");
        assertThatThrownBy(() -> access.requireReadUpTo(OWN)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aJobReadsEarlierDaysOfItsOwnTablesWhereItDeclaresThat() {
        assertThatCode(() -> {
                    access.requireRead(OWN_WITH_HISTORY, DAY_BEFORE);
                    access.requireReadUpTo(OWN_WITH_HISTORY);
                })
                .doesNotThrowAnyException();
    }
}
