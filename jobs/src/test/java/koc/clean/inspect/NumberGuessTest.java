package koc.clean.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Currency;
import java.util.List;
import koc.clean.ValueFormat.Numbers;
import org.junit.jupiter.api.Test;

class NumberGuessTest {
    private static final Numbers PLAIN = new Numbers(".", "");
    private static final Numbers GERMAN = new Numbers(",", ".");
    private static final Currency EURO = Currency.getInstance("EUR");

    @Test
    void threeDigitsAfterTheOnlyPointMayBeThousands() {
        NumberGuess guess = NumberGuess.of(List.of("1.299", "2.499", "5"), PLAIN, EURO, null);

        assertThat(guess.question())
                .contains("numbers such as 1.299", "decimal = \".\"", "decimal = \",\" and thousands = \".\"");
    }

    @Test
    void anotherNumberOfDigitsDecides() {
        assertThat(NumberGuess.of(List.of("1.299", "2.49"), PLAIN, EURO, null))
                .isEqualTo(new NumberGuess(PLAIN, EURO, 2, 2, null));
        assertThat(NumberGuess.of(List.of("1.299", "2,49"), PLAIN, EURO, null))
                .isEqualTo(new NumberGuess(GERMAN, EURO, 2, 2, null));
    }

    @Test
    void theConfigurationAnswersWhatIsAmbiguous() {
        assertThat(NumberGuess.of(List.of("1.299", "2.499", "5"), GERMAN, EURO, null))
                .isEqualTo(new NumberGuess(GERMAN, EURO, 3, 3, null));
        assertThat(NumberGuess.of(List.of("1.299", "2.49"), GERMAN, EURO, null).numbers())
                .isEqualTo(PLAIN);
    }
}
