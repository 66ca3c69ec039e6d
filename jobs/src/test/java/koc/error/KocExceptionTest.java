package koc.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KocExceptionTest {
    @Test
    void theMessageHasProblemCauseAndRemedy() {
        assertThat(KocException.usage("problem", "cause", "remedy")).hasMessage("problem; cause; remedy.");
    }

    @Test
    void eachFactoryHasItsExitCode() {
        assertThat(KocException.usage("", "", "").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(KocException.input("", "", "").exitCode()).isEqualTo(ExitCode.INPUT);
        assertThat(KocException.contract("", "", "").exitCode()).isEqualTo(ExitCode.CONTRACT);
        assertThat(KocException.gate("", "", "").exitCode()).isEqualTo(ExitCode.GATE);
    }

    @Test
    void aCauseChangesNeitherMessageNorExitCode() {
        IllegalStateException cause = new IllegalStateException();

        KocException failure = KocException.input("problem", "cause", "remedy").causedBy(cause);

        assertThat(failure).hasMessage("problem; cause; remedy.").hasCause(cause);
        assertThat(failure.exitCode()).isEqualTo(ExitCode.INPUT);
    }

    @Test
    void exitCodesNeverChange() {
        assertThat(ExitCode.values()).extracting(ExitCode::number).containsExactly(0, 1, 2, 3, 4, 5, 6);
    }
}
