package koc.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import koc.error.KocException;
import org.junit.jupiter.api.Test;

class InterimTest {

    @Test
    void workThatWasBegunGoesOnBesideTheCaller() {
        CountDownLatch callerWentOn = new CountDownLatch(1);
        try (Interim interim = new Interim()) {
            Supplier<String> work = interim.meanwhile(() -> {
                await(callerWentOn);
                return "done";
            });
            callerWentOn.countDown();
            assertThat(work.get()).isEqualTo("done");
        }
    }

    @Test
    void aFailureReachesWhoWaitsAsItWasThrown() {
        KocException failure = KocException.input("events: no files", "expected some", "land some");
        try (Interim interim = new Interim()) {
            Supplier<String> work = interim.meanwhile(() -> {
                throw failure;
            });
            assertThatThrownBy(work::get).isSameAs(failure);
        }
    }

    @Test
    void nothingGoesOnAfterTheJobEvenWhenNobodyWaitsForIt() {
        CountDownLatch isClosing = new CountDownLatch(1);
        AtomicBoolean isDone = new AtomicBoolean();
        try (Interim interim = new Interim()) {
            interim.meanwhile(() -> {
                await(isClosing);
                isDone.set(true);
                return "unread";
            });
            isClosing.countDown();
        }
        assertThat(isDone).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
