package koc.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextNumbersTest {
    @Test
    void aNumberIsAColumnRoundedToItsDecimals() {
        assertThat(faults("1,235 users, 12% of 3.5, since 2024-01-25", 1234.6, 0.1234, 3.45, LocalDate.of(2024, 1, 25)))
                .isEmpty();
        assertThat(faults("1,235 users", 1233)).containsExactly("no column is 1,235: 1,235 users");
        assertThat(faults("margin 2.50", new BigDecimal("2.51"))).hasSize(1);
        assertThat(faults("12 of them", 0.12)).hasSize(1);
    }

    @Test
    void aPublishedValueMayHaveBeenRoundedBefore() {
        assertThat(faults("About 2 members", 2.5)).isEmpty();
        assertThat(faults("About 3 members", 2.5)).isEmpty();
        assertThat(faults("About 2 members", 2.5001)).hasSize(1);
    }

    @Test
    void digitsInNamesAreNoNumbers() {
        String title = "Rice 500 g, family pack of 12 bags";

        assertThat(TextNumbers.faults("Share " + title + " 3 times", List.of(title), List.of(3)))
                .isEmpty();
        assertThat(TextNumbers.faults("Share " + ShortName.of(title, 30) + " 3 times", List.of(title), List.of(3)))
                .isEmpty();
        assertThat(TextNumbers.faults("Share it 3 times", List.of("3"), List.of(4)))
                .hasSize(1);
    }

    @Test
    void aSentenceIsShortAndHasFewNumbers() {
        assertThat(faults("字".repeat(160))).isEmpty();
        assertThat(faults("字".repeat(161))).hasSize(1);
        assertThat(faults("1 1 1 1", 1)).isEmpty();
        assertThat(faults("1 1 1 1 1", 1)).hasSize(1);
    }

    private static List<String> faults(String text, Object... values) {
        return TextNumbers.faults(text, List.of(), List.of(values));
    }
}
